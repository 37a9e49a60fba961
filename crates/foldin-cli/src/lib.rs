//! The program `foldin`: recommendations for sites that have no backend.
//!
//! It is a library of one function, [`run`], so that the Python package can be the same program.

mod args;
mod commands;
mod descriptions;
mod gate;
mod ids;
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
#[cfg(feature = "site")]
mod website_output;

use std::ffi::OsString;

use clap::Parser;

use crate::args::{Arguments, Command};

/// Exit status of a command that did what was asked.
const SUCCESS: u8 = 0;
/// Exit status of a command that could not, with the reason on standard error.
const FAILURE: u8 = 1;

/// Runs the program with these arguments, the first of which is its own name; gives its exit status: 0 when all went
/// well, 1 after an error, 2 for arguments that it does not understand, 3 for a model that was not good enough to be
/// published. Call it once in a process: it sets up the log.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way as well. Where they cannot be printed, there is nobody to tell.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(FAILURE);
        }
    };
    if let Err(error) = logs::start(&arguments.logs) {
        output::error_before_logs(&error);
        return FAILURE;
    }
    match run_command(arguments) {
        Ok(()) => SUCCESS,
        Err(error) if is_closed_pipe(&error) => SUCCESS,
        Err(error) => {
            output::error(&error);
            if error.is::<gate::RefusedError>() { gate::EXIT_CODE } else { FAILURE }
        }
    }
}

fn run_command(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        foldin_train::use_threads(threads);
    }
    match arguments.command {
        Command::Train(arguments) => commands::train::run(&arguments),
        #[cfg(feature = "import")]
        Command::Import(arguments) => commands::import::run(&arguments),
        #[cfg(feature = "import")]
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Recommend(arguments) => commands::recommend::run(&arguments),
        Command::Similar(arguments) => commands::similar::run(&arguments),
        Command::Seeds(arguments) => commands::seeds::run(&arguments),
        Command::Evaluate(arguments) => commands::evaluate::run(&arguments),
        Command::Inspect(arguments) => commands::inspect::run(&arguments),
        Command::Tune(arguments) => commands::tune::run(&arguments),
        Command::Report(arguments) => commands::report::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
        #[cfg(feature = "site")]
        Command::Site(site) => commands::website::run(&site, &arguments.logs.log_format),
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
