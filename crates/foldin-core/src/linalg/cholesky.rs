//! Linear systems with a symmetric positive definite matrix: `a = L Lt`, then two triangular solves.
//!
//! Matrices are `d` by `d`, row by row; only the lower triangle is read. Sums run in one fixed order in f32, so that
//! native code and wasm give the same bits. `O(d^3 / 6)` to factorise, `O(d^2)` to solve.

/// Solves `L Lt x = b` in place: `x` is `b` before and `x` after.
pub fn solve(l: &[f32], d: usize, x: &mut [f32]) {
    solve_lower(l, d, x);
    solve_lower_transposed(l, d, x);
}

/// Replaces the lower triangle of a symmetric positive definite `a` by its Cholesky factor `L`, `a = L Lt`.
pub fn factorise(a: &mut [f32], d: usize) {
    for n in 0..d {
        let (above, rest) = a.split_at_mut(n * d);
        let row = &mut rest[..=n];
        for m in 0..n {
            let other = &above[m * d..=m * d + m];
            let known = lane_dot(&row[..m], &other[..m]);
            row[m] = (row[m] - known) / other[m];
        }
        let left = row[n] - lane_dot(&row[..n], &row[..n]);
        // Rounding can eat a tiny pivot; the regularisation keeps it above this floor in every trained model.
        row[n] = left.max(f32::MIN_POSITIVE.max(row[n].abs() * f32::EPSILON)).sqrt();
    }
}

/// Solves `L x = b` in place.
fn solve_lower(l: &[f32], d: usize, x: &mut [f32]) {
    for n in 0..d {
        let row = &l[n * d..=n * d + n];
        x[n] = (x[n] - lane_dot(&row[..n], &x[..n])) / row[n];
    }
}

/// Solves `Lt x = b` in place.
fn solve_lower_transposed(l: &[f32], d: usize, x: &mut [f32]) {
    for n in (0..d).rev() {
        let row = &l[n * d..=n * d + n];
        x[n] /= row[n];
        let solved = x[n];
        for (x, l) in x[..n].iter_mut().zip(row) {
            *x -= solved * l;
        }
    }
}

/// A dot product in four lanes, added up in one fixed order: as fast as SIMD allows, the same bits with and without.
fn lane_dot(a: &[f32], b: &[f32]) -> f32 {
    let (a4, a_rest) = a.as_chunks::<4>();
    let (b4, b_rest) = b.as_chunks::<4>();
    let mut lanes = [0.0_f32; 4];
    for (a, b) in a4.iter().zip(b4) {
        for n in 0..4 {
            lanes[n] += a[n] * b[n];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The reference: Gauss-Jordan with pivoting in f64. Each row of `a` ends with its right-hand side.
    pub(crate) fn gauss_jordan(mut a: Vec<Vec<f64>>) -> Vec<f64> {
        let d = a.len();
        for i in 0..d {
            let pivot = (i..d).max_by(|&x, &y| a[x][i].abs().total_cmp(&a[y][i].abs())).unwrap();
            a.swap(i, pivot);
            let row: Vec<f64> = a[i].iter().map(|value| value / a[i][i]).collect();
            for (j, other) in a.iter_mut().enumerate() {
                let factor = other[i];
                if j != i {
                    other.iter_mut().zip(&row).for_each(|(x, y)| *x -= factor * y);
                }
            }
            a[i] = row;
        }
        a.iter().map(|row| row[d]).collect()
    }

    #[test]
    fn a_system_with_a_known_solution_is_solved() {
        // L = [2; 1 3; 0.5 -1 1.5], x = (1, -2, 3).
        let mut a = [4.0, 0.0, 0.0, 2.0, 10.0, 0.0, 1.0, -2.5, 3.5];
        let mut x = [4.0 - 4.0 + 3.0, 2.0 - 20.0 - 7.5, 1.0 + 5.0 + 10.5];
        factorise(&mut a, 3);
        assert_eq!([a[0], a[3], a[4], a[6], a[7], a[8]], [2.0, 1.0, 3.0, 0.5, -1.0, 1.5]);
        solve(&a, 3, &mut x);
        for (x, expected) in x.iter().zip([1.0, -2.0, 3.0]) {
            assert!((x - expected).abs() < 1e-5);
        }
    }
}
