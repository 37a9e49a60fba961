//! An iteration that has just ended, and the loss after it, for those who ask.
//!
//! The sum over all pairs is not taken pair by pair: `sum over all (u,i) (x_u . y_i)^2 = <XtX, YtY>`, the sum of the
//! products of two `d` by `d` matrices. A loss costs `O(n_likes d + (n_users + n_items) d^2)`, about a quarter of an
//! iteration by conjugate gradients. All is in f64, in an order that does not depend on the number of threads.

use foldin_core::model::LossWeights;
use sprs::CsMatViewI;

use super::simd::LANES;
use crate::parallel::map_chunks;

/// An iteration of [`als`](super::als()) that has just ended.
#[derive(Debug, Clone, Copy)]
pub struct Iteration<'a> {
    /// Its number, from 1.
    pub number: usize,
    pub(super) by_user: CsMatViewI<'a, f32, u32, usize>,
    pub(super) by_item: CsMatViewI<'a, f32, u32, usize>,
    /// Rows of `d` values.
    pub(super) users: &'a [f32],
    pub(super) items: &'a [f32],
    pub(super) d: usize,
    pub(super) weights: LossWeights,
}

/// Rows of factors that are summed at a time.
const ROWS: usize = 256;

impl Iteration<'_> {
    /// The loss that iALS makes small, with the factors after this iteration.
    pub fn loss(&self) -> f64 {
        let Iteration { by_user, by_item, users, items, d, weights, .. } = *self;
        let all = gram(users, d).iter().zip(gram(items, d)).map(|(users, items)| users * items).sum::<f64>();
        f64::from(weights.alpha0) * all
            + self.unexplained()
            + penalty(by_user, users, d, weights)
            + penalty(by_item, items, d, weights)
    }

    /// `sum over observed (u,i) c (1 - s)^2`.
    fn unexplained(&self) -> f64 {
        let of_user = |user: usize, x: &[f32]| -> f64 {
            let observed = self.by_user.outer_view(user).expect("there are as many rows as users");
            let error = |item: usize| 1.0 - dot(x, &self.items[item * self.d..][..self.d]);
            observed.iter().map(|(item, &c)| f64::from(c) * error(item).powi(2)).sum()
        };
        sum_over(self.users, self.d, of_user)
    }
}

/// What is made of every few rows, in their order.
fn by_chunks<T: Send>(rows: &[f32], d: usize, of: impl Fn(usize, &[f32]) -> T + Sync + Send) -> Vec<T> {
    map_chunks(rows, ROWS * d, |chunk, rows| of(chunk * ROWS, rows))
}

/// The sum of a figure of every row, by its number and values.
fn sum_over(rows: &[f32], d: usize, of: impl Fn(usize, &[f32]) -> f64 + Sync + Send) -> f64 {
    let of_chunk = |first: usize, rows: &[f32]| -> f64 {
        rows.chunks_exact(d).enumerate().map(|(n, row)| of(first + n, row)).sum()
    };
    by_chunks(rows, d, of_chunk).into_iter().sum()
}

/// `sum over rows reg_row * |row|^2`.
fn penalty(observed: CsMatViewI<f32, u32, usize>, rows: &[f32], d: usize, weights: LossWeights) -> f64 {
    let indptr = observed.indptr();
    let reg = |row: usize| {
        let n_events = indptr.raw_storage()[row + 1] - indptr.raw_storage()[row];
        f64::from(weights.row_reg(n_events, observed.cols()))
    };
    sum_over(rows, d, |n, row| reg(n) * dot(row, row))
}

/// `YtY`, whole.
fn gram(rows: &[f32], d: usize) -> Vec<f64> {
    let of_chunk = |_, rows: &[f32]| {
        let mut sum = vec![0.0; d * d];
        let mut wide = vec![0.0; d];
        for row in rows.chunks_exact(d) {
            wide.iter_mut().zip(row).for_each(|(wide, &value)| *wide = f64::from(value));
            for (sums, &scale) in sum.chunks_exact_mut(d).zip(&wide) {
                sums.iter_mut().zip(&wide).for_each(|(sum, value)| *sum += scale * value);
            }
        }
        sum
    };
    let mut gram = vec![0.0; d * d];
    for chunk in by_chunks(rows, d, of_chunk) {
        gram.iter_mut().zip(chunk).for_each(|(gram, chunk)| *gram += chunk);
    }
    gram
}

/// `a . b`; lengths are multiples of [`LANES`], each lane summed by itself.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += f64::from(a[lane]) * f64::from(b[lane]);
        }
    }
    sums.iter().sum()
}
