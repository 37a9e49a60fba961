//! `metrics.json`: all metrics of a version, in one shape for `foldin evaluate --json` and for every reader.
//!
//! ```json
//! { "format": 1,
//!   "protocols": [ { "dataset": "ml-1m", "protocol": "strong", "part": "test", "threshold": 4.0, "seed": 7, "users": 1000,
//!       "systems": [ { "name": "foldin",
//!                      "metrics": { "ndcg@10": { "mean": 0.34, "low": 0.33, "high": 0.35 }, "coverage@10": { "mean": 0.21 } },
//!                      "byHistory": [ { "from": 1, "to": 4, "users": 120, "metrics": { "ndcg@10": 0.2, "recall@10": 0.1 } } ] } ] } ],
//!   "coldStart": [ { "shown": 1, "users": 900,
//!       "systems": [ { "name": "foldin", "ndcg@10": { "mean": 0.46, "low": 0.44, "high": 0.48 } } ] } ],
//!   "sessions": [ { "shown": 1, "sessions": 120,
//!       "systems": [ { "name": "foldin", "hit@6": { "mean": 0.41, "low": 0.32, "high": 0.5 }, "mrr@6": { "mean": 0.21 } } ] } ],
//!   "diversity": [ { "lambda": 0.3, "users": 300, "ndcg@10": { "mean": 0.33, "low": 0.31, "high": 0.35 },
//!                    "ild@10": { "mean": 0.6 }, "coverage@10": { "mean": 0.2 }, "long_tail@10": { "mean": 0.3 } } ],
//!   "training": { "als": [ { "iteration": 1, "loss": 123456.7 } ] },
//!   "stars": { "rmse": 0.85, "mae": 0.67,
//!              "baselines": { "biases": { "rmse": 0.91, "mae": 0.72 }, "mean": { "rmse": 1.1, "mae": 0.93 } } } }
//! ```
//!
//! `low` and `high` are the bounds of the 95 % interval, of the metrics that every user has. `sessions` is there for the protocol of that name. `to` is null where the
//! bucket has no upper bound, `threshold` where every event is a like. `diversity`, `training`, `stars` and `against`
//! are there where they were measured.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the shape.
pub const METRICS_FORMAT: u32 = 1;

/// The content of `metrics.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricsFile {
    /// The version of the shape, [`METRICS_FORMAT`].
    pub format: u32,
    /// What was measured by each protocol.
    pub protocols: Vec<ProtocolMetrics>,
    /// The cold-start curve, by the number of shown likes.
    pub cold_start: Vec<ColdPoint>,
    /// What is read next in a session, by the number of shown views.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionPoint>,
    /// The price of diversity, by `lambda`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diversity: Vec<DiversityPoint>,
    /// How the loss fell while learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training: Option<TrainingLosses>,
    /// Errors of predicted ratings.
    #[serde(rename = "stars", skip_serializing_if = "Option::is_none")]
    pub ratings: Option<RatingMetrics>,
    /// One system compared with another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Duel>,
}

/// What was measured by one protocol.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProtocolMetrics {
    /// Name of the data set.
    pub dataset: String,
    /// Name of the protocol, or `given files`.
    pub protocol: String,
    /// `validation` or `test`.
    pub part: String,
    /// Ratings at or above it are likes; `None`: every event is, or the given files do not say.
    pub threshold: Option<f32>,
    /// Seed of the split and of the intervals.
    pub seed: u64,
    /// Users that the means are over.
    pub users: usize,
    /// What was measured of each system.
    pub systems: Vec<SystemMetrics>,
}

/// What was measured of one system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SystemMetrics {
    /// Its name, such as `foldin`, `popularity` or that of a source.
    pub name: String,
    /// Metrics by name and cutoff, as `ndcg@10`.
    pub metrics: BTreeMap<String, Estimate>,
    /// The same by how much of a user is known.
    pub by_history: Vec<HistoryBucket>,
}

/// The value of a metric, with its 95 % interval where users have one each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean over users, or the value over all lists together.
    pub mean: f64,
    /// The lower bound of the interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

impl Estimate {
    /// A mean with its interval, if it has one.
    pub fn new(mean: f64, interval: Option<(f64, f64)>) -> Self {
        let (low, high) = interval.unzip();
        Estimate { mean, low, high }
    }

    /// Both bounds of the interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }
}

/// The users of whom about as much is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryBucket {
    /// The fewest items shown of each. 0 where none of the shown items occurs in training.
    pub from: usize,
    /// The most items shown of each; `None` where there is no bound.
    pub to: Option<usize>,
    /// The number of such users, at least 1.
    pub users: usize,
    /// Their means.
    pub metrics: HistoryMetrics,
}

/// Means over the users of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HistoryMetrics {
    /// Mean NDCG@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// Mean recall@10.
    #[serde(rename = "recall@10")]
    pub recall_at_10: f64,
}

/// One point of the cold-start curve.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColdPoint {
    /// Likes that are shown of each user.
    pub shown: u16,
    /// Users that the means are over.
    pub users: usize,
    /// NDCG@10 of each system.
    pub systems: Vec<NamedEstimate>,
}

/// What is read next after some views of a session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionPoint {
    /// Views that are shown of each session.
    pub shown: u16,
    /// Sessions that the means are over.
    pub sessions: usize,
    /// What each system finds.
    pub systems: Vec<SessionSystem>,
}

/// How often what is read next is among the six items that a system shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionSystem {
    /// The name of the system.
    pub name: String,
    /// The share of the sessions.
    #[serde(rename = "hit@6")]
    pub hit: Estimate,
    /// The mean of 1 / its place, 0 where it is not among them.
    #[serde(rename = "mrr@6")]
    pub mrr: Estimate,
}

/// NDCG@10 of one system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NamedEstimate {
    /// The name of the system.
    pub name: String,
    /// Its NDCG@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: Estimate,
}

/// One point of the price of diversity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DiversityPoint {
    /// How much similarity counts against an item, 0 to 1.
    pub lambda: f64,
    /// Users that the means are over.
    pub users: usize,
    /// Metrics by name and cutoff, as `ild@10`.
    #[serde(flatten)]
    pub metrics: BTreeMap<String, Estimate>,
}

/// Losses of learners, by iteration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrainingLosses {
    /// Those of iALS.
    pub als: Vec<AlsLoss>,
}

/// The loss of iALS after an iteration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AlsLoss {
    /// The iteration, from 1.
    pub iteration: usize,
    /// The loss.
    pub loss: f64,
}

/// Errors of predicted ratings, in stars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct RatingErrors {
    /// Root mean squared error.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
}

/// Errors of predicted ratings, beside baselines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RatingMetrics {
    /// Those of the rating model.
    #[serde(flatten)]
    pub foldin: RatingErrors,
    /// Those of simpler predictions, by name: `biases`, `mean`.
    #[serde(default)]
    pub baselines: BTreeMap<String, RatingErrors>,
}

/// Two systems on the same users.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Duel {
    /// The name of the first.
    pub first: String,
    /// The name of the second.
    pub second: String,
    /// What they are compared by.
    pub comparisons: Vec<Comparison>,
}

/// One metric of two systems on the same users; differences are the first minus the second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Name and cutoff, as `ndcg@10`.
    pub metric: String,
    /// Mean difference over users; above 0 where the first is better.
    pub difference: f64,
    /// Lower bound of its 95 % interval.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// The number of users.
    pub users: usize,
    /// Share of users for whom the first is better.
    pub better: f64,
    /// Share of users for whom it is worse.
    pub worse: f64,
    /// Share of users for whom both are equal.
    pub equal: f64,
}

/// The few metrics that go into the manifest, which every visit fetches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetricsSummary {
    /// Name of the protocol.
    pub protocol: String,
    /// Users that the means are over.
    pub users: usize,
    /// What visitors get.
    pub foldin: HeadlineMetrics,
    /// The most popular items.
    pub popularity: HeadlineMetrics,
    /// The most diversity that costs next to nothing ([`free_diversity`](crate::evaluate::free_diversity)), at which pages
    /// start; `None` where it was not measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diversity: Option<f64>,
}

/// The metrics by which versions are compared, to four decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeadlineMetrics {
    /// NDCG@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// Recall@20.
    #[serde(rename = "recall@20")]
    pub recall_at_20: f64,
    /// Coverage@10.
    #[serde(rename = "coverage@10")]
    pub coverage_at_10: f64,
}

impl HeadlineMetrics {
    /// The metrics by name, as in `metrics.json`.
    pub fn by_name(&self) -> BTreeMap<String, f64> {
        let named =
            [("ndcg@10", self.ndcg_at_10), ("recall@20", self.recall_at_20), ("coverage@10", self.coverage_at_10)];
        named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
