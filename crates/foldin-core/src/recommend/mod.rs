//! The front door: a model that answers.
//!
//! A [`Recommender`] resolves a profile ([`query`]), lets every source score all items ([`score`](crate::score)),
//! gathers the best of each as candidates with their features ([`candidates`]), orders these with the ranker ([`rank`])
//! and takes the best, diversified where asked ([`diversify`]). [`reasons`] names what led to each, checked by leaving
//! it out ([`leave_one_out`]). [`weights`] are a request's own, on top of the ranker's. [`explain`] takes a score apart by the same functions.

mod candidates;
mod diversify;
mod evidence;
mod explain;
mod explanation;
mod filter;
mod leave_one_out;
mod query;
mod rank;
mod reasons;
mod recommender;
mod search;
mod seeds;
mod similar;
mod weights;

pub use self::candidates::{Candidates, DEPTH};
pub use self::explanation::{ExplainedFeature, ExplainedSource, Explanation};
pub use self::rank::POOL;
pub use self::recommender::Recommender;
pub use self::search::Search;
