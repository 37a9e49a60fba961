//! Quantile bins: every value of a feature becomes the number of the bin that it falls into, one byte.

use foldin_core::model::ranker::{MAX_CUTS, N_FEATURES};

use crate::parallel::{for_chunks_mut, map_up_to};

/// A feature has at most so many bins, and one cut less.
pub(super) const MAX_BINS: usize = if MAX_CUTS < 128 { MAX_CUTS } else { 128 };

/// So many rows are binned at a time.
const BLOCK: usize = 4096;

/// A table of rows, binned. Features that have the same value in all rows are left out; the others are columns.
pub(super) struct Bins {
    /// Which feature each column holds, ascending.
    features: Vec<usize>,
    /// The cuts of each column, ascending: a value is in the bin whose number is that of the cuts that do not exceed it.
    cuts: Vec<Vec<f32>>,
    /// Row after row, the bin of each column.
    bins: Vec<u8>,
    n_rows: usize,
}

impl Bins {
    /// Cuts every feature into at most [`MAX_BINS`] bins of about as many rows each, and puts all rows into them.
    /// Values are finite.
    pub(super) fn new(rows: &[[f32; N_FEATURES]]) -> Self {
        let cuts_of = map_up_to(N_FEATURES, |feature| cuts(rows.iter().map(|row| row[feature]).collect()));
        let (features, cuts): (Vec<usize>, Vec<Vec<f32>>) =
            cuts_of.into_iter().enumerate().filter(|(_, cuts)| !cuts.is_empty()).unzip();
        let mut bins = vec![0; rows.len() * features.len()];
        let n_columns = features.len().max(1);
        for_chunks_mut(
            &mut bins,
            BLOCK * n_columns,
            || (),
            |(), block, bins| {
                for (row, bins) in rows[block * BLOCK..].iter().zip(bins.chunks_exact_mut(n_columns)) {
                    for ((bin, &feature), cuts) in bins.iter_mut().zip(&features).zip(&cuts) {
                        *bin = cuts.partition_point(|&cut| cut <= row[feature]) as u8;
                    }
                }
            },
        );
        Bins { features, cuts, bins, n_rows: rows.len() }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows
    }

    pub(super) fn n_columns(&self) -> usize {
        self.features.len()
    }

    /// How many bins a column has.
    pub(super) fn n_bins(&self, column: usize) -> usize {
        self.cuts[column].len() + 1
    }

    /// The bins of a row, one per column.
    pub(super) fn row(&self, row: u32) -> &[u8] {
        &self.bins[row as usize * self.n_columns()..][..self.n_columns()]
    }

    /// The feature of a column.
    pub(super) fn feature(&self, column: usize) -> usize {
        self.features[column]
    }

    /// The largest value that falls into this bin of a column or one below it.
    ///
    /// # Panics
    /// If it is the column's last bin.
    pub(super) fn threshold(&self, column: usize, bin: u8) -> f32 {
        self.cuts[column][usize::from(bin)].next_down()
    }
}

/// The least value of every bin but the first. Up to [`MAX_BINS`] distinct values have a bin each. Among more, a bin is
/// closed as soon as it holds its share of the rows that are left, so that a frequent value takes no bins from others.
fn cuts(mut values: Vec<f32>) -> Vec<f32> {
    // 0 and -0 are one value, which order as numbers does not tell apart.
    values.iter_mut().for_each(|value| *value += 0.0);
    values.sort_unstable_by(f32::total_cmp);
    let runs: Vec<&[f32]> = values.chunk_by(|a, b| a == b).collect();
    let (mut bins_left, mut rows_left, mut in_bin) = (MAX_BINS, values.len(), 0);
    let mut cuts = Vec::new();
    for (n, run) in runs.iter().enumerate().skip(1) {
        in_bin += runs[n - 1].len();
        let values_left = runs.len() - n;
        // Enough bins for one each, or a bin that is full.
        if values_left < bins_left || in_bin * bins_left >= rows_left {
            cuts.push(run[0]);
            rows_left -= in_bin;
            bins_left -= 1;
            in_bin = 0;
        }
        if bins_left == 1 {
            break;
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_have_a_bin_each() {
        assert_eq!(cuts(vec![3.0, -1.0, 0.0, 3.0, -0.0, 7.5]), [0.0, 3.0, 7.5]);
        assert!(cuts(vec![2.0; 9]).is_empty());
        assert_eq!(cuts((0..MAX_BINS).map(|n| n as f32).collect()).len(), MAX_BINS - 1);
    }

    #[test]
    fn many_values_share_bins_of_about_as_many_rows_each() {
        // Half of the rows hold 0; it has one bin, and the others share the rest.
        let values: Vec<f32> = (0..20_000).map(|n| if n % 2 == 0 { 0.0 } else { n as f32 }).collect();
        let cuts = cuts(values.clone());
        assert_eq!(cuts.len(), MAX_BINS - 1);
        assert_eq!(cuts[0], 1.0);
        for pair in cuts.windows(2) {
            let n_rows = values.iter().filter(|&&value| (pair[0]..pair[1]).contains(&value)).count();
            assert!((70..=90).contains(&n_rows), "{n_rows} rows in a bin");
        }
    }

    #[test]
    fn a_value_is_above_the_threshold_of_every_bin_below_its_own() {
        let mut rows = vec![[0.0; N_FEATURES]; 500];
        for (n, row) in rows.iter_mut().enumerate() {
            (row[3], row[7]) = ((n * 7 % 500) as f32, (n % 4) as f32);
        }
        let bins = Bins::new(&rows);
        assert_eq!((bins.n_rows(), bins.n_columns()), (500, 2));
        assert_eq!((bins.feature(0), bins.feature(1)), (3, 7));
        for (n, row) in (0..).zip(&rows) {
            for (column, &bin) in bins.row(n).iter().enumerate() {
                for other in 0..bins.n_bins(column) as u8 - 1 {
                    let is_above = row[bins.feature(column)] > bins.threshold(column, other);
                    assert_eq!(is_above, bin > other);
                }
            }
        }
    }
}
