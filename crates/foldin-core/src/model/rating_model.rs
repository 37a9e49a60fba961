//! The rating model: biased matrix factorisation, which predicts how many stars somebody would give an item.
//!
//! A rating is modelled as `r ~ mean + b_u + b_i + p_u . q_i` (Koren, Bell and Volinsky 2009, "Matrix factorization
//! techniques for recommender systems"). What belongs to items is stored in the model; `b_u` and `p_u` of a visitor are
//! folded in by [`VisitorRatings`](crate::score::VisitorRatings).

use serde::Serialize;

use crate::codec::decode_fields;
use crate::linalg::{MAX_VALUE, QuantisedRows, QuantisedRowsWire, QuantisedValues};

/// The part of a model that predicts ratings.
///
/// Row `i` belongs to item `i` of the catalogue. There may be fewer rows than items: the last items may have none.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingModel {
    /// The mean of all ratings.
    pub mean: f32,
    /// The lowest and the highest rating. Predictions, and the ratings of a visitor, are clamped to this range.
    pub range: (f32, f32),
    /// `b_i`, in stars: one per row.
    pub biases: QuantisedValues,
    /// `q_i`: one row per item, `n_cols` values each.
    pub rows: QuantisedRows,
    /// `s_i`, how uncertain a row is relative to the others: one per row, 0 or above.
    pub uncertainties: QuantisedValues,
    /// `v`, the variance of a row with an uncertainty of 1: `n_cols` values.
    pub variances: Vec<f32>,
    /// Regularisation of a visitor's vector and, last, bias: `n_cols + 1` values above 0.
    pub regs: Vec<f32>,
}

impl RatingModel {
    /// Whether all parts fit together and can be computed with.
    fn check(&self) -> Result<(), &'static str> {
        let (lowest, highest) = self.range;
        let within = |low: f32, value: f32| (low..=MAX_VALUE).contains(&value);
        // Written so that NaN fails.
        if !(within(-MAX_VALUE, lowest) && within(lowest, self.mean) && within(self.mean, highest)) {
            return Err("the mean and the range of the ratings do not fit each other");
        }
        let n_rows = self.rows.n_rows();
        if n_rows == 0 || self.biases.len() != n_rows || self.uncertainties.len() != n_rows {
            return Err("rows, biases and uncertainties differ in number, or there are none");
        }
        if !self.biases.has_valid_step() || !self.uncertainties.has_valid_step() {
            return Err("a step is negative, not finite or above 1e6");
        }
        if self.uncertainties.has_negative() {
            return Err("an uncertainty is negative");
        }
        let n_cols = self.rows.n_cols();
        if self.variances.len() != n_cols || self.regs.len() != n_cols + 1 {
            return Err("columns, variances and regularisations differ in number");
        }
        if !self.variances.iter().all(|&value| within(0.0, value)) || !self.regs.iter().all(|&reg| within(1e-9, reg)) {
            return Err("variances must be 0 to 1e6, regularisations 1e-9 to 1e6");
        }
        Ok(())
    }

    pub(crate) fn to_wire(&self) -> RatingModelWire<'_> {
        RatingModelWire {
            mean: self.mean,
            range: self.range,
            biases: self.biases.clone(),
            uncertainties: self.uncertainties.clone(),
            variances: self.variances.clone(),
            regs: self.regs.clone(),
            rows: self.rows.to_wire(),
        }
    }

    /// `file` is what `wire` was decoded from: the factors are not copied.
    pub(crate) fn from_wire(wire: RatingModelWire<'_>, file: &bytes::Bytes) -> Result<Self, &'static str> {
        let RatingModelWire { mean, range, biases, uncertainties, variances, regs, rows } = wire;
        let rows = QuantisedRows::from_wire(rows, file)?;
        let model = RatingModel { mean, range, biases, rows, uncertainties, variances, regs };
        model.check()?;
        Ok(model)
    }
}

/// The encoded form. `rows` borrows from the file's bytes.
#[derive(Serialize)]
pub(crate) struct RatingModelWire<'a> {
    mean: f32,
    range: (f32, f32),
    biases: QuantisedValues,
    uncertainties: QuantisedValues,
    variances: Vec<f32>,
    regs: Vec<f32>,
    rows: QuantisedRowsWire<'a>,
}

decode_fields!(RatingModelWire<'a> { mean, range, biases, uncertainties, variances, regs, rows });

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A rating model of four items and two factors.
    pub(crate) fn small() -> RatingModel {
        RatingModel {
            mean: 3.5,
            range: (1.0, 5.0),
            biases: QuantisedValues::quantise(&[0.5, -0.25, 0.125, -1.0]),
            rows: QuantisedRows::quantise(&[0.9, 0.1, -0.3, 0.8, 0.4, -0.5, 0.2, 0.6], 2),
            uncertainties: QuantisedValues::quantise(&[0.5, 1.0, 1.0, 2.0]),
            variances: vec![0.05, 0.1],
            regs: vec![2.0, 4.0, 1.5],
        }
    }

    #[test]
    fn numbers_that_contradict_each_other_are_refused() {
        assert_eq!(small().check(), Ok(()));
        let broken: [fn(&mut RatingModel); 8] = [
            |model| model.mean = f32::NAN,
            |model| model.range = (5.0, 1.0),
            |model| model.biases = QuantisedValues::quantise(&[0.5, -0.25, 0.125]),
            |model| model.uncertainties = QuantisedValues::quantise(&[0.5, -1.0, 1.0, 2.0]),
            |model| model.uncertainties = QuantisedValues::with_step(f32::INFINITY, 4),
            |model| model.regs[2] = 0.0,
            |model| model.variances.truncate(1),
            |model| model.variances[0] = -0.1,
        ];
        for (n, break_it) in broken.iter().enumerate() {
            let mut model = small();
            break_it(&mut model);
            assert!(model.check().is_err(), "{n}");
        }
    }
}
