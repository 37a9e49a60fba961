//! `foldin evaluate --protocol folds`: how far predicted stars are off, beside biases and the mean.

use std::fmt::Write;

use anyhow::bail;
use foldin_train::evaluate::rating::{MeasuredFold, RatingErrors, folds};
use foldin_train::split::folds::{Fold, given_folds, random_folds};
use serde_json::{Value, json};

use super::read_dataset;
use crate::args::{EvaluateArguments, Part};
use crate::progress::Progress;
use crate::talk;

/// As many folds are drawn where the data set gives none.
const N_FOLDS: usize = 5;

pub fn run(arguments: &EvaluateArguments) -> anyhow::Result<()> {
    let mut dataset = read_dataset(&arguments.data)?;
    let ratings = &dataset.events.ratings;
    if dataset.ratings_are_counts || ratings.iter().all(|rating| *rating == ratings[0]) {
        bail!("{} has no stars to predict; use --protocol strong or loo", dataset.name);
    }
    let given = match &arguments.data.data {
        Some(folder) => given_folds(folder, &mut dataset)?,
        None => Vec::new(),
    };
    let (parts, kind) = match given.is_empty() {
        true => (random_folds(&dataset.events, N_FOLDS, arguments.split_seed), "random"),
        false => (given, "given"),
    };
    let (parts, part) = match arguments.part {
        Part::Validation => (parts.iter().map(|fold| fold.validation(arguments.split_seed)).collect(), " (validation)"),
        Part::Test => (parts, ""),
    };
    let settings = arguments.settings.settings().ratings;
    let progress = Progress::new("predicting folds", parts.len());
    let measured = folds(&dataset, &parts, &settings, |done| progress.set(done))?;
    let n_ratings = parts.iter().map(|Fold { test, .. }| test.len()).sum();
    progress.end(&format!("predicted {} in {}", talk::count(n_ratings, "rating"), talk::count(parts.len(), "fold")));
    let heading =
        format!("folds{part} on {}: {} {kind} folds, seed {}", dataset.name, parts.len(), arguments.split_seed);
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&to_json(&dataset.name, &format!("folds{part}"), kind, &measured))?,
        false => table(&heading, &measured),
    };
    Ok(talk::result(&text)?)
}

/// A system's name and its errors on a fold.
type System = (&'static str, fn(&MeasuredFold) -> RatingErrors);

/// The systems, ours first.
const SYSTEMS: [System; 3] =
    [("foldin", |fold| fold.foldin), ("biases", |fold| fold.biases), ("mean", |fold| fold.mean)];

fn mean_of(measured: &[MeasuredFold], errors: fn(&MeasuredFold) -> RatingErrors) -> RatingErrors {
    RatingErrors::mean(measured.iter().map(errors))
}

fn mean_seconds(measured: &[MeasuredFold]) -> f64 {
    measured.iter().map(|fold| fold.fit_seconds).sum::<f64>() / measured.len() as f64
}

fn table(heading: &str, measured: &[MeasuredFold]) -> String {
    let mut text = format!("{heading}\n\n{:<8}{:>12}{:>12}{:>12}{:>10}", "RMSE", "foldin", "biases", "mean", "fit");
    let mut line = |name: &str, rmse: [f64; 3], seconds: f64| {
        let [ours, biases, mean] = rmse;
        let _ = write!(text, "\n{name:<8}{ours:>12.4}{biases:>12.4}{mean:>12.4}{seconds:>8.2} s");
    };
    for fold in measured {
        line(&fold.name, SYSTEMS.map(|(_, errors)| errors(fold).rmse), fold.fit_seconds);
    }
    line("mean", SYSTEMS.map(|(_, errors)| mean_of(measured, errors).rmse), mean_seconds(measured));
    let [ours, biases, mean] = SYSTEMS.map(|(_, errors)| mean_of(measured, errors).mae);
    let _ = write!(text, "\nMAE     {ours:>12.4}{biases:>12.4}{mean:>12.4}");
    text
}

fn to_json(dataset: &str, protocol: &str, kind: &str, measured: &[MeasuredFold]) -> Value {
    let errors = |errors: RatingErrors| json!({ "rmse": errors.rmse, "mae": errors.mae });
    let fold = |fold: &MeasuredFold| {
        let mut value = json!({
            "name": fold.name, "train": fold.n_train, "test": fold.n_test,
            "fitSeconds": fold.fit_seconds, "iterations": fold.iterations, "bytes": fold.bytes,
        });
        SYSTEMS.iter().for_each(|(name, of)| value[*name] = errors(of(fold)));
        value
    };
    let mut mean = json!({ "fitSeconds": mean_seconds(measured) });
    SYSTEMS.iter().for_each(|(name, of)| mean[*name] = errors(mean_of(measured, *of)));
    let folds: Vec<Value> = measured.iter().map(fold).collect();
    json!({ "protocol": protocol, "dataset": dataset, "kind": kind, "mean": mean, "folds": folds })
}
