//! What every prediction of stars stands beside: the mean of all ratings, and damped biases.

use foldin_data::{Events, ItemNo, UserNo};

/// `r ~ mean + b_u + b_i`, with the biases by alternating least squares (Koren 2010, with the settings that Surprise's
/// `BaselineOnly` has).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DampedBiases {
    pub mean: f32,
    pub users: Vec<f32>,
    pub items: Vec<f32>,
    pub range: (f32, f32),
}

/// As many ratings of 0 are added to every item and user.
const ITEM_DAMPING: f64 = 10.0;
const USER_DAMPING: f64 = 15.0;
/// How often items and users are solved.
const ROUNDS: usize = 10;

impl DampedBiases {
    pub(super) fn learn(train: &Events, n_users: usize, n_items: usize) -> Self {
        let mean = train.ratings.iter().map(|&r| f64::from(r)).sum::<f64>() / train.len().max(1) as f64;
        let (mut users, mut items) = (vec![0.0; n_users], vec![0.0; n_items]);
        for _ in 0..ROUNDS {
            let (user_of, item_of) = (|row: usize| train.users[row].at(), |row: usize| train.items[row].at());
            solve(&mut items, item_of, &users, user_of, train, mean, ITEM_DAMPING);
            solve(&mut users, user_of, &items, item_of, train, mean, USER_DAMPING);
        }
        let ratings = train.ratings.iter();
        let range = ratings.fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)));
        let narrow = |biases: Vec<f64>| biases.into_iter().map(|bias| bias as f32).collect();
        DampedBiases { mean: mean as f32, users: narrow(users), items: narrow(items), range }
    }

    pub(super) fn predict(&self, user: UserNo, item: ItemNo) -> f32 {
        (self.mean + self.users[user.at()] + self.items[item.at()]).clamp(self.range.0, self.range.1)
    }
}

/// `b = sum (r - mean - b_other) / (damping + n)` for every row of one side.
fn solve(
    own: &mut [f64],
    own_of: impl Fn(usize) -> usize,
    other: &[f64],
    other_of: impl Fn(usize) -> usize,
    train: &Events,
    mean: f64,
    damping: f64,
) {
    let mut n_ratings = vec![0.0; own.len()];
    own.fill(0.0);
    for (row, &rating) in train.ratings.iter().enumerate() {
        own[own_of(row)] += f64::from(rating) - mean - other[other_of(row)];
        n_ratings[own_of(row)] += 1.0;
    }
    own.iter_mut().zip(n_ratings).for_each(|(bias, n)| *bias /= damping + n);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damped_biases_by_hand() {
        // One user gave one item 5 and another 1: the mean is 3, and by symmetry the user has no bias.
        let train = foldin_fixtures::events(&[(0, 0, 5.0, 0), (0, 1, 1.0, 0)]);
        let learned = DampedBiases::learn(&train, 2, 3);
        assert_eq!((learned.mean, &learned.users[..]), (3.0, &[0.0, 0.0][..]));
        assert!((learned.items[0] - 2.0 / 11.0).abs() < 1e-6);
        assert_eq!(learned.predict(UserNo(1), ItemNo(2)), 3.0);
    }
}
