//! What is written down of a run: a line in the file of runs, and the metadata of a version.

use std::collections::BTreeMap;
use std::time::Instant;

use foldin_train::config::Config;
use foldin_train::dataset::Dataset;
use foldin_train::fingerprint::fingerprint;
use foldin_train::runs::{self, Run};
use jiff::Timestamp;

use crate::args::RecordArguments;
use crate::talk;

/// Name and version of the program.
pub const PROGRAM: &str = concat!("foldin ", env!("CARGO_PKG_VERSION"));

/// A run that has begun.
pub struct Begun {
    command: &'static str,
    at: Timestamp,
    started: Instant,
}

impl Begun {
    /// Looks at the clock.
    pub fn now(command: &'static str) -> Self {
        Begun { command, at: Timestamp::now(), started: Instant::now() }
    }

    /// When it began, in whole seconds of universal time.
    pub fn time(&self) -> String {
        Timestamp::from_second(self.at.as_second()).expect("whole seconds of a time are a time").to_string()
    }

    /// Seconds since 1970 when it began.
    pub fn unix(&self) -> i64 {
        self.at.as_second()
    }

    /// Seconds since it began.
    pub fn seconds(&self) -> f64 {
        talk::elapsed(self.started)
    }

    /// What is known of a run at its end; the caller adds what it measured and wrote.
    pub fn run(&self, dataset: &Dataset, config: &Config) -> Run {
        Run {
            command: self.command.to_owned(),
            time: self.time(),
            data: dataset.name.clone(),
            fingerprint: fingerprint(dataset),
            settings: config.changed(),
            config: config.flat(),
            seconds: self.seconds(),
            program: PROGRAM.to_owned(),
            ..Run::default()
        }
    }
}

/// Adds a run to the file that the arguments name. What was run is done: that it cannot be written down is a note.
pub fn record(arguments: &RecordArguments, run: &Run) {
    if arguments.no_runs {
        return;
    }
    if let Err(error) = runs::append(&arguments.runs, run) {
        talk::note(&format!("this run is not written down: cannot write {}: {error}", arguments.runs.display()));
    }
}

/// The numbers in a JSON object, by their names; those of objects inside it are left out.
pub fn figures(summary: &serde_json::Value) -> BTreeMap<String, f64> {
    let fields = summary.as_object().into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect()
}
