//! Splits: which events train, which users are asked about, and what each of them turns out to have liked.
//!
//! A protocol names the way of splitting, because a figure without its protocol says nothing:
//!
//! - `loo` (leave one out): of every user with 3 likes or more, the newest like is the test, the second newest the
//!   validation, the rest trains. "What comes next for somebody the model knows?"
//! - `holdout`: of every user 60 % of the ratings train, 20 % are the validation, 20 % the test, by chance. "What else
//!   does somebody like whom the model knows?" Much published, but it may ask of yesterday from tomorrow.
//! - `strong` (strong generalisation): whole users are held out. 80 % of the likes of each are shown, the other
//!   20 % are the test. "What comes next for a stranger?", which is what a browser asks.
//! - `coldN`: as `strong`, but N likes are shown and the rest is the test, of users with N + 5 likes or more. Over
//!   several N it is the cold-start curve: "how soon is it worth anything?"
//! - `sessions`: users are sessions, and the newest are held out; the first one to three views of each are shown, the
//!   rest is the test. "What is read next?", by people who come after all that was learned from. New pages count: they
//!   may be shown and relevant.
//!
//! Common to all: an event is a like if its rating is at least [`SplitOptions::threshold`]. Only likes are relevant, and
//! only likes train, but for `holdout`, where every rating trains. An item without any training event cannot be
//! recommended, so it is neither shown nor relevant, and a user with nothing relevant left is not asked about. The same
//! holds for a like that repeats a shown item: shown items are never recommended again. All candidates are ranked;
//! negatives are not sampled.
//!
//! Cost: `O(n log n)` in the events.

#[cfg(feature = "fs")]
mod csv_files;
mod error;
pub mod folds;
mod given;
mod holdout;
mod loo;
mod protocol;
mod rows;
mod sessions;
mod strong;

use std::collections::HashSet;

use crate::dataset::{Dataset, Events, ItemNo, UserNo};

#[cfg(feature = "fs")]
pub use csv_files::write_csv;
pub use error::SplitError;
pub use given::from_events;
pub use protocol::{Protocol, UnknownProtocol};
pub use strong::{ColdPart, ColdStart, cold_start, folds_of_users};

use rows::{Known, Rows, held_out, rows_of_users};
use strong::Show;

/// What a protocol leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitOptions {
    /// Ratings at or above it are likes; `None`: every event is.
    pub threshold: Option<f32>,
    /// Start of the random choices; the same seed gives the same split.
    pub seed: u64,
}

/// A part of a split that is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// For every choice.
    Validation,
    /// For published figures.
    Test,
}

impl Part {
    /// The name that people and programs read.
    pub fn name(self) -> &'static str {
        match self {
            Part::Validation => "validation",
            Part::Test => "test",
        }
    }
}

/// Events to learn from, and users to measure on.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The events to learn from, in the order of the data set.
    pub train: Events,
    /// Ratings at or above it are likes; `None`: every event is.
    pub threshold: Option<f32>,
    /// Users to make every choice on: settings, sources, rankers. May be empty where users are few.
    pub validation: Vec<HeldOut>,
    /// Users to take the published figures over, never empty.
    pub test: Vec<HeldOut>,
    /// How the split was made, in one line, as in `loo ml-100k threshold 4.0 seed 7`.
    pub about: String,
}

impl Split {
    /// The users of a part.
    pub fn part(&self, part: Part) -> &[HeldOut] {
        match part {
            Part::Validation => &self.validation,
            Part::Test => &self.test,
        }
    }
}

/// One user the figures are taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// The user.
    pub user: UserNo,
    /// What the recommender may see, oldest first where events have times, else in the order of the file; each item
    /// once, at its newest event. Every one occurs in training, but for those of `sessions`.
    pub shown: Vec<Shown>,
    /// Items the user turned out to like, oldest first, each once; every one occurs in training, but for those of
    /// `sessions`. Never empty.
    pub relevant: Vec<ItemNo>,
}

impl HeldOut {
    /// The shown items, then the relevant ones.
    pub fn items(&self) -> impl Iterator<Item = ItemNo> {
        self.shown.iter().map(|shown| shown.item).chain(self.relevant.iter().copied())
    }
}

/// Whether what comes next is asked for: one like of everybody, as in `loo`.
pub fn asks_for_next(held_out: &[HeldOut]) -> bool {
    held_out.iter().all(|one| one.relevant.len() == 1)
}

/// The users of some events.
pub fn users_of(events: &Events) -> HashSet<UserNo> {
    events.users.iter().copied().collect()
}

/// An item that a recommender may know of a user. One that is rated below the threshold is not to be recommended, and
/// says nothing more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The item.
    pub item: ItemNo,
    /// The user's rating of it.
    pub rating: f32,
}

/// Splits a data set. The same events and seed give the same split. `strong`, `coldN` and `holdout` also choose the
/// same users and the same likes whatever the order of the events, but for a like that repeats another at the same
/// second.
pub fn split(dataset: &Dataset, protocol: Protocol, options: &SplitOptions) -> Result<Split, SplitError> {
    let SplitOptions { threshold, seed } = *options;
    let least_rating = if protocol == Protocol::Holdout { None } else { threshold };
    let rows_of_users = rows_of_users(dataset, least_rating, protocol.min_events());
    enough_users(dataset, protocol, threshold, &rows_of_users)?;
    let drawn = || strong::drawn(dataset, &rows_of_users, seed);
    let rows = match protocol {
        Protocol::Loo => loo::rows(&rows_of_users),
        Protocol::Holdout => holdout::rows(dataset, &rows_of_users, threshold, seed),
        Protocol::Sessions => sessions::rows(dataset, &rows_of_users, seed),
        Protocol::Strong => drawn().rows(&dataset.events, Show::FourFifths),
        Protocol::Cold(shown) => {
            let drawn = drawn();
            let rows = drawn.rows(&dataset.events, Show::Only(shown));
            if rows.test.is_empty() {
                return Err(SplitError::TooShortHistories { shown, n_held_out: drawn.n_test() });
            }
            rows
        }
    };
    assembled(dataset, protocol, options, &rows)
}

fn enough_users(
    dataset: &Dataset,
    protocol: Protocol,
    threshold: Option<f32>,
    rows_of_users: &[Vec<usize>],
) -> Result<(), SplitError> {
    let n_eligible = rows_of_users.iter().filter(|rows| !rows.is_empty()).count();
    if n_eligible >= protocol.min_users() {
        return Ok(());
    }
    let (n_users, n_events) = (dataset.users.len(), dataset.events.len());
    Err(SplitError::TooFewUsers { protocol, threshold, n_users, n_events, n_eligible })
}

fn assembled(dataset: &Dataset, protocol: Protocol, options: &SplitOptions, rows: &Rows) -> Result<Split, SplitError> {
    let events = &dataset.events;
    let train = events.at(&rows.train);
    let known = match protocol {
        // Content recommends what nobody has read yet.
        Protocol::Sessions => Known::all(dataset.items.len()),
        _ => Known::of(&train),
    };
    let (validation, test) = (held_out(events, &rows.validation, &known), held_out(events, &rows.test, &known));
    if test.is_empty() {
        return Err(SplitError::NoTestUser { n_held_out: rows.test.len(), n_train: train.len() });
    }
    let SplitOptions { threshold, seed } = *options;
    let about = format!("{protocol} {} threshold {:?} seed {seed}", dataset.name, threshold.unwrap_or(0.0));
    Ok(Split { train, threshold, validation, test, about })
}

#[cfg(test)]
mod tests;
