//! What items are about: a sparse vector of weighted terms an item.

use crate::sparse_rows::SparseRows;

/// More terms than this no content may have: a profile's vector is as long as the highest.
pub const MAX_TERMS: usize = 1 << 20;

/// TF-IDF vectors over genres, tags, words and year; only their directions matter.
///
/// Row `i` belongs to item `i` of the catalogue, liked or not: content is what lets an item be recommended that nobody
/// has touched. There may be fewer rows than items.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Items by terms.
    pub rows: SparseRows,
}

impl Content {
    /// The length of an item's vector.
    pub(crate) fn norm(&self, item: usize) -> f32 {
        self.rows.row(item).iter().map(|(_, value)| value * value).sum::<f32>().sqrt()
    }

    /// The cosine between two items; 0 where one has no term.
    #[inline(never)]
    pub(crate) fn cosine(&self, a: usize, b: usize) -> f32 {
        let (row, other) = (self.rows.row(a), self.rows.row(b));
        let product: f32 = row.iter().map(|(term, value)| value * other.at(term)).sum();
        let norms = self.norm(a) * self.norm(b);
        if norms > 0.0 { product / norms } else { 0.0 }
    }
}
