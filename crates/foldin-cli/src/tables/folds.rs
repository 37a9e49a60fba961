//! Protocol `folds`: errors of predicted ratings, fold by fold.

use std::fmt::Write;

use foldin_train::artefacts::RatingErrors;
use foldin_train::evaluate::rating::MeasuredFold;
use serde_json::{Value, json};

/// A fold, and how long learning took.
pub(crate) struct TimedFold {
    pub measured: MeasuredFold,
    pub fit_seconds: f64,
}

/// A system's name and its errors on a fold.
type System = (&'static str, fn(&MeasuredFold) -> RatingErrors);

/// The systems, ours first.
const SYSTEMS: [System; 3] =
    [("foldin", |fold| fold.foldin), ("biases", |fold| fold.biases), ("mean", |fold| fold.mean)];

pub(crate) fn table(heading: &str, measured: &[TimedFold]) -> String {
    let mut text = format!("{heading}\n\n{:<8}", "RMSE");
    SYSTEMS.iter().for_each(|(name, _)| text += &format!("{name:>12}"));
    let _ = write!(text, "{:>10}", "fit");
    let mut line = |name: &str, rmse: [f64; 3], seconds: f64| {
        let [ours, biases, mean] = rmse;
        let _ = write!(text, "\n{name:<8}{ours:>12.4}{biases:>12.4}{mean:>12.4}{seconds:>8.2} s");
    };
    for fold in measured {
        line(&fold.measured.name, SYSTEMS.map(|(_, errors)| errors(&fold.measured).rmse), fold.fit_seconds);
    }
    line("mean", SYSTEMS.map(|(_, errors)| mean_of(measured, errors).rmse), mean_seconds(measured));
    let [ours, biases, mean] = SYSTEMS.map(|(_, errors)| mean_of(measured, errors).mae);
    let _ = write!(text, "\nMAE     {ours:>12.4}{biases:>12.4}{mean:>12.4}");
    text
}

fn mean_of(measured: &[TimedFold], errors: fn(&MeasuredFold) -> RatingErrors) -> RatingErrors {
    RatingErrors::mean(measured.iter().map(|fold| errors(&fold.measured)))
}

fn mean_seconds(measured: &[TimedFold]) -> f64 {
    measured.iter().map(|fold| fold.fit_seconds).sum::<f64>() / measured.len() as f64
}

pub(crate) fn to_json(dataset: &str, protocol: &str, kind: &str, measured: &[TimedFold]) -> Value {
    let fold = |TimedFold { measured, fit_seconds }: &TimedFold| {
        let mut value = json!({
            "name": measured.name, "train": measured.n_train, "test": measured.n_test,
            "fitSeconds": fit_seconds, "iterations": measured.iterations, "bytes": measured.bytes,
        });
        SYSTEMS.iter().for_each(|(name, of)| value[*name] = json!(of(measured)));
        value
    };
    let mut mean = json!({ "fitSeconds": mean_seconds(measured) });
    SYSTEMS.iter().for_each(|(name, of)| mean[*name] = json!(mean_of(measured, *of)));
    let folds: Vec<Value> = measured.iter().map(fold).collect();
    json!({ "protocol": protocol, "dataset": dataset, "kind": kind, "mean": mean, "folds": folds })
}
