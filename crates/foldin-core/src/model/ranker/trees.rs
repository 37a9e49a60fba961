//! An ensemble of regression trees: compact in the file, and a few microseconds a candidate.
//!
//! Every feature is first looked up among its thresholds, which leaves a byte; trees then compare bytes. A node is four
//! bytes, so that a tree stays in the processor's nearest cache while all candidates walk through it.

use serde::Serialize;

use super::features::N_FEATURES;
use crate::codec::decode_fields;
use crate::linalg::MAX_VALUE;

/// A tree has at most so many leaves.
pub const MAX_LEAVES: usize = 64;

/// A feature has at most so many thresholds, over all trees.
pub const MAX_CUTS: usize = 254;

/// Larger ensembles are refused.
const MAX_TREES: usize = 10_000;

/// Files list the thresholds of so many features at least: all that the first version had. Later ones are listed up to
/// the last that is asked for, so that models that do not know them have the same bytes.
const FIRST_FEATURES: usize = 30;

/// A node on its way into [`Trees`], and the root of what hangs below it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Values up to the threshold go left, others right.
    Split {
        /// Which feature.
        feature: usize,
        /// The largest value that goes left.
        threshold: f32,
        /// Where values up to it go.
        left: Box<Node>,
        /// Where larger values go.
        right: Box<Node>,
    },
    /// What the tree adds to the score.
    Leaf(f32),
}

/// What splits: a place among the thresholds of a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split {
    feature: u8,
    cut: u8,
    /// Where to go: a split of the same tree, or, from [`LEAF`] on, a leaf.
    to: [u8; 2],
}

const LEAF: u8 = 128;

/// The trees.
#[derive(Debug, Clone, PartialEq)]
pub struct Trees {
    /// Thresholds of each feature, ascending; the last features may be missing.
    cuts: Vec<Vec<f32>>,
    splits: Vec<Split>,
    /// What the leaves add.
    leaves: Vec<f32>,
    /// How many leaves each tree has; it has one split less.
    n_leaves: Vec<u8>,
    step: f32,
}

/// How the trees lie in a file.
#[derive(Serialize)]
pub(crate) struct TreesWire<'a> {
    cuts: Vec<Vec<f32>>,
    n_leaves: &'a [u8],
    features: &'a [u8],
    places: &'a [u8],
    to: &'a [u8],
    step: f32,
    leaves: Vec<i16>,
}

decode_fields!(TreesWire<'a> { cuts, n_leaves, features, places, to, step, leaves });

impl Trees {
    /// Puts trees together. Values of leaves are rounded to the nearest of 65,535 steps.
    ///
    /// # Panics
    /// If a tree has more than [`MAX_LEAVES`] leaves, a feature more than [`MAX_CUTS`] thresholds or a place beyond
    /// [`N_FEATURES`], or a number is not finite.
    pub fn new(trees: &[Node]) -> Self {
        let mut cuts = vec![Vec::new(); N_FEATURES];
        trees.iter().for_each(|tree| collect_cuts(tree, &mut cuts));
        for cuts in &mut cuts {
            cuts.sort_unstable_by(f32::total_cmp);
            cuts.dedup();
            assert!(cuts.len() <= MAX_CUTS, "a feature has {} thresholds", cuts.len());
        }
        let n_asked = cuts.iter().rposition(|cuts| !cuts.is_empty()).map_or(0, |last| last + 1);
        cuts.truncate(n_asked.max(FIRST_FEATURES));
        let (splits, leaves, n_leaves) = (Vec::new(), Vec::new(), Vec::new());
        let mut all = Trees { cuts, splits, leaves, n_leaves, step: 1.0 };
        for tree in trees {
            let (first_split, first_leaf) = (all.splits.len(), all.leaves.len());
            all.add(tree, first_split, first_leaf);
            let n_leaves = all.leaves.len() - first_leaf;
            assert!(n_leaves <= MAX_LEAVES, "a tree has {n_leaves} leaves");
            all.n_leaves.push(n_leaves as u8);
        }
        let largest = all.leaves.iter().fold(0.0_f32, |largest, leaf| largest.max(leaf.abs()));
        assert!(all.leaves.iter().all(|leaf| leaf.abs() <= MAX_VALUE), "a leaf is not finite");
        all.step = if largest > 0.0 { largest / 32767.0 } else { 1.0 };
        all.leaves.iter_mut().for_each(|leaf| *leaf = (*leaf / all.step).round() * all.step);
        all
    }

    /// How many trees there are.
    pub fn len(&self) -> usize {
        self.n_leaves.len()
    }

    /// Whether there is no tree.
    pub fn is_empty(&self) -> bool {
        self.n_leaves.is_empty()
    }

    /// Adds what the trees say of each row to its score, `O(rows * trees * depth)`.
    pub fn add_to(&self, scores: &mut [f32], rows: &[[f32; N_FEATURES]]) {
        let rows: Vec<[u8; N_FEATURES]> = rows.iter().map(|row| self.binned(row)).collect();
        let (mut first_split, mut first_leaf) = (0, 0);
        for &n_leaves in &self.n_leaves {
            let n_leaves = usize::from(n_leaves);
            let splits = &self.splits[first_split..first_split + n_leaves - 1];
            let leaves = &self.leaves[first_leaf..first_leaf + n_leaves];
            for (score, row) in scores.iter_mut().zip(&rows) {
                let mut place = if n_leaves == 1 { LEAF } else { 0 };
                while place < LEAF {
                    let split = splits[usize::from(place)];
                    place = split.to[usize::from(row[usize::from(split.feature)] > split.cut)];
                }
                *score += leaves[usize::from(place - LEAF)];
            }
            first_split += n_leaves - 1;
            first_leaf += n_leaves;
        }
    }

    /// How many thresholds of its feature each value is above.
    fn binned(&self, row: &[f32; N_FEATURES]) -> [u8; N_FEATURES] {
        let mut binned = [0; N_FEATURES];
        for ((bin, value), cuts) in binned.iter_mut().zip(row).zip(&self.cuts) {
            *bin = cuts.partition_point(|cut| cut < value) as u8;
        }
        binned
    }

    /// Adds a node and what is below it, and says where it stands in its tree.
    fn add(&mut self, node: &Node, first_split: usize, first_leaf: usize) -> u8 {
        match node {
            Node::Leaf(value) => {
                self.leaves.push(*value);
                LEAF + (self.leaves.len() - 1 - first_leaf) as u8
            }
            Node::Split { feature, threshold, left, right } => {
                let place = self.splits.len();
                let cut = self.cuts[*feature].partition_point(|cut| cut < threshold) as u8;
                self.splits.push(Split { feature: *feature as u8, cut, to: [0, 0] });
                self.splits[place].to =
                    [self.add(left, first_split, first_leaf), self.add(right, first_split, first_leaf)];
                (place - first_split) as u8
            }
        }
    }

    /// Hands the trees on as they lie in a file.
    pub(crate) fn with_wire<T>(&self, write: impl FnOnce(TreesWire<'_>) -> T) -> T {
        let features: Vec<u8> = self.splits.iter().map(|split| split.feature).collect();
        let places: Vec<u8> = self.splits.iter().map(|split| split.cut).collect();
        let to: Vec<u8> = self.splits.iter().flat_map(|split| split.to).collect();
        write(TreesWire {
            cuts: self.cuts.clone(),
            n_leaves: &self.n_leaves,
            features: &features,
            places: &places,
            to: &to,
            step: self.step,
            leaves: self.leaves.iter().map(|leaf| (leaf / self.step).round() as i16).collect(),
        })
    }

    pub(crate) fn from_wire(wire: TreesWire<'_>) -> Result<Self, &'static str> {
        let TreesWire { cuts, n_leaves, features, places, to, step, leaves } = wire;
        let ascend = |cuts: &Vec<f32>| cuts.len() <= MAX_CUTS && cuts.is_sorted_by(|a, b| a < b);
        if cuts.len() > N_FEATURES || !cuts.iter().all(ascend) {
            return Err("there are more features than this version of foldin has, or thresholds do not ascend");
        }
        let total: usize = n_leaves.iter().map(|&n| usize::from(n)).sum();
        let fits = |n: &u8| (1..=MAX_LEAVES as u8).contains(n);
        if n_leaves.len() > MAX_TREES || !n_leaves.iter().all(fits) || total != leaves.len() {
            return Err("trees and leaves differ in number");
        }
        let n_splits = total - n_leaves.len();
        if features.len() != n_splits || places.len() != n_splits || to.len() != 2 * n_splits {
            return Err("splits and leaves differ in number");
        }
        if !(0.0..=MAX_VALUE).contains(&step) {
            return Err("the step of the leaves is negative, not finite or above 1e6");
        }
        let split = |((&feature, &cut), to): ((&u8, &u8), &[u8])| Split { feature, cut, to: [to[0], to[1]] };
        let splits: Vec<Split> = features.iter().zip(places).zip(to.chunks_exact(2)).map(split).collect();
        let mut rest = splits.as_slice();
        for &n_leaves in n_leaves {
            let (of_tree, others) = rest.split_at(usize::from(n_leaves) - 1);
            for (n, split) in (0..).zip(of_tree) {
                // Down only: a tree that leads back up would never end.
                let leads_down = |&to: &u8| if to < LEAF { to > n && to < n_leaves - 1 } else { to - LEAF < n_leaves };
                if usize::from(split.feature) >= N_FEATURES || !split.to.iter().all(leads_down) {
                    return Err("a split leads nowhere");
                }
            }
            rest = others;
        }
        let leaves = leaves.iter().map(|&leaf| f32::from(leaf) * step).collect();
        Ok(Trees { cuts, splits, leaves, n_leaves: n_leaves.to_vec(), step })
    }
}

fn collect_cuts(node: &Node, cuts: &mut [Vec<f32>]) {
    if let Node::Split { feature, threshold, left, right } = node {
        assert!(threshold.is_finite(), "a threshold is not finite");
        cuts[*feature].push(*threshold);
        collect_cuts(left, cuts);
        collect_cuts(right, cuts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(feature: usize, threshold: f32, left: Node, right: Node) -> Node {
        Node::Split { feature, threshold, left: Box::new(left), right: Box::new(right) }
    }

    fn three() -> Trees {
        let inner = split(3, -1.5, Node::Leaf(4.0), Node::Leaf(8.0));
        Trees::new(&[
            split(0, 0.5, Node::Leaf(-1.0), inner),
            Node::Leaf(0.25),
            split(3, 0.0, split(0, 0.7, Node::Leaf(16.0), Node::Leaf(32.0)), Node::Leaf(64.0)),
        ])
    }

    fn row(first: f32, fourth: f32) -> [f32; N_FEATURES] {
        let mut row = [0.0; N_FEATURES];
        (row[0], row[3]) = (first, fourth);
        row
    }

    #[test]
    fn every_row_gets_the_sum_of_the_leaves_it_falls_to() {
        let rows = [row(0.5, 9.0), row(0.6, -1.5), row(0.6, -1.4), row(0.8, -2.0)];
        let mut scores = [100.0, 0.0, 0.0, 0.0];
        three().add_to(&mut scores, &rows);
        let expected = [100.0 - 1.0 + 0.25 + 64.0, 4.0 + 0.25 + 16.0, 8.0 + 0.25 + 16.0, 4.0 + 0.25 + 32.0];
        assert!(scores.iter().zip(expected).all(|(score, expected)| (score - expected).abs() < 0.01), "{scores:?}");
    }

    #[test]
    fn trees_come_back_as_they_went_in() {
        let bytes = three().with_wire(|wire| postcard::to_allocvec(&wire).unwrap());
        assert_eq!(Trees::from_wire(crate::codec::decoded(&bytes).unwrap()).unwrap(), three());
    }

    #[test]
    fn trees_that_lead_nowhere_or_back_are_refused() {
        let read = |to: &[u8]| {
            let cuts = vec![vec![0.0]; N_FEATURES];
            let wire = TreesWire {
                cuts,
                n_leaves: &[3],
                features: &[0, 1],
                places: &[0, 0],
                to,
                step: 1.0,
                leaves: vec![1, 2, 3],
            };
            Trees::from_wire(wire).is_ok()
        };
        assert!(read(&[LEAF, 1, LEAF + 1, LEAF + 2]));
        assert!(!read(&[LEAF, 0, LEAF + 1, LEAF + 2]) && !read(&[LEAF, 2, LEAF + 1, LEAF + 2]));
        assert!(!read(&[LEAF, 1, LEAF + 1, LEAF + 3]) && !read(&[LEAF, 1, LEAF + 1]));
    }
}
