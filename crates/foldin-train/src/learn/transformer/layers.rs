//! Products and norms, each with the way back.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use foldin_core::model::transformer::Norm;

fn rows(values: &[f32], n_cols: usize) -> MatRef<'_, f32> {
    MatRef::from_row_major_slice(values, values.len() / n_cols, n_cols)
}

fn rows_mut(values: &mut [f32], n_cols: usize) -> MatMut<'_, f32> {
    let n_rows = values.len() / n_cols;
    MatMut::from_row_major_slice_mut(values, n_rows, n_cols)
}

/// `y = x Wt`, for `x` of rows of `n_in`, and `W` of one row of `n_in` an output.
pub(super) fn product(y: &mut [f32], x: &[f32], w: &[f32], n_in: usize) {
    let n_out = w.len() / n_in;
    matmul(rows_mut(y, n_out), Accum::Replace, rows(x, n_in), rows(w, n_in).transpose(), 1.0, Par::Seq);
}

/// What a [`product`] gives back to its input: `dx = dy W`.
pub(super) fn product_back_to_input(dx: &mut [f32], dy: &[f32], w: &[f32], n_in: usize) {
    let n_out = w.len() / n_in;
    matmul(rows_mut(dx, n_in), Accum::Replace, rows(dy, n_out), rows(w, n_in), 1.0, Par::Seq);
}

/// What a [`product`] gives its weights: `dW += dyt x`.
pub(super) fn product_back_to_weights(dw: &mut [f32], dy: &[f32], x: &[f32], n_in: usize) {
    let n_out = dw.len() / n_in;
    matmul(rows_mut(dw, n_in), Accum::Add, rows(dy, n_out).transpose(), rows(x, n_in), 1.0, Par::Seq);
}

pub(super) fn add_bias(y: &mut [f32], bias: &[f32]) {
    y.chunks_exact_mut(bias.len()).for_each(|row| row.iter_mut().zip(bias).for_each(|(y, bias)| *y += bias));
}

pub(super) fn bias_back(dbias: &mut [f32], dy: &[f32]) {
    dy.chunks_exact(dbias.len()).for_each(|row| dbias.iter_mut().zip(row).for_each(|(sum, dy)| *sum += dy));
}

pub(super) fn add(sum: &mut [f32], other: &[f32]) {
    sum.iter_mut().zip(other).for_each(|(sum, other)| *sum += other);
}

/// Rows normalised, each by itself: `y = gain normal + bias`, `normal = (x - mean) / sqrt(variance + epsilon)`.
pub(super) struct Normed {
    pub(super) y: Vec<f32>,
    normal: Vec<f32>,
    /// `1 / sqrt(variance + epsilon)` of each row.
    inverse: Vec<f32>,
}

impl Normed {
    /// `gain_bias` holds the gains and then the biases, one a column.
    pub(super) fn of(x: &[f32], gain_bias: &[f32]) -> Self {
        let d = gain_bias.len() / 2;
        let (gain, bias) = gain_bias.split_at(d);
        let mut normed = Normed { y: vec![0.0; x.len()], normal: vec![0.0; x.len()], inverse: Vec::new() };
        let rows = normed.normal.chunks_exact_mut(d).zip(normed.y.chunks_exact_mut(d));
        for (x, (normal, y)) in x.chunks_exact(d).zip(rows) {
            let mean = x.iter().sum::<f32>() / d as f32;
            let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / d as f32;
            let inverse = (variance + Norm::EPSILON).sqrt().recip();
            for n in 0..d {
                normal[n] = (x[n] - mean) * inverse;
                y[n] = gain[n] * normal[n] + bias[n];
            }
            normed.inverse.push(inverse);
        }
        normed
    }
}

/// What [`Normed::of`] gives back: added to `dx`, and to the gradient of gains and biases.
pub(super) fn norm_back(dx: &mut [f32], dgain_bias: &mut [f32], dy: &[f32], normed: &Normed, gain_bias: &[f32]) {
    let d = gain_bias.len() / 2;
    let gain = &gain_bias[..d];
    let (dgain, dbias) = dgain_bias.split_at_mut(d);
    let rows = dx.chunks_exact_mut(d).zip(dy.chunks_exact(d)).zip(normed.normal.chunks_exact(d)).zip(&normed.inverse);
    for (((dx, dy), normal), inverse) in rows {
        let (mut sum, mut product) = (0.0, 0.0);
        for n in 0..d {
            dgain[n] += dy[n] * normal[n];
            dbias[n] += dy[n];
            sum += dy[n] * gain[n];
            product += dy[n] * gain[n] * normal[n];
        }
        let (sum, product) = (sum / d as f32, product / d as f32);
        for n in 0..d {
            dx[n] += inverse * (dy[n] * gain[n] - sum - normal[n] * product);
        }
    }
}
