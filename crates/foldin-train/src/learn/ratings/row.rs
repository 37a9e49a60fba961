//! One row's posterior: sums over its ratings, then one inverse.

use pulp::Simd;

use super::moments::Layout;
use crate::learn::als::simd::{add_all_scaled, add_scaled, dot};

/// What solving a row writes to.
pub(super) struct Workspace {
    /// Sum of the moments of what was rated.
    sum: Vec<f32>,
    /// Sum of `r E[z]`.
    target: Vec<f32>,
    /// The system, and then its inverse: `size` rows of `width`.
    matrix: Vec<f32>,
    /// The row that a step of the inversion works with.
    pivot_row: Vec<f32>,
}

impl Workspace {
    pub(super) fn new(layout: Layout) -> Self {
        Workspace {
            sum: vec![0.0; layout.length],
            target: vec![0.0; layout.width],
            matrix: vec![0.0; layout.size * layout.width],
            pivot_row: vec![0.0; layout.width],
        }
    }
}

/// That the sums of a row stand in the workspace, and the one that has no place there.
pub(super) struct Sums {
    /// The sum of `E[(r - b)^2]` over the row's ratings.
    squares: f64,
}

impl Sums {
    /// Sums up a row's ratings.
    #[inline(always)]
    pub(super) fn of<S: Simd>(
        simd: S,
        layout: Layout,
        columns: &[u32],
        ratings: &[f32],
        other: &[f32],
        workspace: &mut Workspace,
    ) -> Sums {
        let Workspace { sum, target, .. } = workspace;
        sum.fill(0.0);
        target.fill(0.0);
        let (bias, width) = (layout.width + layout.size - 1, layout.width);
        let moments = |column: u32| &other[column as usize * layout.length..][..layout.length];
        let square = |rating: f32, moments: &[f32]| f64::from(rating * (rating - 2.0 * moments[bias]));
        let mut squares = 0.0;
        let (columns, last_columns) = columns.as_chunks::<4>();
        let (ratings, last_ratings) = ratings.as_chunks::<4>();
        for (columns, ratings) in columns.iter().zip(ratings) {
            let moments = columns.map(moments);
            add_all_scaled(simd, sum, [1.0; 4], moments);
            add_all_scaled(simd, target, *ratings, moments.map(|moments| &moments[..width]));
            squares += ratings.iter().zip(moments).map(|(&rating, moments)| square(rating, moments)).sum::<f64>();
        }
        for (&column, &rating) in last_columns.iter().zip(last_ratings) {
            let moments = moments(column);
            add_scaled(simd, sum, 1.0, moments);
            add_scaled(simd, target, rating, &moments[..width]);
            squares += square(rating, moments);
        }
        squares += f64::from(sum[layout.square(layout.size - 1)]);
        add_scaled(simd, target, -1.0, &sum[width..2 * width]);
        Sums { squares }
    }

    /// Writes mean and moments of the row's posterior, and gives its expected sum of squared residuals:
    /// `sum E[(r - b)^2] - 2 m . t + sum over all elements of S * (m mT + V)` with `t` the target and `S = sum E[z zT]`.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "what a row is solved from and what it is written to")]
    pub(super) fn solve<S: Simd>(
        self,
        simd: S,
        layout: Layout,
        precisions: &[f32],
        noise: f32,
        mean: &mut [f32],
        moments: &mut [f32],
        workspace: &mut Workspace,
    ) -> f64 {
        let Workspace { sum, target, matrix, pivot_row } = workspace;
        let Layout { size, width, .. } = layout;
        // Everything is multiplied by the noise: the ratings then count 1 each.
        for n in 0..size {
            for (k, &value) in sum[layout.triangle(n)..][..=n].iter().enumerate() {
                matrix[n * width + k] = value;
                matrix[k * width + n] = value;
            }
            matrix[n * width + n] += precisions[n] * noise;
        }
        invert(simd, matrix, width, pivot_row);
        for (n, row) in matrix.chunks_exact(width).enumerate() {
            mean[n] = dot(simd, row, target);
        }
        matrix.iter_mut().for_each(|value| *value *= noise);
        layout.write(moments, mean, matrix);
        let explained: f64 = mean.iter().zip(target.iter()).map(|(m, t)| f64::from(m * t)).sum();
        let mut spread = 0.0;
        for n in 0..size {
            let row = sum[layout.triangle(n)..][..=n].iter().zip(&matrix[n * width..]).zip(mean.iter());
            let row: f32 = row.map(|((s, v), m)| s * (mean[n] * m + v)).sum();
            let diagonal = sum[layout.triangle(n) + n] * (mean[n] * mean[n] + matrix[n * width + n]);
            spread += f64::from(2.0 * row - diagonal);
        }
        self.squares - 2.0 * explained + spread
    }
}

/// Replaces a symmetric positive definite matrix, rows of `width` with zeros beyond the square, by its inverse:
/// Gauss-Jordan in place, without pivoting, which such a matrix does not need.
#[inline(always)]
fn invert<S: Simd>(simd: S, matrix: &mut [f32], width: usize, pivot_row: &mut [f32]) {
    for k in 0..matrix.len() / width {
        let row = &mut matrix[k * width..][..width];
        let inverse = 1.0 / row[k];
        row[k] = 1.0;
        row.iter_mut().for_each(|value| *value *= inverse);
        pivot_row.copy_from_slice(row);
        for (n, row) in matrix.chunks_exact_mut(width).enumerate() {
            if n != k {
                let factor = std::mem::replace(&mut row[k], 0.0);
                add_scaled(simd, row, -factor, pivot_row);
            }
        }
    }
}
