//! The best few of many scored items.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::index::ItemIdx;

/// The score of an item that a source does not score.
pub(crate) const NO_SCORE: f32 = f32::NEG_INFINITY;

/// An item and its score.
pub(crate) type Scored = (ItemIdx, f32);

/// Whether one stands before another: by score, and among equals the more popular item.
pub(crate) fn is_before(one: Scored, other: Scored) -> bool {
    WorstFirst(one) < WorstFirst(other)
}

/// An entry of the heap: the greatest is the worst.
struct WorstFirst(Scored);

impl Ord for WorstFirst {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.1.total_cmp(&self.0.1).then(self.0.0.cmp(&other.0.0))
    }
}

impl PartialOrd for WorstFirst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for WorstFirst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for WorstFirst {}

/// Keeps the best of what it is offered.
struct Best {
    k: usize,
    heap: BinaryHeap<WorstFirst>,
    /// Nearly all are below the worst of the best, which one comparison tells.
    least: f32,
}

impl Best {
    fn new(k: usize) -> Self {
        Best { k, heap: BinaryHeap::new(), least: f32::NEG_INFINITY }
    }

    #[inline]
    fn offer(&mut self, one: Scored) {
        if one.1 < self.least {
            return;
        }
        self.weigh(one);
    }

    /// Out of line: once in the wasm module, instead of once a place that offers.
    #[inline(never)]
    fn weigh(&mut self, one: Scored) {
        if self.heap.len() < self.k {
            self.heap.push(WorstFirst(one));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && WorstFirst(one) < *worst
        {
            *worst = WorstFirst(one);
        }
        if self.heap.len() == self.k {
            self.least = self.heap.peek().map_or(self.least, |worst| worst.0.1);
        }
    }

    fn sorted(self) -> Vec<Scored> {
        self.heap.into_sorted_vec().into_iter().map(|WorstFirst(one)| one).collect()
    }
}

/// The `k` best, best first: by score, and among equals the more popular item. `O(n log k)`.
#[inline(never)]
pub(crate) fn top_k(scored: &[Scored], k: usize) -> Vec<Scored> {
    let mut best = Best::new(k);
    scored.iter().for_each(|&one| best.offer(one));
    best.sorted()
}

/// The `k` best among the items that pass and have a score; one score per item, in catalogue order.
#[inline(never)]
pub(crate) fn top_passing(scores: &[f32], pass: &[bool], k: usize) -> Vec<Scored> {
    let mut best = Best::new(k);
    for ((item, &score), &passes) in (0..).map(ItemIdx).zip(scores).zip(pass) {
        if passes && score > NO_SCORE {
            best.offer((item, score));
        }
    }
    best.sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_equals_by_popularity() {
        let scores = [0.5, 2.0, -1.0, 2.0, 0.0];
        let scored: Vec<Scored> = (0..).map(ItemIdx).zip(scores).collect();
        let best: Vec<u32> = top_k(&scored, 4).iter().map(|(item, _)| item.0).collect();
        assert_eq!(best, [1, 3, 0, 4]);
    }

    #[test]
    fn what_does_not_pass_and_what_nothing_is_said_of_is_no_candidate() {
        let best = top_passing(&[0.5, 2.0, NO_SCORE, 1.0], &[true, false, true, true], 4);
        assert_eq!(best, [(ItemIdx(3), 1.0), (ItemIdx(0), 0.5)]);
    }

    #[test]
    fn asking_for_more_than_there_are_gives_all() {
        assert_eq!(top_k(&[(ItemIdx(0), 1.0)], 10).len(), 1);
        assert!(top_k(&[(ItemIdx(0), 1.0)], 0).is_empty());
    }
}
