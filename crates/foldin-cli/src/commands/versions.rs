//! `foldin versions`: the versions of a model folder.

use std::fs;
use std::path::Path;

use foldin_store::{self as store, METADATA, VersionEntry};
use foldin_train::artefacts::{Metadata, MetricsSummary};
use serde::Serialize;

use super::variants;
use crate::args::VersionsArguments;
use crate::output::{self, plain};

/// The figures that the table shows.
const FIGURES: [&str; 3] = ["ndcg@10", "recall@20", "coverage@10"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    version: String,
    current: bool,
    trained_at: Option<String>,
    data: String,
    simulated: bool,
    likes: u64,
    bytes: u64,
    metrics: Option<MetricsSummary>,
}

pub(crate) fn run(arguments: &VersionsArguments) -> anyhow::Result<()> {
    let dir = &arguments.model.model;
    let manifest = store::read_manifest(dir)?;
    let line = |entry: &VersionEntry| Line {
        current: entry.version == manifest.current,
        trained_at: trained_at(dir, &entry.version),
        data: entry.trained_on.data.clone(),
        simulated: entry.trained_on.simulated,
        likes: entry.trained_on.likes,
        bytes: entry.files.values().map(|file| file.bytes).sum(),
        metrics: entry.metrics.clone(),
        version: entry.version.clone(),
    };
    let lines: Vec<Line> = manifest.versions.iter().map(line).collect();
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&serde_json::json!({ "versions": lines, "variants": manifest.variants }))?,
        false if manifest.variants.is_empty() => table(&lines),
        false => format!("{}visitors get {}\n", table(&lines), variants::described(&manifest.variants)),
    };
    Ok(output::result(&text)?)
}

/// When a version was trained, from its metadata; nothing where it has none, as in a site.
fn trained_at(dir: &Path, version: &str) -> Option<String> {
    let text = fs::read(dir.join(version).join(METADATA)).ok()?;
    let metadata: Metadata = serde_json::from_slice(&text).ok()?;
    Some(jiff::Timestamp::from_second(metadata.trained_at).ok()?.to_string())
}

fn table(lines: &[Line]) -> String {
    let heading = ["", "version", "trained (UTC)", "data", "likes", "size"].map(str::to_owned).into_iter();
    let mut rows: Vec<Vec<String>> = vec![heading.chain(FIGURES.map(str::to_owned)).collect()];
    for line in lines {
        let metrics = line.metrics.as_ref().map(|metrics| metrics.foldin.by_name()).unwrap_or_default();
        let mark = if line.current { "*" } else { "" };
        let when = line.trained_at.as_deref().map_or("-".to_owned(), output::minute);
        let likes = foldin_data::text::grouped(line.likes);
        let mut row = vec![mark.to_owned(), line.version.clone(), when, plain(&line.data).into(), likes];
        row.push(output::size(line.bytes));
        row.extend(FIGURES.map(|name| metrics.get(name).map_or("-".to_owned(), |figure| format!("{figure:.4}"))));
        rows.push(row);
    }
    let mut text = output::columns(&rows, &[4, 5, 6, 7, 8]);
    text.push_str("* is the current one\n");
    text
}
