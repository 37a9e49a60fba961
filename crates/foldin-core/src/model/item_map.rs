//! A map of taste: where every item lies in a plane, and where a visitor stands among them.

use crate::index::ItemIdx;

/// With so many likes they count as much as the items that their taste scores highest.
const HALFWAY: f32 = 4.0;

/// The place of every item, in the order of the catalogue; coordinates are in 65,535 steps from 0 to 1.
///
/// They are learned with the model, so that items which the same people like lie close together. A visitor stands at a
/// weighted mean of positions ([`Recommender::place`](crate::Recommender::place)), of the items that they like and of
/// those that their taste scores highest:
///
/// ```text
/// place = (1 - t) * mean over likes l of position(l)  +  t * sum over items i of w_i position(i) / sum of w_i
/// t     = n / (n + 4)    for n likes
/// w_i   = max(0, s_i / s_best)^4    for scores s by the visitor's factors
/// ```
///
/// One like leaves the visitor close to it, and the more likes there are the more their common taste says. The fourth
/// power leaves weight to the best few hundred, without an edge over which an item would jump in or out. A mean of
/// points of the map is inside it. Where factors say nothing of the likes, `t` is 0. `O(n_items)` beside the scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMap {
    positions: Vec<[u16; 2]>,
}

impl ItemMap {
    /// Takes one position an item, x and y, in the order of the catalogue.
    ///
    /// # Panics
    /// If a coordinate is not from 0 to 1.
    pub fn new(positions: &[[f32; 2]]) -> Self {
        let step = |value: f32| {
            assert!((0.0..=1.0).contains(&value), "a coordinate is not from 0 to 1");
            (value * 65535.0).round() as u16
        };
        ItemMap { positions: positions.iter().map(|position| position.map(step)).collect() }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there is no item at all.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// Where an item lies: x and y, from 0 to 1.
    pub fn position(&self, item: ItemIdx) -> [f32; 2] {
        self.positions[item.at()].map(|value| f32::from(value) / 65535.0)
    }

    /// One coordinate of all items, in the order of the catalogue: 0 for x, 1 for y.
    pub fn axis(&self, axis: usize) -> Vec<f32> {
        self.positions.iter().map(|position| f32::from(position[axis]) / 65535.0).collect()
    }

    /// Where somebody stands who likes these items, of which there is at least one, and whose taste gives `scores`, one
    /// an item; there may be fewer, or none.
    pub(crate) fn place(&self, likes: &[ItemIdx], scores: &[f32]) -> [f32; 2] {
        let n = likes.len() as f32;
        let likes = self.mean(likes.iter().map(|&like| (like, 1.0))).unwrap_or([0.5; 2]);
        let best = scores.iter().copied().fold(0.0, f32::max);
        let weight = |score: f32| {
            // A file may hold factors that lead to scores beyond all measure.
            let share = if score > 0.0 && best.is_finite() { score / best } else { 0.0 };
            share * share * (share * share)
        };
        let taste = self.mean((0..).map(ItemIdx).zip(scores.iter().map(|&score| weight(score))));
        let (taste, t) = taste.map_or((likes, 0.0), |taste| (taste, n / (n + HALFWAY)));
        // At most 1 in spite of rounding.
        [0, 1].map(|axis| ((1.0 - t) * likes[axis] + t * taste[axis]).min(1.0))
    }

    /// The weighted mean of positions; `None` where no weight is above 0.
    fn mean(&self, weighted: impl Iterator<Item = (ItemIdx, f32)>) -> Option<[f32; 2]> {
        let (mut sum, mut total) = ([0.0_f32; 2], 0.0_f32);
        for (item, weight) in weighted {
            let position = self.position(item);
            (0..2).for_each(|axis| sum[axis] += weight * position[axis]);
            total += weight;
        }
        (total > 0.0).then(|| sum.map(|sum| sum / total))
    }

    /// The coordinates as they lie in a file: all x, then all y, two bytes each.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let axis = |axis: usize| self.positions.iter().flat_map(move |position| position[axis].to_le_bytes());
        axis(0).chain(axis(1)).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8], n_items: usize) -> Result<Self, &'static str> {
        if Some(bytes.len()) != n_items.checked_mul(4) {
            return Err("it has not two coordinates an item");
        }
        let (x, y) = bytes.split_at(2 * n_items);
        let value = |bytes: &[u8]| u16::from_le_bytes([bytes[0], bytes[1]]);
        let pairs = x.chunks_exact(2).zip(y.chunks_exact(2));
        Ok(ItemMap { positions: pairs.map(|(x, y)| [value(x), value(y)]).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: [f32; 2], b: [f32; 2]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4)
    }

    fn corners() -> ItemMap {
        ItemMap::new(&[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    }

    #[test]
    fn coordinates_come_back_within_half_a_step() {
        let positions = [[0.0, 1.0], [0.123_456, 0.5], [0.999_99, 1e-6]];
        let map = ItemMap::new(&positions);
        let back = ItemMap::from_bytes(&map.to_bytes(), 3).unwrap();
        assert_eq!(back, map);
        for (item, position) in (0..).map(ItemIdx).zip(positions) {
            let found = map.position(item);
            assert!((0..2).all(|axis| (found[axis] - position[axis]).abs() <= 0.5 / 65535.0 + 1e-7));
            assert!((0..2).all(|axis| map.axis(axis)[item.at()] == found[axis]));
        }
        assert!(ItemMap::from_bytes(&map.to_bytes(), 2).is_err());
        assert!(ItemMap::from_bytes(&map.to_bytes()[1..], 3).is_err());
    }

    #[test]
    fn without_factors_a_visitor_stands_at_the_mean_of_the_likes() {
        let map = corners();
        assert!(near(map.place(&[ItemIdx(1)], &[]), [1.0, 0.0]));
        assert!(near(map.place(&[ItemIdx(0), ItemIdx(1), ItemIdx(3)], &[]), [2.0 / 3.0, 1.0 / 3.0]));
    }

    #[test]
    fn what_taste_scores_highest_draws_the_visitor_the_more_the_more_likes_there_are() {
        let map = corners();
        // Weights 1 for the last and 1/16 for the one before, so that the mean by taste is (16 / 17, 1).
        let scores = [-0.9, 0.0, 0.3, 0.6];
        assert!(near(map.place(&[ItemIdx(0)], &scores), [0.2 * 16.0 / 17.0, 0.2]));
        assert!(near(map.place(&[ItemIdx(0); 4], &scores), [0.5 * 16.0 / 17.0, 0.5]));
        // The last items may have no factors.
        assert!(near(map.place(&[ItemIdx(3)], &scores[..3]), [0.8, 1.0]));
    }

    #[test]
    fn scores_that_speak_for_nothing_or_beyond_measure_leave_the_likes_alone() {
        let map = corners();
        for scores in [[-0.5, -0.1, 0.0, -1.0], [1.0, 2.0, f32::INFINITY, 0.0], [f32::NEG_INFINITY; 4]] {
            assert!(near(map.place(&[ItemIdx(1)], &scores), [1.0, 0.0]));
        }
        // Half of the weight on each of two: (1/2, 1/2), of which a fifth counts.
        assert!(near(map.place(&[ItemIdx(1)], &[0.0, f32::MAX, f32::MAX, 0.0]), [0.9, 0.1]));
    }
}
