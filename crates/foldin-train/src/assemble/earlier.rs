//! What an earlier model knows of the items of a new one, to start from.

use foldin_core::ItemIdx;
use foldin_core::model::{Catalogue, Model};

use crate::learn::transformer::Earlier;

/// An earlier model, with the places of the new items in it.
pub(super) struct EarlierModel<'a> {
    model: &'a Model,
    /// Of each new item with likes, by its place: the place in the earlier catalogue.
    rows: Vec<Option<usize>>,
}

impl<'a> EarlierModel<'a> {
    /// Of the first `n_liked` items of the new catalogue.
    pub(super) fn new(model: &'a Model, catalogue: &Catalogue, n_liked: usize) -> Self {
        let row = |item: ItemIdx| model.catalogue.find(catalogue.id(item)).map(ItemIdx::at);
        EarlierModel { model, rows: catalogue.items().take(n_liked).map(row).collect() }
    }

    /// Factors of each new item with likes, zeros for those without; nothing if the earlier ones have another number.
    pub(super) fn factors(&self, rank: usize) -> Vec<f32> {
        let Some(factors) = self.model.factors.as_ref().filter(|factors| factors.rows.n_cols() == rank) else {
            return Vec::new();
        };
        let mut values = vec![0.0; self.rows.len() * rank];
        for (to, row) in values.chunks_exact_mut(rank).zip(&self.rows) {
            if let Some(row) = row.filter(|&row| row < factors.rows.n_rows()) {
                factors.rows.dequantise_into(row, to);
            }
        }
        values
    }

    pub(super) fn transformer(&self) -> Option<Earlier<'_>> {
        self.model.transformer.as_ref().map(|network| Earlier { network, rows: &self.rows })
    }
}
