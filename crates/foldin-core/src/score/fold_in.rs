//! Placing a visitor among the items: from a few events to a vector, without training anything.
//!
//! With item factors `Y` fixed, the loss of iALS is a least-squares problem in the visitor's vector `x`
//! (Hu, Koren and Volinsky 2008, equation 4, with the weights of [`LossWeights`]):
//!
//! ```text
//! A x = b    A = alpha0 * YtY + sum over events (c * y yT) + reg * I    b = sum over events (c * p * y)
//! ```
//!
//! where an event has weight `c` and target `p`: 1 for a like, 0 for a dislike. `A` is symmetric and positive
//! definite, so that Cholesky solves it in `O(d^3 / 6)`: about 0.1 ms at 64 factors.
//!
//! The score of item `i` is `yi . x = sum over events (c * p * yi . A^-1 y)`: every liked item's contribution is exact
//! and they add up to the score (section 5 of the same paper).
//!
//! Rows that were learned with another loss have no such equations ([`Placement::Mean`](crate::model::Placement::Mean)). There the visitor is the mean
//! `x = sum over events (v * y) / sum over events |v|`, with the signed weight `v` that other sources add up as well: `c`
//! for a like, `-c / 2` for a dislike. Contributions are `v * yi . y / sum |v|`.
//!
//! All sums run in a fixed order in f32, so that native code and wasm give the same vector to the last bit.

use super::signed_weight;
use crate::index::ItemIdx;
use crate::linalg::cholesky;
use crate::linalg::{QuantisedQuery, QuantisedRows};
use crate::model::{Factors, LossWeights};

/// An event as the normal equations see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedEvent {
    /// The item; one without factors moves nothing.
    pub item: ItemIdx,
    /// How much the event counts: `c`, above 0.
    pub weight: f32,
    /// The score it asks for: `p`, 1 for a like, 0 for a dislike.
    pub target: f32,
}

/// How the visitors of a model are placed, with what is the same for all of them.
#[derive(Debug, Clone)]
pub struct FoldIn(Option<NormalEquations>);

/// The part of the normal equations that is the same for every visitor.
#[derive(Debug, Clone)]
struct NormalEquations {
    /// `alpha0 * YtY`, `d` by `d`, row by row; only the lower triangle is filled.
    base: Vec<f32>,
    weights: LossWeights,
}

/// A visitor among the items.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The visitor's factors.
    pub vector: Vec<f32>,
    /// The Cholesky factor of `A`, lower triangle, row by row; `None` at the mean, where `A` is the unit matrix.
    cholesky: Option<Vec<f32>>,
    /// What the row of each item counts: `c * p`, or its share of the mean.
    shares: Vec<(ItemIdx, f32)>,
}

impl FoldIn {
    /// Where a loss is minimised, sums `alpha0 * YtY` over all rows, `O(n_rows d^2)`: once a model.
    pub fn new(factors: &Factors) -> Self {
        FoldIn(factors.loss_weights().map(|weights| NormalEquations::new(&factors.rows, *weights)))
    }

    /// The visitor's vector. Events on items without factors, or with zeros alone, are left out; `None` if no event is
    /// left whose target is above 0, since the vector would be 0.
    pub fn visitor(&self, rows: &QuantisedRows, events: &[WeightedEvent]) -> Option<Visitor> {
        let has_factors = |item: ItemIdx| item.at() < rows.n_rows() && rows.row(item.at()).1 > 0.0;
        let events: Vec<WeightedEvent> =
            events.iter().copied().filter(|event| has_factors(event.item) && event.weight > 0.0).collect();
        if !events.iter().any(|event| event.target > 0.0) {
            return None;
        }
        Some(match &self.0 {
            Some(equations) => equations.solve(rows, &events),
            None => mean(rows, &events),
        })
    }
}

impl NormalEquations {
    fn new(rows: &QuantisedRows, weights: LossWeights) -> Self {
        let d = rows.n_cols();
        let mut base = vec![0.0_f32; d * d];
        let mut y = vec![0.0_f32; d];
        for n in 0..rows.n_rows() {
            rows.dequantise_into(n, &mut y);
            add_outer(&mut base, &y, weights.alpha0);
        }
        NormalEquations { base, weights }
    }

    fn solve(&self, rows: &QuantisedRows, events: &[WeightedEvent]) -> Visitor {
        let d = rows.n_cols();
        let shares: Vec<(ItemIdx, f32)> =
            events.iter().map(|event| (event.item, event.weight * event.target)).collect();
        let mut a = self.base.clone();
        let mut vector = vec![0.0_f32; d];
        let mut y = vec![0.0_f32; d];
        for (event, (_, share)) in events.iter().zip(&shares) {
            rows.dequantise_into(event.item.at(), &mut y);
            add_outer(&mut a, &y, event.weight);
            add(&mut vector, &y, *share);
        }
        // A file may hold weights that no training gives: below this the rounding of the sums above would decide.
        let largest = (0..d).map(|n| a[n * d + n]).fold(0.0, f32::max);
        let reg = self.weights.row_reg(events.len(), rows.n_rows()).max(largest * d as f32 * f32::EPSILON);
        for n in 0..d {
            a[n * d + n] += reg;
        }
        cholesky::factorise(&mut a, d);
        cholesky::solve(&a, d, &mut vector);
        Visitor { vector, cholesky: Some(a), shares }
    }
}

fn mean(rows: &QuantisedRows, events: &[WeightedEvent]) -> Visitor {
    let total: f32 = events.iter().map(|event| signed_weight(event).abs()).sum();
    let shares: Vec<(ItemIdx, f32)> = events.iter().map(|event| (event.item, signed_weight(event) / total)).collect();
    let mut vector = vec![0.0_f32; rows.n_cols()];
    let mut y = vec![0.0_f32; rows.n_cols()];
    for (item, share) in &shares {
        rows.dequantise_into(item.at(), &mut y);
        add(&mut vector, &y, *share);
    }
    Visitor { vector, cholesky: None, shares }
}

impl Visitor {
    /// The score of every item that has factors, in catalogue order.
    pub fn scores(&self, rows: &QuantisedRows) -> Vec<f32> {
        rows.dot_all(&QuantisedQuery::new(&self.vector))
    }

    /// What each event adds to the score of `item`, without those that add nothing: the terms add up to the score.
    pub fn contributions(&self, rows: &QuantisedRows, item: ItemIdx) -> Vec<(ItemIdx, f32)> {
        let d = rows.n_cols();
        if item.at() >= rows.n_rows() {
            return Vec::new();
        }
        let mut z = vec![0.0_f32; d];
        rows.dequantise_into(item.at(), &mut z);
        if let Some(cholesky) = &self.cholesky {
            cholesky::solve(cholesky, d, &mut z);
        }
        let contribution = |&(event, share): &(ItemIdx, f32)| {
            let (row, scale) = rows.row(event.at());
            let product: f32 = row.iter().zip(&z).map(|(&y, z)| f32::from(y) * z).sum();
            (event, share * product * scale)
        };
        self.shares.iter().filter(|(_, share)| *share != 0.0).map(contribution).collect()
    }
}

/// Adds `weight * y` to `sum`.
fn add(sum: &mut [f32], y: &[f32], weight: f32) {
    for (sum, y) in sum.iter_mut().zip(y) {
        *sum += weight * y;
    }
}

/// Adds `weight * y yT` to the lower triangle of `a`.
fn add_outer(a: &mut [f32], y: &[f32], weight: f32) {
    for (n, row) in a.chunks_exact_mut(y.len()).enumerate() {
        let scaled = weight * y[n];
        for (a, y) in row[..=n].iter_mut().zip(y) {
            *a += scaled * y;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Placement;

    fn small_factors() -> Factors {
        let values = [0.9, 0.1, -0.3, 0.2, 0.8, 0.4, -0.5, 0.3, 0.7, 0.6, -0.2, 0.1];
        let weights = LossWeights { alpha0: 0.1, reg: 0.02, nu: 1.0, like_weight: 1.0 };
        Factors { rows: QuantisedRows::quantise(&values, 3), placement: Placement::LeastSquares(weights) }
    }

    fn like(item: u32) -> WeightedEvent {
        WeightedEvent { item: ItemIdx(item), weight: 1.0, target: 1.0 }
    }

    /// In f64, over the vectors that the quantised rows stand for.
    fn dense_solve(factors: &Factors, events: &[WeightedEvent]) -> Vec<f64> {
        let (rows, weights) = (&factors.rows, factors.loss_weights().unwrap());
        let d = rows.n_cols();
        let vector = |n: usize| -> Vec<f64> {
            let (row, scale) = rows.row(n);
            row.iter().map(|&value| f64::from(value) * f64::from(scale)).collect()
        };
        let mut a = vec![vec![0.0; d + 1]; d];
        let mut add = |y: &[f64], weight: f64, target: f64| {
            for i in 0..d {
                (0..d).for_each(|j| a[i][j] += weight * y[i] * y[j]);
                a[i][d] += weight * target * y[i];
            }
        };
        (0..rows.n_rows()).for_each(|n| add(&vector(n), f64::from(weights.alpha0), 0.0));
        events.iter().for_each(|e| add(&vector(e.item.at()), f64::from(e.weight), f64::from(e.target)));
        let reg = f64::from(weights.reg) * (events.len() as f64 + f64::from(weights.alpha0) * rows.n_rows() as f64);
        (0..d).for_each(|i| a[i][i] += reg);
        cholesky::tests::gauss_jordan(a)
    }

    #[test]
    fn the_vector_is_that_of_a_dense_solve() {
        let factors = small_factors();
        let disliked = WeightedEvent { item: ItemIdx(3), weight: 2.0, target: 0.0 };
        for events in [vec![like(0)], vec![like(1), like(2)], vec![like(0), like(2), disliked]] {
            let visitor = FoldIn::new(&factors).visitor(&factors.rows, &events).unwrap();
            for (x, reference) in visitor.vector.iter().zip(dense_solve(&factors, &events)) {
                assert!((f64::from(*x) - reference).abs() < 1e-5, "{x} {reference}");
            }
        }
    }

    #[test]
    fn contributions_add_up_to_the_score() {
        let factors = small_factors();
        let visitor = FoldIn::new(&factors).visitor(&factors.rows, &[like(0), like(2)]).unwrap();
        let scores = visitor.scores(&factors.rows);
        for item in 0..4 {
            let contributions = visitor.contributions(&factors.rows, ItemIdx(item));
            let total: f32 = contributions.iter().map(|(_, share)| share).sum();
            assert_eq!(contributions.len(), 2);
            assert!((total - scores[item as usize]).abs() < 1e-4);
        }
    }

    #[test]
    fn a_dislike_lowers_the_score_of_its_item() {
        let factors = small_factors();
        let fold_in = FoldIn::new(&factors);
        let before = fold_in.visitor(&factors.rows, &[like(0)]).unwrap().scores(&factors.rows);
        let disliked = WeightedEvent { item: ItemIdx(3), weight: 1.0, target: 0.0 };
        let after = fold_in.visitor(&factors.rows, &[like(0), disliked]).unwrap().scores(&factors.rows);
        assert!(after[3].abs() < before[3].abs());
    }

    #[test]
    fn at_the_mean_scores_are_mean_products_less_half_of_what_is_disliked() {
        let factors = Factors { placement: Placement::Mean, ..small_factors() };
        let rows = &factors.rows;
        let disliked = WeightedEvent { item: ItemIdx(3), weight: 1.0, target: 0.0 };
        let visitor = FoldIn::new(&factors).visitor(rows, &[like(0), disliked, like(2), like(99)]).unwrap();
        let row = |n: usize| {
            let mut y = vec![0.0; 3];
            rows.dequantise_into(n, &mut y);
            y
        };
        let expected: Vec<f32> = (0..3).map(|n| (row(0)[n] + row(2)[n] - 0.5 * row(3)[n]) / 2.5).collect();
        assert!(visitor.vector.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6), "{:?}", visitor.vector);
        for item in 0..4 {
            let contributions = visitor.contributions(rows, ItemIdx(item));
            assert_eq!(contributions.iter().map(|(event, _)| event.0).collect::<Vec<_>>(), [0, 3, 2]);
            let total: f32 = contributions.iter().map(|(_, share)| share).sum();
            assert!((total - visitor.scores(rows)[item as usize]).abs() < 1e-4);
        }
    }

    #[test]
    fn without_a_like_there_is_no_vector() {
        let factors = small_factors();
        let fold_in = FoldIn::new(&factors);
        let disliked = WeightedEvent { item: ItemIdx(0), weight: 1.0, target: 0.0 };
        assert!(fold_in.visitor(&factors.rows, &[]).is_none());
        assert!(fold_in.visitor(&factors.rows, &[disliked]).is_none());
        assert!(fold_in.visitor(&factors.rows, &[like(99)]).is_none());
    }
}
