//! Learners: one file each, from likes, histories, ratings or the catalogue to parts of a model.

pub mod als;
pub mod content;
mod damping_pairs;
pub mod ease;
pub mod map;
pub mod neighbours;
pub mod popularity;
mod pruning;
pub mod ratings;
pub mod sequence;
pub(crate) mod together;
