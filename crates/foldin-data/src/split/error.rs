//! Why events cannot be split.

use super::Protocol;
use super::protocol::COLD_RELEVANT;
use crate::text::count;

/// Why events cannot be split.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// The data set is too small for the protocol, or the threshold is too high.
    #[error(
        "`{protocol}` needs at least {} with {} or more {}, and has {n_eligible}: the data set has {} of {}; \
         hint: {}add events",
        count(protocol.min_users(), "user"),
        protocol.min_events(),
        threshold.map_or_else(|| "events".to_owned(), |threshold| format!("ratings of {threshold} or above")),
        count(*n_events, "event"),
        count(*n_users, "user"),
        if threshold.is_some() { "lower the threshold or " } else { "" }
    )]
    TooFewUsers {
        /// The protocol asked for.
        protocol: Protocol,
        /// The threshold asked for.
        threshold: Option<f32>,
        /// Users of the data set.
        n_users: usize,
        /// Events of the data set.
        n_events: usize,
        /// Users with enough likes.
        n_eligible: usize,
    },
    /// No held-out user has enough likes to show some of them and to find others.
    #[error(
        "`cold{shown}` shows {} and looks for {COLD_RELEVANT} more at least, and none of the {} has so many; \
         hint: show fewer, or add events",
        count(*shown as usize, "like"),
        count(*n_held_out, "held-out user")
    )]
    TooShortHistories {
        /// How many likes are shown.
        shown: u16,
        /// Users held out for the test.
        n_held_out: usize,
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
