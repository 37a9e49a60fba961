//! One file per command.

pub(crate) mod build;
pub(crate) mod config;
pub(crate) mod diff;
mod earlier;
pub(crate) mod evaluate;
#[cfg(feature = "import")]
pub(crate) mod export;
pub(crate) mod folds;
mod histories;
#[cfg(feature = "import")]
pub(crate) mod import;
pub(crate) mod inspect;
pub(crate) mod newcomers;
mod privacy;
pub(crate) mod recommend;
pub(crate) mod report;
pub(crate) mod rollback;
pub(crate) mod runs;
pub(crate) mod seeds;
pub(crate) mod serve;
pub(crate) mod similar;
pub(crate) mod simulate;
pub(crate) mod train;
mod train_version;
pub(crate) mod tune;
pub(crate) mod variants;
pub(crate) mod versions;
#[cfg(feature = "site")]
pub(crate) mod website;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::bail;
use foldin_data::{Dataset, HIGHEST_SCALE, Likes, ReadReport, fingerprint, sample};
use foldin_store::{self as store, Lock, METADATA, StoreError};
use foldin_train::artefacts::Metadata;
use foldin_train::config::Config;

use crate::args::DataArguments;
use crate::input;
use crate::output::{self, count};

/// Reads a data set and says what was found, or makes the built-in sample.
fn read_dataset(arguments: &DataArguments, config: &Config) -> anyhow::Result<Dataset> {
    Ok(read_with_report(arguments, config)?.0)
}

/// As [`read_dataset`], with what the reader noticed; `None` for the built-in sample.
fn read_with_report(arguments: &DataArguments, config: &Config) -> anyhow::Result<(Dataset, Option<ReadReport>)> {
    read_paths(&arguments.data, arguments.reading.items.as_deref(), config)
}

/// Reads a folder, or files of events with perhaps a catalogue, and says what was found.
fn read_paths(
    paths: &[PathBuf],
    items: Option<&Path>,
    config: &Config,
) -> anyhow::Result<(Dataset, Option<ReadReport>)> {
    let started = Instant::now();
    if paths.is_empty() {
        if items.is_some() {
            bail!("--items names titles without events; name the file of events as well, or the folder of both");
        }
        let dataset = sample::sample();
        output::step(&format!("no data set given: using the {}", counted(&dataset)));
        output::note("its viewers are simulated by a program; the films and the facts about them are real");
        return Ok((dataset, None));
    }
    let (dataset, report) = input::read(paths, items, &config.data.read_options())?;
    let (events, users, items) = (dataset.events.len(), dataset.users.len(), dataset.items.len());
    let (what, took) = (counted(&dataset), output::seconds(started));
    let seconds = output::elapsed(started);
    tracing::info!(data = dataset.name, events, users, items, seconds, "read {what} as {} ({took})", report.format);
    for note in report.notes() {
        output::note(&output::as_note(&note));
    }
    Ok((dataset, Some(report)))
}

fn counted(dataset: &Dataset) -> String {
    format!(
        "{}: {} of {} on {}",
        dataset.name,
        count(dataset.events.len(), "event"),
        count(dataset.users.len(), "user"),
        count(dataset.items.len(), "item")
    )
}

/// Tells that ratings are beyond any usual scale and so are taken for counts.
fn note_what_is_a_like(dataset: &Dataset, likes: Likes) {
    let highest = dataset.events.ratings.iter().copied().fold(0.0, f32::max);
    if likes == Likes::Automatic && !dataset.ratings_are_counts && highest > HIGHEST_SCALE {
        output::note(&format!(
            "ratings reach {highest}, so they are taken for counts and every event is a like; \
             --threshold N takes only ratings of N or more"
        ));
    }
}

/// The settings of a version make the same model again, but only from the same data.
fn note_other_data(config: &Path, dataset: &Dataset) {
    let text = fs::read(config.with_file_name(METADATA)).ok();
    let Some(metadata) = text.and_then(|text| serde_json::from_slice::<Metadata>(&text).ok()) else { return };
    if !metadata.fingerprint.is_empty() && metadata.fingerprint != fingerprint(dataset) {
        let config = config.display();
        output::note(&format!("the data are not those that {config} was written for: the model will be another"));
    }
}

/// Waits for the right to change a model folder, and says so where it has to wait.
fn lock(dir: &Path) -> Result<Lock, StoreError> {
    store::lock(dir, || say_waiting(dir))
}

fn say_waiting(dir: &Path) {
    output::step(&format!("waiting for another foldin to finish writing into {}", dir.display()));
}
