//! Nearest neighbours by cosine, and how much each of them counts.

use std::collections::BTreeMap;

use super::vectors::Vectors;
use crate::parallel::map;

/// Rows whose cosines are held at a time.
const BLOCK: usize = 128;
/// Halvings until the width of a neighbourhood is found.
const HALVINGS: usize = 64;

/// Which rows may be neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// All but the row of the same number.
    Others,
    /// Those with a cosine above 0.
    Alike,
}

/// The `k` nearest of `others` for every row, the nearest first, with their cosines.
pub(super) fn nearest(rows: &Vectors, others: &Vectors, k: usize, which: Near) -> Vec<Vec<(u32, f32)>> {
    let starts: Vec<usize> = (0..rows.n_rows()).step_by(BLOCK).collect();
    let blocks = map(&starts, |&start| {
        let cosines = rows.cosines(start..(start + BLOCK).min(rows.n_rows()), others);
        let row = |(n, row): (usize, ndarray::ArrayView1<f32>)| {
            let is_meant = |&(other, cosine): &(u32, f32)| match which {
                Near::Others => other as usize != start + n,
                Near::Alike => cosine > 0.0,
            };
            best((0..).zip(row.iter().copied()).filter(is_meant).collect(), k)
        };
        cosines.rows().into_iter().enumerate().map(row).collect::<Vec<_>>()
    });
    blocks.into_iter().flatten().collect()
}

/// The `k` highest, in their order; of equals the more liked ones.
fn best(mut scored: Vec<(u32, f32)>, k: usize) -> Vec<(u32, f32)> {
    let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if k < scored.len() {
        scored.select_nth_unstable_by(k, order);
        scored.truncate(k);
    }
    scored.sort_unstable_by(order);
    scored
}

/// What each neighbour counts: the nearest 1, the others as their distances fall off, all together `log2` of their number.
pub(super) fn fuzzy(near: &[(u32, f32)]) -> Vec<f32> {
    let rho = near.first().map_or(0.0, |nearest| 1.0 - nearest.1);
    let beyond: Vec<f32> = near.iter().map(|(_, cosine)| (1.0 - cosine - rho).max(0.0)).collect();
    let wanted = (near.len() as f32).log2().max(1.0);
    let counts = |sigma: f32| beyond.iter().map(move |distance| (-distance / sigma).exp());
    // Cosines lie within 2 of each other, so a width of 1000 makes all equal.
    let (mut low, mut high) = (1e-6_f32, 1e3_f32);
    for _ in 0..HALVINGS {
        let middle = (low * high).sqrt();
        if counts(middle).sum::<f32>() < wanted { low = middle } else { high = middle }
    }
    counts(high).collect()
}

/// The graph of neighbours, each pair from both sides: `p(i,j) = p(j|i) + p(i|j) - p(j|i) p(i|j)`.
pub(super) fn graph(neighbours: &[Vec<(u32, f32)>]) -> Vec<Vec<(u32, f32)>> {
    let mut rows = vec![BTreeMap::<u32, f32>::new(); neighbours.len()];
    for (item, near) in neighbours.iter().enumerate() {
        for (&(other, _), weight) in near.iter().zip(fuzzy(near)) {
            for (from, to) in [(item as u32, other), (other, item as u32)] {
                let sum = rows[from as usize].entry(to).or_insert(0.0);
                *sum += weight - *sum * weight;
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().collect()).collect()
}
