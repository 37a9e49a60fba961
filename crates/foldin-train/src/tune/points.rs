//! Points that fill a space evenly: additive recurrence with the generalised golden ratio (Roberts 2018,
//! "The Unreasonable Effectiveness of Quasirandom Sequences"), from a random start.
//!
//! Ten such points leave no large part of a plane untried, which ten random ones often do; and a search can be made
//! longer without moving a point.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Point `number` of a sequence in the unit cube of `n_dimensions`.
pub(super) fn point(number: usize, n_dimensions: usize, seed: u64) -> Vec<f64> {
    let ratio = golden_ratio(n_dimensions);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let coordinate = |n: usize| {
        let start: f64 = random.random();
        (start + number as f64 * ratio.powi(-(n as i32))).fract()
    };
    (1..=n_dimensions).map(coordinate).collect()
}

/// The positive root of `x^(d + 1) = x + 1`.
fn golden_ratio(n_dimensions: usize) -> f64 {
    let power = 1.0 / (n_dimensions as f64 + 1.0);
    (0..60).fold(2.0, |x: f64, _| (1.0 + x).powf(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_of_one_dimension_is_the_golden_one() {
        assert!((golden_ratio(1) - 1.618_033_988_749_895).abs() < 1e-12);
        let x = golden_ratio(4);
        assert!((x.powi(5) - x - 1.0).abs() < 1e-12);
    }

    #[test]
    fn sixteen_points_reach_every_quarter_of_a_plane_whatever_the_seed() {
        for seed in 0..20 {
            let mut met = [0; 4];
            for number in 1..=16 {
                let point = point(number, 2, seed);
                assert!(point.iter().all(|x| (0.0..1.0).contains(x)));
                met[usize::from(point[0] >= 0.5) * 2 + usize::from(point[1] >= 0.5)] += 1;
            }
            assert!(met.iter().all(|&n| n >= 3), "{met:?}");
        }
    }

    #[test]
    fn a_point_depends_on_its_number_and_the_seed_alone() {
        assert_eq!(point(7, 3, 1), point(7, 3, 1));
        assert_ne!(point(7, 3, 1), point(7, 3, 2));
        assert_ne!(point(7, 3, 1), point(8, 3, 1));
    }
}
