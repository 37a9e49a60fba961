//! Learners: one file each, all from [`Interactions`](crate::interactions::Interactions).

pub mod als;
pub mod ratings;
pub mod ease;
pub mod neighbours;
mod pruning;
