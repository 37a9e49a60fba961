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

use super::metric::{CUTOFFS, Metric, N_ACCURACY};
use foldin_data::ItemNo;
use foldin_data::split::HeldOut;

/// The metrics of one user: for each cutoff those of accuracy, in the order of [`Metric::ALL`].
pub(super) type UserMetrics = [[f64; N_ACCURACY]; CUTOFFS.len()];

/// The metrics of a list, best item first. All are 0 where the list is empty or nothing is relevant.
pub(super) fn accuracy(list: &[ItemNo], relevant: &[ItemNo]) -> UserMetrics {
    let relevant: HashSet<ItemNo> = relevant.iter().copied().collect();
    if relevant.is_empty() {
        return UserMetrics::default();
    }
    let mut found = Found::default();
    let mut list = list.iter().enumerate().peekable();
    CUTOFFS.map(|k| {
        while let Some((above, item)) = list.next_if(|&(above, _)| above < k) {
            if relevant.contains(item) {
                found.add(above + 1);
            }
        }
        found.metrics(k, relevant.len())
    })
}

/// The mean over users of ndcg at one cutoff, where nothing else is asked. A cutoff that is not one of [`CUTOFFS`] gives
/// no number.
pub fn mean_ndcg(lists: &[Vec<ItemNo>], held_out: &[HeldOut], k: usize) -> f64 {
    let Some(cutoff) = CUTOFFS.iter().position(|&cutoff| cutoff == k) else { return f64::NAN };
    let of_user = |(list, one): (&Vec<ItemNo>, &HeldOut)| accuracy(list, &one.relevant)[cutoff][Metric::Ndcg as usize];
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

    fn metrics(&self, k: usize, n_relevant: usize) -> [f64; N_ACCURACY] {
        let reachable = k.min(n_relevant);
        std::array::from_fn(|place| match Metric::ALL[place] {
            Metric::Ndcg => self.discounted / ideal(k, n_relevant),
            Metric::Recall => self.hits / n_relevant as f64,
            Metric::CappedRecall => self.hits / reachable as f64,
            Metric::Precision => self.hits / k as f64,
            Metric::Hits => self.hits,
            Metric::Map => self.precisions / reachable as f64,
            Metric::Mrr => self.first_reciprocal,
            Metric::Coverage | Metric::LongTail | Metric::Gini | Metric::Novelty | Metric::Ild => {
                unreachable!("metrics of variety come after those of accuracy")
            }
        })
    }
}

/// The discounted sum of the best list of `k` items where so many are relevant.
pub(crate) fn ideal(k: usize, n_relevant: usize) -> f64 {
    (1..=k.min(n_relevant)).map(|rank| discount(rank as f64)).sum()
}

/// The weight of a hit at a rank (from 1): 1 at the top, then less and less.
pub(crate) fn discount(rank: f64) -> f64 {
    1.0 / (rank + 1.0).log2()
}

#[cfg(test)]
mod tests {
    use foldin_fixtures::items;

    use super::*;

    fn assert_close(metrics: [f64; N_ACCURACY], expected: [f64; N_ACCURACY]) {
        for (metric, expected) in metrics.iter().zip(expected) {
            assert!((metric - expected).abs() < 1e-12, "{metrics:?} is not {expected}");
        }
    }

    // In the order NDCG, recall, capped recall, precision, hits, MAP, MRR.
    #[test]
    fn hits_at_ranks_two_and_four_among_three_relevant_count_as_computed_by_hand() {
        let [at_5, at_10, ..] = accuracy(&items(&[7, 1, 8, 2]), &items(&[1, 2, 3]));
        let found = 1.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 1.0 + 1.0 / 3f64.log2() + 0.5;
        let map = (1.0 / 2.0 + 2.0 / 4.0) / 3.0;
        assert_close(at_5, [found / ideal, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 5.0, 2.0, map, 0.5]);
        assert_close(at_10, [found / ideal, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 10.0, 2.0, map, 0.5]);
    }

    #[test]
    fn more_relevant_items_than_ranks_cap_what_can_be_reached() {
        let relevant: Vec<ItemNo> = (0..20).map(ItemNo).collect();
        let [at_5, at_10, at_20, ..] = accuracy(&relevant, &relevant);
        assert_close(at_5, [1.0, 0.25, 1.0, 1.0, 5.0, 1.0, 1.0]);
        assert_close(at_10, [1.0, 0.5, 1.0, 1.0, 10.0, 1.0, 1.0]);
        assert_close(at_20, [1.0, 1.0, 1.0, 1.0, 20.0, 1.0, 1.0]);
    }

    #[test]
    fn a_hit_below_the_cutoff_counts_only_from_its_rank_on() {
        let [at_5, at_10, ..] = accuracy(&items(&[9, 9, 9, 9, 9, 1]), &items(&[1]));
        assert_close(at_5, [0.0; N_ACCURACY]);
        assert_close(at_10, [1.0 / 7f64.log2(), 1.0, 1.0, 0.1, 1.0, 1.0 / 6.0, 1.0 / 6.0]);
    }

    #[test]
    fn an_empty_list_and_ranks_beyond_the_last_cutoff_count_nothing() {
        assert_eq!(accuracy(&[], &items(&[1])), UserMetrics::default());
        assert_eq!(accuracy(&items(&[1]), &[]), UserMetrics::default());
        let mut long: Vec<ItemNo> = (1..=100).map(ItemNo).collect();
        long.push(ItemNo(0));
        assert_eq!(accuracy(&long, &items(&[0])), UserMetrics::default());
    }
}
