//! Diversity: greedy re-ranking by maximal marginal relevance (Carbonell and Goldstein 1998).
//!
//! Each place goes to the item with the most of `(1 - lambda) * relevance - lambda * (likeness to the nearest item
//! above it)`. Relevance is the score, from 0 for the worst of the pool to 1 for its best. Only the first places are
//! given so: an answer with tens of thousands of items would take minutes, and nobody reads it as a list.

use crate::index::ItemIdx;
use crate::linalg::top_k::Scored;
use crate::model::Model;
use crate::recommend::candidates::DEPTH;
use crate::recommend::similar::alike;

/// So many places go to items that differ; those behind follow by score.
const PLACES: usize = 200;

/// For every place so many items are looked at.
const PER_PLACE: usize = 5;

/// How many of the best [`diversify`] wants to choose `k` from.
pub(crate) fn pool_size(lambda: f32, k: usize) -> usize {
    if lambda > 0.0 { (PER_PLACE * k.min(PLACES)).max(DEPTH).max(k) } else { k }
}

/// Takes `k` items out of a pool that is ordered by score, the best first; the first stays the first. With `lambda` 0
/// the order stays as it is. At most `5 * 200^2` comparisons of items.
pub(crate) fn diversify(model: &Model, pool: Vec<Scored>, lambda: f32, k: usize) -> Vec<Scored> {
    mmr(pool, lambda, k, |a, b| alike(model, a, b))
}

fn mmr(mut pool: Vec<Scored>, lambda: f32, k: usize, alike: impl Fn(ItemIdx, ItemIdx) -> f32) -> Vec<Scored> {
    if lambda <= 0.0 || pool.len() < 2 {
        pool.truncate(k);
        return pool;
    }
    let rest = pool.split_off(pool.len().min(PER_PLACE * PLACES));
    let (best, worst) = (pool[0].1, pool[pool.len() - 1].1);
    let range = if best > worst { best - worst } else { 1.0 };
    // Likeness to the nearest item that is taken already.
    let mut nearest = vec![0.0_f32; pool.len()];
    let mut is_taken = vec![false; pool.len()];
    let mut taken = Vec::new();
    while taken.len() < k.min(PLACES).min(pool.len()) {
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
    let left = pool.iter().zip(&is_taken).filter(|(_, is_taken)| !**is_taken).map(|(one, _)| one);
    let n_left = k - taken.len().min(k);
    taken.extend(left.chain(&rest).take(n_left));
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
    fn beyond_the_first_places_items_follow_by_score() {
        // Ten times as many alike ones as are looked at; the others are far behind.
        let pool: Vec<Scored> = (0..3000).map(|n| (ItemIdx(n), 3000.0 - n as f32)).collect();
        let all = mmr(pool.clone(), 0.9, 3000, |a, b| if a.0 % 2 == b.0 % 2 { 1.0 } else { 0.0 });
        let ids: Vec<u32> = all.iter().map(|(item, _)| item.0).collect();
        assert_eq!(ids[..2], [0, 1]);
        assert!(ids[PLACES..].is_sorted() && ids[PLACES - 1] < (PLACES * PER_PLACE) as u32);
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..3000).collect::<Vec<_>>());
        // Fewer are the beginning of more.
        let few = mmr(pool, 0.9, 150, |a, b| if a.0 % 2 == b.0 % 2 { 1.0 } else { 0.0 });
        assert!(few.iter().map(|(item, _)| item.0).eq(ids[..150].iter().copied()));
    }

    #[test]
    fn equal_scores_are_no_division_by_zero() {
        let pool = [(ItemIdx(1), 2.0), (ItemIdx(2), 2.0)];
        assert_eq!(mmr(pool.to_vec(), 0.5, 2, by_tens).len(), 2);
        assert!(mmr(Vec::new(), 0.5, 2, by_tens).is_empty());
    }
}
