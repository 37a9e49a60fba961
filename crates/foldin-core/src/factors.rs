//! What iALS learned: one factor vector an item, and the weights of its loss that folding in a visitor needs again.

use serde::{Deserialize, Serialize};

use crate::quantised::QuantisedRows;

/// The weights of the iALS loss (Rendle, Krichene, Zhang and Koren 2021, arXiv 2110.14037), all above 0:
///
/// ```text
/// sum over observed c (s - 1)^2  +  alpha0 * sum over all s^2  +  sum over rows reg * (#row + alpha0 * n)^nu * |w|^2
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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

impl LossWeights {
    /// The weight of `|w|^2` for a row with `n_events` events among `n_others` columns.
    pub fn row_reg(&self, n_events: usize, n_others: usize) -> f32 {
        let frequency = n_events as f32 + self.alpha0 * n_others as f32;
        // Powers other than 1 go through code that differs between platforms by an ulp; 1 is exact everywhere.
        if self.nu == 1.0 { self.reg * frequency } else { self.reg * frequency.powf(self.nu) }
    }
}

/// Item factors with the weights they were learned with.
///
/// Row `i` belongs to item `i` of the catalogue. There may be fewer rows than items: those without a like come last in
/// the catalogue and have none.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// One row an item.
    pub rows: QuantisedRows,
    /// The weights of the loss.
    pub weights: LossWeights,
}

impl Factors {
    /// Whether the weights can be computed with.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let LossWeights { alpha0, reg, nu, like_weight } = self.weights;
        let in_range = |weight: f32| (1e-9..=1e6).contains(&weight);
        if ![alpha0, reg, like_weight].into_iter().all(in_range) || !(0.0..=2.0).contains(&nu) {
            return Err("alpha0, reg and like_weight must be 1e-9 to 1e6, nu 0 to 2");
        }
        if self.rows.n_rows() == 0 {
            return Err("there is no row");
        }
        Ok(())
    }
}
