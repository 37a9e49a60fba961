//! Rows solved by blocks of their factors, iALS++ (Rendle, Krichene, Zhang and Koren 2021, "iALS++: Speeding up Matrix
//! Factorization with Subspace Optimization", arXiv 2110.14044).
//!
//! For a block of factors, with the others held, the problem is a small one of least squares: one step of Newton's
//! method solves it, with the gradient and the matrix of second derivatives of that block alone:
//!
//! ```text
//! x_block -= H^-1 g    g = (alpha0 YtY x)_block + sum over events c (s - 1) y_block + reg x_block
//!                      H = (alpha0 YtY)_block + sum over events c y_block y_blockT + reg I
//! ```
//!
//! All blocks one after the other cost `O(n_u d (block + 3) + d^2 + d block^2)`. The scores `s = x . y` of a row are
//! summed once and then kept up to date block by block, as in the paper's section 4.3. There all rows of a side go
//! through one block before the next begins, and the scores of all events are kept; here a row goes through all of its
//! blocks, which gives the same vectors, since rows of a side do not depend on each other, and keeps the scores of one
//! row only.

use foldin_core::linalg::cholesky;
use pulp::Simd;

use super::row::{Held, Row};
use super::simd::{add_outer, add_scaled, dot};

/// What solving a row by blocks writes to.
#[derive(Default)]
pub(super) struct Workspace {
    /// What is missing for each event, times the root of its weight: `sqrt(c) (1 - s)`.
    missing: Vec<f32>,
    matrix: Vec<f32>,
    gathered: Vec<f32>,
    step: Vec<f32>,
}

/// Goes from where `x` is through all blocks of `block` factors, a multiple of the lanes, once.
#[inline(always)]
pub(super) fn sweep<S: Simd>(simd: S, held: Held, row: &Row, x: &mut [f32], block: usize, workspace: &mut Workspace) {
    let Workspace { missing, matrix, gathered, step } = workspace;
    let d = held.d;
    missing.clear();
    for (&column, weight) in row.columns.iter().zip(row.weights) {
        missing.push(weight.sqrt() * (1.0 - dot(simd, x, held.row(column))));
    }
    for start in (0..d).step_by(block) {
        let columns = start..(start + block).min(d);
        let width = columns.len();
        matrix.clear();
        step.clear();
        for n in columns.clone() {
            let gram = &held.gram[n * d..][..d];
            matrix.extend_from_slice(&gram[columns.clone()]);
            step.push(-dot(simd, gram, x) - row.reg * x[n]);
        }
        for n in 0..width {
            matrix[n * width + n] += row.reg;
        }
        for events in row.chunks() {
            row.gather(held, events.clone(), columns.clone(), gathered);
            add_outer(simd, matrix, gathered, width);
            for (y, missing) in gathered.chunks_exact(width).zip(&missing[events]) {
                add_scaled(simd, step, *missing, y);
            }
        }
        cholesky::factorise(matrix, width);
        cholesky::solve(matrix, width, step);
        add_scaled(simd, &mut x[columns.clone()], 1.0, step);
        if columns.end < d {
            for events in row.chunks() {
                row.gather(held, events.clone(), columns.clone(), gathered);
                for (y, missing) in gathered.chunks_exact(width).zip(&mut missing[events]) {
                    *missing -= dot(simd, step, y);
                }
            }
        }
    }
}
