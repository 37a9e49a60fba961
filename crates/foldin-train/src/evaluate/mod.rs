//! Evaluation: what lists of recommendations are worth.
//!
//! A list holds items by their index, the best first. [`measure`] compares one list a user with what the held-out
//! users of a [`Split`](crate::split::Split) turned out to like, and keeps the figures of every user, so that
//! [`interval`] can say how sure a mean is, [`compare`] which of two systems is better, and [`by_history`] whom it holds
//! for. [`render`] shows systems side by side, [`metrics_json`] gives the same to programs, and
//! [`write_recommendations`] gives the lists themselves to other people's evaluators.
//!
//! [`figures`] is the way from a model to all of this. Only `lists` and `systems` know how lists come about: any
//! recommender can be measured, a model as well as a file.
//!
//! | file | holds |
//! |---|---|
//! | `systems` | what is measured beside each other from one model, and the way from it to figures |
//! | `lists` | lists from a recommender, and by chance |
//! | `metrics` | the figures, their names, and how they are put together |
//! | `accuracy` | formulas of one user's list: ndcg, recall and their kin |
//! | `variety` | formulas of all lists together: coverage, long tail, gini, novelty, ild |
//! | `facts` | what variety needs to know of items |
//! | `intervals` | bootstrap over users |
//! | `history` | accuracy by how much of a user is known |
//! | `rating` | protocol `folds`: how far predicted stars are off, beside baselines |
//! | `cold` | the curve over the number of likes that are known |
//! | `diversity` | the price of variety: accuracy and variety by how much likeness counts against an item |
//! | `newcomers` | protocol `newcomers`: how soon answers to questions are worth something, by what is asked |
//! | `paired` | two systems on the same users |
//! | `table` | text for a terminal |
//! | `json` | the same for programs, and for the `metrics.json` of a model |
//! | `dump` | the lists as CSV |
//! | `simulate/` | a replay of events in time, and interleaving: the stand-in for a test on a live site |

mod accuracy;
pub mod cold;
pub mod diversity;
pub mod dump;
pub mod facts;
pub mod history;
pub mod intervals;
pub mod json;
pub mod lists;
pub mod metrics;
pub mod newcomers;
pub mod paired;
pub mod rating;
pub mod simulate;
pub mod systems;
pub mod table;
mod variety;

pub use accuracy::mean_ndcg;
pub(crate) use accuracy::{discount, ideal};
pub use cold::{COLD_LENGTHS, ColdPoint, cold_curve, lists_of_curve, render_curve};
pub use diversity::{DiversityPoint, diversity_curve, lists_of_diversity, render_diversity};
pub use dump::{read_recommendations, write_recommendations};
pub use facts::ItemFacts;
pub use history::{HistoryBucket, by_history, render_histories};
pub use intervals::{RESAMPLES, interval};
pub use json::{diversity_json, metrics_json};
pub use metrics::{AtCutoff, CUTOFFS, Measured, Metric, Metrics, measure};
pub use newcomers::{Newcomers, newcomers, render_newcomers};
pub use paired::{Comparison, compare, render_comparisons};
pub use systems::{FOLDIN, Figures, POPULARITY, System, Task, as_shipped, figures};
pub use table::{Heading, render};
