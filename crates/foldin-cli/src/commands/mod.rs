//! One file a command.

pub mod build;
pub mod evaluate;
pub mod inspect;
pub mod recommend;
pub mod serve;
pub mod similar;
pub mod simulate;
pub mod train;

use std::time::Instant;

use anyhow::Context;
use foldin_train::dataset::{self, Dataset, ReadOptions};

use crate::args::DataArguments;
use crate::talk;

/// Reads a data set and says what was found, or makes the built-in sample.
fn read_dataset(arguments: &DataArguments) -> anyhow::Result<Dataset> {
    let started = Instant::now();
    let Some(path) = &arguments.data else {
        let dataset = dataset::sample::sample();
        talk::step(&format!("no data set given: using the {}", counted(&dataset)));
        talk::note("its viewers are simulated by a program; the films and the facts about them are real");
        return Ok(dataset);
    };
    let options = ReadOptions { skip_bad_lines: arguments.skip_bad_lines };
    let (dataset, report) =
        dataset::read(path, &options).with_context(|| format!("the data set {} cannot be read", path.display()))?;
    talk::step(&format!("read {} as {} ({})", counted(&dataset), report.format, talk::seconds(started)));
    for note in report.notes() {
        // Sentences of a report, in the voice of the program.
        let mut letters = note.trim_end_matches('.').chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        talk::note(&first.chain(letters).collect::<String>());
    }
    Ok(dataset)
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
