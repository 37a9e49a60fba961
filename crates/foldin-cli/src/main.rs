//! The program `foldin`: recommendations for sites that have no backend.

mod args;
mod commands;
mod descriptions;
mod gate;
mod input;
mod item_table;
mod list_csv;
mod live_table;
mod logs;
mod output;
mod progress;
mod run_log;
mod search_output;
mod settings;
mod site;
mod tables;
mod training_output;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = logs::start(&arguments.logs) {
        output::error_before_logs(&error);
        return ExitCode::FAILURE;
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            if error.is::<gate::RefusedError>() { ExitCode::from(gate::EXIT_CODE) } else { ExitCode::FAILURE }
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        foldin_train::use_threads(threads);
    }
    match arguments.command {
        Command::Train(arguments) => commands::train::run(&arguments),
        Command::Recommend(arguments) => commands::recommend::run(&arguments),
        Command::Similar(arguments) => commands::similar::run(&arguments),
        Command::Seeds(arguments) => commands::seeds::run(&arguments),
        Command::Evaluate(arguments) => commands::evaluate::run(&arguments),
        Command::Inspect(arguments) => commands::inspect::run(&arguments),
        Command::Tune(arguments) => commands::tune::run(&arguments),
        Command::Report(arguments) => commands::report::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
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

/// Whether the reader of our output has gone, as `head` does: no reason to complain.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
