//! Rows of few columns: neighbour lists and content vectors.
//!
//! A row is a list of columns, ascending, each with an int8 weight; entry `(r, c)` stands for
//! `scale[r] * weight`. In a file columns are the gaps between them, so that most take one byte; weights are read in
//! place.

use bytes::Bytes;
use serde::Serialize;

use crate::codec::decode_fields;
use crate::linalg::MAX_VALUE;

/// An immutable sparse matrix of int8 with one scale a row.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseRows {
    /// Where each row ends; it starts where the one before ends.
    ends: Vec<u32>,
    columns: Vec<u32>,
    scales: Vec<f32>,
    /// One int8 an entry; read in place from the model's bytes.
    weights: Bytes,
}

/// How the rows lie in a file. `weights` borrows from the file's bytes.
#[derive(Serialize)]
pub(crate) struct SparseRowsWire<'a> {
    lengths: Vec<u32>,
    /// The first column of each row, then by how much each further one is beyond the one before, less 1.
    gaps: Vec<u32>,
    scales: Vec<f32>,
    weights: &'a [u8],
}

decode_fields!(SparseRowsWire<'a> { lengths, gaps, scales, weights });

/// One row: its columns, their weights, and what a weight of 1 stands for.
#[derive(Debug, Clone, Copy)]
pub struct SparseRow<'a> {
    /// Columns, ascending.
    pub columns: &'a [u32],
    /// One weight a column.
    pub weights: &'a [i8],
    /// What a weight of 1 stands for.
    pub scale: f32,
}

impl<'a> SparseRow<'a> {
    /// Columns with the values that they stand for.
    pub fn iter(self) -> impl Iterator<Item = (u32, f32)> + 'a {
        self.columns.iter().zip(self.weights).map(move |(&column, &weight)| (column, f32::from(weight) * self.scale))
    }

    /// The value at a column; 0 where it has no entry.
    pub fn at(self, column: u32) -> f32 {
        self.columns.binary_search(&column).map_or(0.0, |place| f32::from(self.weights[place]) * self.scale)
    }
}

impl SparseRows {
    /// Rounds rows to the nearest step of `largest / 127`. Entries that round to 0 are left out.
    ///
    /// # Panics
    /// If a row's columns do not ascend, or a value is not finite or beyond [`MAX_VALUE`].
    pub fn quantise<R: AsRef<[(u32, f32)]>>(rows: impl IntoIterator<Item = R>) -> Self {
        Self::try_quantise(rows).expect("every value is within bounds")
    }

    /// As [`quantise`](Self::quantise), with `None` where a value is not finite or beyond [`MAX_VALUE`].
    ///
    /// # Panics
    /// If a row's columns do not ascend.
    pub fn try_quantise<R: AsRef<[(u32, f32)]>>(rows: impl IntoIterator<Item = R>) -> Option<Self> {
        let (mut ends, mut columns, mut scales, mut weights) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let row = row.as_ref();
            assert!(row.is_sorted_by(|a, b| a.0 < b.0), "the columns of a row do not ascend");
            if !row.iter().all(|(_, value)| value.abs() <= MAX_VALUE) {
                return None;
            }
            let largest = row.iter().fold(0.0_f32, |largest, (_, value)| largest.max(value.abs()));
            let scale = largest / 127.0;
            for (column, value) in row {
                let weight = if scale > 0.0 { (value / scale).round() as i8 } else { 0 };
                if weight != 0 {
                    columns.push(*column);
                    weights.push(weight as u8);
                }
            }
            scales.push(scale);
            ends.push(u32::try_from(columns.len()).expect("at most u32::MAX entries"));
        }
        Some(SparseRows { ends, columns, scales, weights: Bytes::from(weights) })
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.ends.len()
    }

    /// Number of entries of all rows.
    pub fn n_entries(&self) -> usize {
        self.columns.len()
    }

    /// One row; an empty one beyond the last.
    pub fn row(&self, n: usize) -> SparseRow<'_> {
        let Some(&end) = self.ends.get(n) else { return SparseRow { columns: &[], weights: &[], scale: 0.0 } };
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        let place = start as usize..end as usize;
        let weights = bytemuck::cast_slice(&self.weights[place.clone()]);
        SparseRow { columns: &self.columns[place], weights, scale: self.scales[n] }
    }

    /// All rows in their order: faster than one by one where they are short.
    pub fn iter(&self) -> impl Iterator<Item = SparseRow<'_>> {
        let weights: &[i8] = bytemuck::cast_slice(&self.weights);
        let mut start = 0;
        self.ends.iter().zip(&self.scales).map(move |(&end, &scale)| {
            let place = start..end as usize;
            start = place.end;
            SparseRow { columns: &self.columns[place.clone()], weights: &weights[place], scale }
        })
    }

    /// One more than the highest column.
    pub fn n_columns(&self) -> usize {
        self.columns.iter().max().map_or(0, |&last| last as usize + 1)
    }

    pub(crate) fn to_wire(&self) -> SparseRowsWire<'_> {
        let (mut lengths, mut gaps) = (Vec::new(), Vec::new());
        for n in 0..self.n_rows() {
            let columns = self.row(n).columns;
            lengths.push(columns.len() as u32);
            let mut next = 0;
            for &column in columns {
                gaps.push(column - next);
                next = column + 1;
            }
        }
        SparseRowsWire { lengths, gaps, scales: self.scales.clone(), weights: &self.weights }
    }

    /// `file` is what `wire` was decoded from: the weights stay there. No column may reach `n_columns`.
    pub(crate) fn from_wire(wire: SparseRowsWire<'_>, n_columns: usize, file: &Bytes) -> Result<Self, &'static str> {
        let mut columns = wire.gaps;
        if columns.len() != wire.weights.len() || wire.lengths.len() != wire.scales.len() {
            return Err("rows, columns and weights differ in number");
        }
        if !wire.scales.iter().all(|scale| (0.0..=MAX_VALUE).contains(scale)) {
            return Err("a row's scale is negative, not finite or above 1e6");
        }
        let mut ends = wire.lengths;
        let mut end = 0_usize;
        for length in &mut ends {
            let row = columns.get_mut(end..end + *length as usize).ok_or("rows are longer than their columns")?;
            let mut next = 0_u32;
            for column in row {
                *column = column.checked_add(next).filter(|&column| (column as usize) < n_columns).ok_or(BEYOND)?;
                next = *column + 1;
            }
            end += *length as usize;
            *length = end as u32;
        }
        if end != columns.len() {
            return Err("rows are shorter than their columns");
        }
        Ok(SparseRows { ends, columns, scales: wire.scales, weights: file.slice_ref(wire.weights) })
    }
}

const BEYOND: &str = "a column lies beyond the last";

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> SparseRows {
        SparseRows::quantise([vec![(0, 1.27), (2, -0.635), (9, 0.001)], vec![], vec![(1, 5.0)]])
    }

    #[test]
    fn entries_are_off_by_half_a_step_at_most_and_those_of_no_weight_are_gone() {
        let rows = three();
        assert_eq!((rows.n_rows(), rows.n_entries(), rows.n_columns()), (3, 3, 3));
        let first: Vec<(u32, f32)> = rows.row(0).iter().collect();
        assert_eq!(first[0], (0, 1.27));
        assert!(first[1].0 == 2 && (first[1].1 + 0.635).abs() <= 0.005 + 1e-6);
        let lengths: Vec<usize> = rows.iter().map(|row| row.columns.len()).collect();
        assert!(lengths == [2, 0, 1] && rows.iter().last().unwrap().at(1) == 5.0);
        assert_eq!((rows.row(2).at(1), rows.row(2).at(0), rows.row(1).at(0), rows.row(7).at(0)), (5.0, 0.0, 0.0, 0.0));
    }

    #[test]
    fn rows_come_back_as_they_went_in() {
        let bytes = Bytes::from(postcard::to_allocvec(&three().to_wire()).unwrap());
        let wire: SparseRowsWire = crate::codec::decoded(&bytes).unwrap();
        assert_eq!(SparseRows::from_wire(wire, 3, &bytes).unwrap(), three());
    }

    #[test]
    fn rows_that_do_not_fit_together_are_refused() {
        let wire = |lengths: &[u32], gaps: &[u32], weights| {
            let (lengths, gaps) = (lengths.to_vec(), gaps.to_vec());
            SparseRowsWire { scales: vec![1.0; lengths.len()], lengths, gaps, weights }
        };
        let weights = Bytes::from_static(&[1, 2]);
        let read = |lengths: &[u32], gaps: &[u32], n: usize| {
            SparseRows::from_wire(wire(lengths, gaps, &weights[..n]), 4, &weights).map(|rows| rows.columns)
        };
        assert_eq!(read(&[1, 1], &[3, 3], 2), Ok(vec![3, 3]));
        assert_eq!(read(&[2], &[1, 1], 2), Ok(vec![1, 3]));
        assert!(read(&[2], &[1, 2], 2).is_err_and(|error| error == BEYOND));
        assert!(read(&[2], &[1, u32::MAX], 2).is_err());
        assert!(read(&[1], &[1, 1], 2).is_err());
        assert!(read(&[3], &[1, 1], 2).is_err());
        assert!(read(&[u32::MAX, 3], &[1, 1], 2).is_err());
        assert!(read(&[2], &[1, 1], 1).is_err());
    }
}
