//! Evaluation: what lists of recommendations are worth.
//!
//! A list holds items by their index, the best first. [`measure`] compares one list a user with what the held-out
//! users of a [`Split`](crate::split::Split) turned out to like, and keeps the figures of every user, so that
//! [`interval`] can say how sure a mean is and [`by_history`] whom it holds for. [`render`] shows systems side by
//! side, [`to_json`] gives the same to programs, and [`write_recommendations`] gives the lists themselves to other
//! people's evaluators.
//!
//! Only `lists` knows how lists come about: any recommender can be measured, a model as well as a file.
//!
//! | file | holds |
//! |---|---|
//! | `lists` | lists from a recommender, and by chance |
//! | `metrics` | the figures, their names, and how they are put together |
//! | `accuracy` | formulas of one user's list: ndcg, recall and their kin |
//! | `variety` | formulas of all lists together: coverage, long tail, gini, novelty, ild |
//! | `facts` | what variety needs to know of items |
//! | `intervals` | bootstrap over users |
//! | `history` | accuracy by how much of a user is known |
//! | `table` | text for a terminal, JSON for programs |
//! | `rating` | protocol `folds`: how far predicted stars are off, beside baselines |
//! | `dump` | the lists as CSV |

mod accuracy;
pub mod dump;
pub mod facts;
pub mod history;
pub mod intervals;
pub mod lists;
pub mod metrics;
pub mod rating;
pub mod table;
mod variety;

pub use accuracy::mean_ndcg;
pub use dump::write_recommendations;
pub use facts::ItemFacts;
pub use history::{HistoryBucket, by_history};
pub use intervals::{RESAMPLES, interval};
pub use metrics::{AtCutoff, CUTOFFS, Measured, Metric, Metrics, measure};
pub use table::{Heading, render, to_json};
