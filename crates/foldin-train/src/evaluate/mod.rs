//! Evaluation: how good lists of recommendations are.
//!
//! A list holds items by their number, the best first. [`measure()`] compares one list per user with what the held-out
//! users of a [`Split`](foldin_data::split::Split) turned out to like, and keeps the metrics of every user, so that
//! [`interval`] can give the uncertainty of a mean, and [`compare`] tell which of two systems is better.
//! [`metrics_file()`] puts it all into a [`MetricsFile`](crate::artefacts::MetricsFile), which tables and programs read.
//!
//! [`measure_systems`] is the way from a model to all of this. Only `shipped` and `systems` know how lists come about:
//! any recommender can be measured, a model as well as a file.
//!
//! | file | holds |
//! |---|---|
//! | `shipped` | the model as it ships, and its lists |
//! | `systems` | what is measured beside each other from one model |
//! | `metric` | the metrics: names, meanings, cutoffs |
//! | `measure` | metrics of lists, per user and together |
//! | `accuracy` | formulas of one user's list: ndcg, recall and so on |
//! | `variety` | formulas of all lists together: coverage, long tail, gini, novelty, ild |
//! | `facts` | what variety needs to know of items |
//! | `intervals` | bootstrap over users |
//! | `history` | accuracy by how much of a user is known |
//! | `cold` | the cold-start curve over the number of known likes |
//! | `diversity` | accuracy and variety by how much similarity counts against an item |
//! | `paired` | two systems on the same users |
//! | `metrics_file` | all of it as one typed artefact |
//! | `rating` | protocol `folds`: errors of predicted ratings, beside baselines |
//! | `newcomers` | protocol `newcomers`: how soon answers to questions lead to good lists, by what is asked |
//! | `list_changes` | how many lists change from one model to another |
//! | `sessions/` | what is read next in a session, beside methods that need no training |
//! | `simulate/` | a replay of events in time, and interleaving: an offline stand-in for a test on a live site |

mod accuracy;
pub mod cold;
pub mod diversity;
pub mod facts;
pub mod history;
pub mod intervals;
pub mod list_changes;
pub mod measure;
pub mod metric;
pub mod metrics_file;
pub mod newcomers;
pub mod paired;
pub mod rating;
pub mod sessions;
pub mod shipped;
pub mod simulate;
pub mod systems;
mod variety;

use foldin_core::RequestError;

pub use self::accuracy::mean_ndcg;
pub(crate) use self::accuracy::{discount, ideal};
pub use self::cold::{COLD_LENGTHS, cold_curve, lists_of_curve};
pub use self::diversity::{diversity_curve, free_diversity, lists_of_diversity};
pub use self::facts::ItemFacts;
pub use self::history::by_history;
pub use self::intervals::{RESAMPLES, interval};
pub use self::list_changes::{ListChanges, changed_lists};
pub use self::measure::{AtCutoff, Measured, Metrics, measure};
pub use self::metric::{CUTOFFS, Metric, MetricKind};
pub use self::metrics_file::{Heading, headline, metrics_file, system_metrics};
pub use self::newcomers::{Newcomers, newcomers};
pub use self::paired::compare;
pub use self::sessions::session_curve;
pub use self::shipped::{ScoredList, ShippedModel, items_of};
pub use self::systems::{Evaluation, FOLDIN, POPULARITY, System, SystemResult, measure_systems};
use crate::cancel::Cancelled;

/// Why an evaluation ended early.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// The recommender refused a request, for instance for a source that the model lacks.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
