//! A split as row numbers of the data set's events: what each protocol decides, and how users come of it.

use std::collections::HashSet;

use super::{HeldOut, Shown};
use crate::dataset::{Dataset, Events, ItemNo, UserNo};
use crate::interactions::is_like;

/// Which rows train, and which are held out.
pub(super) struct Rows {
    /// In the order of the data set.
    pub train: Vec<usize>,
    pub validation: Vec<Part>,
    pub test: Vec<Part>,
}

/// The events of one held-out user as row numbers, oldest first.
pub(super) struct Part {
    pub user: UserNo,
    pub shown: Vec<usize>,
    pub relevant: Vec<usize>,
}

/// The likes of each user, oldest first; none for users with fewer than `at_least`.
pub(super) fn rows_of_users(dataset: &Dataset, threshold: Option<f32>, at_least: usize) -> Vec<Vec<usize>> {
    let events = &dataset.events;
    let mut rows_of_users = vec![Vec::new(); dataset.users.len()];
    for (row, &user) in events.users.iter().enumerate() {
        if is_like(events, row, threshold) {
            rows_of_users[user.at()].push(row);
        }
    }
    for rows in &mut rows_of_users {
        if rows.len() < at_least {
            rows.clear();
        }
        oldest_first(events, rows);
    }
    rows_of_users
}

/// Users with rows, by their ids. Indices follow the order of the file, ids do not: chance that is drawn in this order
/// does not depend on the file.
pub(super) fn users_by_id(dataset: &Dataset, rows_of_users: &[Vec<usize>]) -> Vec<usize> {
    let mut users: Vec<usize> = (0..rows_of_users.len()).filter(|&user| !rows_of_users[user].is_empty()).collect();
    users.sort_by_key(|&user| &dataset.users[user]);
    users
}

/// Rows of one user in an order that does not depend on the file, but for repeats at the same second.
pub(super) fn by_item_id(dataset: &Dataset, rows: &[usize]) -> Vec<usize> {
    let events = &dataset.events;
    let mut rows = rows.to_vec();
    rows.sort_by_key(|&row| (&dataset.items[events.items[row].at()], time_of(events, row)));
    rows
}

pub(super) fn oldest_first(events: &Events, rows: &mut [usize]) {
    rows.sort_by_key(|&row| (time_of(events, row), row));
}

/// The held-out users of parts, without those of whom nothing relevant is left.
pub(super) fn held_out(events: &Events, parts: &[Part], known: &Known) -> Vec<HeldOut> {
    let of_part = |part: &Part| {
        let shown = newest_of_each(events, &part.shown, |item| known.has(item));
        let shown_items: HashSet<ItemNo> = shown.iter().map(|one| one.item).collect();
        let relevant = newest_of_each(events, &part.relevant, |item| known.has(item) && !shown_items.contains(&item));
        let relevant: Vec<ItemNo> = relevant.into_iter().map(|one| one.item).collect();
        (!relevant.is_empty()).then_some(HeldOut { user: part.user, shown, relevant })
    };
    parts.iter().filter_map(of_part).collect()
}

/// The items of rows that `keep` accepts, each at its last place.
pub(super) fn newest_of_each(events: &Events, rows: &[usize], keep: impl Fn(ItemNo) -> bool) -> Vec<Shown> {
    let mut met = HashSet::new();
    let mut newest = Vec::new();
    for &row in rows.iter().rev() {
        let item = events.items[row];
        if keep(item) && met.insert(item) {
            newest.push(Shown { item, rating: events.ratings[row] });
        }
    }
    newest.reverse();
    newest
}

/// Which items occur in training.
pub(super) struct Known(Vec<bool>);

impl Known {
    pub(super) fn of(train: &Events) -> Self {
        let mut known = vec![false; train.items.iter().max().map_or(0, |last| last.at() + 1)];
        for &item in &train.items {
            known[item.at()] = true;
        }
        Known(known)
    }

    pub(super) fn all(n_items: usize) -> Self {
        Known(vec![true; n_items])
    }

    pub(super) fn has(&self, item: ItemNo) -> bool {
        self.0.get(item.at()).copied().unwrap_or(false)
    }
}

/// Seconds since 1970, or 0 where events have no times, so that sorting by it keeps the order of the file.
pub(super) fn time_of(events: &Events, row: usize) -> i64 {
    events.times.get(row).copied().unwrap_or(0)
}
