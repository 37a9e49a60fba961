//! One regression tree, grown leaf-wise from histograms: the leaf whose split gains most is split next.
//!
//! Gain and leaf values are those of a second-order expansion of the loss with L2 regularisation (Chen and Guestrin
//! 2016, equations 5 and 7). Sums are taken over blocks of rows in a fixed order, so that they are the same bits at any
//! number of threads.

use std::ops::{Add, AddAssign, Sub};

use foldin_core::model::ranker::{MAX_LEAVES, Node};

use super::bins::{Bins, MAX_BINS};
use super::gradients::Gradient;
use crate::config::RankerSettings;
use crate::parallel::map_chunks;

/// So many rows are summed at a time.
const BLOCK: usize = 16_384;

/// Splits that gain less are none: what is left of rounding.
const LEAST_GAIN: f32 = 1e-6;

/// Sums of first and second derivatives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    first: f64,
    second: f64,
}

impl From<Gradient> for Sum {
    fn from(gradient: Gradient) -> Self {
        Sum { first: f64::from(gradient.first), second: f64::from(gradient.second) }
    }
}

impl Add for Sum {
    type Output = Sum;

    fn add(self, other: Sum) -> Sum {
        Sum { first: self.first + other.first, second: self.second + other.second }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        *self = *self + other;
    }
}

impl Sub for Sum {
    type Output = Sum;

    fn sub(self, other: Sum) -> Sum {
        Sum { first: self.first - other.first, second: self.second - other.second }
    }
}

/// The sums of each bin, column after column.
#[derive(Debug, Clone, PartialEq)]
struct Histogram(Vec<[Sum; MAX_BINS]>);

impl Histogram {
    fn of(rows: &[u32], bins: &Bins, gradients: &[Gradient]) -> Self {
        let of_block = |_, rows: &[u32]| {
            let mut columns = vec![[Sum::default(); MAX_BINS]; bins.n_columns()];
            for &row in rows {
                let sum = Sum::from(gradients[row as usize]);
                for (column, &bin) in columns.iter_mut().zip(bins.row(row)) {
                    column[usize::from(bin) % MAX_BINS] += sum;
                }
            }
            columns
        };
        let mut blocks = map_chunks(rows, BLOCK, of_block).into_iter();
        let mut columns = blocks.next().unwrap_or_else(|| vec![[Sum::default(); MAX_BINS]; bins.n_columns()]);
        for block in blocks {
            let sums = columns.as_flattened_mut().iter_mut().zip(block.as_flattened());
            sums.for_each(|(sum, &other)| *sum += other);
        }
        Histogram(columns)
    }

    /// What is left without the rows of another histogram.
    fn without(mut self, other: &Histogram) -> Self {
        let sums = self.0.as_flattened_mut().iter_mut().zip(other.0.as_flattened());
        sums.for_each(|(sum, &other)| *sum = *sum - other);
        self
    }
}

/// A split of a leaf's rows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split {
    /// By how much the loss falls, twice.
    gain: f32,
    column: usize,
    /// Rows in bins up to this one go left.
    bin: u8,
    /// The sum of the rows that go left.
    left: Sum,
}

/// What a sum says of its rows' loss at their best common value.
fn score(sum: Sum, ridge: f64) -> f32 {
    (sum.first * sum.first / (sum.second + ridge)) as f32
}

/// The split that gains most; of equals the first one. Gains are compared in single precision, in which sums that were
/// added up in another order agree.
fn best_split(histogram: &Histogram, total: Sum, bins: &Bins, settings: &RankerSettings) -> Option<Split> {
    let is_enough = |sum: Sum| sum.second > 0.0 && sum.second >= settings.min_leaf;
    let before = score(total, settings.ridge);
    let mut best: Option<Split> = None;
    for (column, sums) in histogram.0.iter().enumerate() {
        let mut left = Sum::default();
        for (bin, &sum) in (0..).zip(&sums[..bins.n_bins(column) - 1]) {
            left += sum;
            let right = total - left;
            if !is_enough(left) || !is_enough(right) {
                continue;
            }
            let gain = score(left, settings.ridge) + score(right, settings.ridge) - before;
            if gain > best.map_or(LEAST_GAIN, |best| best.gain) {
                best = Some(Split { gain, column, bin, left });
            }
        }
    }
    best
}

/// A leaf, which may be split further.
struct Leaf {
    rows: Vec<u32>,
    total: Sum,
    histogram: Histogram,
    split: Option<Split>,
}

impl Leaf {
    fn new(rows: Vec<u32>, total: Sum, histogram: Histogram, bins: &Bins, settings: &RankerSettings) -> Self {
        let split = best_split(&histogram, total, bins, settings);
        Leaf { rows, total, histogram, split }
    }

    /// The two leaves that the split makes of this one. Only the histogram of the smaller one is summed up.
    fn apart(self, split: Split, bins: &Bins, gradients: &[Gradient], settings: &RankerSettings) -> [Leaf; 2] {
        let goes_left = |row: &u32| bins.row(*row)[split.column] <= split.bin;
        let parts: Vec<(Vec<u32>, Vec<u32>)> =
            map_chunks(&self.rows, BLOCK, |_, rows| rows.iter().partition(|row| goes_left(row)));
        let (left, right): (Vec<Vec<u32>>, Vec<Vec<u32>>) = parts.into_iter().unzip();
        let (left, right) = (left.concat(), right.concat());
        let smaller = Histogram::of(if left.len() <= right.len() { &left } else { &right }, bins, gradients);
        let larger = self.histogram.without(&smaller);
        let (of_left, of_right) = if left.len() <= right.len() { (smaller, larger) } else { (larger, smaller) };
        let leaf = |rows, total, histogram| Leaf::new(rows, total, histogram, bins, settings);
        [leaf(left, split.left, of_left), leaf(right, self.total - split.left, of_right)]
    }

    /// What its rows' scores change by.
    fn value(&self, settings: &RankerSettings) -> f32 {
        let value =
            if self.total.second > 0.0 { -self.total.first / (self.total.second + settings.ridge) } else { 0.0 };
        (value * settings.learning_rate) as f32
    }
}

/// A place of a tree while it grows, and the root of what hangs below it.
enum Place {
    Leaf(Leaf),
    /// The split, and the places of what it leads to.
    Split(Split, [usize; 2]),
}

/// Grows a tree, and adds its values to the scores of all rows.
pub(super) fn grow(bins: &Bins, gradients: &[Gradient], settings: &RankerSettings, scores: &mut [f32]) -> Node {
    let rows: Vec<u32> = (0..bins.n_rows() as u32).collect();
    let histogram = Histogram::of(&rows, bins, gradients);
    let total = gradients.iter().fold(Sum::default(), |sum, &gradient| sum + gradient.into());
    let mut places = vec![Place::Leaf(Leaf::new(rows, total, histogram, bins, settings))];
    for _ in 1..settings.leaves.min(MAX_LEAVES) {
        let splits = places.iter().enumerate().filter_map(|(place, leaf)| match leaf {
            Place::Leaf(leaf) => leaf.split.map(|split| (place, split)),
            Place::Split(..) => None,
        });
        let Some((place, split)) = splits.max_by(|a, b| a.1.gain.total_cmp(&b.1.gain)) else { break };
        let children = [places.len(), places.len() + 1];
        if let Place::Leaf(leaf) = std::mem::replace(&mut places[place], Place::Split(split, children)) {
            places.extend(leaf.apart(split, bins, gradients, settings).map(Place::Leaf));
        }
    }
    for place in &places {
        if let Place::Leaf(leaf) = place {
            let value = leaf.value(settings);
            leaf.rows.iter().for_each(|&row| scores[row as usize] += value);
        }
    }
    node(&places, 0, bins, settings)
}

fn node(places: &[Place], place: usize, bins: &Bins, settings: &RankerSettings) -> Node {
    match &places[place] {
        Place::Leaf(leaf) => Node::Leaf(leaf.value(settings)),
        Place::Split(split, children) => {
            let [left, right] = children.map(|child| Box::new(node(places, child, bins, settings)));
            let (feature, threshold) = (bins.feature(split.column), bins.threshold(split.column, split.bin));
            Node::Split { feature, threshold, left, right }
        }
    }
}

#[cfg(test)]
mod tests {
    use foldin_core::model::ranker::N_FEATURES;

    use super::*;

    /// Rows of three features, of which the second decides most, with gradients.
    fn example(n_rows: usize) -> (Vec<[f32; N_FEATURES]>, Vec<Gradient>) {
        let value = |n: usize, factor: usize| (n * factor % 11) as f32;
        let row = |n| {
            let mut row = [0.0; N_FEATURES];
            (row[2], row[5], row[6]) = (value(n, 3), value(n, 7), value(n * n, 5));
            row
        };
        let rows: Vec<[f32; N_FEATURES]> = (0..n_rows).map(row).collect();
        let gradient = |(n, row): (usize, &[f32; N_FEATURES])| Gradient {
            first: if row[5] > 6.0 { -0.4 } else { 0.3 } + 0.05 * value(n, 2),
            second: 0.2 + 0.03 * value(n, 4),
        };
        let gradients = rows.iter().enumerate().map(gradient).collect();
        (rows, gradients)
    }

    fn settings() -> RankerSettings {
        RankerSettings { min_leaf: 0.5, ridge: 1.0, learning_rate: 0.5, ..RankerSettings::default() }
    }

    fn sum_of(rows: impl Iterator<Item = usize>, gradients: &[Gradient]) -> Sum {
        rows.fold(Sum::default(), |sum, row| sum + gradients[row].into())
    }

    #[test]
    fn a_histogram_less_that_of_some_rows_is_that_of_the_others() {
        // More rows than are summed up at a time.
        let (rows, gradients) = example(40_000);
        let bins = Bins::new(&rows);
        let (some, others): (Vec<u32>, Vec<u32>) = (0..40_000).partition(|row| row % 3 == 0);
        let of = |rows: &[u32]| Histogram::of(rows, &bins, &gradients);
        let all: Vec<u32> = (0..40_000).collect();
        let (left, direct) = (of(&all).without(&of(&some)), of(&others));
        for (left, direct) in left.0.as_flattened().iter().zip(direct.0.as_flattened()) {
            assert!((left.first - direct.first).abs() < 1e-8 && (left.second - direct.second).abs() < 1e-8);
        }
        let total: f64 = direct.0[0].iter().map(|sum| sum.first).sum();
        let expected = sum_of(others.iter().map(|&row| row as usize), &gradients).first;
        assert!((total - expected).abs() < 1e-6, "{total} {expected}");
    }

    #[test]
    fn the_best_split_is_that_of_an_exhaustive_search() {
        let (rows, gradients) = example(25);
        let (bins, settings) = (Bins::new(&rows), settings());
        let all: Vec<u32> = (0..25).collect();
        let total = sum_of(0..25, &gradients);
        let found = best_split(&Histogram::of(&all, &bins, &gradients), total, &bins, &settings).unwrap();
        let gain_of = |feature: usize, threshold: f32| {
            let (left, right): (Vec<usize>, Vec<usize>) = (0..25).partition(|&row| rows[row][feature] <= threshold);
            let sums = [left, right].map(|rows| sum_of(rows.into_iter(), &gradients));
            let of = |sum: Sum| sum.first.powi(2) / (sum.second + 1.0);
            let is_valid = sums.iter().all(|sum| sum.second >= 0.5);
            if is_valid { of(sums[0]) + of(sums[1]) - of(total) } else { f64::NEG_INFINITY }
        };
        let mut gains = Vec::new();
        for feature in [2, 5, 6] {
            gains.extend(rows.iter().map(|row| (feature, gain_of(feature, row[feature]))));
        }
        let (feature, gain) = gains.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert!(gain > 0.1);
        let threshold = bins.threshold(found.column, found.bin);
        assert_eq!(bins.feature(found.column), feature);
        assert!((gain_of(feature, threshold) - gain).abs() < 1e-9);
        assert!((f64::from(found.gain) - gain).abs() < 1e-5);
    }

    #[test]
    fn leaves_hold_the_best_value_of_their_rows_and_scores_follow_them() {
        let (rows, gradients) = example(60);
        let settings = RankerSettings { leaves: 4, ..settings() };
        let mut scores = vec![1.0; 60];
        let tree = grow(&Bins::new(&rows), &gradients, &settings, &mut scores);
        let mut by_value: Vec<(f32, Vec<usize>)> = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let value = crate::rank::trees::tests::walked(&tree, row);
            assert!((scores[n] - 1.0 - value).abs() < 1e-6);
            match by_value.iter_mut().find(|leaf| leaf.0 == value) {
                Some(leaf) => leaf.1.push(n),
                None => by_value.push((value, vec![n])),
            }
        }
        assert_eq!(by_value.len(), 4);
        for (value, rows) in by_value {
            let sum = sum_of(rows.into_iter(), &gradients);
            assert!(sum.second >= settings.min_leaf);
            assert!((f64::from(value) + 0.5 * sum.first / (sum.second + 1.0)).abs() < 1e-6);
        }
    }

    #[test]
    fn leaves_stay_whole_where_no_split_leaves_enough_on_both_sides() {
        let (rows, gradients) = example(60);
        let settings = RankerSettings { min_leaf: 1e3, ..settings() };
        assert!(matches!(grow(&Bins::new(&rows), &gradients, &settings, &mut [0.0; 60]), Node::Leaf(_)));
    }
}
