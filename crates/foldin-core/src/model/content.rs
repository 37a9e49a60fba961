//! What items are about: a sparse vector of weighted terms an item.

use std::cmp::Ordering;

use crate::linalg::{SparseRow, SparseRows};

/// More terms than this no content may have: a profile's vector is as long as the highest.
pub const MAX_TERMS: usize = 1 << 20;

/// TF-IDF vectors over genres, tags, words and year; only their directions matter.
///
/// Row `i` belongs to item `i` of the catalogue, liked or not: content is what lets an item be recommended that nobody
/// has touched. There may be fewer rows than items.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    rows: SparseRows,
    /// The length of each row's int8 weights; 0 for a row that stands for zeros.
    lengths: Vec<f32>,
    n_terms: usize,
}

impl Content {
    /// Takes the vectors of items, items by terms, of any lengths.
    pub fn new(rows: SparseRows) -> Self {
        let length = |row: SparseRow<'_>| if row.scale > 0.0 { (product(row, row) as f32).sqrt() } else { 0.0 };
        Content { lengths: rows.iter().map(length).collect(), n_terms: rows.n_columns(), rows }
    }

    /// Items by terms.
    pub fn rows(&self) -> &SparseRows {
        &self.rows
    }

    /// One more than the highest term.
    pub(crate) fn n_terms(&self) -> usize {
        self.n_terms
    }

    /// An item's terms with their int8 weights, and the length of those; 0 where it has no term. Divided by it they are
    /// the item's direction, whatever the row's scale.
    pub(crate) fn direction(&self, item: usize) -> (SparseRow<'_>, f32) {
        (self.rows.row(item), self.lengths.get(item).copied().unwrap_or(0.0))
    }

    /// The directions of all items that have a row, in their order.
    pub(crate) fn directions(&self) -> impl Iterator<Item = (SparseRow<'_>, f32)> {
        self.rows.iter().zip(self.lengths.iter().copied())
    }

    /// The cosine between two items; 0 where one has no term.
    #[inline(never)]
    pub(crate) fn cosine(&self, a: usize, b: usize) -> f32 {
        let ((a, length), (b, other)) = (self.direction(a), self.direction(b));
        if length > 0.0 && other > 0.0 { product(a, b) as f32 / (length * other) } else { 0.0 }
    }
}

/// The product of two rows' weights, in whole numbers: with [`MAX_TERMS`] terms at most `2^34`.
pub(crate) fn product(a: SparseRow<'_>, b: SparseRow<'_>) -> i64 {
    let (mut sum, mut i, mut j) = (0, 0, 0);
    while i < a.columns.len() && j < b.columns.len() {
        match a.columns[i].cmp(&b.columns[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                sum += i64::from(a.weights[i]) * i64::from(b.weights[j]);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_are_those_of_the_vectors_whatever_their_lengths() {
        let rows: [&[(u32, f32)]; 4] = [&[(0, 3.0), (4, 4.0)], &[(4, 0.02)], &[(1, 1.0), (4, -1.0)], &[]];
        let content = Content::new(SparseRows::quantise(rows));
        assert_eq!(content.n_terms(), 5);
        let near = |a: usize, b: usize, cosine: f32| (content.cosine(a, b) - cosine).abs() < 0.01;
        assert!(
            near(0, 0, 1.0) && near(0, 1, 0.8) && near(1, 2, -(0.5_f32.sqrt())) && near(0, 2, -0.8 * 0.5_f32.sqrt())
        );
        assert_eq!([content.cosine(0, 3), content.cosine(3, 3), content.cosine(0, 9)], [0.0; 3]);
    }
}
