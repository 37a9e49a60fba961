//! `sessions`: users are sessions, of two views or more. The newest fifth is the test (at most 1,000), the newest tenth
//! of the others the validation: what is measured lies after all that was learned from. Where events have no times, the
//! sessions are drawn.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::rows::{Part, Rows, time_of, users_by_id};
use crate::dataset::{Dataset, UserNo};

/// The most views that are shown: visitors of a site are asked about early.
const MOST_SHOWN: usize = 3;

/// The most sessions of the test; the validation has half as many.
const MOST_TEST: usize = 1000;

pub(super) fn rows(dataset: &Dataset, rows_of_users: &[Vec<usize>], seed: u64) -> Rows {
    let events = &dataset.events;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut users = users_by_id(dataset, rows_of_users);
    users.shuffle(&mut random);
    // The newest first; sessions of the same time stay in random order.
    users.sort_by_key(|&user| std::cmp::Reverse(rows_of_users[user].first().map(|&row| time_of(events, row))));
    let n_test = (users.len() / 5).min(MOST_TEST);
    let (test, others) = users.split_at(n_test);
    let (validation, train) = others.split_at(n_test / 2);

    let mut train: Vec<usize> = train.iter().flat_map(|&user| &rows_of_users[user]).copied().collect();
    train.sort_unstable();
    let mut parts = |users: &[usize]| -> Vec<Part> {
        users.iter().map(|&user| part(user, &rows_of_users[user], &mut random)).collect()
    };
    Rows { train, test: parts(test), validation: parts(validation) }
}

/// A session cut at random after its first, second or third view.
fn part(user: usize, rows: &[usize], random: &mut ChaCha8Rng) -> Part {
    let n_shown = random.random_range(1..=MOST_SHOWN.min(rows.len() - 1));
    let (shown, relevant) = rows.split_at(n_shown);
    Part { user: UserNo(user as u32), shown: shown.to_vec(), relevant: relevant.to_vec() }
}

#[cfg(test)]
mod tests {
    use crate::dataset::plain_numbers::events;
    use crate::split::{Protocol, SplitOptions, split};
    use crate::{Dataset, ItemNo, ItemRecord};

    /// Twenty sessions of four views each, one after the other.
    fn dataset(has_times: bool) -> Dataset {
        let rows: Vec<(u32, u32, f32, i64)> =
            (0..80_u32).map(|n| (n / 4, n / 4 + n % 4, 1.0, 1000 + i64::from(n))).collect();
        let mut events = events(&rows);
        if !has_times {
            events.times.clear();
        }
        Dataset {
            users: (0..20).map(|n| format!("s{n:02}").into()).collect(),
            items: (0..24).map(|n| format!("p{n}").into()).collect(),
            catalogue: vec![ItemRecord::default(); 24],
            events,
            ..Dataset::default()
        }
    }

    #[test]
    fn what_is_measured_is_newer_than_what_is_learned_from() {
        let split = split(&dataset(true), Protocol::Sessions, &SplitOptions { threshold: None, seed: 1 }).unwrap();
        assert_eq!((split.test.len(), split.validation.len(), split.train.len()), (4, 2, 56));
        assert!(split.test.iter().all(|one| one.user.0 >= 16));
        assert!(split.validation.iter().all(|one| one.user.0 >= 14 && one.user.0 < 16));
        for one in split.test.iter().chain(&split.validation) {
            assert!((1..=3).contains(&one.shown.len()));
            // In their order, the new pages of the last sessions included.
            let items: Vec<ItemNo> = one.items().collect();
            assert_eq!(items, (one.user.0..one.user.0 + 4).map(ItemNo).collect::<Vec<_>>());
        }
    }

    #[test]
    fn sessions_without_times_are_drawn() {
        let options = SplitOptions { threshold: None, seed: 1 };
        let test = |seed| split(&dataset(false), Protocol::Sessions, &SplitOptions { seed, ..options }).unwrap().test;
        assert_eq!(test(1), test(1));
        assert_ne!(test(1), test(2));
    }
}
