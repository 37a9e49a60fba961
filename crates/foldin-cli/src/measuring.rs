//! What a training is worth, for the papers of a version.

use std::time::Instant;

use foldin_core::model::Ranker;
use foldin_train::dataset::Dataset;
use foldin_train::evaluate::rating::{RatingErrors, folds};
use foldin_train::evaluate::{
    FOLDIN, Heading, ItemFacts, Measured, Metric, POPULARITY, System, Task, as_shipped, cold_curve, diversity_curve,
    diversity_json, figures, lists_of_curve, lists_of_diversity, metrics_json,
};
use foldin_train::learn::als::Iteration;
use foldin_train::split::folds::random_fold;
use foldin_train::split::{ColdStart, HeldOut, Part, Protocol};
use foldin_train::store::Measurements;
use foldin_train::train::{Step, TrainSettings, has_stars};
use serde_json::{Value, json};

use crate::learning::learn_watched;
use crate::progress::Progress;
use crate::talk;

/// Stars are predicted for one in so many ratings.
const STARS_FOLDS: usize = 5;

/// With fewer ratings, an error would say more of chance than of the model.
const FEWEST_RATINGS: usize = 100;

/// What settings are worth on users that were held out, from one training: for strangers with full histories and with short
/// ones, and what variety costs.
///
/// # Errors
/// Where nothing can be learned with the settings.
pub fn measured(
    dataset: &Dataset,
    start: &ColdStart,
    settings: &TrainSettings,
    ranker: Option<&Ranker>,
    threshold: Option<f32>,
    seed: u64,
) -> anyhow::Result<Measurements> {
    let ColdStart { full: split, at } = start;
    talk::step(&format!("measuring on {} whom learning does not see", talk::count(split.test.len(), "user")));
    let mut losses: Vec<Value> = Vec::new();
    let watch = |step: &Step| {
        let loss = |iteration: Iteration| json!({ "iteration": iteration.number, "loss": iteration.loss() });
        losses.extend(step.iteration.map(loss));
    };
    let of_split = TrainSettings { likes: split.likes, ..settings.clone() };
    let mut trained = learn_watched(dataset, &split.train, &of_split, "  ", watch)?;
    trained.model.ranker = ranker.cloned();
    let recommender = as_shipped(&trained.model)?;
    let facts = ItemFacts::new(&split.train, &dataset.catalogue).with_content_of(&trained.model, dataset);
    let systems = System::all(&trained.model);
    let points: Vec<(u16, &[HeldOut])> = at.iter().map(|at| (at.shown, at.test.as_slice())).collect();
    let n_full = split.test.len() * systems.len();
    let n_curve = lists_of_curve(&points, &systems);
    let progress = Progress::new("asking", n_full + n_curve + lists_of_diversity(&split.test));
    let task = Task { seed, ..Task::new(&recommender, dataset, &split.test, &facts) };
    let full = figures(&task, &systems, |done| progress.set(done))?;
    let curve = cold_curve(&task, &points, &systems, |done| progress.set(n_full + done))?;
    let diversity = diversity_curve(&task, |done| progress.set(n_full + n_curve + done))?;
    let of = |system| full.iter().find(|one| one.system == system).map(|one| &one.measured);
    let (ours, popular) = of(FOLDIN).zip(of(POPULARITY)).expect("every model has both");
    let at = |metric, k| ours.metrics.get(metric, k).unwrap_or(f64::NAN);
    tracing::info!(
        detail = true,
        users = split.test.len(),
        "ndcg@10" = at(Metric::Ndcg, 10),
        "recall@20" = at(Metric::Recall, 20),
        "coverage@10" = at(Metric::Coverage, 10),
        "on strangers: NDCG@10 {:.4} (popularity alone {:.4}), recall@20 {:.4}, {:.1} % of the catalogue recommended",
        at(Metric::Ndcg, 10),
        popular.metrics.get(Metric::Ndcg, 10).unwrap_or(f64::NAN),
        at(Metric::Recall, 20),
        100.0 * at(Metric::Coverage, 10),
    );
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: Protocol::Strong.to_string(),
        part: Part::Test,
        threshold,
        seed,
    };
    let named: Vec<(&str, &Measured)> = full.iter().map(|one| (one.system.name(), &one.measured)).collect();
    let mut all = metrics_json(&[(&heading, &named)], &curve, seed);
    all["diversity"] = diversity_json(&diversity, seed);
    if !losses.is_empty() {
        all["training"] = json!({ "als": losses });
    }
    if let Some(stars) = stars(dataset, settings, seed) {
        all["stars"] = stars;
    }
    Ok(Measurements {
        summary: json!({
            "protocol": Protocol::Strong.to_string(),
            "users": split.test.len(),
            "foldin": few(ours),
            "popularity": few(popular),
        }),
        all,
    })
}

/// How far predicted stars are off, on a fifth of the ratings, from the others; none where none are learned, or too few
/// are there.
fn stars(dataset: &Dataset, settings: &TrainSettings, seed: u64) -> Option<Value> {
    if !settings.stars || !has_stars(dataset) || dataset.events.len() < FEWEST_RATINGS {
        return None;
    }
    let started = Instant::now();
    let fold = random_fold(&dataset.events, STARS_FOLDS, seed);
    let measured = match folds(dataset, &[fold], &settings.ratings, |_| {}) {
        Ok(mut measured) => measured.swap_remove(0),
        Err(error) => {
            talk::note(&format!("stars are not measured: {error}"));
            return None;
        }
    };
    tracing::info!(
        detail = true,
        ratings = measured.n_test,
        rmse = measured.foldin.rmse,
        seconds = talk::elapsed(started),
        "stars: RMSE {:.3} (biases alone {:.3}) ({})",
        measured.foldin.rmse,
        measured.biases.rmse,
        talk::seconds(started),
    );
    let errors = |RatingErrors { rmse, mae }: RatingErrors| json!({ "rmse": rmse, "mae": mae });
    let mut stars = errors(measured.foldin);
    stars["baselines"] = json!({ "biases": errors(measured.biases), "mean": errors(measured.mean) });
    Some(stars)
}

/// The few figures that a page may want to show.
fn few(measured: &Measured) -> serde_json::Value {
    let at = |metric, k| measured.metrics.get(metric, k).map(|figure| (figure * 1e4).round() / 1e4);
    json!({
        "ndcg@10": at(Metric::Ndcg, 10),
        "recall@20": at(Metric::Recall, 20),
        "coverage@10": at(Metric::Coverage, 10),
    })
}
