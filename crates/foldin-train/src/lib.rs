//! From a data set to a model: learners, evaluation, tuning, and the recipe that puts them together.
//!
//! [`fit::fit`] is the recipe: a command line, for example, turns its events into progress bars, and contains no step of
//! its own.
//!
//! | module | holds | uses |
//! |---|---|---|
//! | [`learn`] | one file per learner | |
//! | [`config`] | all settings, as `foldin.toml` | `learn` |
//! | [`assemble`](mod@assemble) | likes and learners to a model | `config` |
//! | [`artefacts`] | the files beside a model, one struct each | `config` |
//! | [`evaluate`] | metrics, systems and protocols | `assemble`, `artefacts` |
//! | [`rank`] | the ranker, learned on held-out users | `evaluate` |
//! | [`tune`] | the search for settings | `evaluate` |
//! | [`privacy`] | what a model gives away about the people learned from | `assemble`, `artefacts` |
//! | [`fit`](mod@fit) | the recipe | all |
//!
//! The crate touches no file system, clock, environment or terminal. The feature `threads`, on by default, spreads the
//! work over all cores; without it everything runs on the calling thread, as for `wasm32-unknown-unknown`. The feature
//! `fs` adds reading of settings from a file.

pub mod artefacts;
pub mod assemble;
pub mod cancel;
pub mod config;
pub mod doubts;
pub mod evaluate;
pub mod fit;
pub mod learn;
mod parallel;
pub mod privacy;
pub mod rank;
pub mod tune;

/// Name and version of what trains.
pub const PROGRAM: &str = concat!("foldin ", env!("CARGO_PKG_VERSION"));

pub use parallel::n_threads;
#[cfg(feature = "threads")]
pub use parallel::use_threads;
