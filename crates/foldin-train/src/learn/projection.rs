//! Vectors of many numbers on fewer: the projection that keeps products between them best.
//!
//! For rows `Y` the directions are the eigenvectors of `YtY` with the largest eigenvalues: no other projection of that rank
//! is nearer to `Y`, nor to the products `YYt` (Eckart and Young 1936). Nothing is subtracted first, since visitors are
//! placed by products, not by variances.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par, Side};

/// Rows after the projection.
#[derive(Debug, Clone, PartialEq)]
pub struct Projected {
    /// As many values a row as were asked for.
    pub values: Vec<f32>,
    /// The share of the rows' squared lengths that is left, 0 to 1.
    pub kept: f32,
}

/// The eigenvectors could not be computed: values are not finite, or too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the vectors cannot be projected; their numbers are too large")]
pub struct NotProjected;

/// Projects rows of `rank` values on `to` directions, `O(rows rank^2 + rank^3)`.
///
/// # Errors
/// [`NotProjected`].
///
/// # Panics
/// If `to` is 0 or above `rank`, or `rank` does not divide the number of values.
pub fn project(values: &[f32], rank: usize, to: usize) -> Result<Projected, NotProjected> {
    assert!((1..=rank).contains(&to) && values.len().is_multiple_of(rank), "{rank} values on {to}");
    let n_rows = values.len() / rank;
    let rows = MatRef::from_row_major_slice(values, n_rows, rank);
    let mut products = Mat::<f32>::zeros(rank, rank);
    matmul(products.as_mut(), Accum::Replace, rows.transpose(), rows, 1.0, Par::Seq);
    let eigen = products.self_adjoint_eigen(Side::Lower).map_err(|_| NotProjected)?;
    // Ascending.
    let lengths = eigen.S().column_vector();
    let (total, kept) =
        ((0..rank).map(|n| lengths[n]).sum::<f32>(), (rank - to..rank).map(|n| lengths[n]).sum::<f32>());
    let directions = Mat::from_fn(rank, to, |row, n| {
        // The sign of a direction is nobody's choice: the largest value is made positive, so that it is always the same.
        eigen.U()[(row, rank - 1 - n)] * sign(eigen.U().col(rank - 1 - n).iter().copied())
    });
    let mut projected = vec![0.0; n_rows * to];
    let out = MatMut::from_row_major_slice_mut(&mut projected, n_rows, to);
    matmul(out, Accum::Replace, rows, directions.as_ref(), 1.0, Par::Seq);
    if !projected.iter().all(|value| value.is_finite()) {
        return Err(NotProjected);
    }
    let kept = if total > 0.0 { (kept / total).clamp(0.0, 1.0) } else { 1.0 };
    Ok(Projected { values: projected, kept })
}

fn sign(values: impl Iterator<Item = f32>) -> f32 {
    let largest = values.fold(0.0_f32, |largest, value| if value.abs() > largest.abs() { value } else { largest });
    if largest < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(values: &[f32], rank: usize, a: usize, b: usize) -> f32 {
        values[a * rank..][..rank].iter().zip(&values[b * rank..][..rank]).map(|(a, b)| a * b).sum()
    }

    /// Rows in the plane of two directions of five, by two numbers each.
    fn in_a_plane() -> Vec<f32> {
        let coordinates = [(1.0, 0.2), (0.9, -0.3), (-0.2, 0.5), (0.4, 0.4), (-0.7, 0.1), (0.0, 0.0)];
        coordinates.iter().flat_map(|&(a, b)| [a, a + b, 0.5 * b, -a, 0.3 * b]).collect()
    }

    #[test]
    fn rows_in_a_plane_keep_all_products_on_two_directions() {
        let rows = in_a_plane();
        let Projected { values, kept } = project(&rows, 5, 2).unwrap();
        assert!((kept - 1.0).abs() < 1e-5);
        for a in 0..6 {
            for b in 0..6 {
                assert!((product(&values, 2, a, b) - product(&rows, 5, a, b)).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn the_first_direction_is_the_longest_and_what_is_kept_is_said() {
        let rows = [3.0, 0.0, 0.0, -3.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0];
        let Projected { values, kept } = project(&rows, 3, 1).unwrap();
        assert!((kept - 18.0 / 23.0).abs() < 1e-6);
        assert!(values.iter().zip([3.0, -3.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 1e-6), "{values:?}");
        assert_eq!(project(&[0.0; 6], 3, 2), Ok(Projected { values: vec![0.0; 4], kept: 1.0 }));
    }

    #[test]
    fn what_cannot_be_computed_with_is_an_error() {
        assert_eq!(project(&[1e30, 1e30, -1e30, 1e30], 2, 1), Err(NotProjected));
    }
}
