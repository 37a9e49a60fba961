//! Numbers that stay finite whatever a file holds.
//!
//! A file may hold weights that no training gives, each of them in its range, whose products and quotients leave the
//! range of f32. Scores, features and contributions therefore pass through here. Those of trained models are far from
//! the bounds and come out as they went in.

/// The largest size of a score, a feature or a contribution: sums of products of two of them are finite.
const LARGEST: f32 = 1e15;

/// A number within the bounds; 0 for NaN.
pub(crate) fn bounded(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-LARGEST, LARGEST) }
}

/// `part / whole` within the bounds; 0 where `whole` is no normal number.
pub(crate) fn ratio(part: f32, whole: f32) -> f32 {
    if whole.is_normal() { bounded(part / whole) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_numbers_are_left_alone() {
        for value in [0.0, -1.5, 1e-30, 3e9, f32::MIN_POSITIVE] {
            assert_eq!(bounded(value), value);
        }
        assert_eq!(ratio(1.0, -4.0), -0.25);
    }

    #[test]
    fn nothing_leaves_the_bounds() {
        assert_eq!([bounded(f32::NAN), bounded(f32::INFINITY), bounded(f32::MIN)], [0.0, LARGEST, -LARGEST]);
        assert_eq!([ratio(1.0, 0.0), ratio(1.0, 1e-40), ratio(1.0, f32::NAN), ratio(f32::NAN, 1.0)], [0.0; 4]);
        assert_eq!(ratio(1.0, f32::MIN_POSITIVE), LARGEST);
        assert!((LARGEST * LARGEST * 1e6).is_finite());
    }
}
