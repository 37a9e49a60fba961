//! Splits: which events train, which users are asked about, and what each of them turns out to have liked.
//!
//! A protocol names the way of splitting, because a figure without its protocol says nothing:
//!
//! - `loo` (leave one out): of every user with 3 likes or more, the newest like is the test, the second newest the
//!   validation, the rest trains. "What comes next for somebody the model knows?"
//! - `strong` (strong generalisation): whole users are held out. 80 % of the likes of each are shown, the other
//!   20 % are the test. "What comes next for a stranger?", which is what a browser asks.
//!
//! Common to all: an event is a like if its rating is at least [`SplitOptions::threshold`]; the others are left out
//! altogether. An item without any training event cannot be recommended, so it is neither shown nor relevant, and a
//! user with nothing relevant left is not asked about. The same holds for a like that repeats a shown item: shown
//! items are never recommended again. All candidates are ranked; negatives are not sampled.
//!
//! Cost: `O(n log n)` in the events.

mod files;
pub mod folds;

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::dataset::{Dataset, Events};

pub use files::{from_events, write_csv};

/// A way of splitting events into training and test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The newest like of every user is the test. Where events have no times, the order of the file counts as time.
    Loo,
    /// Held-out users: 80 % of their likes are shown, 20 % are the test.
    Strong,
}

impl Protocol {
    /// All protocols, in the order in which messages list them.
    pub const ALL: [Protocol; 2] = [Protocol::Loo, Protocol::Strong];

    /// The name people type.
    pub fn name(self) -> &'static str {
        match self {
            Protocol::Loo => "loo",
            Protocol::Strong => "strong",
        }
    }

    /// How many likes a user needs to take part.
    pub fn min_likes(self) -> usize {
        match self {
            Protocol::Loo => 3,
            Protocol::Strong => 5,
        }
    }

    /// How many such users a data set needs: fewer leave nobody to test on.
    pub fn min_users(self) -> usize {
        match self {
            Protocol::Loo => 1,
            Protocol::Strong => 5,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Protocol {
    type Err = UnknownProtocol;

    fn from_str(name: &str) -> Result<Self, UnknownProtocol> {
        Protocol::ALL.into_iter().find(|p| p.name() == name).ok_or_else(|| UnknownProtocol { name: name.to_owned() })
    }
}

/// A name that no protocol has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no protocol `{name}`; choose one of: {}", Protocol::ALL.map(Protocol::name).join(", "))]
pub struct UnknownProtocol {
    /// The name that was given.
    pub name: String,
}

/// What a protocol leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitOptions {
    /// Ratings at or above it are likes.
    pub threshold: f32,
    /// Start of the random choices; the same seed gives the same split.
    pub seed: u64,
}

/// Events to learn from, and users to measure on.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The likes to learn from, in the order of the data set.
    pub train: Events,
    /// Users to make every choice on: settings, sources, rankers. May be empty where users are few.
    pub validation: Vec<HeldOut>,
    /// Users to take the published figures over, never empty.
    pub test: Vec<HeldOut>,
    /// How the split was made, in one line, as in `loo ml-100k threshold 4.0 seed 7`.
    pub about: String,
}

/// One user the figures are taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldOut {
    /// Index of the user.
    pub user: u32,
    /// Items the recommender may see, oldest first where events have times, else in the order of the file; each
    /// once, at its newest like. Every one occurs in training.
    pub shown: Vec<u32>,
    /// Items the user turned out to like, oldest first, each once; every one occurs in training. Never empty.
    pub relevant: Vec<u32>,
}

/// Why events cannot be split.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// The data set is too small for the protocol, or the threshold is too high.
    #[error(
        "`{protocol}` needs at least {} with {} or more {}, and has {n_eligible}: the data set has {} of {}; \
         hint: {}add events",
        count(protocol.min_users(), "user"),
        protocol.min_likes(),
        if *threshold > 0.0 { format!("ratings of {threshold} or above") } else { "events".to_owned() },
        count(*n_events, "event"),
        count(*n_users, "user"),
        if *threshold > 0.0 { "lower the threshold or " } else { "" }
    )]
    TooFewUsers {
        /// The protocol asked for.
        protocol: Protocol,
        /// The threshold asked for.
        threshold: f32,
        /// Users of the data set.
        n_users: usize,
        /// Events of the data set.
        n_events: usize,
        /// Users with enough likes.
        n_eligible: usize,
    },
    /// There is nothing to learn from.
    #[error("there are no training events, so nothing can be learnt and none of the {n_test} test events recommended")]
    NoTrainingEvents {
        /// Events of the test part.
        n_test: usize,
    },
    /// Nothing that is held out can be recommended.
    #[error(
        "no test user is left: not one of the {n_held_out} held-out users likes an unseen item that occurs in the \
         {n_train} training events; at least one must; hint: add events, so that users share items"
    )]
    NoTestUser {
        /// Users whose likes were held out for the test.
        n_held_out: usize,
        /// Training events.
        n_train: usize,
    },
}

/// Splits a data set. The same events and seed give the same split. `strong` also chooses the same users and the same
/// likes whatever the order of the events, but for a like that repeats another at the same second.
pub fn split(dataset: &Dataset, protocol: Protocol, options: &SplitOptions) -> Result<Split, SplitError> {
    let events = &dataset.events;
    let likes_of_users = likes_of_users(dataset, protocol, options.threshold);
    let n_eligible = likes_of_users.iter().filter(|likes| !likes.is_empty()).count();
    if n_eligible < protocol.min_users() {
        return Err(SplitError::TooFewUsers {
            protocol,
            threshold: options.threshold,
            n_users: dataset.users.len(),
            n_events: events.items.len(),
            n_eligible,
        });
    }
    let rows = match protocol {
        Protocol::Loo => leave_one_out(&likes_of_users),
        Protocol::Strong => strong(dataset, &likes_of_users, options.seed),
    };
    let train = rows_of(events, &rows.train);
    let known = Known::of(&train);
    let held_out =
        |parts: &[Part]| -> Vec<HeldOut> { parts.iter().filter_map(|part| held_out(events, part, &known)).collect() };
    let (validation, test) = (held_out(&rows.validation), held_out(&rows.test));
    if test.is_empty() {
        return Err(SplitError::NoTestUser { n_held_out: rows.test.len(), n_train: train.items.len() });
    }
    let SplitOptions { threshold, seed } = options;
    let about = format!("{protocol} {} threshold {threshold:?} seed {seed}", dataset.name);
    Ok(Split { train, validation, test, about })
}

/// A split as row numbers of the data set's events: what each protocol decides.
struct Rows {
    /// In the order of the data set.
    train: Vec<usize>,
    validation: Vec<Part>,
    test: Vec<Part>,
}

/// The likes of one held-out user as row numbers, oldest first.
struct Part {
    shown: Vec<usize>,
    relevant: Vec<usize>,
}

/// Rows of the likes of each user, oldest first; none for users with too few of them.
fn likes_of_users(dataset: &Dataset, protocol: Protocol, threshold: f32) -> Vec<Vec<usize>> {
    let events = &dataset.events;
    let mut likes_of_users = vec![Vec::new(); dataset.users.len()];
    for (row, &user) in events.users.iter().enumerate() {
        if events.ratings[row] >= threshold {
            likes_of_users[user as usize].push(row);
        }
    }
    for likes in &mut likes_of_users {
        if likes.len() < protocol.min_likes() {
            likes.clear();
        }
        likes.sort_by_key(|&row| (time_of(events, row), row));
    }
    likes_of_users
}

fn leave_one_out(likes_of_users: &[Vec<usize>]) -> Rows {
    let mut rows = Rows { train: Vec::new(), validation: Vec::new(), test: Vec::new() };
    for likes in likes_of_users {
        let [shown @ .., second_newest, newest] = likes.as_slice() else { continue };
        rows.train.extend(shown);
        rows.validation.push(Part { shown: shown.to_vec(), relevant: vec![*second_newest] });
        rows.test.push(Part { shown: shown.to_vec(), relevant: vec![*newest] });
    }
    rows.train.sort_unstable();
    rows
}

/// 1,000 test users and 500 validation users, or a fifth and a tenth where there are fewer than 5,000.
fn strong(dataset: &Dataset, likes_of_users: &[Vec<usize>], seed: u64) -> Rows {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut users: Vec<usize> = (0..likes_of_users.len()).filter(|&user| !likes_of_users[user].is_empty()).collect();
    // Indices follow the order of the file, ids do not: sorting by id first keeps the choice apart from the file.
    users.sort_by_key(|&user| &dataset.users[user]);
    users.shuffle(&mut random);
    let n_test = (users.len() / 5).min(1000);
    let (test, others) = users.split_at(n_test);
    let (validation, others) = others.split_at(n_test / 2);

    let mut train: Vec<usize> = others.iter().flat_map(|&user| &likes_of_users[user]).copied().collect();
    train.sort_unstable();
    let mut parts_of = |users: &[usize]| -> Vec<Part> {
        users.iter().map(|&user| show_four_fifths(dataset, &likes_of_users[user], &mut random)).collect()
    };
    Rows { train, test: parts_of(test), validation: parts_of(validation) }
}

fn show_four_fifths(dataset: &Dataset, likes: &[usize], random: &mut ChaCha8Rng) -> Part {
    let events = &dataset.events;
    let mut drawn = likes.to_vec();
    drawn.sort_by_key(|&row| (&dataset.items[events.items[row] as usize], time_of(events, row)));
    drawn.shuffle(random);
    // The like of rank r (from 1) among n is shown where r / n <= 0.8, so this rounds down.
    let mut relevant = drawn.split_off(likes.len() * 4 / 5);
    let mut shown = drawn;
    shown.sort_by_key(|&row| (time_of(events, row), row));
    relevant.sort_by_key(|&row| (time_of(events, row), row));
    Part { shown, relevant }
}

/// The held-out user of a part, or none where nothing relevant is left.
fn held_out(events: &Events, part: &Part, known: &Known) -> Option<HeldOut> {
    let items_of = |rows: &[usize]| rows.iter().map(|&row| events.items[row]).collect::<Vec<u32>>();
    let shown = newest_of_each(items_of(&part.shown), |item| known.has(item));
    let unseen = |item: u32| known.has(item) && !shown.contains(&item);
    let relevant = newest_of_each(items_of(&part.relevant), unseen);
    let user = events.users[*part.relevant.first()?];
    (!relevant.is_empty()).then_some(HeldOut { user, shown, relevant })
}

/// The items that `keep` accepts, each at its last place.
fn newest_of_each(items: Vec<u32>, keep: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut met = HashSet::new();
    let mut newest: Vec<u32> = items.into_iter().rev().filter(|&item| keep(item) && met.insert(item)).collect();
    newest.reverse();
    newest
}

/// Which items occur in training.
struct Known(Vec<bool>);

impl Known {
    fn of(train: &Events) -> Self {
        let mut known = vec![false; train.items.iter().max().map_or(0, |&last| last as usize + 1)];
        for &item in &train.items {
            known[item as usize] = true;
        }
        Known(known)
    }

    fn has(&self, item: u32) -> bool {
        self.0.get(item as usize).copied().unwrap_or(false)
    }
}

fn rows_of(events: &Events, rows: &[usize]) -> Events {
    Events {
        users: rows.iter().map(|&row| events.users[row]).collect(),
        items: rows.iter().map(|&row| events.items[row]).collect(),
        ratings: rows.iter().map(|&row| events.ratings[row]).collect(),
        times: if events.times.is_empty() { Vec::new() } else { rows.iter().map(|&row| events.times[row]).collect() },
    }
}

/// Seconds since 1970, or 0 where events have no times, so that sorting by it keeps the order of the file.
fn time_of(events: &Events, row: usize) -> i64 {
    events.times.get(row).copied().unwrap_or(0)
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("{n} {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests;
