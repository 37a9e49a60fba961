//! Ranking: candidates from all sources, put in one order by what is known of each.
//!
//! A source alone is good for some profiles: counts of what is liked together for short ones, factors for long ones,
//! what was liked next where there is an order. The ranker sees what all of them say of a candidate, with the length of
//! the profile, and was learned on people that the sources had not seen.

mod blend;
mod candidates;
mod features;
mod trees;

pub use self::blend::{BLEND_LENGTHS, Blend};
pub use self::candidates::{Candidates, DEPTH};
pub(crate) use self::candidates::{PERSONAL, Visit, Voice, gather};
pub use self::features::{FEATURES, Feature, N_FEATURES};
pub(crate) use self::trees::TreesWire;
pub use self::trees::{MAX_CUTS, MAX_LEAVES, Node, Trees};
use crate::catalogue::ItemIdx;
use crate::request::Source;
use crate::top_k::{Scored, is_before, top_k};

/// Trees look at so many of the candidates, the best by the blend, or at twice as many as are asked for.
pub const POOL: usize = 150;

/// What orders candidates: a linear blend, and what trees add to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranker {
    /// The linear part.
    pub blend: Blend,
    /// What trees add; `None` in small models, and where users were too few to learn trees from.
    pub trees: Option<Trees>,
}

impl Ranker {
    /// The best candidates, the best first: `n` of them at least, as far as there are so many.
    pub(crate) fn best(&self, candidates: &Candidates, n: usize) -> Vec<Scored> {
        let best = top_k(&self.blended(candidates), pool_of(n));
        let Some(trees) = &self.trees else { return best };
        let (mut scores, rows): (Vec<f32>, Vec<_>) =
            best.iter().map(|&(item, score)| (score, *candidates.row(item))).unzip();
        trees.add_to(&mut scores, &rows);
        let best: Vec<Scored> = best.iter().map(|(item, _)| *item).zip(scores).collect();
        top_k(&best, best.len())
    }

    /// Where an item with this row stands among the candidates when the best `n` are asked for: its place from 0 on, and
    /// whether trees look at it.
    pub(crate) fn place(
        &self,
        candidates: &Candidates,
        item: ItemIdx,
        row: &[f32; N_FEATURES],
        n: usize,
    ) -> (usize, bool) {
        let before = |all: &[Scored], score: f32| all.iter().filter(|&&other| is_before(other, (item, score))).count();
        let by_blend = before(&self.blended(candidates), self.blend.score(row));
        match by_blend < pool_of(n) {
            true => (before(&self.best(candidates, n), self.scores(&[*row])[0]), true),
            false => (by_blend, false),
        }
    }

    fn blended(&self, candidates: &Candidates) -> Vec<Scored> {
        let scores = candidates.rows.iter().map(|row| self.blend.score(row));
        candidates.items.iter().copied().zip(scores).collect()
    }

    /// One score a row, higher is better.
    pub fn scores(&self, rows: &[[f32; N_FEATURES]]) -> Vec<f32> {
        let mut scores: Vec<f32> = rows.iter().map(|row| self.blend.score(row)).collect();
        if let Some(trees) = &self.trees {
            trees.add_to(&mut scores, rows);
        }
        scores
    }

    /// By how much each source moves the score of a candidate: the score, less what it would be if the source found
    /// the candidate as good as it finds the mean of all. The strongest first; those that move nothing are left out.
    pub(crate) fn parts(&self, row: &[f32; N_FEATURES], mean: &[f32; N_FEATURES]) -> Vec<(Source, f32)> {
        let mut rows = vec![*row];
        for source in Source::ALL {
            let mut without = *row;
            for (n, _) in FEATURES.iter().enumerate().filter(|(_, feature)| feature.source == Some(source)) {
                without[n] = mean[n];
            }
            rows.push(without);
        }
        let scores = self.scores(&rows);
        let parts = Source::ALL.into_iter().zip(&scores[1..]).map(|(source, without)| (source, scores[0] - without));
        let mut ordered: Vec<(Source, f32)> = Vec::new();
        // They are few: the standard library's sorting would be 5 kB of the wasm module.
        for (source, part) in parts.filter(|&(_, part)| part != 0.0) {
            let place = ordered.iter().position(|&(_, other)| other < part).unwrap_or(ordered.len());
            ordered.insert(place, (source, part));
        }
        ordered
    }
}

/// So many candidates trees look at when the best `n` are asked for.
fn pool_of(n: usize) -> usize {
    POOL.max(2 * n)
}

/// The mean of rows.
pub(crate) fn mean(rows: &[[f32; N_FEATURES]]) -> [f32; N_FEATURES] {
    let mut mean = [0.0; N_FEATURES];
    rows.iter().for_each(|row| mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value));
    mean.iter_mut().for_each(|sum| *sum /= rows.len().max(1) as f32);
    mean
}
