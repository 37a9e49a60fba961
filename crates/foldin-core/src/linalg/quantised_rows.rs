//! Rows of int8 with one f32 scale each: a factor matrix at a quarter of its size.
//!
//! Row `r` stands for the vector `scale[r] * values[r]`. A query vector is rounded to int16 with a scale of its own,
//! and products are summed in i32: whole numbers add up to the same sum in any order, so that scalar code, SIMD code,
//! native and wasm agree to the last bit. `|sum| <= 128 * 32767 * n_cols` stays below `i32::MAX` up to
//! [`MAX_COLS`] columns.

mod dot;

use bytes::Bytes;
use serde::Serialize;

use crate::codec::decode_fields;

/// The most columns a matrix may have.
pub const MAX_COLS: usize = 512;

/// The largest value of a row, and the largest scale: beyond it sums of squares would leave the range of f32.
pub const MAX_VALUE: f32 = 1e6;

/// An immutable matrix, `n_rows` by `n_cols`, of int8 with one scale a row.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantisedRows {
    n_cols: usize,
    scales: Vec<f32>,
    /// Row by row; read in place from the model's bytes.
    values: Bytes,
}

/// How the rows lie in a file. `values` borrows from the file's bytes.
#[derive(Serialize)]
pub(crate) struct QuantisedRowsWire<'a> {
    n_cols: u32,
    scales: Vec<f32>,
    values: &'a [u8],
}

decode_fields!(QuantisedRowsWire<'a> { n_cols, scales, values });

/// A vector to multiply rows with: int16 and a scale.
#[derive(Debug, Clone)]
pub struct QuantisedQuery {
    values: Vec<i16>,
    scale: f32,
}

impl QuantisedQuery {
    /// Rounds a vector to 16 bits.
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 && largest.is_finite() { largest / 32767.0 } else { 1.0 };
        QuantisedQuery {
            values: vector.iter().map(|value| (value / scale).round().clamp(-32767.0, 32767.0) as i16).collect(),
            scale,
        }
    }
}

impl QuantisedRows {
    /// Rounds rows of `n_cols` values each to the nearest step of `largest / 127`.
    ///
    /// # Panics
    /// If `n_cols` is 0 or above [`MAX_COLS`], does not divide `values`, or a value is not finite.
    pub fn quantise(values: &[f32], n_cols: usize) -> Self {
        assert!((1..=MAX_COLS).contains(&n_cols), "n_cols is {n_cols}, but must be 1 to {MAX_COLS}");
        assert!(values.len().is_multiple_of(n_cols), "{} values are not rows of {n_cols}", values.len());
        let mut scales = Vec::with_capacity(values.len() / n_cols);
        let mut quantised = Vec::with_capacity(values.len());
        for row in values.chunks_exact(n_cols) {
            let largest = row.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
            assert!(row.iter().all(|value| value.is_finite()) && largest <= MAX_VALUE, "a value is not finite");
            let scale = if largest > 0.0 { largest / 127.0 } else { 0.0 };
            scales.push(scale);
            quantised.extend(row.iter().map(|value| if scale > 0.0 { (value / scale).round() as i8 as u8 } else { 0 }));
        }
        QuantisedRows { n_cols, scales, values: Bytes::from(quantised) }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.scales.len()
    }

    /// Number of columns: the number of factors.
    pub fn n_cols(&self) -> usize {
        self.n_cols
    }

    /// One row: its int8 values and their scale.
    pub fn row(&self, n: usize) -> (&[i8], f32) {
        (bytemuck::cast_slice(&self.values[n * self.n_cols..(n + 1) * self.n_cols]), self.scales[n])
    }

    /// One row as f32, written to `out`.
    pub fn dequantise_into(&self, n: usize, out: &mut [f32]) {
        let (row, scale) = self.row(n);
        for (out, &value) in out.iter_mut().zip(row) {
            *out = f32::from(value) * scale;
        }
    }

    /// The product of every row with a query, `O(n_rows n_cols)`.
    pub fn dot_all(&self, query: &QuantisedQuery) -> Vec<f32> {
        let values: &[i8] = bytemuck::cast_slice(&self.values);
        let rows = values.chunks_exact(self.n_cols).zip(&self.scales);
        let dot = dot::dot_with(&query.values);
        rows.map(|(row, scale)| dot(row) as f32 * (scale * query.scale)).collect()
    }

    /// The cosine between two rows; 0 where one of them is all zeros.
    #[inline(never)]
    pub fn cosine(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (self.row(a).0, self.row(b).0);
        let product = |x: &[i8], y: &[i8]| -> i32 { x.iter().zip(y).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum() };
        let norms = (product(a, a) as f32).sqrt() * (product(b, b) as f32).sqrt();
        if norms > 0.0 { product(a, b) as f32 / norms } else { 0.0 }
    }

    pub(crate) fn to_wire(&self) -> QuantisedRowsWire<'_> {
        QuantisedRowsWire { n_cols: self.n_cols as u32, scales: self.scales.clone(), values: &self.values }
    }

    /// `file` is what `wire` was decoded from: the values stay there.
    pub(crate) fn from_wire(wire: QuantisedRowsWire<'_>, file: &Bytes) -> Result<Self, &'static str> {
        let n_cols = wire.n_cols as usize;
        if !(1..=MAX_COLS).contains(&n_cols) {
            return Err("the number of columns is not between 1 and 512");
        }
        if wire.scales.len().checked_mul(n_cols) != Some(wire.values.len()) {
            return Err("rows, columns and values differ in number");
        }
        if !wire.scales.iter().all(|scale| (0.0..=MAX_VALUE).contains(scale)) {
            return Err("a row's scale is negative, not finite or above 1e6");
        }
        Ok(QuantisedRows { n_cols, scales: wire.scales, values: file.slice_ref(wire.values) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_off_by_half_a_step_at_most() {
        let values = [0.5, -1.27, 0.004, 0.0, 0.0, 0.0];
        let rows = QuantisedRows::quantise(&values, 3);
        let mut out = [0.0; 3];
        rows.dequantise_into(0, &mut out);
        for (out, value) in out.iter().zip(&values) {
            assert!((out - value).abs() <= 0.005 + 1e-7);
        }
        rows.dequantise_into(1, &mut out);
        assert_eq!(out, [0.0; 3]);
    }

    #[test]
    fn products_are_those_of_the_vectors_that_the_rows_stand_for() {
        let rows = QuantisedRows::quantise(&[127.0, 1.0, 0.0, -254.0, 0.0, 2.0], 3);
        let products = rows.dot_all(&QuantisedQuery::new(&[32767.0, -100.0, 7.0]));
        assert_eq!(products, [127.0 * 32767.0 - 100.0, -254.0 * 32767.0 + 14.0]);
    }

    #[test]
    fn the_widest_rows_do_not_overflow() {
        let rows = QuantisedRows::quantise(&[-1.0; MAX_COLS], MAX_COLS);
        let product = rows.dot_all(&QuantisedQuery::new(&[1.0; MAX_COLS]))[0];
        assert!((product + MAX_COLS as f32).abs() < 0.01);
    }

    #[test]
    fn cosine_of_a_row_with_itself_is_one_and_with_zeros_is_zero() {
        let rows = QuantisedRows::quantise(&[3.0, 4.0, -3.0, -4.0, 0.0, 0.0], 2);
        assert!((rows.cosine(0, 0) - 1.0).abs() < 1e-6);
        assert!((rows.cosine(0, 1) + 1.0).abs() < 1e-6);
        assert_eq!(rows.cosine(0, 2), 0.0);
    }
}
