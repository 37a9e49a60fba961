//! One row's least-squares problem, `(alpha0 YtY + sum c y yT + reg I) x = sum c y`.

use std::ops::Range;

use pulp::Simd;

use super::simd::{add_all_scaled, add_scaled, dots};

/// The side that is held while the rows of the other are solved.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    /// `d` values a row.
    pub rows: &'a [f32],
    /// `alpha0 YtY`, `d` by `d`, both triangles.
    pub gram: &'a [f32],
    /// Number of values of a row, with the padding.
    pub d: usize,
}

/// A row of the side that is solved.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// What was observed: rows of the side that is held.
    pub columns: &'a [u32],
    /// How much each counts: `c`.
    pub weights: &'a [f32],
    /// The weight of `|x|^2`.
    pub reg: f32,
}

impl<'a> Held<'a> {
    #[inline(always)]
    pub(super) fn row(&self, column: u32) -> &'a [f32] {
        &self.rows[column as usize * self.d..][..self.d]
    }
}

impl Row<'_> {
    /// `sum += sum over events of c * weigh(y . x) * y`
    #[inline(always)]
    pub(super) fn add_weighed<S: Simd>(
        &self,
        simd: S,
        held: Held,
        x: &[f32],
        sum: &mut [f32],
        weigh: impl Fn(f32) -> f32,
    ) {
        /// Events at a time.
        const N: usize = 4;
        let (columns, last_columns) = self.columns.as_chunks::<N>();
        let (weights, last_weights) = self.weights.as_chunks::<N>();
        for (columns, weights) in columns.iter().zip(weights) {
            let mut y = [held.row(columns[0]); N];
            for n in 1..N {
                y[n] = held.row(columns[n]);
            }
            let mut scales = dots(simd, x, y);
            for n in 0..N {
                scales[n] = weights[n] * weigh(scales[n]);
            }
            add_all_scaled(simd, sum, scales, y);
        }
        for (&column, weight) in last_columns.iter().zip(last_weights) {
            let y = held.row(column);
            let [score] = dots(simd, x, [y]);
            add_scaled(simd, sum, weight * weigh(score), y);
        }
    }

    /// Writes `sqrt(c) y` of events `events` to `gathered`, the factors in `columns` of each. Lying in one piece, they
    /// are read many times from the nearest cache.
    #[inline(always)]
    pub(super) fn gather(&self, held: Held, events: Range<usize>, columns: Range<usize>, gathered: &mut Vec<f32>) {
        gathered.clear();
        for (&column, weight) in self.columns[events.clone()].iter().zip(&self.weights[events]) {
            let root = weight.sqrt();
            gathered.extend(held.row(column)[columns.clone()].iter().map(|y| root * y));
        }
    }

    /// The numbers of the events, a few at a time.
    #[inline(always)]
    pub(super) fn chunks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        const EVENTS: usize = 64;
        let n_events = self.columns.len();
        (0..n_events).step_by(EVENTS).map(move |start| start..(start + EVENTS).min(n_events))
    }
}
