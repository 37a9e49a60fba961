//! Figures for programs, in one shape for `foldin evaluate --json` and for the `metrics.json` of a model:
//!
//! ```json
//! { "format": 1,
//!   "protocols": [ { "dataset": "ml-1m", "protocol": "strong", "part": "test", "threshold": 4.0, "seed": 7, "users": 1000,
//!       "systems": [ { "name": "foldin",
//!                      "metrics": { "ndcg@10": { "mean": 0.34, "low": 0.33, "high": 0.35 }, "coverage@10": { "mean": 0.21 } },
//!                      "byHistory": [ { "from": 1, "to": 4, "users": 120, "metrics": { "ndcg@10": 0.2, "recall@10": 0.1 } } ] } ] } ],
//!   "coldStart": [ { "shown": 1, "users": 900,
//!       "systems": [ { "name": "foldin", "ndcg@10": { "mean": 0.46, "low": 0.44, "high": 0.48 } } ] } ] }
//! ```
//!
//! Where it was asked for, and in the `metrics.json` of every model, the price of variety stands beside it:
//!
//! ```json
//! { "diversity": [ { "lambda": 0.3, "users": 300, "ndcg@10": { "mean": 0.33, "low": 0.31, "high": 0.35 },
//!                    "ild@10": { "mean": 0.6 }, "coverage@10": { "mean": 0.2 }, "long_tail@10": { "mean": 0.3 } } ] }
//! ```
//!
//! The `metrics.json` of a model may also hold the loss after each iteration of a learner, and the error of predicted
//! stars beside that of what is simpler:
//!
//! ```json
//! { "training": { "als": [ { "iteration": 1, "loss": 123456.7 } ] },
//!   "stars": { "rmse": 0.85, "mae": 0.67, "baselines": { "biases": { "rmse": 0.91, "mae": 0.72 }, "mean": { "rmse": 1.1, "mae": 0.93 } } } }
//! ```
//!
//! `low` and `high` are the bounds of the 95 % interval, of the metrics that every user has. `to` is null where the
//! bucket has no upper bound, `threshold` where every event is a like.

use serde_json::{Map, Value, json};

use super::cold::{ColdPoint, ndcg_at_10};
use super::diversity::{DiversityPoint, K, SHOWN};
use super::history::by_history;
use super::metrics::{CUTOFFS, Measured, Metric};
use super::table::{Heading, row_name};

/// The version of the shape.
const FORMAT: u32 = 1;

/// All figures of a run: protocols with their named systems, and the cold-start curve, which may be empty.
pub fn metrics_json(protocols: &[(&Heading, &[(&str, &Measured)])], cold_start: &[ColdPoint], seed: u64) -> Value {
    let protocols: Vec<Value> = protocols.iter().map(|(heading, systems)| protocol(heading, systems)).collect();
    let cold_start: Vec<Value> = cold_start.iter().map(|point| cold_point(point, seed)).collect();
    json!({ "format": FORMAT, "protocols": protocols, "coldStart": cold_start })
}

/// The price of variety, one entry a lambda.
pub fn diversity_json(points: &[DiversityPoint], seed: u64) -> Value {
    let point = |point: &DiversityPoint| {
        let measured = &point.measured;
        let mut one = Map::new();
        one.insert("lambda".to_owned(), json!(point.lambda));
        one.insert("users".to_owned(), json!(measured.metrics.users));
        for metric in SHOWN {
            if let Some(mean) = measured.metrics.get(metric, K) {
                let interval = (metric == Metric::Ndcg).then(|| ndcg_at_10(measured, seed).1);
                one.insert(row_name(metric, K), figure(mean, interval));
            }
        }
        Value::Object(one)
    };
    points.iter().map(point).collect()
}

fn protocol(heading: &Heading, systems: &[(&str, &Measured)]) -> Value {
    let Heading { dataset, protocol, part, threshold, seed } = heading;
    let users = systems.first().map_or(0, |(_, measured)| measured.metrics.users);
    let systems: Vec<Value> = systems
        .iter()
        .map(|&(name, measured)| json!({ "name": name, "metrics": all_metrics(measured, *seed), "byHistory": by_history(measured) }))
        .collect();
    json!({
        "dataset": dataset, "protocol": protocol, "part": part.name(), "threshold": threshold, "seed": seed,
        "users": users, "systems": systems,
    })
}

fn all_metrics(measured: &Measured, seed: u64) -> Map<String, Value> {
    let intervals = measured.intervals(seed);
    let mut all = Map::new();
    for metric in Metric::ALL {
        for k in CUTOFFS {
            if let Some(mean) = measured.metrics.get(metric, k) {
                all.insert(row_name(metric, k), figure(mean, intervals.get(metric, k)));
            }
        }
    }
    all
}

fn figure(mean: f64, interval: Option<(f64, f64)>) -> Value {
    match interval {
        Some((low, high)) => json!({ "mean": mean, "low": low, "high": high }),
        None => json!({ "mean": mean }),
    }
}

fn cold_point(point: &ColdPoint, seed: u64) -> Value {
    let system = |(name, measured): &(String, Measured)| {
        let (mean, interval) = ndcg_at_10(measured, seed);
        json!({ "name": name, "ndcg@10": figure(mean, Some(interval)) })
    };
    let systems: Vec<Value> = point.systems.iter().map(system).collect();
    json!({ "shown": point.shown, "users": point.users, "systems": systems })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};
    use crate::split::{HeldOut, Part, Shown};

    fn measured(lists: &[Vec<u32>]) -> Measured {
        let shown = vec![Shown { item: 3, rating: 1.0 }; 6];
        let one = HeldOut { user: 0, shown, relevant: vec![0] };
        let facts = ItemFacts { likes: vec![1; 4], most_popular: (0..4).collect(), n_users: 2, about: vec![vec![]; 4] };
        measure(lists, &vec![one; lists.len()], &facts)
    }

    #[test]
    fn the_price_of_variety_has_an_entry_a_lambda_without_figures_that_are_not_known() {
        let point = DiversityPoint { lambda: 0.3, measured: measured(&[vec![0], vec![1]]) };
        let expected = json!([{
            "lambda": 0.3, "users": 2, "ndcg@10": { "mean": 0.5, "low": 0.0, "high": 1.0 },
            "coverage@10": { "mean": 0.5 }, "long_tail@10": { "mean": 1.0 },
        }]);
        assert_eq!(diversity_json(&[point], 7), expected);
        assert_eq!(diversity_json(&[], 7), json!([]));
    }

    #[test]
    fn json_has_every_figure_with_its_interval_where_it_has_one() {
        let one = measured(&[vec![0], vec![1]]);
        let (dataset, protocol) = ("small".to_owned(), "strong".to_owned());
        let heading = Heading { dataset, protocol, part: Part::Test, threshold: Some(4.0), seed: 7 };
        let cold = ColdPoint { shown: 3, users: 2, systems: vec![("one".to_owned(), one.clone())] };
        let json = metrics_json(&[(&heading, &[("one", &one)])], &[cold], 7);
        assert_eq!(json["format"], 1);
        let strong = &json["protocols"][0];
        assert_eq!(
            (&strong["protocol"], &strong["part"], &strong["users"]),
            (&json!("strong"), &json!("test"), &json!(2))
        );
        let system = &strong["systems"][0];
        assert_eq!(system["name"], "one");
        assert_eq!(system["metrics"]["ndcg@10"], json!({ "mean": 0.5, "low": 0.0, "high": 1.0 }));
        assert_eq!(system["metrics"]["coverage@10"], json!({ "mean": 0.5 }));
        assert_eq!(system["metrics"]["ild@10"], Value::Null);
        let bucket = json!({ "from": 5, "to": 9, "users": 2, "metrics": { "ndcg@10": 0.5, "recall@10": 0.5 } });
        assert_eq!(system["byHistory"], json!([bucket]));
        let point = &json["coldStart"][0];
        assert_eq!((&point["shown"], &point["users"]), (&json!(3), &json!(2)));
        assert_eq!(point["systems"][0]["ndcg@10"], json!({ "mean": 0.5, "low": 0.0, "high": 1.0 }));
    }
}
