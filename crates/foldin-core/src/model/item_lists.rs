//! Lists from item to item: what goes with what, or what comes after what.
//!
//! Neighbours, EASE and sequence are the same to whoever uses them, and differ in how they were learned and in how a
//! profile is weighted.

use serde::Serialize;

use crate::codec::{Decode, Input, decode_fields};
use crate::linalg::SparseRows;

/// Weights from item to item, and how the events of a profile are weighted.
///
/// The score of item `j` is `sum over events e of w(e) * rows[item(e)][j] / likes(j)^damping`, where `w` is 1 for the
/// newest event and is multiplied by `decay` with each older one.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemLists {
    /// Row `i`: the items that a like of item `i` adds to, with their weights. There may be fewer rows than items.
    pub rows: SparseRows,
    /// How profiles are weighted.
    pub weighting: Weighting,
}

/// How the events of a profile are weighted, and popular items damped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighting {
    /// What an event counts beside the next newer one: above 0, up to 1 (all the same).
    pub decay: f32,
    /// So many of the newest events count; at least 1.
    pub window: u32,
    /// By how much popular items are damped, by the number of likes in the profile; `from` ascends. Below the first:
    /// not at all.
    pub damping: Vec<Damping>,
}

decode_fields!(Weighting { decay, window, damping });

/// Damping of popular items for profiles of a certain length on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Damping {
    /// Number of likes from which on it holds.
    pub from: u32,
    /// Scores are divided by `likes^exponent`.
    pub exponent: Eighths,
}

decode_fields!(Damping { from, exponent });

/// An exponent from 0 to 2, in eighths: square roots give the same bits on every platform, other powers do not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Eighths(pub u8);

impl Eighths {
    /// The largest exponent: 2.
    pub const MAX: Eighths = Eighths(16);

    /// `likes^(eighths / 8)` by square roots alone; items without likes count as having one.
    pub(crate) fn power_of(self, likes: u32) -> f32 {
        let mut power = likes.max(1) as f32;
        if self >= Self::MAX {
            return power * power;
        }
        let mut product = 1.0;
        for bit in [8, 4, 2, 1] {
            if self.0 & bit != 0 {
                product *= power;
            }
            power = power.sqrt();
        }
        product
    }
}

impl<'a> Decode<'a> for Eighths {
    fn decode(input: &mut Input<'a>) -> Self {
        Eighths(u8::decode(input))
    }
}

impl Default for Weighting {
    fn default() -> Self {
        Weighting { decay: 1.0, window: u32::MAX, damping: Vec::new() }
    }
}

impl Weighting {
    /// The exponent for profiles with so many likes.
    pub fn damping_for(&self, n_likes: usize) -> Eighths {
        let reached = self.damping.iter().rev().find(|damping| damping.from as usize <= n_likes);
        reached.map_or(Eighths(0), |damping| damping.exponent)
    }

    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let ascend = self.damping.is_sorted_by(|a, b| a.from < b.from);
        if !(self.decay > 0.0 && self.decay <= 1.0) || self.window == 0 || !ascend {
            return Err("decay must be above 0 and at most 1, the window at least 1, and dampings ascend");
        }
        if self.damping.iter().any(|damping| damping.exponent > Eighths::MAX) {
            return Err("a damping is above 16 eighths");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_by_square_roots_are_powers() {
        for eighths in 0..=16 {
            let power = Eighths(eighths).power_of(300);
            let expected = 300_f64.powf(f64::from(eighths) / 8.0);
            assert!((f64::from(power) / expected - 1.0).abs() < 1e-5, "{eighths}: {power} {expected}");
        }
        assert_eq!(Eighths(8).power_of(0), 1.0);
    }

    #[test]
    fn the_damping_is_that_of_the_longest_length_reached() {
        let damping = [(1, 0), (3, 2), (5, 4)].map(|(from, n)| Damping { from, exponent: Eighths(n) }).to_vec();
        let weighting = Weighting { damping, ..Weighting::default() };
        assert_eq!([0, 1, 2, 3, 4, 5, 99].map(|n| weighting.damping_for(n).0), [0, 0, 0, 2, 2, 4, 4]);
        assert!(weighting.check().is_ok());
    }

    #[test]
    fn weightings_that_no_training_gives_are_refused() {
        let of = |decay, window, damping: &[(u32, u8)]| {
            let damping = damping.iter().map(|&(from, n)| Damping { from, exponent: Eighths(n) }).collect();
            Weighting { decay, window, damping }.check().is_err()
        };
        assert!(of(0.0, 1, &[]) && of(f32::NAN, 1, &[]) && of(1.5, 1, &[]) && of(1.0, 0, &[]));
        assert!(of(1.0, 1, &[(3, 1), (3, 2)]) && of(1.0, 1, &[(3, 17)]));
    }
}
