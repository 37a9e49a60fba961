//! How many stars a visitor would give an item: biased matrix factorisation, with the visitor folded in.
//!
//! A rating is modelled as `r ~ mean + b_u + b_i + p_u . q_i` (Koren, Bell and Volinsky 2009). What belongs to items
//! lies in the model. A visitor's bias and vector `w = (p_u, b_u)` come from the visitor's own stars, by ridge
//! regression on `z_i = (q_i, 1)`:
//!
//! ```text
//! A w = b    A = sum over ratings (z zT + s_i diag(v, 0)) + diag(reg)    b = sum over ratings ((r - mean - b_i) z)
//! ```
//!
//! `reg` is what the learner found for users: the variance of a rating around its prediction times the precision of
//! the users' prior. `s_i v` is how unsure it is of the item's factors: a rating of an item that few people rated says
//! less about the visitor's taste. The learner knows a whole matrix of variances for every item; keeping one shape `v`
//! for all and one number `s_i` each costs nothing measurable and no space (both make the system the posterior mean of
//! the variational method that the items were learned by).
//!
//! Folding in costs `O(n d^2 + d^3 / 6)` for `n` ratings, a prediction `O(d)`. All sums run in a fixed order in f32,
//! so that native code and wasm give the same bits.

use serde::Serialize;

use crate::catalogue::ItemIdx;
use crate::cholesky;
use crate::file::decode_fields;
use crate::quantised::{MAX_VALUE, QuantisedRows, QuantisedRowsWire};

/// One whole number an item and the step between two of them: value `n` stands for `n * step`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Steps {
    step: f32,
    values: Vec<i16>,
}

decode_fields!(Steps { step, values });

impl Steps {
    /// Rounds values to the nearest step of `largest / 32767`.
    ///
    /// # Panics
    /// If a value is not finite or above [`MAX_VALUE`].
    pub fn quantise(values: &[f32]) -> Self {
        let largest = values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        assert!(values.iter().all(|value| value.abs() <= MAX_VALUE), "a value is not finite");
        let step = if largest > 0.0 { largest / 32767.0 } else { 1.0 };
        Steps { step, values: values.iter().map(|value| (value / step).round() as i16).collect() }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One value; 0 beyond the last.
    pub fn get(&self, n: usize) -> f32 {
        self.values.get(n).map_or(0.0, |&value| f32::from(value) * self.step)
    }
}

/// The part of a model that predicts stars.
///
/// Row `i` belongs to item `i` of the catalogue. There may be fewer rows than items: the last items may have none.
#[derive(Debug, Clone, PartialEq)]
pub struct Stars {
    /// The mean of all ratings.
    pub mean: f32,
    /// The lowest and the highest rating; predictions stay between them, and so does what a visitor gives.
    pub range: (f32, f32),
    /// `b_i`, in stars: one a row.
    pub biases: Steps,
    /// `q_i`, one row an item, `n_cols` values each.
    pub rows: QuantisedRows,
    /// `s_i`, how unsure a row is beside the others: one a row, 0 or above.
    pub doubts: Steps,
    /// `v`, the variance of a row with a doubt of 1: `n_cols` values.
    pub variances: Vec<f32>,
    /// Regularisation of a visitor's vector and, last, bias: `n_cols + 1` values above 0.
    pub regs: Vec<f32>,
}

/// A visitor whose stars can be predicted.
#[derive(Debug, Clone)]
pub struct StarsVisitor<'a> {
    stars: &'a Stars,
    /// `p_u`; zeros for a visitor without ratings.
    pub vector: Vec<f32>,
    /// `b_u`, in stars.
    pub bias: f32,
}

impl Stars {
    /// Solves for a visitor's vector and bias. Ratings are taken into the range; those of items without a row only
    /// move the bias.
    ///
    /// An item should come once; ratings must not be NaN.
    pub fn fold_in(&self, ratings: &[(ItemIdx, f32)]) -> StarsVisitor<'_> {
        let d = self.rows.n_cols();
        let size = d + 1;
        let mut a = vec![0.0_f32; size * size];
        let mut w = vec![0.0_f32; size];
        let mut z = vec![1.0_f32; size];
        let mut doubt = 0.0_f32;
        for &(item, rating) in ratings {
            self.row_into(item, &mut z[..d]);
            let target = self.in_range(rating) - self.mean - self.biases.get(item.at());
            for n in 0..size {
                let row = &mut a[n * size..=n * size + n];
                row.iter_mut().zip(&z).for_each(|(a, other)| *a += z[n] * other);
                w[n] += target * z[n];
            }
            doubt += self.doubts.get(item.at());
        }
        for n in 0..size {
            a[n * size + n] += doubt * self.variances.get(n).copied().unwrap_or(0.0) + self.regs[n];
        }
        // A file may hold numbers that no training gives: below this the rounding of the sums above would decide.
        let largest = (0..size).map(|n| a[n * size + n]).fold(0.0, f32::max);
        (0..size).for_each(|n| a[n * size + n] += largest * f32::EPSILON);
        cholesky::factorise(&mut a, size);
        cholesky::solve(&a, size, &mut w);
        let bias = w.pop().unwrap_or(0.0);
        StarsVisitor { stars: self, vector: w, bias }
    }

    /// Written out, because `clamp` explains bounds in the wrong order: the code that prints floats for that is 8 kB of
    /// the wasm module.
    fn in_range(&self, stars: f32) -> f32 {
        match self.range {
            (lowest, _) if stars < lowest => lowest,
            (_, highest) if stars > highest => highest,
            _ => stars,
        }
    }

    fn row_into(&self, item: ItemIdx, out: &mut [f32]) {
        if item.at() < self.rows.n_rows() {
            self.rows.dequantise_into(item.at(), out);
        } else {
            out.fill(0.0);
        }
    }

    /// Whether all of it fits together and can be computed with.
    fn check(&self) -> Result<(), &'static str> {
        let (lowest, highest) = self.range;
        let within = |low: f32, value: f32| (low..=MAX_VALUE).contains(&value);
        // Written so that NaN fails.
        if !(within(-MAX_VALUE, lowest) && within(lowest, self.mean) && within(self.mean, highest)) {
            return Err("the mean and the range of the ratings do not fit each other");
        }
        let n_rows = self.rows.n_rows();
        if n_rows == 0 || self.biases.len() != n_rows || self.doubts.len() != n_rows {
            return Err("rows, biases and doubts differ in number, or there are none");
        }
        if !within(0.0, self.biases.step) || !within(0.0, self.doubts.step) {
            return Err("a step is negative, not finite or above 1e6");
        }
        if self.doubts.values.iter().any(|&doubt| doubt < 0) {
            return Err("a doubt is negative");
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

    pub(crate) fn to_wire(&self) -> StarsWire<'_> {
        StarsWire {
            mean: self.mean,
            range: self.range,
            biases: self.biases.clone(),
            doubts: self.doubts.clone(),
            variances: self.variances.clone(),
            regs: self.regs.clone(),
            rows: self.rows.to_wire(),
        }
    }

    /// `file` is what `wire` was decoded from: the factors stay there.
    pub(crate) fn from_wire(wire: StarsWire<'_>, file: &bytes::Bytes) -> Result<Self, &'static str> {
        let StarsWire { mean, range, biases, doubts, variances, regs, rows } = wire;
        let rows = QuantisedRows::from_wire(rows, file)?;
        let stars = Stars { mean, range, biases, rows, doubts, variances, regs };
        stars.check()?;
        Ok(stars)
    }
}

impl StarsVisitor<'_> {
    /// The number of stars the visitor is expected to give an item, within the range of the ratings learned from.
    ///
    /// An item without a row is as good as the mean of all.
    pub fn predict(&self, item: ItemIdx) -> f32 {
        self.stars.in_range(self.stars.mean + self.beside_mean(item))
    }

    /// By how many stars a prediction differs from the mean of all ratings, before it is taken into their range.
    pub(crate) fn beside_mean(&self, item: ItemIdx) -> f32 {
        let stars = self.stars;
        let mut rating = self.bias + stars.biases.get(item.at());
        if item.at() < stars.rows.n_rows() {
            let (row, scale) = stars.rows.row(item.at());
            let product: f32 = row.iter().zip(&self.vector).map(|(&q, p)| f32::from(q) * p).sum();
            rating += product * scale;
        }
        rating
    }
}

/// How it lies in a file. `rows` borrows from the file's bytes.
#[derive(Serialize)]
pub(crate) struct StarsWire<'a> {
    mean: f32,
    range: (f32, f32),
    biases: Steps,
    doubts: Steps,
    variances: Vec<f32>,
    regs: Vec<f32>,
    rows: QuantisedRowsWire<'a>,
}

decode_fields!(StarsWire<'a> { mean, range, biases, doubts, variances, regs, rows });

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Stars {
        Stars {
            mean: 3.5,
            range: (1.0, 5.0),
            biases: Steps::quantise(&[0.5, -0.25, 0.125, -1.0]),
            rows: QuantisedRows::quantise(&[0.9, 0.1, -0.3, 0.8, 0.4, -0.5, 0.2, 0.6], 2),
            doubts: Steps::quantise(&[0.5, 1.0, 1.0, 2.0]),
            variances: vec![0.05, 0.1],
            regs: vec![2.0, 4.0, 1.5],
        }
    }

    /// Gauss-Jordan with pivoting in f64, over what the quantised numbers stand for.
    fn dense_solve(stars: &Stars, ratings: &[(ItemIdx, f32)]) -> Vec<f64> {
        let size = stars.regs.len();
        let mut a = vec![vec![0.0; size + 1]; size];
        for &(item, rating) in ratings {
            let (row, scale) = stars.rows.row(item.at());
            let mut z: Vec<f64> = row.iter().map(|&q| f64::from(q) * f64::from(scale)).collect();
            z.push(1.0);
            let target = f64::from(rating) - f64::from(stars.mean) - f64::from(stars.biases.get(item.at()));
            for i in 0..size {
                (0..size).for_each(|j| a[i][j] += z[i] * z[j]);
                a[i][size] += target * z[i];
                let variance = stars.variances.get(i).copied().unwrap_or(0.0);
                a[i][i] += f64::from(stars.doubts.get(item.at())) * f64::from(variance);
            }
        }
        (0..size).for_each(|i| a[i][i] += f64::from(stars.regs[i]));
        cholesky::tests::gauss_jordan(a)
    }

    #[test]
    fn the_visitor_is_that_of_a_dense_solve() {
        let stars = small();
        let item = ItemIdx;
        for ratings in
            [vec![(item(0), 5.0)], vec![(item(1), 1.0), (item(3), 4.5)], vec![(item(0), 2.0), (item(2), 3.0)]]
        {
            let visitor = stars.fold_in(&ratings);
            let found = visitor.vector.iter().chain([&visitor.bias]);
            for (found, reference) in found.zip(dense_solve(&stars, &ratings)) {
                assert!((f64::from(*found) - reference).abs() < 1e-5, "{found} {reference}");
            }
        }
    }

    #[test]
    fn without_stars_a_prediction_is_the_mean_and_the_bias_of_the_item() {
        let stars = small();
        let nobody = stars.fold_in(&[]);
        assert!((nobody.predict(ItemIdx(1)) - 3.25).abs() < 1e-4);
        assert_eq!(nobody.predict(ItemIdx(99)), 3.5);
    }

    #[test]
    fn one_rating_by_hand() {
        // One item without factors: w = ((r - mean) * 1) / (1 + reg) = 1.5 / 2.5, for the bias alone.
        let visitor = small();
        let visitor = visitor.fold_in(&[(ItemIdx(7), 5.0)]);
        assert_eq!(visitor.vector, [0.0, 0.0]);
        assert!((visitor.bias - 0.6).abs() < 1e-5);
    }

    #[test]
    fn predictions_and_what_is_given_stay_within_the_range() {
        let mut stars = small();
        stars.regs = vec![1e-3; 3];
        for given in [f32::INFINITY, -1e30] {
            let visitor = stars.fold_in(&[(ItemIdx(0), given), (ItemIdx(2), given)]);
            assert!((0..5).all(|item| (1.0..=5.0).contains(&visitor.predict(ItemIdx(item)))));
        }
    }

    #[test]
    fn numbers_that_contradict_each_other_are_refused() {
        assert_eq!(small().check(), Ok(()));
        let broken: [fn(&mut Stars); 8] = [
            |stars| stars.mean = f32::NAN,
            |stars| stars.range = (5.0, 1.0),
            |stars| stars.biases.values.truncate(3),
            |stars| stars.doubts.values[1] = -1,
            |stars| stars.doubts.step = f32::INFINITY,
            |stars| stars.regs[2] = 0.0,
            |stars| stars.variances.truncate(1),
            |stars| stars.variances[0] = -0.1,
        ];
        for (n, break_it) in broken.iter().enumerate() {
            let mut stars = small();
            break_it(&mut stars);
            assert!(stars.check().is_err(), "{n}");
        }
    }
}
