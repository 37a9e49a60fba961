//! `foldin diff`: what differs between two versions of a model.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use foldin_core::Recommender;
use foldin_core::file::list_sections;
use foldin_store::{self as store, CONFIG, Stored, VersionEntry};
use foldin_train::config::{Difference, FlatSettings, differences, flat_settings};
use foldin_train::evaluate::list_changes::{K, LIKES};
use foldin_train::evaluate::{ListChanges, changed_lists};
use serde::Serialize;

use crate::args::DiffArguments;
use crate::output;

/// All that differs.
#[derive(Serialize)]
struct Diff {
    before: String,
    after: String,
    settings: Vec<Difference>,
    metrics: Vec<Figure>,
    sizes: Vec<Size>,
    /// Nothing where the versions have no item in common.
    lists: Option<ListChanges>,
}

#[derive(Serialize)]
struct Figure {
    name: String,
    before: Option<f64>,
    after: Option<f64>,
}

/// Length of a file, or of a section in one, in bytes; 0 where a version has none.
#[derive(Serialize)]
struct Size {
    file: String,
    section: Option<String>,
    before: u64,
    after: u64,
}

pub(crate) fn run(arguments: &DiffArguments) -> anyhow::Result<()> {
    let dir = &arguments.model.model;
    let (before, after) = (store::read_version(dir, &arguments.before)?, store::read_version(dir, &arguments.after)?);
    let (old, new) = (before.entry.clone(), after.entry.clone());
    let [old_sizes, new_sizes] = [sizes(dir, &old)?, sizes(dir, &new)?];
    let diff = Diff {
        settings: differences(&settings(dir, &old)?, &settings(dir, &new)?),
        metrics: metrics(&old, &new),
        sizes: both(&old_sizes, &new_sizes)
            .map(|((file, section), before, after)| Size {
                file: file.clone(),
                section: section.clone(),
                before: before.copied().unwrap_or(0),
                after: after.copied().unwrap_or(0),
            })
            .collect(),
        lists: lists(before, after, arguments)?,
        before: old.version,
        after: new.version,
    };
    let text = if arguments.json { serde_json::to_string_pretty(&diff)? } else { describe(&diff) };
    Ok(output::result(&text)?)
}

/// The keys of two maps in order, each with its values.
fn both<'a, K: Ord, V>(
    before: &'a BTreeMap<K, V>,
    after: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = (&'a K, Option<&'a V>, Option<&'a V>)> {
    let keys: BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    keys.into_iter().map(|key| (key, before.get(key), after.get(key)))
}

fn settings(dir: &Path, entry: &VersionEntry) -> anyhow::Result<FlatSettings> {
    let path = dir.join(&entry.version).join(CONFIG);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    flat_settings(&text).map_err(|error| anyhow!("{}: {}", path.display(), error.message()))
}

/// What the manifest says was measured of foldin itself.
fn metrics(before: &VersionEntry, after: &VersionEntry) -> Vec<Figure> {
    let of = |entry: &VersionEntry| entry.metrics.as_ref().map(|metrics| metrics.foldin.by_name()).unwrap_or_default();
    let (before, after) = (of(before), of(after));
    let figure = |(name, before, after): (&String, Option<&f64>, Option<&f64>)| Figure {
        name: name.clone(),
        before: before.copied(),
        after: after.copied(),
    };
    both(&before, &after).map(figure).collect()
}

/// Bytes of every file, and of every section in it.
fn sizes(dir: &Path, entry: &VersionEntry) -> anyhow::Result<BTreeMap<(String, Option<String>), u64>> {
    let mut sizes = BTreeMap::new();
    for (kind, file) in &entry.files {
        let path = dir.join(&file.path);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (_, sections) = list_sections(&bytes.into()).map_err(|error| anyhow!("{}: {error}", path.display()))?;
        sizes.insert((kind.clone(), None), file.bytes);
        for section in sections {
            sizes.insert((kind.clone(), Some(section.name.to_owned())), section.bytes as u64);
        }
    }
    Ok(sizes)
}

fn lists(before: Stored, after: Stored, arguments: &DiffArguments) -> anyhow::Result<Option<ListChanges>> {
    let (before, after) = (Recommender::new(before.model), Recommender::new(after.model));
    Ok(changed_lists(&before, &after, arguments.profiles, arguments.seed)?)
}

fn describe(diff: &Diff) -> String {
    let mut text = format!("{} -> {}\n", diff.before, diff.after);
    let row =
        |first: &str, before: String, after: String, change: String| vec![format!("  {first}"), before, after, change];
    let mut part = |heading: &str, rows: Vec<Vec<String>>, none: &str, numbers: &[usize]| {
        text.push_str(heading);
        text.push('\n');
        text.push_str(&if rows.is_empty() { format!("  {none}\n") } else { output::columns(&rows, numbers) });
    };
    let value = |value: &Option<serde_json::Value>| value.as_ref().map_or("-".to_owned(), ToString::to_string);
    let settings = diff.settings.iter().map(|one| row(&one.key, value(&one.before), value(&one.after), String::new()));
    part("settings", settings.collect(), "the same", &[]);
    let figure = |figure: Option<f64>| figure.map_or("-".to_owned(), |figure| format!("{figure:.4}"));
    let metrics = diff.metrics.iter().map(|one| {
        let change =
            one.before.zip(one.after).map_or(String::new(), |(before, after)| format!("{:+.4}", after - before));
        row(&one.name, figure(one.before), figure(one.after), change)
    });
    part("figures", metrics.collect(), "neither was measured", &[1, 2, 3]);
    let sizes = diff.sizes.iter().map(|one| {
        let name = one.section.as_ref().map_or_else(|| format!("{} file", one.file), |section| format!("  {section}"));
        let change = match one.after as i64 - one.before as i64 {
            0 => "same".to_owned(),
            change if change < 0 => format!("-{}", output::size(change.unsigned_abs())),
            change => format!("+{}", output::size(change.unsigned_abs())),
        };
        row(&name, output::size(one.before), output::size(one.after), change)
    });
    part("sizes", sizes.collect(), "no files", &[1, 2, 3]);
    text.push_str("recommendations\n");
    match &diff.lists {
        None => text.push_str("  the versions have no item in common\n"),
        Some(lists) => text.push_str(&format!(
            "  {} of {} top-{K} lists changed ({:.1} %); mean overlap {:.1} %\n  \
             profiles that like one of the most liked of {}, or {LIKES} at random\n",
            lists.changed,
            lists.profiles,
            100.0 * lists.changed as f64 / lists.profiles as f64,
            100.0 * lists.mean_overlap,
            output::count(lists.common_items, "common item"),
        )),
    }
    text
}
