//! Rows solved nearly, by steps of conjugate gradients (Hestenes and Stiefel 1952) from where they are (Takács,
//! Pilászy and Tikk 2011, "Applications of the conjugate gradient method for implicit feedback collaborative
//! filtering"): `O(steps (n_u d + d^2))`.
//!
//! A few rows go through their steps together, so that their products with the matrix that they share are one product
//! of matrices: it reads `alpha0 YtY` once for all of them, and keeps the sums in registers.

use pulp::Simd;

use super::row::{Held, Row};
use super::simd::{TILE, add_products, add_scaled, dot};

/// What the steps of [`TILE`] rows write to, `d` values a row.
#[derive(Default)]
pub(super) struct Workspace {
    solution: Vec<f32>,
    residual: Vec<f32>,
    direction: Vec<f32>,
    product: Vec<f32>,
}

/// Goes from where `x` is by `steps` of conjugate gradients, for up to [`TILE`] rows.
#[inline(always)]
pub(super) fn descend<S: Simd>(
    simd: S,
    held: Held,
    rows: &[Row],
    x: &mut [f32],
    steps: usize,
    workspace: &mut Workspace,
) {
    let Workspace { solution, residual, direction, product } = workspace;
    let d = held.d;
    for vectors in [&mut *solution, &mut *residual, &mut *direction, &mut *product] {
        vectors.clear();
        vectors.resize(TILE * d, 0.0);
    }
    solution[..x.len()].copy_from_slice(x);
    let at = |n: usize| n * d..(n + 1) * d;
    // r = b - A x; b and the observed part of A x take one pass together.
    add_products(simd, residual, solution, held.gram, d);
    let mut energies = [0.0; TILE];
    for (n, row) in rows.iter().enumerate() {
        let (x, r) = (&solution[at(n)], &mut residual[at(n)]);
        add_scaled(simd, r, row.reg, x);
        r.iter_mut().for_each(|r| *r = -*r);
        row.add_weighed(simd, held, x, r, |score| 1.0 - score);
        energies[n] = dot(simd, r, r);
    }
    direction.copy_from_slice(residual);
    for _ in 0..steps {
        product.fill(0.0);
        add_products(simd, product, direction, held.gram, d);
        for (n, row) in rows.iter().enumerate() {
            if energies[n] < 1e-20 {
                continue;
            }
            let (p, ap, r) = (&mut direction[at(n)], &mut product[at(n)], &mut residual[at(n)]);
            add_scaled(simd, ap, row.reg, p);
            row.add_weighed(simd, held, p, ap, |score| score);
            let step = energies[n] / dot(simd, p, ap);
            add_scaled(simd, &mut solution[at(n)], step, p);
            add_scaled(simd, r, -step, ap);
            let before = std::mem::replace(&mut energies[n], dot(simd, r, r));
            let keep = energies[n] / before;
            for (p, r) in p.iter_mut().zip(r.iter()) {
                *p = r + keep * *p;
            }
        }
    }
    x.copy_from_slice(&solution[..x.len()]);
}
