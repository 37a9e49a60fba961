//! One factor vector an item, and how a visitor is placed among them.

use serde::Serialize;

use crate::codec::decode_fields;
use crate::linalg::QuantisedRows;

/// The weights of the iALS loss (Rendle, Krichene, Zhang and Koren 2021, arXiv 2110.14037), all above 0:
///
/// ```text
/// sum over observed c (s - 1)^2  +  alpha0 * sum over all s^2  +  sum over rows reg * (#row + alpha0 * n)^nu * |w|^2
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LossWeights {
    /// Weight of the pull of every score towards 0.
    pub alpha0: f32,
    /// Strength of the regularisation.
    pub reg: f32,
    /// How the regularisation grows with the number of events of a row: 0 not at all, 1 in proportion.
    pub nu: f32,
    /// What a like counted while learning, `c`, on average: what every event of a visitor counts. 1 where all likes
    /// counted the same as in the paper.
    pub like_weight: f32,
}

decode_fields!(LossWeights { alpha0, reg, nu, like_weight });

impl LossWeights {
    /// The weight of `|w|^2` for a row with `n_events` events among `n_others` columns.
    pub fn row_reg(&self, n_events: usize, n_others: usize) -> f32 {
        let frequency = n_events as f32 + self.alpha0 * n_others as f32;
        self.reg * power(frequency, self.nu)
    }
}

/// `base^exponent` for a `base` of at least 0 and an `exponent` of 0 to 2.
///
/// By the binary digits of the exponent, `base^(1/2 + 1/8 + ...) = sqrt(base) * sqrt(sqrt(sqrt(base))) * ...`: roots
/// and products are rounded the same on every platform, which `powf` is not, and its tables stay out of the module.
fn power(base: f32, exponent: f32) -> f32 {
    let (mut power, mut root, mut rest) = (1.0_f64, f64::from(base), f64::from(exponent));
    while rest >= 1.0 {
        power *= root;
        rest -= 1.0;
    }
    while rest > 0.0 {
        root = root.sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            power *= root;
            rest -= 1.0;
        }
    }
    power as f32
}

/// How a visitor is placed among the items, from the rows of what they liked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Placement {
    /// Where the loss is smallest that the rows were learned with.
    LeastSquares(LossWeights),
    /// At the weighted mean: for rows that were learned with another loss, such as those of word2vec, of a model with
    /// two towers, or of a language model.
    Mean,
}

/// Item factors, with how a visitor is placed among them.
///
/// Row `i` belongs to item `i` of the catalogue. There may be fewer rows than items: those without a like come last in
/// the catalogue and have none.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// One row an item.
    pub rows: QuantisedRows,
    /// How a visitor is placed.
    pub placement: Placement,
}

impl Factors {
    /// Rows that were learned with a loss of these weights.
    pub fn of_loss(rows: QuantisedRows, weights: LossWeights) -> Self {
        Factors { rows, placement: Placement::LeastSquares(weights) }
    }

    /// The weights of the loss; `None` where a visitor is placed without one.
    pub fn loss_weights(&self) -> Option<&LossWeights> {
        match &self.placement {
            Placement::LeastSquares(weights) => Some(weights),
            Placement::Mean => None,
        }
    }

    /// What a like counts.
    pub fn like_weight(&self) -> f32 {
        self.loss_weights().map_or(1.0, |weights| weights.like_weight)
    }

    /// Whether the weights can be computed with.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if self.rows.n_rows() == 0 {
            return Err("there is no row");
        }
        let Some(&LossWeights { alpha0, reg, nu, like_weight }) = self.loss_weights() else { return Ok(()) };
        let in_range = |weight: f32| (1e-9..=1e6).contains(&weight);
        if ![alpha0, reg, like_weight].into_iter().all(in_range) || !(0.0..=2.0).contains(&nu) {
            return Err("alpha0, reg and like_weight must be 1e-9 to 1e6, nu 0 to 2");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_standard_library_and_the_first_is_exact() {
        for base in [0.0_f32, 1e-6, 0.3, 1.0, 2.0, 371.7, 1e7] {
            assert_eq!(power(base, 0.0), 1.0);
            assert_eq!(power(base, 1.0), base);
            for exponent in [1e-9_f32, 0.1, 0.5, 0.75, 0.999_999, 1.3, 2.0] {
                let reference = f64::from(base).powf(f64::from(exponent)) as f32;
                let found = power(base, exponent);
                assert!(
                    (found - reference).abs() <= reference * f32::EPSILON,
                    "{base}^{exponent}: {found} {reference}"
                );
            }
        }
    }
}
