//! One file a command.

pub mod build;
pub mod evaluate;
pub mod inspect;
pub mod recommend;
pub mod serve;
pub mod similar;
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
    report.notes().iter().for_each(|note| talk::note(note));
    Ok(dataset)
}

fn counted(dataset: &Dataset) -> String {
    let count = |number: usize| talk::grouped(number as u64);
    format!(
        "{}: {} events of {} users on {} items",
        dataset.name,
        count(dataset.events.len()),
        count(dataset.users.len()),
        count(dataset.items.len())
    )
}
