//! Diversity: greedy re-ranking by maximal marginal relevance (Carbonell and Goldstein 1998).
//!
//! Each place goes to the item with the most of `(1 - lambda) * relevance - lambda * (likeness to the nearest item
//! above it)`. Relevance is the score, from 0 for the worst of the pool to 1 for its best.

use crate::catalogue::ItemIdx;
use crate::model::Model;
use crate::similar::alike;
use crate::top_k::Scored;

/// Takes `k` items out of a pool that is ordered by score, the best first; the first stays the first. With `lambda` 0
/// the order stays as it is. `O(k * pool)` comparisons of items.
pub(crate) fn diversify(model: &Model, pool: Vec<Scored>, lambda: f32, k: usize) -> Vec<Scored> {
    mmr(pool, lambda, k, |a, b| alike(model, a, b))
}

fn mmr(mut pool: Vec<Scored>, lambda: f32, k: usize, alike: impl Fn(ItemIdx, ItemIdx) -> f32) -> Vec<Scored> {
    if lambda <= 0.0 || pool.len() < 2 {
        pool.truncate(k);
        return pool;
    }
    let (best, worst) = (pool[0].1, pool[pool.len() - 1].1);
    let range = if best > worst { best - worst } else { 1.0 };
    // Likeness to the nearest item that is taken already.
    let mut nearest = vec![0.0_f32; pool.len()];
    let mut is_taken = vec![false; pool.len()];
    let mut taken = Vec::new();
    while taken.len() < k.min(pool.len()) {
        let worth = |n: usize| (1.0 - lambda) * (pool[n].1 - worst) / range - lambda * nearest[n];
        let left = (0..pool.len()).filter(|&n| !is_taken[n]);
        // Of equals the first.
        let next = left.fold(None, |next, n| match next {
            Some((_, most)) if worth(n) <= most => next,
            _ => Some((n, worth(n))),
        });
        let Some((next, _)) = next else { break };
        is_taken[next] = true;
        taken.push(pool[next]);
        for n in (0..pool.len()).filter(|&n| !is_taken[n]) {
            nearest[n] = nearest[n].max(alike(pool[n].0, pool[next].0));
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items of the same tens are alike.
    fn by_tens(a: ItemIdx, b: ItemIdx) -> f32 {
        if a.0 / 10 == b.0 / 10 { 1.0 } else { 0.0 }
    }

    fn chosen(lambda: f32, k: usize) -> Vec<u32> {
        let pool = [(11, 1.0), (12, 0.9), (13, 0.8), (21, 0.5), (31, 0.0)].map(|(item, score)| (ItemIdx(item), score));
        mmr(pool.to_vec(), lambda, k, by_tens).iter().map(|(item, _)| item.0).collect()
    }

    #[test]
    fn without_lambda_the_best_come_first_and_with_all_of_it_only_difference_counts() {
        assert_eq!(chosen(0.0, 3), [11, 12, 13]);
        assert_eq!(chosen(1.0, 3), [11, 21, 31]);
        assert_eq!(chosen(1.0, 9), [11, 21, 31, 12, 13]);
    }

    #[test]
    fn an_item_like_one_above_gives_way_to_a_little_worse_one() {
        // 0.7 * 0.9 - 0.3 = 0.33 against 0.7 * 0.5 = 0.35.
        assert_eq!(chosen(0.3, 2), [11, 21]);
        // 0.8 * 0.9 - 0.2 = 0.52 against 0.8 * 0.5 = 0.4.
        assert_eq!(chosen(0.2, 2), [11, 12]);
    }

    #[test]
    fn equal_scores_are_no_division_by_zero() {
        let pool = [(ItemIdx(1), 2.0), (ItemIdx(2), 2.0)];
        assert_eq!(mmr(pool.to_vec(), 0.5, 2, by_tens).len(), 2);
        assert!(mmr(Vec::new(), 0.5, 2, by_tens).is_empty());
    }
}
