//! The program `foldin`: recommendations for sites that have no backend.

mod args;
mod commands;
mod items;
mod learning;
mod live;
mod logs;
mod measuring;
mod progress;
mod record;
mod settings;
mod site;
mod talk;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = logs::start(&arguments.logs) {
        talk::unheard(&error);
        return ExitCode::FAILURE;
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    match arguments.command {
        Command::Train(mut arguments) => {
            settings::resolve(&mut arguments.settings, &mut arguments.data)?;
            commands::train::run(&arguments)
        }
        Command::Recommend(arguments) => commands::recommend::run(&arguments),
        Command::Similar(arguments) => commands::similar::run(&arguments),
        Command::Seeds(arguments) => commands::seeds::run(&arguments),
        Command::Evaluate(mut arguments) => {
            settings::resolve(&mut arguments.settings, &mut arguments.data)?;
            commands::evaluate::run(&arguments)
        }
        Command::Inspect(arguments) => commands::inspect::run(&arguments),
        Command::Tune(mut arguments) => {
            settings::resolve(&mut arguments.settings, &mut arguments.data)?;
            commands::tune::run(&arguments)
        }
        Command::Report(arguments) => commands::report::run(&arguments),
        Command::Simulate(mut arguments) => {
            settings::resolve(&mut arguments.settings, &mut arguments.data)?;
            commands::simulate::run(&arguments)
        }
        Command::Build(arguments) => commands::build::run(&arguments),
        Command::Serve(arguments) => commands::serve::run(&arguments),
        Command::Versions(arguments) => commands::versions::run(&arguments),
        Command::Variants(arguments) => commands::variants::run(&arguments),
        Command::Rollback(arguments) => commands::rollback::run(&arguments),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Runs(arguments) => commands::runs::run(&arguments),
        Command::Config(arguments) => commands::config::run(&arguments),
    }
}

/// Whether whoever read our output stopped reading, as `head` does: no reason to complain.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
