//! One row's least-squares problem, `(alpha0 YtY + sum c y yT + reg I) x = sum c y`, and two ways to solve it.

use foldin_core::cholesky;
use pulp::Simd;

use super::simd::{LANES, add_scaled, add_scaled_4, dot, dot_4};

/// A row of the side that is solved. All vectors have the same padded length `d`.
pub(super) struct Row<'a> {
    /// What was observed: rows of the side that is held.
    pub columns: &'a [u32],
    /// How much each counts.
    pub weights: &'a [f32],
    /// The side that is held, `d` values a row.
    pub fixed: &'a [f32],
    /// `alpha0 YtY`, `d` by `d`.
    pub gram: &'a [f32],
    /// The weight of `|x|^2`.
    pub reg: f32,
}

/// What solving a row writes to.
pub(super) struct Workspace {
    residual: Vec<f32>,
    direction: Vec<f32>,
    product: Vec<f32>,
    matrix: Vec<f32>,
}

impl Workspace {
    /// Room for rows of `d` values.
    pub fn new(d: usize) -> Self {
        let zeros = || vec![0.0; d];
        Workspace { residual: zeros(), direction: zeros(), product: zeros(), matrix: vec![0.0; d * d] }
    }
}

/// Four events at a time, and those that are left.
type Fours<'a> = (&'a [[u32; 4]], &'a [u32], &'a [[f32; 4]], &'a [f32]);

impl Row<'_> {
    #[inline(always)]
    fn fours(&self) -> Fours<'_> {
        let (columns, last_columns) = self.columns.as_chunks();
        let (weights, last_weights) = self.weights.as_chunks();
        (columns, last_columns, weights, last_weights)
    }

    #[inline(always)]
    fn vector(&self, column: u32, d: usize) -> &[f32] {
        &self.fixed[column as usize * d..][..d]
    }

    /// `sum += sum over events of c * weigh(y . x) * y`
    #[inline(always)]
    fn add_weighed<S: Simd>(&self, simd: S, x: &[f32], sum: &mut [f32], weigh: impl Fn(f32) -> f32) {
        let d = x.len();
        let (columns, last_columns, weights, last_weights) = self.fours();
        for (columns, weights) in columns.iter().zip(weights) {
            let y = columns.map(|column| self.vector(column, d));
            let mut scales = dot_4(simd, x, y);
            for n in 0..4 {
                scales[n] = weights[n] * weigh(scales[n]);
            }
            add_scaled_4(simd, sum, scales, y);
        }
        for (&column, weight) in last_columns.iter().zip(last_weights) {
            let y = self.vector(column, d);
            add_scaled(simd, sum, weight * weigh(dot(simd, x, y)), y);
        }
    }

    /// `out = (alpha0 YtY + reg I) x`
    #[inline(always)]
    fn apply_common<S: Simd>(&self, simd: S, x: &[f32], out: &mut [f32]) {
        let d = x.len();
        for (out, rows) in out.chunks_exact_mut(4).zip(self.gram.chunks_exact(4 * d)) {
            let rows = [0, 1, 2, 3].map(|n| &rows[n * d..][..d]);
            out.copy_from_slice(&dot_4(simd, x, rows));
        }
        add_scaled(simd, out, self.reg, x);
    }
}

/// Solves exactly, by Cholesky.
#[inline(always)]
pub(super) fn solve_exactly<S: Simd>(simd: S, row: &Row, x: &mut [f32], workspace: &mut Workspace) {
    let d = x.len();
    let a = &mut workspace.matrix;
    a.copy_from_slice(row.gram);
    x.fill(0.0);
    // Only the lower triangle is needed, up to whole registers.
    let width = |n: usize| (n / LANES + 1) * LANES;
    let (columns, last_columns, weights, last_weights) = row.fours();
    for (columns, weights) in columns.iter().zip(weights) {
        let y = columns.map(|column| row.vector(column, d));
        for (n, a) in a.chunks_exact_mut(d).enumerate() {
            let scales = [0, 1, 2, 3].map(|k| weights[k] * y[k][n]);
            add_scaled_4(simd, &mut a[..width(n)], scales, y.map(|y| &y[..width(n)]));
        }
        add_scaled_4(simd, x, *weights, y);
    }
    for (&column, &weight) in last_columns.iter().zip(last_weights) {
        let y = row.vector(column, d);
        for (n, a) in a.chunks_exact_mut(d).enumerate() {
            add_scaled(simd, &mut a[..width(n)], weight * y[n], &y[..width(n)]);
        }
        add_scaled(simd, x, weight, y);
    }
    for n in 0..d {
        a[n * d + n] += row.reg;
    }
    cholesky::factorise(a, d);
    cholesky::solve(a, d, x);
}

/// Goes from where `x` is by steps of conjugate gradients (Hestenes and Stiefel 1952).
#[inline(always)]
pub(super) fn descend<S: Simd>(simd: S, row: &Row, x: &mut [f32], steps: usize, workspace: &mut Workspace) {
    let Workspace { residual, direction, product, .. } = workspace;
    // r = b - A x; b and the observed part of A x take one pass together.
    row.apply_common(simd, x, residual);
    residual.iter_mut().for_each(|r| *r = -*r);
    row.add_weighed(simd, x, residual, |score| 1.0 - score);
    direction.copy_from_slice(residual);
    let mut energy = dot(simd, residual, residual);
    for _ in 0..steps {
        if energy < 1e-20 {
            return;
        }
        row.apply_common(simd, direction, product);
        row.add_weighed(simd, direction, product, |score| score);
        let step = energy / dot(simd, direction, product);
        add_scaled(simd, x, step, direction);
        add_scaled(simd, residual, -step, product);
        let before = std::mem::replace(&mut energy, dot(simd, residual, residual));
        let keep = energy / before;
        for (p, r) in direction.iter_mut().zip(residual.iter()) {
            *p = r + keep * *p;
        }
    }
}
