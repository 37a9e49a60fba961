//! `foldin inspect`: what a model holds, and how large its parts are.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use foldin_core::file::{self, FileKind};
use foldin_data::text::grouped;
use foldin_store::{self as store, MANIFEST, Stored};
use serde::Serialize;

use super::privacy;
use crate::args::InspectArguments;
use crate::output::{self, count};

#[derive(Serialize)]
struct FileReport {
    path: PathBuf,
    kind: &'static str,
    bytes: usize,
    gzip: usize,
    sections: Vec<SectionReport>,
}

#[derive(Serialize)]
struct SectionReport {
    name: &'static str,
    version: u32,
    bytes: usize,
}

pub(crate) fn run(arguments: &InspectArguments) -> anyhow::Result<()> {
    let path = &arguments.path;
    if arguments.privacy {
        return privacy::run(arguments);
    }
    if path.is_file() && path.file_name().is_none_or(|name| name != MANIFEST) {
        let report = file_report(path)?;
        let text = if arguments.json { serde_json::to_string_pretty(&report)? } else { describe_file(&report) };
        return Ok(output::result(&text)?);
    }
    let dir = folder(path);
    let stored = store::read(dir)?;
    let files = stored.entry.files.values().map(|entry| file_report(&dir.join(&entry.path)));
    let files = files.collect::<anyhow::Result<Vec<_>>>()?;
    if arguments.json {
        let json = serde_json::json!({ "manifest": stored.manifest, "files": files });
        return Ok(output::result(&serde_json::to_string_pretty(&json)?)?);
    }
    let text = describe(dir, &stored) + &files.iter().map(describe_file).collect::<String>();
    Ok(output::result(&text)?)
}

/// The folder of a model that a path means: itself, or that of its manifest.
pub(super) fn folder(path: &Path) -> &Path {
    let dir = if path.is_file() { path.parent() } else { Some(path) };
    dir.filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn describe(dir: &Path, stored: &Stored) -> String {
    let (about, catalogue) = (&stored.model.about, &stored.model.catalogue);
    let mut text =
        format!("{} {}, trained by {}\n", dir.display(), stored.entry.version, output::plain(&about.program));
    let mut row = |name: &str, value: String| text.push_str(&format!("  {name:<9} {value}\n"));
    // The sample says so by its name.
    let says_so = about.data.contains("simulated");
    let simulated = if about.simulated && !says_so { " (simulated viewers)" } else { "" };
    row("data", format!("{}{simulated}", output::plain(&about.data)));
    let (likes, users) = (count(about.n_likes as usize, "like"), count(about.n_users as usize, "user"));
    let threshold = about.like_threshold.map_or(String::new(), |stars| format!(", ratings of {stars} or more"));
    row("learned", format!("from {likes} of {users}{threshold}"));
    let genres = count(catalogue.genre_names().len(), "genre");
    row("items", format!("{}, {genres}", grouped(catalogue.len() as u64)));
    let factors = stored.model.factors.as_ref().map(|factors| &factors.rows);
    let factors = factors.map(|rows| format!("{} for {}", rows.n_cols(), count(rows.n_rows(), "item")));
    row("factors", factors.unwrap_or("none: nothing could be learned".to_owned()));
    let users = stored.users.as_ref().map(|users| grouped(users.len() as u64));
    row("users", users.unwrap_or("none inside".to_owned()));
    row("map", if stored.descriptions.map().is_some() { "a place for every item" } else { "none" }.to_owned());
    if let Some(metrics) = &stored.entry.metrics {
        row("measured", format!("NDCG@10 {:.4} on held-out users", metrics.foldin.ndcg_at_10));
    }
    if stored.manifest.versions.len() > 1 {
        let versions: Vec<&str> = stored.manifest.versions.iter().map(|entry| entry.version.as_str()).collect();
        row("versions", versions.join(", "));
    }
    text
}

fn file_report(path: &Path) -> anyhow::Result<FileReport> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    let gzip = gzip.finish()?.len();
    let length = bytes.len();
    let (kind, sections) =
        file::list_sections(&bytes.into()).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let section =
        |info: &file::SectionInfo| SectionReport { name: info.name, version: info.version, bytes: info.bytes };
    Ok(FileReport {
        path: path.to_owned(),
        kind: FileKind::name(kind),
        bytes: length,
        gzip,
        sections: sections.iter().map(section).collect(),
    })
}

fn describe_file(report: &FileReport) -> String {
    let (bytes, gzip) = (output::size(report.bytes as u64), output::size(report.gzip as u64));
    let mut text = format!("{}\n", report.path.display());
    text.push_str(&format!("  {:<14}{bytes:>10}  {gzip:>10} gzip\n", format!("{} file", report.kind)));
    for section in &report.sections {
        text.push_str(&format!("    {:<12}{:>10}\n", section.name, output::size(section.bytes as u64)));
    }
    text
}
