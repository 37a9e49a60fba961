//! Events that say the same user and item again.
//!
//! Of the events of one user with one item the latest stays, at its place. The events are sorted by user by counting,
//! then each user's few by item, time and place: `O(n log k)` for users with `k` events, and 4 bytes an event, where a
//! set of pairs would take ten times that.

use crate::dataset::{Events, UserNo};

/// Removes all but the latest event of each user with each item; gives how many were removed.
///
/// The latest is that with the largest time; where times are equal or absent, that furthest down in the file.
pub(crate) fn remove_repeated_events(events: &mut Events) -> usize {
    merge_repeated(events, |_, latest| latest)
}

/// As [`remove_repeated_events`], for counts: what stays has the sum of all ratings of its user and item.
pub(crate) fn sum_repeated_events(events: &mut Events) -> usize {
    merge_repeated(events, |sum, rating| sum + rating)
}

/// Leaves the latest event of each user with each item, with its rating folded from all of theirs in order of time.
fn merge_repeated(events: &mut Events, fold: impl Fn(f32, f32) -> f32) -> usize {
    let (mut order, ends) = places_by_user(&events.users);
    let mut is_repeated = vec![false; events.len()];
    let mut n_repeated = 0;
    let mut start = 0;
    for end in ends {
        let places = &mut order[start..end];
        let time_at = |place: u32| events.times.get(place as usize).copied().unwrap_or_default();
        places.sort_unstable_by_key(|&place| (events.items[place as usize], time_at(place), place));
        for pair in places.windows(2) {
            let (earlier, later) = (pair[0] as usize, pair[1] as usize);
            if events.items[earlier] == events.items[later] {
                is_repeated[earlier] = true;
                events.ratings[later] = fold(events.ratings[earlier], events.ratings[later]);
                n_repeated += 1;
            }
        }
        start = end;
    }
    if n_repeated > 0 {
        keep_others(&mut events.users, &is_repeated);
        keep_others(&mut events.items, &is_repeated);
        keep_others(&mut events.ratings, &is_repeated);
        keep_others(&mut events.times, &is_repeated);
    }
    n_repeated
}

/// The places of events, those of user 0 first; and for each user where its places end.
fn places_by_user(users: &[UserNo]) -> (Vec<u32>, Vec<usize>) {
    let n_users = users.iter().max().map_or(0, |last| last.at() + 1);
    let mut counts = vec![0_usize; n_users];
    for &user in users {
        counts[user.at()] += 1;
    }
    let mut next: Vec<usize> = counts
        .iter()
        .scan(0, |sum, count| {
            let start = *sum;
            *sum += count;
            Some(start)
        })
        .collect();
    let mut order = vec![0_u32; users.len()];
    for (place, &user) in (0_u32..).zip(users) {
        let slot = &mut next[user.at()];
        order[*slot] = place;
        *slot += 1;
    }
    (order, next)
}

fn keep_others<T>(column: &mut Vec<T>, is_repeated: &[bool]) {
    let mut flags = is_repeated.iter();
    column.retain(|_| !flags.next().copied().unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::dataset::plain_numbers::events;

    #[test]
    fn the_later_event_by_time_stays_at_its_place() {
        let mut repeated = events(&[(0, 7, 5.0, 30), (1, 7, 4.0, 20), (0, 7, 1.0, 10)]);
        assert_eq!(remove_repeated_events(&mut repeated), 1);
        assert_eq!(repeated, events(&[(0, 7, 5.0, 30), (1, 7, 4.0, 20)]));
    }

    #[test]
    fn of_events_at_the_same_time_the_last_in_the_file_stays() {
        let mut repeated = events(&[(0, 7, 5.0, 10), (0, 8, 4.0, 10), (0, 7, 1.0, 10), (0, 7, 2.0, 10)]);
        assert_eq!(remove_repeated_events(&mut repeated), 2);
        assert_eq!(repeated, events(&[(0, 8, 4.0, 10), (0, 7, 2.0, 10)]));
    }

    #[test]
    fn without_times_the_last_in_the_file_stays() {
        let mut repeated = events(&[(0, 7, 5.0, 0), (0, 7, 1.0, 0)]);
        repeated.times.clear();
        assert_eq!(remove_repeated_events(&mut repeated), 1);
        assert_eq!(repeated.ratings, [1.0]);
        assert!(repeated.times.is_empty());
    }

    #[test]
    fn counts_that_come_again_are_summed() {
        let mut repeated = events(&[(0, 7, 5.0, 30), (1, 7, 4.0, 20), (0, 7, 1.0, 10), (0, 7, -2.0, 40)]);
        assert_eq!(sum_repeated_events(&mut repeated), 2);
        assert_eq!(repeated, events(&[(1, 7, 4.0, 20), (0, 7, 4.0, 40)]));
    }

    #[test]
    fn no_events_have_no_repetitions() {
        assert_eq!(remove_repeated_events(&mut Events::default()), 0);
    }

    proptest! {
        #[test]
        fn what_stays_is_what_a_map_would_keep(rows in prop::collection::vec((0..5_u32, 0..5_u32, 0..4_i64), 0..60)) {
            let rows: Vec<(u32, u32, f32, i64)> =
                rows.into_iter().zip(0_u8..).map(|((user, item, time), n)| (user, item, f32::from(n), time)).collect();
            let mut winners: HashMap<(u32, u32), usize> = HashMap::new();
            for (place, row) in rows.iter().enumerate() {
                let winner = winners.entry((row.0, row.1)).or_insert(place);
                if row.3 >= rows[*winner].3 {
                    *winner = place;
                }
            }
            let mut places: Vec<usize> = winners.into_values().collect();
            places.sort_unstable();
            let expected: Vec<_> = places.into_iter().map(|place| rows[place]).collect();
            let mut kept = events(&rows);
            let removed = remove_repeated_events(&mut kept);
            prop_assert_eq!(removed, rows.len() - expected.len());
            prop_assert_eq!(kept, events(&expected));
        }
    }
}
