//! A split that somebody else made: three sets of events.

use indexmap::IndexMap;

use super::rows::{Known, newest_of_each, oldest_first};
use super::{HeldOut, Split, SplitError};
use crate::dataset::{Events, UserNo};

/// The split that three given files describe; all three count users and items by the same indices. Events of
/// `train` with a rating of at least `threshold` are likes, or all of them without one; those of `test` all are.
///
/// What is relevant are the items of `test` that occur in `train`, and users without any drop out; the others come in
/// the order in which `test` first names them. Items that are unknown to `train` are kept out of `shown`, and so are
/// users that are not in `test`. Unlike [`split`](super::split) this leaves a test item that is also shown where it
/// is, because the files say so. There is no validation part.
pub fn from_events(train: Events, shown: &Events, test: &Events, threshold: Option<f32>) -> Result<Split, SplitError> {
    if train.items.is_empty() {
        return Err(SplitError::NoTrainingEvents { n_test: test.items.len() });
    }
    let known = Known::of(&train);
    let mut shown_to = rows_by_user(shown);
    let relevant_to = rows_by_user(test);
    let n_held_out = relevant_to.len();
    let items = |events: &Events, mut rows: Vec<usize>| {
        oldest_first(events, &mut rows);
        newest_of_each(events, &rows, |item| known.has(item))
    };
    let held_out: Vec<HeldOut> = relevant_to
        .into_iter()
        .map(|(user, rows)| HeldOut {
            user,
            shown: items(shown, shown_to.swap_remove(&user).unwrap_or_default()),
            relevant: items(test, rows).into_iter().map(|one| one.item).collect(),
        })
        .filter(|one| !one.relevant.is_empty())
        .collect();
    if held_out.is_empty() {
        return Err(SplitError::NoTestUser { n_held_out, n_train: train.items.len() });
    }
    Ok(Split { train, threshold, validation: Vec::new(), test: held_out, about: "given files".to_owned() })
}

/// Users in the order in which they first occur, with their rows.
fn rows_by_user(events: &Events) -> IndexMap<UserNo, Vec<usize>> {
    let mut rows: IndexMap<UserNo, Vec<usize>> = IndexMap::new();
    for (row, &user) in events.users.iter().enumerate() {
        rows.entry(user).or_default().push(row);
    }
    rows
}
