//! `foldin evaluate --protocol folds`: errors of predicted ratings, beside biases and the mean.

use std::time::Instant;

use anyhow::bail;
use foldin_data::split::folds::{Fold, given_folds, random_folds};
use foldin_data::{Dataset, Folder};
use foldin_train::config::Config;
use foldin_train::evaluate::rating::fit_fold;

use super::read_dataset;
use crate::args::{EvaluateArguments, Part};
use crate::output::{self, count};
use crate::progress::Progress;
use crate::tables::folds::{self, TimedFold};

/// So many folds are drawn where the data set gives none.
const N_FOLDS: usize = 5;

pub(crate) fn run(arguments: &EvaluateArguments, config: &Config) -> anyhow::Result<()> {
    let mut dataset = read_dataset(&arguments.data, config)?;
    let ratings = &dataset.events.ratings;
    if dataset.ratings_are_counts || ratings.iter().all(|rating| *rating == ratings[0]) {
        bail!("{} has no stars to predict; use --protocol strong or loo", dataset.name);
    }
    let (parts, kind) = split(arguments, &mut dataset)?;
    let progress = Progress::new("predicting folds", parts.len());
    let mut measured = Vec::with_capacity(parts.len());
    for fold in &parts {
        let started = Instant::now();
        let fitted = fit_fold(&dataset, fold, &config.ratings, config.privacy.min_support)?;
        let fit_seconds = output::elapsed(started);
        measured.push(TimedFold { measured: fitted.measure()?, fit_seconds });
        progress.set(measured.len());
    }
    let n_ratings = parts.iter().map(|Fold { test, .. }| test.len()).sum();
    progress.end(&format!("predicted {} in {}", count(n_ratings, "rating"), count(parts.len(), "fold")));
    let part = if arguments.part == Part::Validation { " (validation)" } else { "" };
    if arguments.json {
        let json = folds::to_json(&dataset.name, &format!("folds{part}"), kind, &measured);
        return Ok(output::result(&serde_json::to_string_pretty(&json)?)?);
    }
    let (name, n, seed) = (&dataset.name, parts.len(), arguments.split_seed);
    let heading = format!("folds{part} on {name}: {n} {kind} folds, seed {seed}");
    Ok(output::result(&folds::table(&heading, &measured))?)
}

/// The folds that the data set gives, or random ones.
fn split(arguments: &EvaluateArguments, dataset: &mut Dataset) -> anyhow::Result<(Vec<Fold>, &'static str)> {
    let given = match arguments.data.data.as_slice() {
        [folder] if folder.is_dir() => given_folds(&Folder::new(folder), dataset)?,
        _ => Vec::new(),
    };
    let seed = arguments.split_seed;
    let (folds, kind) =
        if given.is_empty() { (random_folds(&dataset.events, N_FOLDS, seed), "random") } else { (given, "given") };
    Ok(match arguments.part {
        Part::Validation => (folds.iter().map(|fold| fold.validation(seed)).collect(), kind),
        Part::Test => (folds, kind),
    })
}
