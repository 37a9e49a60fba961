//! Accuracy: how much of what one user turned out to like is in the list, and how high up.
//!
//! With `T` the relevant items, `hit(r)` 1 if the item at rank `r` (from 1) is in `T` and else 0, and sums over the
//! ranks `r <= k`:
//!
//! | metric | formula | range |
//! |---|---|---|
//! | hits | `sum hit(r)` | 0 to k |
//! | precision | `hits / k`, also where fewer than k items came | 0 to 1 |
//! | recall | `hits / \|T\|` | 0 to 1 |
//! | capped recall | `hits / min(k, \|T\|)` | 0 to 1 |
//! | ndcg | `sum hit(r) / log2(r + 1)`, divided by what `min(k, \|T\|)` hits from the top would give | 0 to 1 |
//! | map | `sum hit(r) * precision@r`, divided by `min(k, \|T\|)` | 0 to 1 |
//! | mrr | `1 / rank` of the first hit, 0 without one | 0 to 1 |
//!
//! Cost: `O(k + |T|)` a user.

use std::collections::HashSet;

use super::metrics::{CUTOFFS, Metric};
use crate::split::HeldOut;

/// How many figures there are of one user at one cutoff.
pub(super) const N_FIGURES: usize = 7;

/// Figures of one user: for each cutoff hits, precision, recall, capped recall, ndcg, map and mrr, in this order.
pub(super) type Figures = [[f64; N_FIGURES]; CUTOFFS.len()];

/// Figures of a list, best item first. All are 0 where the list is empty or nothing is relevant.
pub(super) fn accuracy(list: &[u32], relevant: &[u32]) -> Figures {
    let relevant: HashSet<u32> = relevant.iter().copied().collect();
    if relevant.is_empty() {
        return Figures::default();
    }
    let mut found = Found::default();
    let mut list = list.iter().enumerate().peekable();
    CUTOFFS.map(|k| {
        while let Some((above, item)) = list.next_if(|&(above, _)| above < k) {
            if relevant.contains(item) {
                found.add(above + 1);
            }
        }
        found.figures(k, relevant.len())
    })
}

/// The mean over users of ndcg at one cutoff, where nothing else is asked. A cutoff that is not one of [`CUTOFFS`] gives
/// no number.
pub fn mean_ndcg(lists: &[Vec<u32>], held_out: &[HeldOut], k: usize) -> f64 {
    let Some(cutoff) = CUTOFFS.iter().position(|&cutoff| cutoff == k) else { return f64::NAN };
    let of_user = |(list, one): (&Vec<u32>, &HeldOut)| accuracy(list, &one.relevant)[cutoff][Metric::Ndcg as usize];
    lists.iter().zip(held_out).map(of_user).sum::<f64>() / held_out.len().max(1) as f64
}

/// Sums over the ranks so far.
#[derive(Default)]
struct Found {
    hits: f64,
    discounted: f64,
    precisions: f64,
    first_reciprocal: f64,
}

impl Found {
    fn add(&mut self, rank: usize) {
        let rank = rank as f64;
        if self.hits == 0.0 {
            self.first_reciprocal = 1.0 / rank;
        }
        self.hits += 1.0;
        self.discounted += discount(rank);
        self.precisions += self.hits / rank;
    }

    fn figures(&self, k: usize, n_relevant: usize) -> [f64; N_FIGURES] {
        let reachable = k.min(n_relevant);
        [
            self.hits,
            self.hits / k as f64,
            self.hits / n_relevant as f64,
            self.hits / reachable as f64,
            self.discounted / ideal(k, n_relevant),
            self.precisions / reachable as f64,
            self.first_reciprocal,
        ]
    }
}

/// The discounted sum of the best list of `k` items where so many are relevant.
pub(crate) fn ideal(k: usize, n_relevant: usize) -> f64 {
    (1..=k.min(n_relevant)).map(|rank| discount(rank as f64)).sum()
}

/// What a hit at a rank (from 1) counts: 1 at the top, then less and less.
pub(crate) fn discount(rank: f64) -> f64 {
    1.0 / (rank + 1.0).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(figures: [f64; N_FIGURES], expected: [f64; N_FIGURES]) {
        for (figure, expected) in figures.iter().zip(expected) {
            assert!((figure - expected).abs() < 1e-12, "{figures:?} is not {expected}");
        }
    }

    #[test]
    fn hits_at_ranks_two_and_four_among_three_relevant_count_as_computed_by_hand() {
        let [at_5, at_10, ..] = accuracy(&[7, 1, 8, 2], &[1, 2, 3]);
        let found = 1.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 1.0 + 1.0 / 3f64.log2() + 0.5;
        let map = (1.0 / 2.0 + 2.0 / 4.0) / 3.0;
        assert_close(at_5, [2.0, 2.0 / 5.0, 2.0 / 3.0, 2.0 / 3.0, found / ideal, map, 0.5]);
        assert_close(at_10, [2.0, 2.0 / 10.0, 2.0 / 3.0, 2.0 / 3.0, found / ideal, map, 0.5]);
    }

    #[test]
    fn more_relevant_items_than_ranks_cap_what_can_be_reached() {
        let relevant: Vec<u32> = (0..20).collect();
        let [at_5, at_10, at_20, ..] = accuracy(&(0..20).collect::<Vec<u32>>(), &relevant);
        assert_close(at_5, [5.0, 1.0, 0.25, 1.0, 1.0, 1.0, 1.0]);
        assert_close(at_10, [10.0, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0]);
        assert_close(at_20, [20.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_hit_below_the_cutoff_counts_only_from_its_rank_on() {
        let [at_5, at_10, ..] = accuracy(&[9, 9, 9, 9, 9, 1], &[1]);
        assert_close(at_5, [0.0; N_FIGURES]);
        assert_close(at_10, [1.0, 0.1, 1.0, 1.0, 1.0 / 7f64.log2(), 1.0 / 6.0, 1.0 / 6.0]);
    }

    #[test]
    fn an_empty_list_and_ranks_beyond_the_last_cutoff_count_nothing() {
        assert_eq!(accuracy(&[], &[1]), Figures::default());
        assert_eq!(accuracy(&[1], &[]), Figures::default());
        let mut long: Vec<u32> = (1..=100).collect();
        long.push(0);
        assert_eq!(accuracy(&long, &[0]), Figures::default());
    }
}
