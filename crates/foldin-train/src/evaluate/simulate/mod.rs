//! A replay of events in time, with two systems side by side: an offline stand-in for a test on a live site.
//!
//! The model is learned from everything before a moment, and then frozen. From there on the events come one by one, as
//! they did. At each like of an item that the model knows, both systems are asked for `k` items, from all that the user
//! did before. Three figures come of it:
//!
//! | figure | at each like |
//! |---|---|
//! | hit@k | 1 if the liked item is among the `k` |
//! | mrr@k | 1 / rank of the liked item, 0 where it is not among the `k` |
//! | interleaving | which system's pick the item is in the one list that both make together ([`team_draft`]) |
//!
//! Users with events before the moment are *known*, others *new*: strangers from their first event on, as in a browser.
//! Events on items that occur nowhere in training are skipped and counted: the model cannot know them. Intervals are
//! drawn over users, not over events, since the likes of one user are no independent witnesses.
//!
//! What a replay cannot tell: whether people would have liked what they were not shown, and what they would have done
//! next had they been shown it. It favours whatever people find without help, popular items first.
//!
//! Cost: two answers of the recommender a like.

mod cut;
mod interleave;
mod outcome;
mod replay;

use foldin_core::{RequestError, Strategy};
use foldin_data::ItemNo;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::EvaluateError;
use super::shipped::{ShippedModel, best};
use super::systems::System;
use crate::cancel::Cancelled;
use crate::parallel::map_up_to;

pub use cut::Until;
pub use interleave::{Team, team_draft};
pub use outcome::{Group, Interleaving, Mean, Sides, Simulation, Stage};
pub use replay::{Replay, ReplayCounts, ReplayError, Trial};

/// Two systems, and how they are asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The first system; not [`System::Random`], which no recommender answers for.
    pub a: System,
    /// The second.
    pub b: System,
    /// How many items each recommends.
    pub k: usize,
    /// Start of the random numbers of interleaving and intervals.
    pub seed: u64,
}

/// Trials between two calls of progress.
const CHUNK: usize = 500;

/// What became of one trial.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Outcome {
    /// Rank of the liked item in the first system's list, from 1.
    rank_a: Option<usize>,
    /// Rank in the second's.
    rank_b: Option<usize>,
    /// Whose pick it is in the list of both.
    winner: Option<Team>,
}

/// Asks both systems at every trial of a replay; `progress` is called now and then with the number of trials done. The
/// same replay, model and seed give the same outcome on any number of threads.
///
/// # Errors
/// What the recommender answers with, for instance for a source that the model does not have.
///
/// # Panics
/// If a system is [`System::Random`].
pub fn simulate(
    replay: &Replay,
    model: &ShippedModel<'_>,
    settings: &Match,
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Simulation, EvaluateError> {
    let strategies = [settings.a, settings.b].map(strategy_of);
    let mut outcomes = Vec::with_capacity(replay.trials.len());
    for (n, chunk) in replay.trials.chunks(CHUNK).enumerate() {
        let first = n * CHUNK;
        let outcome_of = |place: usize| {
            // A stream of its own for each trial: no matter which thread draws it, and when.
            let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
            random.set_stream((first + place) as u64);
            tried(replay, &chunk[place], model, strategies, settings.k, &mut random)
        };
        let done: Result<Vec<Outcome>, RequestError> = map_up_to(chunk.len(), outcome_of).into_iter().collect();
        outcomes.extend(done?);
        progress(outcomes.len())?;
    }
    Ok(outcome::put_together(replay, settings, &outcomes))
}

fn strategy_of(system: System) -> Strategy {
    match system {
        System::Only(strategy) => strategy,
        System::Random => panic!("chance is no strategy of a recommender"),
    }
}

fn tried(
    replay: &Replay,
    trial: &Trial,
    model: &ShippedModel<'_>,
    strategies: [Strategy; 2],
    k: usize,
    random: &mut ChaCha8Rng,
) -> Result<Outcome, RequestError> {
    let profile = model.profile_of(replay.before(trial));
    let ask = |strategy| -> Result<Vec<ItemNo>, RequestError> {
        let list = model.answer(&profile, &best(strategy, k))?;
        Ok(list.into_iter().map(|(item, _)| item).collect())
    };
    let [a, b] = [ask(strategies[0])?, ask(strategies[1])?];
    let rank = |list: &[ItemNo]| list.iter().position(|&item| item == trial.item).map(|above| above + 1);
    let both = team_draft(&a, &b, k, random);
    let winner = both.iter().find(|(item, _)| *item == trial.item).map(|&(_, team)| team);
    Ok(Outcome { rank_a: rank(&a), rank_b: rank(&b), winner })
}

#[cfg(test)]
mod tests;
