//! Learners: one file each, from likes, histories or the catalogue to parts of a model.

pub mod als;
pub mod content;
pub mod popularity;
pub mod sequence;
