//! From named bytes to the files of a version: the steps of `foldin train`, each by the function that the program calls.

use foldin_data::{Dataset, InMemory, ReadReport, read_files, read_named, with_unpacked_folders};
use foldin_report::version_artefacts;
use foldin_store::{Encoded, Manifest, NewVersion};
use foldin_train::artefacts::Metadata;
use foldin_train::config::Config;
use foldin_train::fit::Fitted;
use jiff::Timestamp;

use crate::error::Thrown;

/// The most events that are learned from: more do not fit into a browser's patience, and hardly into its memory.
pub const MOST_EVENTS: usize = 5_000_000;

/// Reads the data set that files make up. A zip archive of several files is taken for a folder.
///
/// # Errors
/// What a reader says, and more than [`MOST_EVENTS`].
pub fn read(
    name: String,
    files: Vec<(String, Vec<u8>)>,
    items: Option<&str>,
    config: &Config,
) -> Result<(Dataset, ReadReport), Thrown> {
    let options = config.data.read_options();
    let files = with_unpacked_folders(InMemory::new(name, files))?;
    let events: Vec<String> = files.file_names().filter(|name| Some(*name) != items).map(str::to_owned).collect();
    // A single file is one of events, whatever it is called; several are a folder, unless a catalogue is named.
    let (dataset, report) = match (items, &events[..]) {
        (None, [_, _, ..]) => read_files(&files, &options)?,
        _ => read_named(&files, &events, items, &options)?,
    };
    if dataset.events.len() > MOST_EVENTS {
        return Err(Thrown::too_many(dataset.events.len(), MOST_EVENTS));
    }
    Ok((dataset, report))
}

/// What `metadata.json` says but for the times of the phases; `began` in seconds since 1970.
pub fn metadata(dataset: &Dataset, fitted: &Fitted, began: f64) -> Metadata {
    let began = began.floor() as i64;
    Metadata {
        started_at: Timestamp::from_second(began).map(|time| time.to_string()).unwrap_or_default(),
        trained_at: began,
        host_threads: 1,
        ..Metadata::of(dataset, &fitted.config, fitted.privacy.clone())
    }
}

/// The files of the first version of a model.
///
/// # Errors
/// If the model card cannot be made.
pub fn version(
    dataset: &Dataset,
    report: &ReadReport,
    config: &Config,
    fitted: &Fitted,
    metadata: Metadata,
) -> Result<NewVersion, Thrown> {
    let artefacts = version_artefacts(dataset, Some(report), config.data.threshold, fitted, metadata);
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, fitted.users.as_ref());
    Ok(NewVersion::new(Manifest::default(), None, &fitted.model, &encoded, &artefacts)?)
}

/// Seconds to the millisecond.
pub fn rounded(seconds: f64) -> f64 {
    (seconds * 1e3).round() / 1e3
}
