//! Learners: one file each, from likes, histories, ratings or the catalogue to parts of a model.

pub mod als;
pub mod content;
mod damping_pairs;
pub mod ease;
pub mod map;
pub mod neighbours;
pub mod popularity;
pub mod projection;
mod pruning;
pub mod ratings;
pub mod sequence;
pub(crate) mod together;
pub mod transformer;

/// A learner arrived at values that a model cannot hold: not finite, or beyond
/// [`MAX_VALUE`](foldin_core::linalg::MAX_VALUE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a value is beyond what a model can hold")]
pub struct OutOfBounds;
