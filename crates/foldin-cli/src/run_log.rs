//! The line that a run adds to the run log.

use std::time::Instant;

use foldin_data::Dataset;
use foldin_store::run_log;
use foldin_train::artefacts::RunLine;
use foldin_train::config::Config;
use jiff::Timestamp;

use crate::args::RunLogArguments;
use crate::output;

/// When a run started.
pub(crate) struct RunStart {
    at: Timestamp,
    instant: Instant,
}

impl RunStart {
    pub(crate) fn now() -> Self {
        RunStart { at: Timestamp::now(), instant: Instant::now() }
    }

    /// As `2030-12-24T18:00:00Z`, to the second.
    pub(crate) fn time(&self) -> String {
        Timestamp::from_second(self.at.as_second()).expect("whole seconds of a time are a time").to_string()
    }

    /// Seconds since 1970.
    pub(crate) fn unix(&self) -> i64 {
        self.at.as_second()
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        output::elapsed(self.instant)
    }

    /// What is known of a run at its end; the caller adds what it measured and wrote.
    pub(crate) fn line(&self, command: &str, dataset: &Dataset, config: &Config) -> RunLine {
        RunLine { time: self.time(), seconds: self.seconds(), ..RunLine::of(command, dataset, config) }
    }
}

/// Adds a line to the log that the arguments name. The run has done its work: that it cannot be logged is a note.
pub(crate) fn append(arguments: &RunLogArguments, line: &RunLine) {
    if arguments.no_runs {
        return;
    }
    if let Err(error) = run_log::append(&arguments.runs, line) {
        output::note(&format!("this run is not logged: cannot write {}: {error}", arguments.runs.display()));
    }
}
