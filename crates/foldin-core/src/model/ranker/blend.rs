//! A linear blend of the features, whose weights go with the length of the profile.

use serde::Serialize;

use super::features::{N_FEATURES, at};
use crate::codec::decode_fields;
use crate::linalg::MAX_VALUE;

/// Lengths of profiles, in likes, for which a blend has weights of its own.
pub const BLEND_LENGTHS: [f32; 4] = [1.0, 5.0, 25.0, 125.0];

/// The same as binary logarithms of 1 + likes, as the feature has them.
const KNOTS: [f32; 4] = [1.0, 2.584_962_5, 4.700_44, 6.977_28];

/// `score = sum over features f of weight_f * f`, with weights for profiles of one like, 5, 25 and 125. Between these
/// lengths weights are interpolated over the logarithm of the length; beyond them they stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blend {
    /// At each of [`BLEND_LENGTHS`] one weight a feature; the last may be missing.
    pub weights: [Vec<f32>; 4],
}

decode_fields!(Blend { weights });

impl Default for Blend {
    /// The fixed blend, for models whose weights could not be learned: mostly neighbours for short profiles, factors and
    /// EASE for long ones.
    fn default() -> Self {
        let of_length = |[neighbours, factors, ease]: [f32; 3]| {
            let mut weights = vec![0.0; N_FEATURES];
            weights[at::NEIGHBOURS_BESIDE_BEST] = neighbours;
            weights[at::FACTORS_BESIDE_BEST] = factors;
            weights[at::EASE_BESIDE_BEST] = ease;
            weights[at::SEQUENCE_BESIDE_BEST] = 0.3;
            weights[at::TRANSFORMER_BESIDE_BEST] = 0.5;
            weights[at::CONTENT_SCORE] = 0.2;
            weights[at::RECENT] = 0.1;
            weights
        };
        Blend { weights: [[2.0, 0.3, 0.0], [1.5, 0.7, 0.3], [1.0, 1.0, 0.7], [0.5, 1.5, 1.0]].map(of_length) }
    }
}

impl Blend {
    /// The score of one row.
    pub fn score(&self, row: &[f32; N_FEATURES]) -> f32 {
        let (first, part) = Self::place(row);
        let sum = |weights: &[f32]| weights.iter().zip(row).map(|(weight, value)| weight * value).sum::<f32>();
        (1.0 - part) * sum(&self.weights[first]) + part * sum(&self.weights[first + 1])
    }

    /// What each feature adds to the score of a row.
    pub fn contributions(&self, row: &[f32; N_FEATURES]) -> [f32; N_FEATURES] {
        let (first, part) = Self::place(row);
        std::array::from_fn(|n| {
            let weight = |length: usize| self.weights[length].get(n).copied().unwrap_or(0.0);
            ((1.0 - part) * weight(first) + part * weight(first + 1)) * row[n]
        })
    }

    /// Between which two of [`BLEND_LENGTHS`] a row's profile is: the place of the first, and how far it is on the way
    /// to the next, 0 to 1.
    pub fn place(row: &[f32; N_FEATURES]) -> (usize, f32) {
        let likes = row[at::LIKES];
        let first = KNOTS[1..3].iter().filter(|&&knot| knot <= likes).count();
        (first, ((likes - KNOTS[first]) / (KNOTS[first + 1] - KNOTS[first])).clamp(0.0, 1.0))
    }

    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let fits =
            |weights: &Vec<f32>| weights.len() <= N_FEATURES && weights.iter().all(|weight| weight.abs() <= MAX_VALUE);
        if self.weights.iter().all(fits) {
            Ok(())
        } else {
            Err("the blend has more weights than features, or one beyond 1e6")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::elementary::log2;

    fn row(likes: f32) -> [f32; N_FEATURES] {
        let mut row = [0.0; N_FEATURES];
        (row[0], row[1], row[at::LIKES]) = (2.0, 3.0, log2(1.0 + likes));
        row
    }

    #[test]
    fn weights_go_with_the_length_of_the_profile() {
        let blend = Blend { weights: [vec![1.0], vec![0.0, 1.0], vec![4.0], vec![8.0]] };
        let scores = [1.0, 5.0, 25.0, 125.0, 900.0].map(|likes| blend.score(&row(likes)));
        let expected = [2.0, 3.0, 8.0, 16.0, 16.0];
        assert!(scores.iter().zip(expected).all(|(score, expected)| (score - expected).abs() < 0.01), "{scores:?}");
        // Half way between two lengths by the logarithm.
        let between = blend.score(&row((6.0_f32 * 26.0).sqrt() - 1.0));
        assert!((between - 5.5).abs() < 0.01, "{between}");
    }

    #[test]
    fn knots_are_the_logarithms_of_the_lengths() {
        for (length, knot) in BLEND_LENGTHS.iter().zip(KNOTS) {
            assert!(((1.0 + length).log2() - knot).abs() < 1e-5);
        }
    }

    #[test]
    fn weights_that_no_training_gives_are_refused() {
        assert!(Blend::default().check().is_ok());
        let of = |weights: Vec<f32>| Blend { weights: [weights, vec![], vec![], vec![]] };
        assert!(of(vec![0.0; N_FEATURES + 1]).check().is_err() && of(vec![f32::NAN]).check().is_err());
    }
}
