//! Learners: one file each, from likes, histories or the catalogue to parts of a model.

pub mod als;
pub mod blend;
pub mod content;
pub mod ease;
pub mod map;
pub mod neighbours;
pub mod popularity;
mod pruning;
pub mod ratings;
pub mod sequence;
pub mod trees;
