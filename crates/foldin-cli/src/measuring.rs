//! What a training is worth, for the papers of a version.

use foldin_train::dataset::Dataset;
use foldin_train::evaluate::{
    Heading, ItemFacts, Measured, Metric, POPULARITY, System, Task, as_shipped, cold_curve, figures, lists_of_curve,
    metrics_json,
};
use foldin_train::split::{ColdStart, HeldOut, Part, Protocol};
use foldin_train::store::Measurements;
use foldin_train::train::TrainSettings;
use serde_json::json;

use crate::learning::learn;
use crate::progress::Progress;
use crate::talk;

/// What settings are worth on users that were held out: for strangers with full histories and with short ones, from one
/// training.
///
/// # Errors
/// Where nothing can be learned with the settings.
pub fn measured(
    dataset: &Dataset,
    start: &ColdStart,
    settings: &TrainSettings,
    threshold: Option<f32>,
    seed: u64,
) -> anyhow::Result<Measurements> {
    let ColdStart { full: split, at } = start;
    talk::step(&format!("measuring on {} whom learning does not see", talk::count(split.test.len(), "user")));
    let trained = learn(dataset, &split.train, &TrainSettings { likes: split.likes, ..settings.clone() }, "  ")?;
    let recommender = as_shipped(&trained.model)?;
    let facts = ItemFacts::new(&split.train, &dataset.catalogue).with_content_of(&trained.model, dataset);
    let systems = System::all(&trained.model);
    let points: Vec<(u16, &[HeldOut])> = at.iter().map(|at| (at.shown, at.test.as_slice())).collect();
    let n_full = split.test.len() * systems.len();
    let progress = Progress::new("asking", n_full + lists_of_curve(&points, &systems));
    let task = Task { seed, ..Task::new(&recommender, dataset, &split.test, &facts) };
    let full = figures(&task, &systems, |done| progress.set(done))?;
    let curve = cold_curve(&task, &points, &systems, |done| progress.set(n_full + done))?;
    let of = |system| full.iter().find(|one| one.system == system).map(|one| &one.measured);
    let (ours, popular) = of(System::Foldin).zip(of(POPULARITY)).expect("every model has both");
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
    Ok(Measurements {
        summary: json!({
            "protocol": Protocol::Strong.to_string(),
            "users": split.test.len(),
            "foldin": few(ours),
            "popularity": few(popular),
        }),
        all: metrics_json(&[(&heading, &named)], &curve, seed),
    })
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
