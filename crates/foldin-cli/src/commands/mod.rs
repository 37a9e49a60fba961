//! One file a command.

pub mod build;
pub mod config;
pub mod diff;
pub mod evaluate;
pub mod folds;
pub mod inspect;
pub mod newcomers;
pub mod recommend;
pub mod report;
pub mod rollback;
pub mod runs;
pub mod seeds;
pub mod serve;
pub mod similar;
pub mod simulate;
pub mod train;
pub mod tune;
pub mod variants;
pub mod versions;

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use foldin_train::dataset::{self, Dataset, ReadOptions, ReadReport};
use foldin_train::store::{self, Lock, StoreError};

use crate::args::DataArguments;
use crate::talk;

/// Reads a data set and says what was found, or makes the built-in sample.
fn read_dataset(arguments: &DataArguments) -> anyhow::Result<Dataset> {
    Ok(read_with_report(arguments)?.0)
}

/// As [`read_dataset`], with what was noticed; nothing was where nothing was read.
fn read_with_report(arguments: &DataArguments) -> anyhow::Result<(Dataset, Option<ReadReport>)> {
    let started = Instant::now();
    let Some(path) = &arguments.data else {
        let dataset = dataset::sample::sample();
        talk::step(&format!("no data set given: using the {}", counted(&dataset)));
        talk::note("its viewers are simulated by a program; the films and the facts about them are real");
        return Ok((dataset, None));
    };
    let options = ReadOptions { skip_bad_lines: arguments.skip_bad_lines };
    let (dataset, report) =
        dataset::read(path, &options).with_context(|| format!("the data set {} cannot be read", path.display()))?;
    let (events, users, items) = (dataset.events.len(), dataset.users.len(), dataset.items.len());
    let (what, took) = (counted(&dataset), talk::seconds(started));
    let seconds = talk::elapsed(started);
    tracing::info!(data = dataset.name, events, users, items, seconds, "read {what} as {} ({took})", report.format);
    for note in report.notes() {
        // Sentences of a report, in the voice of the program.
        let mut letters = note.trim_end_matches('.').chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        talk::note(&first.chain(letters).collect::<String>());
    }
    Ok((dataset, Some(report)))
}

/// Waits for the right to change a model folder, and says so where it is not there at once.
fn lock(dir: &Path) -> Result<Lock, StoreError> {
    store::lock(dir, || talk::step(&format!("waiting for another foldin to finish writing into {}", dir.display())))
}

fn counted(dataset: &Dataset) -> String {
    format!(
        "{}: {} of {} on {}",
        dataset.name,
        talk::count(dataset.events.len(), "event"),
        talk::count(dataset.users.len(), "user"),
        talk::count(dataset.items.len(), "item")
    )
}
