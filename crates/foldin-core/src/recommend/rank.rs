//! Applies the ranker: the best candidates, the place of one, and what each source adds to a score.

use crate::index::ItemIdx;
use crate::linalg::finite::bounded;
use crate::linalg::top_k::{Scored, is_before, top_k};
use crate::model::Ranker;
use crate::model::ranker::{N_FEATURES, Row};
use crate::recommend::candidates::Candidates;
use crate::recommend::weights::{Weights, without};
use crate::source::Source;

/// Trees score so many of the candidates, the best by the blend, or twice as many as are asked for.
pub const POOL: usize = 150;

impl Ranker {
    /// The best candidates, the best first: at least `n` of them, if there are so many.
    pub(crate) fn best(&self, candidates: &Candidates, n: usize, weights: Weights<'_>) -> Vec<Scored> {
        let best = top_k(&self.blended(candidates, weights), pool_of(n));
        let Some(trees) = &self.trees else { return best };
        let (mut scores, rows): (Vec<f32>, Vec<_>) =
            best.iter().map(|&(item, score)| (score, *candidates.row(item))).unzip();
        if weights.change_nothing() {
            trees.add_to(&mut scores, &rows);
        } else {
            scores = weights.scores(&rows, &|rows| self.scores(rows));
        }
        let best: Vec<Scored> = best.iter().map(|(item, _)| *item).zip(scores).collect();
        top_k(&best, best.len())
    }

    /// The place of an item with this row among the candidates when the best `n` are asked for, from 0 on, and whether
    /// trees score it.
    pub(crate) fn place(
        &self,
        candidates: &Candidates,
        item: ItemIdx,
        row: &Row,
        n: usize,
        weights: Weights<'_>,
    ) -> (usize, bool) {
        let before = |all: &[Scored], score: f32| all.iter().filter(|&&other| is_before(other, (item, score))).count();
        let rows = [*row];
        let by_blend = before(&self.blended(candidates, weights), weights.scores(&rows, &|rows| self.blends(rows))[0]);
        if by_blend < pool_of(n) {
            let score = weights.scores(&rows, &|rows| self.scores(rows))[0];
            (before(&self.best(candidates, n, weights), score), true)
        } else {
            (by_blend, false)
        }
    }

    fn blended(&self, candidates: &Candidates, weights: Weights<'_>) -> Vec<Scored> {
        let scores = weights.scores(&candidates.rows, &|rows| self.blends(rows));
        candidates.items.iter().copied().zip(scores).collect()
    }

    fn blends(&self, rows: &[Row]) -> Vec<f32> {
        rows.iter().map(|row| self.blend.score(row)).collect()
    }

    /// By how much each source moves the score of a candidate: the score, minus what it would be if the features of
    /// the source had their means over all candidates, times its weight. The strongest first; sources that move nothing
    /// are left out.
    pub(crate) fn parts(&self, row: &Row, weights: Weights<'_>) -> Vec<(Source, f32)> {
        let mut rows = vec![*row];
        rows.extend(Source::ALL.map(|source| without(source, row, weights.mean)));
        let scores = self.scores(&rows);
        let parts = Source::ALL.into_iter().zip(&scores[1..]);
        let parts = parts.map(|(source, without)| (source, bounded(weights.of(source) * (scores[0] - without))));
        let mut ordered: Vec<(Source, f32)> = Vec::new();
        // Insertion: there are few of them, and the standard library's sort would be 5 kB of the wasm module.
        for (source, part) in parts.filter(|&(_, part)| part != 0.0) {
            let place = ordered.iter().position(|&(_, other)| other < part).unwrap_or(ordered.len());
            ordered.insert(place, (source, part));
        }
        ordered
    }
}

/// How many candidates trees score when the best `n` are asked for.
fn pool_of(n: usize) -> usize {
    POOL.max(2 * n)
}

/// The mean of rows.
pub(crate) fn mean(rows: &[Row]) -> Row {
    let mut mean = [0.0; N_FEATURES];
    rows.iter().for_each(|row| mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value));
    mean.iter_mut().for_each(|sum| *sum /= rows.len().max(1) as f32);
    mean
}
