//! Programs that tests and benchmarks need. For `wasm32` there is a module: the products of all items' factors with one
//! vector, which `scripts/bench serve` times beside the same loop in JavaScript over the same rows.

#![cfg(target_arch = "wasm32")]

use foldin_core::file;
use foldin_core::linalg::{QuantisedQuery, QuantisedRows};
use wasm_bindgen::prelude::*;

/// The factors of a model.
#[wasm_bindgen]
pub struct Products {
    rows: QuantisedRows,
}

#[wasm_bindgen]
impl Products {
    /// Takes the factors out of the bytes of a score file.
    #[wasm_bindgen(constructor)]
    pub fn new(score: Vec<u8>) -> Result<Products, JsError> {
        let factors = file::read_score(&score.into())?.factors.ok_or(JsError::new("the model has no factors"))?;
        Ok(Products { rows: factors.rows })
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.rows.n_cols()
    }

    /// All int8 values, row by row.
    pub fn values(&self) -> Vec<i8> {
        (0..self.rows.n_rows()).flat_map(|n| self.rows.row(n).0).copied().collect()
    }

    /// One scale a row.
    pub fn scales(&self) -> Vec<f32> {
        (0..self.rows.n_rows()).map(|n| self.rows.row(n).1).collect()
    }

    /// The product of every row with a vector.
    pub fn scores(&self, vector: &[f32]) -> Vec<f32> {
        self.rows.dot_all(&QuantisedQuery::new(vector))
    }

    /// The same, and only the last of them given: nothing is copied.
    pub fn pass(&self, vector: &[f32]) -> f32 {
        self.rows.dot_all(&QuantisedQuery::new(vector)).last().copied().unwrap_or(0.0)
    }
}
