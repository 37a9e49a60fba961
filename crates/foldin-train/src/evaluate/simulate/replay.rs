//! What is replayed: the events before the cut, the histories of users, and the likes at which systems are asked.

use std::collections::HashSet;

use rand::SeedableRng;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::cut::{Until, day_of};
use foldin_data::interactions::is_like;
use foldin_data::split::Shown;
use foldin_data::{Dataset, Events, ItemNo, UserNo};

/// Events to learn from, and likes to replay.
#[derive(Debug, Clone)]
pub struct Replay {
    /// All events before the cut, in the order of the data set.
    pub train: Events,
    /// The first second that is replayed, since 1970.
    pub cut: i64,
    /// The likes at which systems are asked, in time order.
    pub trials: Vec<Trial>,
    /// What the events after the cut are made of.
    pub counts: ReplayCounts,
    /// Of each user what they did, oldest first, with items that the model knows.
    histories: Vec<Vec<Shown>>,
}

/// A like of an item that the model knows and the user did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// The user.
    pub user: UserNo,
    /// The liked item.
    pub item: ItemNo,
    /// Seconds since 1970.
    pub time: i64,
    /// Whether the user has no event before the cut.
    pub is_new: bool,
    /// How much of the user's history comes before.
    n_before: usize,
}

/// What the events after the cut are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplayCounts {
    /// Events after the cut.
    pub events: usize,
    /// Of them, on items without an event before the cut: skipped.
    pub of_unknown_items: usize,
    /// Of the others, likes: at these systems are asked.
    pub likes: usize,
}

/// Why there is nothing to replay.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// Without times nothing is before or after.
    #[error("the data set has no times, and without them nothing comes before or after; add a column timestamp")]
    NoTimes,
    /// All events are after the cut.
    #[error("no event is older than {day}, so that there is nothing to learn from; choose a later moment")]
    NothingBefore {
        /// The day of the cut.
        day: String,
    },
    /// No like is after the cut.
    #[error(
        "from {day} on nobody likes an item that the {n_train} events before know: nothing to replay; choose an \
         earlier moment"
    )]
    NothingAfter {
        /// The day of the cut.
        day: String,
        /// Events before it.
        n_train: usize,
    },
}

impl Replay {
    /// Cuts the events of a data set in two; ratings from `threshold` on are likes, or every event. Events of the same
    /// second come in the order of the file.
    ///
    /// # Errors
    /// See [`ReplayError`].
    pub fn new(dataset: &Dataset, until: Until, threshold: Option<f32>) -> Result<Self, ReplayError> {
        let events = &dataset.events;
        if events.times.is_empty() {
            return Err(ReplayError::NoTimes);
        }
        let cut = until.second(events);
        let train = events.rows(|row| events.times[row] < cut);
        if train.is_empty() {
            return Err(ReplayError::NothingBefore { day: day_of(cut) });
        }
        let mut is_known = vec![false; dataset.items.len()];
        train.items.iter().for_each(|&item| is_known[item.at()] = true);
        let mut has_trained = vec![false; dataset.users.len()];
        train.users.iter().for_each(|&user| has_trained[user.at()] = true);

        let mut counts = ReplayCounts::default();
        let mut trials = Vec::new();
        let mut histories: Vec<Vec<Shown>> = vec![Vec::new(); dataset.users.len()];
        let mut met = HashSet::new();
        for row in events.in_time_order() {
            let (user, item, time) = (events.users[row], events.items[row], events.times[row]);
            counts.events += usize::from(time >= cut);
            if !is_known[item.at()] {
                counts.of_unknown_items += usize::from(time >= cut);
                continue;
            }
            let history = &mut histories[user.at()];
            if met.insert((user, item)) && time >= cut && is_like(events, row, threshold) {
                trials.push(Trial { user, item, time, is_new: !has_trained[user.at()], n_before: history.len() });
            }
            history.push(Shown { item, rating: events.ratings[row] });
        }
        counts.likes = trials.len();
        if trials.is_empty() {
            return Err(ReplayError::NothingAfter { day: day_of(cut), n_train: train.len() });
        }
        Ok(Replay { train, cut, trials, counts, histories })
    }

    /// Keeps at most `n` likes, drawn by chance, still in time order. Histories stay whole.
    pub fn keep(&mut self, n: usize, seed: u64) {
        if self.trials.len() > n {
            let mut kept = index::sample(&mut ChaCha8Rng::seed_from_u64(seed), self.trials.len(), n).into_vec();
            kept.sort_unstable();
            self.trials = kept.into_iter().map(|place| self.trials[place]).collect();
        }
    }

    /// What the user did before a trial, oldest first.
    pub fn before(&self, trial: &Trial) -> &[Shown] {
        &self.histories[trial.user.at()][..trial.n_before]
    }
}
