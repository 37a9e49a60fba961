//! `holdout`: 60 % of every user's ratings train, 20 % are the validation, 20 % the test, by chance.
//!
//! Unlike the other protocols this keeps the ratings below the threshold in training: they are shown, so that they are
//! not recommended, and a learner that knows what to do with dislikes has them.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::rows::{Part, Rows, by_item_id, oldest_first, users_by_id};
use crate::dataset::{Dataset, UserNo};
use crate::interactions::is_like;

pub(super) fn rows(dataset: &Dataset, ratings_of_users: &[Vec<usize>], threshold: Option<f32>, seed: u64) -> Rows {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut rows = Rows { train: Vec::new(), validation: Vec::new(), test: Vec::new() };
    let events = &dataset.events;
    for user in users_by_id(dataset, ratings_of_users) {
        let mut drawn = by_item_id(dataset, &ratings_of_users[user]);
        drawn.shuffle(&mut random);
        // The rating of rank r (from 1) among n trains where r / n <= 0.6, and tests where r / n > 0.8.
        let n = drawn.len();
        let (train, others) = drawn.split_at_mut(n * 3 / 5);
        let (validation, test) = others.split_at_mut(n * 4 / 5 - n * 3 / 5);
        oldest_first(events, train);
        rows.train.extend_from_slice(train);
        let part = |held_out: &mut [usize]| {
            oldest_first(events, held_out);
            let relevant = held_out.iter().copied().filter(|&row| is_like(events, row, threshold)).collect();
            Part { user: UserNo(user as u32), shown: train.to_vec(), relevant }
        };
        rows.validation.push(part(validation));
        rows.test.push(part(test));
    }
    rows.train.sort_unstable();
    rows
}
