//! `foldin inspect`: what a model holds, and how large its parts are.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;
use foldin_core::file::{self, FileKind};
use foldin_train::store::{self, MANIFEST};
use serde::Serialize;

use crate::args::InspectArguments;
use crate::talk;

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

pub fn run(arguments: &InspectArguments) -> anyhow::Result<()> {
    let path = &arguments.path;
    if path.is_file() && path.file_name().is_none_or(|name| name != MANIFEST) {
        let report = file_report(path)?;
        if arguments.json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print_file(&report);
        }
        return Ok(());
    }
    let dir = if path.is_file() { path.parent().unwrap_or(Path::new(".")) } else { path };
    let stored = store::read(dir)?;
    let files = stored.entry.files.values().map(|entry| file_report(&dir.join(&entry.path)));
    let files = files.collect::<anyhow::Result<Vec<_>>>()?;
    if arguments.json {
        let json = serde_json::json!({ "manifest": stored.manifest, "files": files });
        println!("{}", serde_json::to_string_pretty(&json)?);
        return Ok(());
    }
    let (about, catalogue) = (&stored.model.about, &stored.model.catalogue);
    let simulated = if about.simulated { " (simulated viewers)" } else { "" };
    println!("{} {}, trained by {}", dir.display(), stored.entry.version, about.program);
    println!("  data      {}{simulated}", about.data);
    let threshold = about.like_threshold.map_or(String::new(), |stars| format!(", ratings of {stars} and more"));
    println!(
        "  learned   from {} likes of {} users{threshold}",
        talk::grouped(about.n_likes),
        talk::grouped(about.n_users)
    );
    println!("  items     {}, {} genres", talk::grouped(catalogue.len() as u64), catalogue.genre_names().len());
    if let Some(factors) = &stored.model.factors {
        let rows = &factors.rows;
        println!("  factors   {} for {} items", rows.n_cols(), talk::grouped(rows.n_rows() as u64));
    }
    println!(
        "  users     {}",
        stored.users.as_ref().map_or("none inside".to_owned(), |users| talk::grouped(users.len() as u64))
    );
    if let Some(ndcg) = ndcg_at_10(stored.entry.metrics.as_ref()) {
        println!("  measured  NDCG@10 {ndcg:.4} on strangers");
    }
    if stored.manifest.versions.len() > 1 {
        let versions: Vec<&str> = stored.manifest.versions.iter().map(|entry| entry.version.as_str()).collect();
        println!("  versions  {}", versions.join(", "));
    }
    files.iter().for_each(print_file);
    Ok(())
}

fn ndcg_at_10(metrics: Option<&serde_json::Value>) -> Option<f64> {
    let at = metrics?.get("foldin")?.get("at")?.as_array()?;
    at.iter().find(|at| at["k"] == 10)?.get("ndcg")?.as_f64()
}

fn file_report(path: &Path) -> anyhow::Result<FileReport> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    let gzip = gzip.finish()?.len();
    let length = bytes.len();
    let (kind, sections) =
        file::list_sections(&bytes.into()).with_context(|| format!("{} is not sound", path.display()))?;
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

fn print_file(report: &FileReport) {
    let (bytes, gzip) = (talk::size(report.bytes as u64), talk::size(report.gzip as u64));
    println!("{}", report.path.display());
    println!("  {:<14}{bytes:>10}  {gzip:>10} gzip", format!("{} file", report.kind));
    for section in &report.sections {
        println!("    {:<12}{:>10}", section.name, talk::size(section.bytes as u64));
    }
}
