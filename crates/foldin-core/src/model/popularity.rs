//! Orders of items that are the same for everybody, beside the number of likes that every catalogue has.

use serde::Serialize;

use crate::codec::decode_fields;
use crate::linalg::MAX_VALUE;

/// What is popular lately, and what is rated well.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Popularity {
    /// Likes that count the less the older they are; `None` where events have no times.
    pub recent: Option<ItemScores>,
    /// Damped mean of the ratings; `None` where there are no stars.
    pub mean_ratings: Option<ItemScores>,
}

decode_fields!(Popularity { recent, mean_ratings });

/// A score an item, in 65,535 steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ItemScores {
    scale: f32,
    values: Vec<u16>,
}

decode_fields!(ItemScores { scale, values });

impl ItemScores {
    /// Rounds scores to the nearest step of `largest / 65535`.
    ///
    /// # Panics
    /// If a score is negative, not finite or beyond [`MAX_VALUE`].
    pub fn quantise(scores: &[f32]) -> Self {
        assert!(scores.iter().all(|score| (0.0..=MAX_VALUE).contains(score)), "a score is out of range");
        let largest = scores.iter().fold(0.0_f32, |largest, score| largest.max(*score));
        let scale = if largest > 0.0 { largest / 65535.0 } else { 1.0 };
        ItemScores { scale, values: scores.iter().map(|score| (score / scale).round() as u16).collect() }
    }

    /// The score of every item, in catalogue order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = f32> {
        self.values.iter().map(|&value| f32::from(value) * self.scale)
    }

    /// The score of one item; 0 beyond the last.
    pub(crate) fn get(&self, n: usize) -> f32 {
        self.values.get(n).map_or(0.0, |&value| f32::from(value) * self.scale)
    }

    fn check(&self, n_items: usize) -> Result<(), &'static str> {
        if (0.0..=MAX_VALUE).contains(&self.scale) && self.values.len() <= n_items {
            Ok(())
        } else {
            Err("there are more scores than items, or their scale is out of range")
        }
    }
}

impl Popularity {
    pub(crate) fn check(&self, n_items: usize) -> Result<(), &'static str> {
        [&self.recent, &self.mean_ratings].into_iter().flatten().try_for_each(|scores| scores.check(n_items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_off_by_half_a_step_at_most() {
        let scores = [0.0, 1.5, 65535.0, 3.49];
        let steps: Vec<f32> = ItemScores::quantise(&scores).iter().collect();
        assert!(steps.iter().zip(scores).all(|(step, score)| (step - score).abs() <= 0.5));
        assert_eq!(ItemScores::quantise(&[0.0, 0.0]).iter().collect::<Vec<_>>(), [0.0, 0.0]);
    }
}
