//! Data sets, splits, learners, evaluation and export of foldin models.

pub mod compare;
pub mod config;
pub mod dataset;
pub mod evaluate;
pub mod fingerprint;
pub mod interactions;
pub mod learn;
pub mod rank;
pub mod report;
pub mod runs;
pub mod split;
pub mod store;
pub mod text;
pub mod train;
pub mod tune;
