//! The best few of many scored items.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::catalogue::ItemIdx;

/// An item and its score.
pub(crate) type Scored = (ItemIdx, f32);

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

/// The `k` best, best first: by score, and among equals the more popular item. `O(n log k)`.
pub(crate) fn top_k(scored: impl IntoIterator<Item = Scored>, k: usize) -> Vec<Scored> {
    let mut best = BinaryHeap::new();
    // Nearly all are below the worst of the best, which one comparison tells.
    let mut least = f32::NEG_INFINITY;
    for one in scored {
        if best.len() < k {
            best.push(WorstFirst(one));
        } else if one.1 < least {
            continue;
        } else {
            if let Some(mut worst) = best.peek_mut()
                && WorstFirst(one) < *worst
            {
                *worst = WorstFirst(one);
            }
            least = best.peek().map_or(least, |worst| worst.0.1);
        }
    }
    best.into_sorted_vec().into_iter().map(|WorstFirst(one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_equals_by_popularity() {
        let scored = [0.5, 2.0, -1.0, 2.0, 0.0].into_iter().enumerate().map(|(n, score)| (ItemIdx(n as u32), score));
        let best: Vec<u32> = top_k(scored, 4).iter().map(|(item, _)| item.0).collect();
        assert_eq!(best, [1, 3, 0, 4]);
    }

    #[test]
    fn asking_for_more_than_there_are_gives_all() {
        assert_eq!(top_k([(ItemIdx(0), 1.0)], 10).len(), 1);
        assert!(top_k([(ItemIdx(0), 1.0)], 0).is_empty());
    }
}
