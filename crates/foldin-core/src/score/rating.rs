//! How many stars a visitor would give an item: folding a visitor into the rating model.
//!
//! A visitor's bias and vector `w = (p_u, b_u)` come from the visitor's own ratings, by ridge regression on
//! `z_i = (q_i, 1)`:
//!
//! ```text
//! A w = b    A = sum over ratings (z zT + s_i diag(v, 0)) + diag(reg)    b = sum over ratings ((r - mean - b_i) z)
//! ```
//!
//! `reg` is what the learner found for users: the variance of a rating around its prediction times the precision of
//! the users' prior. `s_i v` is the uncertainty of the item's factors: a rating of an item that few people rated says
//! less about the visitor's taste. The learner knows a full matrix of variances for every item; one shape `v` for all
//! items and one number `s_i` for each costs nothing measurable and saves space. Both make the system the posterior mean
//! of the variational method that the items were learned by.
//!
//! Folding in costs `O(n d^2 + d^3 / 6)` for `n` ratings, a prediction `O(d)`. All sums run in a fixed order in f32,
//! so that native code and wasm give the same bits.

use crate::index::ItemIdx;
use crate::linalg::cholesky;
use crate::linalg::finite::bounded;
use crate::model::RatingModel;

/// A visitor whose ratings can be predicted.
#[derive(Debug, Clone)]
pub struct VisitorRatings<'a> {
    model: &'a RatingModel,
    /// `p_u`; zeros for a visitor without ratings.
    pub vector: Vec<f32>,
    /// `b_u`, in stars.
    pub bias: f32,
}

impl<'a> VisitorRatings<'a> {
    /// Solves for the vector and bias of a visitor who gave these ratings. Ratings are clamped to the model's range;
    /// those of items without a row only move the bias.
    ///
    /// An item should come once; ratings must not be NaN.
    pub fn fold_in(model: &'a RatingModel, ratings: &[(ItemIdx, f32)]) -> Self {
        let d = model.rows.n_cols();
        let size = d + 1;
        let mut a = vec![0.0_f32; size * size];
        let mut w = vec![0.0_f32; size];
        let mut z = vec![1.0_f32; size];
        let mut uncertainty = 0.0_f32;
        for &(item, rating) in ratings {
            if item.at() < model.rows.n_rows() {
                model.rows.dequantise_into(item.at(), &mut z[..d]);
            } else {
                z[..d].fill(0.0);
            }
            let target = in_range(model, rating) - model.mean - model.biases.get(item.at());
            for n in 0..size {
                let row = &mut a[n * size..=n * size + n];
                row.iter_mut().zip(&z).for_each(|(a, other)| *a += z[n] * other);
                w[n] += target * z[n];
            }
            uncertainty += model.uncertainties.get(item.at());
        }
        for n in 0..size {
            a[n * size + n] += uncertainty * model.variances.get(n).copied().unwrap_or(0.0) + model.regs[n];
        }
        // A file may hold numbers that no training gives: below this the rounding of the sums above would decide.
        let largest = (0..size).map(|n| a[n * size + n]).fold(0.0, f32::max);
        (0..size).for_each(|n| a[n * size + n] += largest * f32::EPSILON);
        cholesky::factorise(&mut a, size);
        cholesky::solve(&a, size, &mut w);
        let bias = w.pop().unwrap_or(0.0);
        VisitorRatings { model, vector: w, bias }
    }

    /// The rating that the visitor is expected to give an item, within the range of the ratings learned from.
    ///
    /// An item without a row is predicted the mean of all ratings plus the visitor's bias.
    pub fn predict(&self, item: ItemIdx) -> f32 {
        in_range(self.model, self.model.mean + self.above_mean(item))
    }

    /// By how many stars a prediction differs from the mean of all ratings, before it is clamped to their range.
    pub(crate) fn above_mean(&self, item: ItemIdx) -> f32 {
        let model = self.model;
        let mut rating = self.bias + model.biases.get(item.at());
        if item.at() < model.rows.n_rows() {
            let (row, scale) = model.rows.row(item.at());
            let product: f32 = row.iter().zip(&self.vector).map(|(&q, p)| f32::from(q) * p).sum();
            rating += product * scale;
        }
        bounded(rating)
    }
}

/// Written out, because `f32::clamp` panics on an inverted range with a message that prints floats: that code would be
/// 8 kB of the wasm module.
fn in_range(model: &RatingModel, rating: f32) -> f32 {
    match model.range {
        (lowest, _) if rating < lowest => lowest,
        (_, highest) if rating > highest => highest,
        _ => rating,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rating_model_tests::small;

    fn fold_in<'a>(model: &'a RatingModel, ratings: &[(ItemIdx, f32)]) -> VisitorRatings<'a> {
        VisitorRatings::fold_in(model, ratings)
    }

    /// Gauss-Jordan with pivoting in f64, over what the quantised numbers stand for.
    fn dense_solve(model: &RatingModel, ratings: &[(ItemIdx, f32)]) -> Vec<f64> {
        let size = model.regs.len();
        let mut a = vec![vec![0.0; size + 1]; size];
        for &(item, rating) in ratings {
            let (row, scale) = model.rows.row(item.at());
            let mut z: Vec<f64> = row.iter().map(|&q| f64::from(q) * f64::from(scale)).collect();
            z.push(1.0);
            let target = f64::from(rating) - f64::from(model.mean) - f64::from(model.biases.get(item.at()));
            for i in 0..size {
                (0..size).for_each(|j| a[i][j] += z[i] * z[j]);
                a[i][size] += target * z[i];
                let variance = model.variances.get(i).copied().unwrap_or(0.0);
                a[i][i] += f64::from(model.uncertainties.get(item.at())) * f64::from(variance);
            }
        }
        (0..size).for_each(|i| a[i][i] += f64::from(model.regs[i]));
        cholesky::tests::gauss_jordan(a)
    }

    #[test]
    fn the_visitor_equals_a_dense_solve() {
        let model = small();
        let item = ItemIdx;
        for ratings in
            [vec![(item(0), 5.0)], vec![(item(1), 1.0), (item(3), 4.5)], vec![(item(0), 2.0), (item(2), 3.0)]]
        {
            let visitor = fold_in(&model, &ratings);
            let found = visitor.vector.iter().chain([&visitor.bias]);
            for (found, reference) in found.zip(dense_solve(&model, &ratings)) {
                assert!((f64::from(*found) - reference).abs() < 1e-5, "{found} {reference}");
            }
        }
    }

    #[test]
    fn without_ratings_a_prediction_is_the_mean_plus_the_bias_of_the_item() {
        let model = small();
        let nobody = fold_in(&model, &[]);
        assert!((nobody.predict(ItemIdx(1)) - 3.25).abs() < 1e-4);
        assert_eq!(nobody.predict(ItemIdx(99)), 3.5);
    }

    #[test]
    fn one_rating_by_hand() {
        // One item without factors: w = ((r - mean) * 1) / (1 + reg) = 1.5 / 2.5, for the bias alone.
        let model = small();
        let visitor = fold_in(&model, &[(ItemIdx(7), 5.0)]);
        assert_eq!(visitor.vector, [0.0, 0.0]);
        assert!((visitor.bias - 0.6).abs() < 1e-5);
    }

    #[test]
    fn predictions_stay_within_the_range_whatever_is_given() {
        let mut model = small();
        model.regs = vec![1e-3; 3];
        for given in [f32::INFINITY, -1e30] {
            let visitor = fold_in(&model, &[(ItemIdx(0), given), (ItemIdx(2), given)]);
            assert!((0..5).all(|item| (1.0..=5.0).contains(&visitor.predict(ItemIdx(item)))));
        }
    }
}
