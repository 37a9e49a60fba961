//! How much an observed like counts, by what the data set says of it.

use std::fmt;

/// How the rating or count `r` of a like becomes its weight `c` in the loss (Hu, Koren and Volinsky 2008, section 4).
/// Ratings below 0 count as 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Confidence {
    /// `c = 1`.
    #[default]
    None,
    /// `c = 1 + alpha`, whatever the rating.
    Constant {
        /// 0 or more.
        alpha: f32,
    },
    /// `c = 1 + alpha r`.
    Linear {
        /// 0 or more.
        alpha: f32,
    },
    /// `c = 1 + alpha ln(1 + r / epsilon)`: for counts that differ by orders of magnitude.
    Log {
        /// 0 or more.
        alpha: f32,
        /// Above 0: the count from which on growth slows down.
        epsilon: f32,
    },
}

impl Confidence {
    /// The weight of a like with rating or count `r`, at least 1.
    pub fn weight(self, r: f32) -> f32 {
        let r = r.max(0.0);
        match self {
            Confidence::None => 1.0,
            Confidence::Constant { alpha } => 1.0 + alpha,
            Confidence::Linear { alpha } => 1.0 + alpha * r,
            Confidence::Log { alpha, epsilon } => 1.0 + alpha * (r / epsilon).ln_1p(),
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Confidence::None => "none",
            Confidence::Constant { .. } => "constant",
            Confidence::Linear { .. } => "linear",
            Confidence::Log { .. } => "log",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_formulas() {
        let weight = |confidence: Confidence, r| confidence.weight(r);
        assert_eq!(weight(Confidence::None, 7.0), 1.0);
        assert_eq!(weight(Confidence::Constant { alpha: 3.0 }, 7.0), 4.0);
        assert_eq!(weight(Confidence::Linear { alpha: 0.5 }, 7.0), 4.5);
        // 1 + 2 ln(1 + 12 / 4) = 1 + 2 ln 4
        assert!((weight(Confidence::Log { alpha: 2.0, epsilon: 4.0 }, 12.0) - 3.772_589).abs() < 1e-5);
    }

    #[test]
    fn a_rating_below_zero_counts_as_zero() {
        assert_eq!(Confidence::Linear { alpha: 2.0 }.weight(-3.0), 1.0);
        assert_eq!(Confidence::Log { alpha: 2.0, epsilon: 1.0 }.weight(-3.0), 1.0);
    }
}
