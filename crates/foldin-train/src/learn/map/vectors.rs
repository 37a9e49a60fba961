//! The vectors that items are compared by, of length 1: dense rows of factors, or sparse rows of terms.

use std::ops::Range;

use foldin_core::linalg::{QuantisedRows, SparseRows};
use ndarray::{Array1, Array2, Axis, Slice};
use sprs::{CsMatI, TriMatI};

use super::Point;

/// So often principal axes are refined: the picture they start has no use for more.
const REFINEMENTS: usize = 50;

/// One row an item; a row of zeros for one of which nothing is known.
pub(super) enum Vectors {
    Dense(Array2<f32>),
    Sparse(CsMatI<f32, u32, usize>),
}

impl Vectors {
    pub(super) fn of_factors(rows: &QuantisedRows) -> Self {
        let mut dense = Array2::zeros((rows.n_rows(), rows.n_cols()));
        for (n, mut row) in dense.axis_iter_mut(Axis(0)).enumerate() {
            rows.dequantise_into(n, row.as_slice_mut().expect("rows lie in order"));
            let length = row.dot(&row).sqrt();
            row.mapv_inplace(|value| if length > 0.0 { value / length } else { 0.0 });
        }
        Vectors::Dense(dense)
    }

    pub(super) fn of_content(rows: &SparseRows) -> Self {
        let mut triplets = TriMatI::new((rows.n_rows(), rows.n_columns()));
        for (n, row) in rows.iter().enumerate() {
            let length = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            row.iter().for_each(|(term, value)| triplets.add_triplet(n, term as usize, value / length));
        }
        Vectors::Sparse(triplets.to_csr())
    }

    pub(super) fn n_rows(&self) -> usize {
        match self {
            Vectors::Dense(rows) => rows.nrows(),
            Vectors::Sparse(rows) => rows.rows(),
        }
    }

    /// Whether anything is known of an item.
    pub(super) fn is_known(&self, item: usize) -> bool {
        match self {
            Vectors::Dense(rows) => rows.row(item).iter().any(|&value| value != 0.0),
            Vectors::Sparse(rows) => rows.outer_view(item).is_some_and(|row| row.nnz() > 0),
        }
    }

    /// Those of some items; zeros for items beyond the last.
    pub(super) fn rows(&self, items: &[usize]) -> Self {
        let known = items.iter().enumerate().filter(|(_, item)| **item < self.n_rows());
        match self {
            Vectors::Dense(rows) => {
                let mut some = Array2::zeros((items.len(), rows.ncols()));
                known.for_each(|(n, &item)| some.row_mut(n).assign(&rows.row(item)));
                Vectors::Dense(some)
            }
            Vectors::Sparse(rows) => {
                let mut some = TriMatI::new((items.len(), rows.cols()));
                for (n, &item) in known {
                    let row = rows.outer_view(item).expect("the item has a row");
                    row.iter().for_each(|(term, &value)| some.add_triplet(n, term, value));
                }
                Vectors::Sparse(some.to_csr())
            }
        }
    }

    /// The cosines of some rows with all rows of others.
    pub(super) fn cosines(&self, some: Range<usize>, others: &Vectors) -> Array2<f32> {
        match (self, others) {
            (Vectors::Dense(rows), Vectors::Dense(others)) => {
                rows.slice_axis(Axis(0), Slice::from(some)).dot(&others.t())
            }
            (Vectors::Sparse(rows), Vectors::Sparse(others)) => {
                (&rows.slice_outer(some) * &others.transpose_view()).to_dense()
            }
            _ => unreachable!("vectors of one kind are compared"),
        }
    }

    /// The first two principal components of every row, by orthogonal iteration.
    pub(super) fn principal(&self) -> Vec<Point> {
        let (n_rows, n_cols) = match self {
            Vectors::Dense(rows) => rows.dim(),
            Vectors::Sparse(rows) => rows.shape(),
        };
        let ones = Array2::ones((n_rows, 1));
        let mean: Array1<f32> = self.transposed_product(&ones).column(0).mapv(|sum| sum / n_rows as f32);
        // Any start will do that is not orthogonal to what is looked for.
        let start = |(row, column): (usize, usize)| ((row * (2 * column + 1)) as f32).cos();
        let mut axes = Array2::from_shape_fn((n_cols, 2), start);
        let components = |axes: &Array2<f32>| self.product(axes) - mean.dot(axes).insert_axis(Axis(0));
        for _ in 0..REFINEMENTS {
            let of_rows = components(&axes);
            let sums = of_rows.sum_axis(Axis(0)).insert_axis(Axis(0));
            axes = self.transposed_product(&of_rows) - mean.view().insert_axis(Axis(1)).dot(&sums);
            orthonormalise(&mut axes);
        }
        components(&axes).rows().into_iter().map(|row| [row[0], row[1]]).collect()
    }

    fn product(&self, right: &Array2<f32>) -> Array2<f32> {
        match self {
            Vectors::Dense(rows) => rows.dot(right),
            Vectors::Sparse(rows) => rows * right,
        }
    }

    fn transposed_product(&self, right: &Array2<f32>) -> Array2<f32> {
        match self {
            Vectors::Dense(rows) => rows.t().dot(right),
            Vectors::Sparse(rows) => &rows.transpose_view() * right,
        }
    }
}

/// Makes two columns orthogonal and of length 1 (Gram and Schmidt); a column that has no length stays.
fn orthonormalise(axes: &mut Array2<f32>) {
    let unit = |column: Array1<f32>| {
        let length = column.dot(&column).sqrt();
        if length > 0.0 { column / length } else { column }
    };
    let first = unit(axes.column(0).to_owned());
    let second = axes.column(1).to_owned();
    let second = unit(&second - &(&first * first.dot(&second)));
    axes.column_mut(0).assign(&first);
    axes.column_mut(1).assign(&second);
}
