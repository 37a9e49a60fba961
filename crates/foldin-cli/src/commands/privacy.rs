//! `foldin inspect --privacy`: what a model gives away about the people that it was learned from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bytes::Bytes;
use foldin_core::file::FileKind;
use foldin_data::text::grouped;
use foldin_report::model::{named, support_table};
use foldin_store::{self as store, CONFIG, MANIFEST, METADATA, Stored};
use foldin_train::artefacts::{Metadata, PrivacyFigures};
use foldin_train::assemble::TrainingData;
use foldin_train::config;
use foldin_train::privacy::{Membership, assess, membership};
use serde::Serialize;

use super::inspect::folder;
use super::{note_other_data, read_paths};
use crate::args::InspectArguments;
use crate::output::{self, columns, count};

/// What is printed.
#[derive(Serialize)]
struct PrivacyReport {
    #[serde(flatten)]
    figures: PrivacyFigures,
    /// Whether there is a file of known users.
    users_file: bool,
    /// With a data set only.
    #[serde(skip_serializing_if = "Option::is_none")]
    membership: Option<Membership>,
}

pub(super) fn run(arguments: &InspectArguments) -> anyhow::Result<()> {
    let path = &arguments.path;
    if path.is_file() && path.file_name().is_none_or(|name| name != MANIFEST) {
        bail!("--privacy is about a whole model; give the folder of {}", path.display());
    }
    let dir = folder(path);
    let stored = store::read(dir)?;
    let score = score_path(dir, &stored)?;
    let users_file = stored.users.is_some();
    let report = match &arguments.data {
        Some(data) => measured(&score, &stored, data)?,
        None => PrivacyReport { figures: recorded(&score)?, users_file, membership: None },
    };
    let text = if arguments.json {
        serde_json::to_string_pretty(&report)?
    } else {
        format!("{} {}\n{}", dir.display(), stored.entry.version, describe(&report))
    };
    Ok(output::result(&text)?)
}

fn score_path(dir: &Path, stored: &Stored) -> anyhow::Result<PathBuf> {
    let file = stored.entry.files.get(FileKind::Score.name()).context("the version has no score file")?;
    Ok(dir.join(&file.path))
}

/// What the training wrote down.
fn recorded(score: &Path) -> anyhow::Result<PrivacyFigures> {
    let path = score.with_file_name(METADATA);
    let text =
        fs::read(&path).with_context(|| format!("cannot read {}; --data DATA does without it", path.display()))?;
    let metadata: Metadata =
        serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))?;
    metadata.privacy.with_context(|| {
        format!("{} says nothing about it: an earlier foldin wrote it; --data DATA does without it", path.display())
    })
}

/// What the bytes give away, by the data that they were learned from.
fn measured(score: &Path, stored: &Stored, data: &Path) -> anyhow::Result<PrivacyReport> {
    let config_path = score.with_file_name(CONFIG);
    let config = config::read(&config_path)?;
    let (dataset, _) = read_paths(&[data.to_owned()], None, &config)?;
    note_other_data(&config_path, &dataset);
    let threshold = stored.model.about.like_threshold;
    let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold };
    let bytes = Bytes::from(fs::read(score).with_context(|| format!("cannot read {}", score.display()))?);
    let figures = assess(&bytes, data, &config)?;
    output::step("learning factors from half of the people, to tell them from the other half");
    let membership = membership(data, &config)?;
    Ok(PrivacyReport { figures, users_file: stored.users.is_some(), membership })
}

fn describe(PrivacyReport { figures, users_file, membership }: &PrivacyReport) -> String {
    let min_support = figures.min_support;
    let mut text = String::new();
    let mut row = |name: &str, value: String| text.push_str(&format!("  {name:<12} {value}\n"));
    row(
        "min-support",
        match min_support {
            0 | 1 => "1: one person is enough for an entry".to_owned(),
            n => format!("{n} people behind every entry"),
        },
    );
    row("learned from", format!("{} of {} people", count(figures.likes, "like"), grouped(figures.people as u64)));
    if min_support > 1 {
        let items = count(figures.rare_items, "item");
        row("rare", format!("{items} liked by fewer than {min_support}, known by content alone"));
    }
    row("named", named(figures));
    if let Some(precision) = figures.inferred.precision() {
        let claims = grouped(figures.inferred.claims as u64);
        row(
            "inferred",
            format!(
                "who likes one of the rarest items likes {:.0} % of its neighbours too ({claims} claims)",
                100.0 * precision
            ),
        );
    }
    if *users_file {
        row("users file", "every history, for anyone who can download it".to_owned());
    }
    if let Some(Membership { auc, low, high, members, others }) = membership {
        let people = format!("{} people from {} others", grouped(*members as u64), grouped(*others as u64));
        row(
            "membership",
            format!("factors tell {people} with an AUC of {auc:.3} ({low:.3} to {high:.3}; 0.5 is a guess)"),
        );
    }
    let table = support_table(figures);
    let numbers: Vec<usize> = (1..table[0].len()).collect();
    text + "\n" + &columns(&table, &numbers)
}
