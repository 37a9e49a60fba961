//! Diversity: greedy re-ranking by maximal marginal relevance (Carbonell and Goldstein 1998), with places shared among
//! the visitor's likes.
//!
//! Each place goes to the item with the most of
//! `(1 - lambda) * (relevance + lambda * owed) - lambda * (likeness to the nearest item above it)`. Relevance is the
//! score, from 0 for the worst of the pool to 1 for its best.
//!
//! `owed` keeps one like from taking all places (proportionality, as of Dang and Croft 2012): of `t` places each of `L`
//! likes should have `t / L`. An item serves the likes in proportion to its likeness to them, so that a like lacks
//! `t / L` less what the items above have served it, and `owed` of an item is the sum over the likes of what each lacks
//! times its likeness to the item: below 0 for more of what the list is full of.
//!
//! Only the first places are given so: an answer with tens of thousands of items would take minutes, and nobody reads it
//! as a list.

use crate::index::ItemIdx;
use crate::linalg::top_k::Scored;
use crate::model::Model;
use crate::recommend::candidates::DEPTH;
use crate::recommend::similar::alike;

/// So many places go to items that differ; those behind follow by score.
const PLACES: usize = 200;

/// For every place so many items are looked at.
const PER_PLACE: usize = 5;

/// Places are shared among so many likes, the newest.
const SHARED_BY: usize = 50;

/// How many of the best [`diversify`] wants to choose `k` from.
pub(crate) fn pool_size(lambda: f32, k: usize) -> usize {
    if lambda > 0.0 { (PER_PLACE * k.min(PLACES)).max(DEPTH).max(k) } else { k }
}

/// Takes `k` items out of a pool that is ordered by score, the best first, for somebody with these likes, oldest first;
/// the first item stays the first. With `lambda` 0 the order stays as it is. At most `5 * 200 * (200 + 50)` comparisons of
/// items.
pub(crate) fn diversify(model: &Model, pool: Vec<Scored>, likes: &[ItemIdx], lambda: f32, k: usize) -> Vec<Scored> {
    let newest = &likes[likes.len().saturating_sub(SHARED_BY)..];
    rerank(pool, newest, lambda, k, |a, b| alike(model, a, b))
}

fn rerank(
    mut pool: Vec<Scored>,
    likes: &[ItemIdx],
    lambda: f32,
    k: usize,
    alike: impl Fn(ItemIdx, ItemIdx) -> f32,
) -> Vec<Scored> {
    if lambda <= 0.0 || pool.len() < 2 {
        pool.truncate(k);
        return pool;
    }
    let rest = pool.split_off(pool.len().min(PER_PLACE * PLACES));
    let (best, worst) = (pool[0].1, pool[pool.len() - 1].1);
    let range = if best > worst { best - worst } else { 1.0 };
    let mut shares = Shares::new(&pool, likes, &alike);
    // Likeness to the nearest item that is taken already.
    let mut nearest = vec![0.0_f32; pool.len()];
    let mut is_taken = vec![false; pool.len()];
    let mut taken = Vec::new();
    let mut next = Some(0);
    while let Some(n) = next {
        is_taken[n] = true;
        taken.push(pool[n]);
        if taken.len() >= k.min(PLACES) {
            break;
        }
        for other in (0..pool.len()).filter(|&other| !is_taken[other]) {
            nearest[other] = nearest[other].max(alike(pool[other].0, pool[n].0));
        }
        shares.serve(n);
        let worth = |n: usize| {
            let relevance = (pool[n].1 - worst) / range;
            (1.0 - lambda) * (relevance + lambda * shares.owed(n)) - lambda * nearest[n]
        };
        let left = (0..pool.len()).filter(|&n| !is_taken[n]).map(|n| (n, worth(n)));
        // Of equals the first.
        next = left.reduce(|most, one| if one.1 <= most.1 { most } else { one }).map(|(n, _)| n);
    }
    let left = pool.iter().zip(&is_taken).filter(|(_, is_taken)| !**is_taken).map(|(one, _)| one);
    let n_left = k - taken.len().min(k);
    taken.extend(left.chain(&rest).take(n_left));
    taken
}

/// How places are shared among likes.
struct Shares {
    n_likes: usize,
    /// Likeness of each item of the pool to each like, item by item.
    likeness: Vec<f32>,
    /// What each like lacks at the next place.
    lacks: Vec<f32>,
}

impl Shares {
    fn new(pool: &[Scored], likes: &[ItemIdx], alike: impl Fn(ItemIdx, ItemIdx) -> f32) -> Self {
        let likeness = pool.iter().flat_map(|&(item, _)| likes.iter().map(move |&like| (item, like)));
        Shares {
            n_likes: likes.len(),
            likeness: likeness.map(|(item, like)| alike(item, like)).collect(),
            lacks: vec![1.0 / likes.len().max(1) as f32; likes.len()],
        }
    }

    fn of_item(&self, n: usize) -> &[f32] {
        &self.likeness[n * self.n_likes..(n + 1) * self.n_likes]
    }

    fn owed(&self, n: usize) -> f32 {
        self.of_item(n).iter().zip(&self.lacks).map(|(likeness, lacks)| likeness * lacks).sum()
    }

    /// Gives a place to an item. One that is like no like serves none.
    fn serve(&mut self, n: usize) {
        let total: f32 = self.of_item(n).iter().sum();
        let of_each = 1.0 / self.n_likes.max(1) as f32;
        let likeness = &self.likeness[n * self.n_likes..(n + 1) * self.n_likes];
        for (lacks, likeness) in self.lacks.iter_mut().zip(likeness) {
            *lacks += of_each - if total > 0.0 { likeness / total } else { 0.0 };
        }
    }
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
        rerank(pool.to_vec(), &[], lambda, k, by_tens).iter().map(|(item, _)| item.0).collect()
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

    /// 10 and 20 may be liked: five items like 10 score better than the best of those like 20.
    fn shared(likes: &[u32]) -> Vec<u32> {
        let scored = [(11, 1.0), (12, 0.95), (13, 0.9), (14, 0.85), (15, 0.8), (21, 0.3), (22, 0.25), (91, 0.0)];
        let pool = scored.map(|(item, score)| (ItemIdx(item), score)).to_vec();
        let likes: Vec<ItemIdx> = likes.iter().map(|&like| ItemIdx(like)).collect();
        rerank(pool, &likes, 0.2, 6, by_tens).iter().map(|(item, _)| item.0).collect()
    }

    #[test]
    fn likes_share_the_places() {
        assert_eq!(shared(&[]), [11, 12, 13, 14, 15, 21]);
        assert_eq!(shared(&[10]), [11, 12, 13, 14, 15, 21]);
        // At the third place 10 has had two and lacks 1.5 - 2, and 20 lacks 1.5: 13 is worth
        // 0.8 * (0.9 - 0.2 * 0.5) - 0.2 = 0.44, and 21 0.8 * (0.3 + 0.2 * 1.5) = 0.48. 22 is next at the sixth place, with
        // 0.8 * (0.25 + 0.2 * 2) - 0.2 = 0.32 against 0.8 * (0.8 - 0.2 * 1) - 0.2 = 0.28 of 15.
        assert_eq!(shared(&[10, 20]), [11, 12, 21, 13, 14, 22]);
    }

    #[test]
    fn likes_lack_what_others_were_served() {
        let pool = [(11, 1.0), (21, 0.9), (91, 0.8)].map(|(item, score)| (ItemIdx(item), score));
        let mut shares = Shares::new(&pool, &[ItemIdx(10), ItemIdx(20)], by_tens);
        assert_eq!((shares.owed(0), shares.owed(1), shares.owed(2)), (0.5, 0.5, 0.0));
        // Of two places each should have one: 10 has had one, 20 none.
        shares.serve(0);
        assert_eq!((shares.owed(0), shares.owed(1)), (0.0, 1.0));
        shares.serve(1);
        assert_eq!((shares.owed(0), shares.owed(1)), (0.5, 0.5));
        // An item that is like neither serves neither.
        shares.serve(2);
        assert_eq!((shares.owed(0), shares.owed(1)), (1.0, 1.0));
    }

    #[test]
    fn beyond_the_first_places_items_follow_by_score() {
        // Ten times as many alike ones as are looked at; the others are far behind.
        let pool: Vec<Scored> = (0..3000).map(|n| (ItemIdx(n), 3000.0 - n as f32)).collect();
        let all = rerank(pool.clone(), &[], 0.9, 3000, |a, b| if a.0 % 2 == b.0 % 2 { 1.0 } else { 0.0 });
        let ids: Vec<u32> = all.iter().map(|(item, _)| item.0).collect();
        assert_eq!(ids[..2], [0, 1]);
        assert!(ids[PLACES..].is_sorted() && ids[PLACES - 1] < (PLACES * PER_PLACE) as u32);
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..3000).collect::<Vec<_>>());
        // Fewer are the beginning of more.
        let few = rerank(pool, &[], 0.9, 150, |a, b| if a.0 % 2 == b.0 % 2 { 1.0 } else { 0.0 });
        assert!(few.iter().map(|(item, _)| item.0).eq(ids[..150].iter().copied()));
    }

    #[test]
    fn equal_scores_are_no_division_by_zero() {
        let pool = [(ItemIdx(1), 2.0), (ItemIdx(2), 2.0)];
        assert_eq!(rerank(pool.to_vec(), &[], 0.5, 2, by_tens).len(), 2);
        assert!(rerank(Vec::new(), &[], 0.5, 2, by_tens).is_empty());
    }
}
