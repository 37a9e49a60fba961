//! The same held-out users as if less were known of them.
//!
//! What is to be found stays the same at every length, so that figures of all lengths are comparable with those of whole
//! profiles. What is cut off is neither shown nor to be found, unlike in `coldN`.

use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;

use foldin_data::split::{HeldOut, Shown, asks_for_next};

/// Lengths of profiles at which choices are made, besides whole ones.
const LENGTHS: [usize; 8] = [1, 2, 3, 5, 10, 20, 40, 80];

/// So many users must have more than a length, or it says too little.
const LEAST_USERS: usize = 30;

/// As many users are enough to be cut once.
const ENOUGH_USERS: usize = 500;

/// Held-out users cut to each length that enough of them reach. Which of a user's items stay is drawn at random, or,
/// where what comes next is asked for, the newest stay.
pub(super) fn lengths(held_out: &[HeldOut], threshold: Option<f32>, seed: u64) -> Vec<Vec<HeldOut>> {
    let is_like = |one: &Shown| threshold.is_none_or(|threshold| one.rating >= threshold);
    // Of dislikes nothing is known but that they are not to be recommended: they make no profile longer.
    let liked = |one: &HeldOut| HeldOut { shown: one.shown.iter().copied().filter(is_like).collect(), ..one.clone() };
    let held_out: Vec<HeldOut> = held_out.iter().map(liked).collect();
    let held_out = &held_out;
    let asks_for_next = asks_for_next(held_out);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut cut = |one: &HeldOut, shown: usize| {
        let places = if asks_for_next {
            (one.shown.len() - shown..one.shown.len()).collect()
        } else {
            let mut places = sample(&mut random, one.shown.len(), shown).into_vec();
            places.sort_unstable();
            places
        };
        let shown: Vec<Shown> = places.iter().map(|&place| one.shown[place]).collect();
        HeldOut { user: one.user, shown, relevant: one.relevant.clone() }
    };
    // Few users are cut several times, so that less depends on which of their items stay.
    let n_cuts = if asks_for_next { 1 } else { (ENOUGH_USERS / held_out.len().max(1)).clamp(1, 5) };
    let mut of_length = |shown: usize| {
        let long: Vec<&HeldOut> = held_out.iter().filter(|one| one.shown.len() >= shown).collect();
        let is_enough = long.len() >= LEAST_USERS;
        let cuts = (0..n_cuts).flat_map(|_| long.iter().map(|one| cut(one, shown)).collect::<Vec<_>>());
        is_enough.then(|| cuts.collect())
    };
    LENGTHS.into_iter().filter_map(&mut of_length).collect()
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemNo;
    use foldin_fixtures::held_out;

    use super::*;

    fn users(relevant: &[u32]) -> Vec<HeldOut> {
        let user = |user| held_out(user, &(0..4 + user % 3).collect::<Vec<u32>>(), relevant);
        (0..90).map(user).collect()
    }

    #[test]
    fn users_are_cut_to_each_length_that_enough_of_them_reach() {
        let cut = lengths(&users(&[7, 8]), Some(1.0), 1);
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [450, 450, 450, 300]);
        for (cut, shown) in cut.iter().zip([1, 2, 3, 5]) {
            let right = |one: &HeldOut| one.shown.len() == shown && one.shown.is_sorted_by(|a, b| a.item < b.item);
            assert!(cut.iter().all(right));
        }
        // Not always the same place of the history.
        let first = |item| cut[0].iter().filter(|one| one.shown[0].item == ItemNo(item)).count();
        assert!(first(0) > 25 && first(3) > 25);
    }

    #[test]
    fn where_the_next_is_asked_for_the_newest_stay() {
        let cut = lengths(&users(&[7]), None, 1);
        let newest = |one: &HeldOut| [2 + one.user.0 % 3, 3 + one.user.0 % 3].map(ItemNo);
        assert!(cut[1].iter().all(|one| [one.shown[0].item, one.shown[1].item] == newest(one)));
    }
}
