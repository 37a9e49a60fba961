//! Rows solved exactly: the matrix is summed, `O(n_u d^2)`, and factorised by Cholesky, `O(d^3 / 6)`.

use foldin_core::linalg::cholesky;
use pulp::Simd;

use super::row::{Held, Row};
use super::simd::{add_outer, add_scaled};

/// What solving a row exactly writes to.
#[derive(Default)]
pub(super) struct Workspace {
    matrix: Vec<f32>,
    gathered: Vec<f32>,
}

/// Solves a row exactly.
#[inline(always)]
pub(super) fn solve<S: Simd>(simd: S, held: Held, row: &Row, x: &mut [f32], workspace: &mut Workspace) {
    let Workspace { matrix, gathered } = workspace;
    let d = held.d;
    matrix.clear();
    matrix.extend_from_slice(held.gram);
    for events in row.chunks() {
        row.gather(held, events, 0..d, gathered);
        add_outer(simd, matrix, gathered, d);
    }
    for n in 0..d {
        matrix[n * d + n] += row.reg;
    }
    x.fill(0.0);
    for (&column, &weight) in row.columns.iter().zip(row.weights) {
        add_scaled(simd, x, weight, held.row(column));
    }
    cholesky::factorise(matrix, d);
    cholesky::solve(matrix, d, x);
}
