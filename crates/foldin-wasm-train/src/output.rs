//! What was read and what was trained, as plain objects.

use foldin_data::{Columns, ColumnsRead, Dataset, ReadReport};
use foldin_report::data::{DataFacts, LikedItem, data_facts, render};
use foldin_report::model::privacy_line;
use foldin_store::{Manifest, NewVersion};
use foldin_train::artefacts::{MetricsFile, PrivacyFigures};
use foldin_train::config::Config;
use foldin_train::fit::Fitted;
use js_sys::{Array, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::error::Thrown;
use crate::flags::as_settings;

/// A value as a plain object.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, Thrown> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// What was read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ReadingFacts<'a> {
    name: &'a str,
    format: String,
    events: usize,
    users: usize,
    items: usize,
    density: f64,
    likes: usize,
    like_threshold: Option<f32>,
    highest_rating: Option<f32>,
    most_liked: &'a [LikedItem],
    columns: Vec<FileColumns<'a>>,
    bad_lines: Vec<String>,
    notes: Vec<String>,
    report: String,
}

/// The columns of a file of events.
#[derive(Debug, Serialize)]
struct FileColumns<'a> {
    file: &'a str,
    names: &'a [String],
    roles: Roles<'a>,
}

/// The columns that were read, by what they hold.
#[derive(Debug, Serialize)]
struct Roles<'a> {
    user: Option<&'a str>,
    item: Option<&'a str>,
    rating: Option<&'a str>,
    time: Option<&'a str>,
    event: Option<&'a str>,
}

impl<'a> FileColumns<'a> {
    fn of(ColumnsRead { file, names, roles }: &'a ColumnsRead) -> Self {
        let Columns { user, item, rating, time, event } = roles;
        let roles = Roles {
            user: user.as_deref(),
            item: item.as_deref(),
            rating: rating.as_deref(),
            time: time.as_deref(),
            event: event.as_deref(),
        };
        FileColumns { file, names, roles }
    }
}

/// The facts of a data set that was read.
pub(crate) fn reading(dataset: &Dataset, report: &ReadReport, config: &Config) -> Result<JsValue, Thrown> {
    let facts: DataFacts = data_facts(dataset, Some(report), config.data.threshold);
    let highest = dataset.events.ratings.iter().copied().max_by(f32::total_cmp);
    to_js(&ReadingFacts {
        name: &dataset.name,
        format: report.format.to_string(),
        events: facts.events,
        users: facts.users,
        items: facts.items,
        density: facts.density,
        likes: facts.likes,
        like_threshold: facts.like_threshold,
        highest_rating: highest.filter(|_| !report.ratings_missing),
        most_liked: &facts.most_liked,
        columns: report.event_columns.iter().map(FileColumns::of).collect(),
        bad_lines: report.first_bad_lines.iter().map(ToString::to_string).collect(),
        notes: notes(report),
        report: render(&facts),
    })
}

/// What was odd about the data, one sentence each.
fn notes(report: &ReadReport) -> Vec<String> {
    report.notes().iter().map(|note| as_settings(note)).collect()
}

/// What was trained, but for the bytes of the files.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TrainedFacts<'a> {
    version: &'a str,
    manifest: &'a Manifest,
    metrics: Option<&'a MetricsFile>,
    settings: String,
    notes: Vec<String>,
    doubts: Vec<String>,
    privacy: Privacy<'a>,
}

/// What the model gives away.
#[derive(Debug, Serialize)]
struct Privacy<'a> {
    sentence: String,
    #[serde(flatten)]
    figures: &'a PrivacyFigures,
}

/// A model, with its files by their paths in a model folder.
pub(crate) fn trained(
    version: &NewVersion,
    fitted: &Fitted,
    report: &ReadReport,
    doubts: &[String],
) -> Result<JsValue, Thrown> {
    let all = to_js(&TrainedFacts {
        version: &version.entry.version,
        manifest: &version.manifest,
        metrics: fitted.metrics.as_ref().map(|metrics| &metrics.file),
        settings: fitted.config.to_toml(),
        notes: notes(report),
        doubts: doubts.iter().map(|doubt| as_settings(doubt)).collect(),
        privacy: Privacy { sentence: privacy_line(&fitted.privacy), figures: &fitted.privacy },
    })?;
    let files: Array =
        version.folder().map(|(path, content)| Array::of2(&path.into(), &Uint8Array::from(&content[..]))).collect();
    Reflect::set(&all, &"files".into(), &files)?;
    Ok(all)
}
