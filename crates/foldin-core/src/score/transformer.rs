//! Transformer: what the visitor's likes in their order lead to.

use std::cell::OnceCell;

use super::{Score, WeightedEvent};
use crate::index::ItemIdx;
use crate::linalg::elementary::{exp2, log2};
use crate::linalg::top_k::{NO_SCORE, Scored};
use crate::linalg::{QuantisedQuery, QuantisedRows};
use crate::model::transformer::{Block, Norm, Transformer};

/// The binary logarithm of e.
const LOG2_E: f32 = std::f32::consts::LOG2_E;

/// So many items stand for all where a mean is asked for.
const MOST_IN_MEAN: usize = 256;

struct ByTransformer<'a> {
    transformer: &'a Transformer,
    /// The likes that are read, oldest first.
    likes: Vec<ItemIdx>,
    scores: Vec<f32>,
    /// What only reasons ask for.
    for_reasons: OnceCell<ForReasons>,
}

struct ForReasons {
    /// What the likes up to each of them lead to, to multiply items with.
    states: Vec<Vec<f32>>,
    /// The row of an item like any other.
    mean: Vec<f32>,
}

pub(super) fn scorer<'a>(
    transformer: &'a Transformer,
    n_items: usize,
    events: &[WeightedEvent],
) -> Option<Box<dyn Score + 'a>> {
    let is_known = |event: &&WeightedEvent| event.target > 0.0 && event.item.at() < transformer.items.n_rows();
    let mut likes: Vec<ItemIdx> = events.iter().filter(is_known).map(|event| event.item).collect();
    likes.drain(..likes.len().saturating_sub(transformer.positions.n_rows()));
    let mut scores = scores(transformer, states(transformer, &likes, 1).last()?);
    scores.resize(n_items, NO_SCORE);
    Some(Box::new(ByTransformer { transformer, likes, scores, for_reasons: OnceCell::new() }))
}

/// `log2(n p)` for an item of probability `p` among `n`: how many times as likely it is as by chance. What is less likely
/// than by chance is no candidate.
fn scores(transformer: &Transformer, state: &[f32]) -> Vec<f32> {
    let mut scores = transformer.items.dot_all(&QuantisedQuery::new(state));
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|score| exp2((score - most) * LOG2_E)).sum();
    let mean = log2(sum / scores.len() as f32);
    for score in &mut scores {
        let above = (*score - most) * LOG2_E - mean;
        // NaN is no candidate either.
        *score = if above > 0.0 { above } else { NO_SCORE };
    }
    scores
}

impl Score for ByTransformer<'_> {
    fn scores(&self) -> Vec<f32> {
        self.scores.clone()
    }

    /// The score, shared out by how much the item's logit rose above that of the mean item with each like.
    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let score = self.scores.get(item.at()).copied().unwrap_or(NO_SCORE);
        if score == NO_SCORE {
            return Vec::new();
        }
        let ForReasons { states, mean } = self.for_reasons.get_or_init(|| ForReasons {
            states: states(self.transformer, &self.likes, self.likes.len()),
            mean: mean_row(&self.transformer.items),
        });
        let mut row = vec![0.0; mean.len()];
        self.transformer.items.dequantise_into(item.at(), &mut row);
        row.iter_mut().zip(mean).for_each(|(row, mean)| *row -= mean);
        let mut before = 0.0;
        let mut rises: Vec<Scored> = Vec::with_capacity(self.likes.len());
        for (&like, state) in self.likes.iter().zip(states) {
            let after: f32 = row.iter().zip(state).map(|(row, state)| row * state).sum();
            if after > before {
                rises.push((like, after - before));
            }
            before = after;
        }
        let sum: f32 = rises.iter().map(|(_, rise)| rise).sum();
        rises.iter_mut().for_each(|(_, rise)| *rise *= score / sum);
        rises
    }
}

/// The mean of some rows, spread over all of them.
fn mean_row(rows: &QuantisedRows) -> Vec<f32> {
    let (mut row, mut mean) = (vec![0.0; rows.n_cols()], vec![0.0; rows.n_cols()]);
    let some = (0..rows.n_rows()).step_by(rows.n_rows().div_ceil(MOST_IN_MEAN));
    let n = some.len() as f32;
    for place in some {
        rows.dequantise_into(place, &mut row);
        add(&mut mean, &row);
    }
    mean.iter_mut().for_each(|sum| *sum /= n);
    mean
}

/// What comes out after each of the newest `n` of some likes.
fn states(transformer: &Transformer, likes: &[ItemIdx], n: usize) -> Vec<Vec<f32>> {
    let mut position_row = vec![0.0; transformer.width()];
    let mut x: Vec<Vec<f32>> = Vec::with_capacity(likes.len());
    for (position, like) in likes.iter().enumerate() {
        let mut row = vec![0.0; transformer.width()];
        transformer.items.dequantise_into(like.at(), &mut row);
        transformer.positions.dequantise_into(position, &mut position_row);
        add(&mut row, &position_row);
        x.push(row);
    }
    let first = x.len().saturating_sub(n);
    for (place, block) in transformer.blocks.iter().enumerate() {
        // What comes out of the last block is read by no other.
        let from = if place + 1 == transformer.blocks.len() { first } else { 0 };
        apply(block, transformer.heads as usize, &mut x, from);
    }
    x[first..].iter().map(|x| normed(&transformer.norm, x)).collect()
}

/// One block, for the places from one on.
fn apply(block: &Block, heads: usize, x: &mut [Vec<f32>], from: usize) {
    let d = block.output.n_rows();
    let projected: Vec<Vec<f32>> =
        x.iter().map(|x| product(&block.project, &normed(&block.attention_norm, x))).collect();
    for place in from..x.len() {
        let attended = attend(&projected[..=place], d, heads);
        add(&mut x[place], &product(&block.output, &attended));
        let mut hidden = product(&block.expand, &normed(&block.feed_norm, &x[place]));
        add(&mut hidden, &block.expand_bias);
        hidden.iter_mut().for_each(|value| *value = value.max(0.0));
        add(&mut x[place], &product(&block.contract, &hidden));
        add(&mut x[place], &block.contract_bias);
    }
}

/// What the last of some places takes from all of them: each holds a query, a key and a value of width `d`.
fn attend(projected: &[Vec<f32>], d: usize, heads: usize) -> Vec<f32> {
    let width = d / heads;
    let scale = LOG2_E / (width as f32).sqrt();
    let mut out = vec![0.0; d];
    let mut weights = vec![0.0; projected.len()];
    for (head, out) in out.chunks_exact_mut(width).enumerate() {
        // Queries, keys and values stand side by side, and within each of them one head after the other.
        let of = |part: usize| part * d + head * width..part * d + (head + 1) * width;
        let query = &projected[projected.len() - 1][of(0)];
        let mut most = f32::MIN;
        for (weight, row) in weights.iter_mut().zip(projected) {
            *weight = query.iter().zip(&row[of(1)]).map(|(query, key)| query * key).sum::<f32>() * scale;
            most = most.max(*weight);
        }
        let mut sum = 0.0;
        for weight in &mut weights {
            *weight = exp2(*weight - most);
            sum += *weight;
        }
        for (weight, row) in weights.iter().zip(projected) {
            let share = weight / sum;
            out.iter_mut().zip(&row[of(2)]).for_each(|(out, value)| *out += share * value);
        }
    }
    out
}

fn product(rows: &QuantisedRows, x: &[f32]) -> Vec<f32> {
    rows.dot_all(&QuantisedQuery::new(x))
}

fn add(sum: &mut [f32], other: &[f32]) {
    sum.iter_mut().zip(other).for_each(|(sum, other)| *sum += other);
}

fn normed(norm: &Norm, x: &[f32]) -> Vec<f32> {
    let n = x.len() as f32;
    let mean = x.iter().sum::<f32>() / n;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / n;
    let inverse = 1.0 / (variance + Norm::EPSILON).sqrt();
    x.iter().zip(&norm.gain).zip(&norm.bias).map(|((x, gain), bias)| gain * ((x - mean) * inverse) + bias).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dislike, like};
    use super::*;

    /// Embeddings of a place on a circle each, and blocks that add nothing: the newest like alone decides.
    fn without_blocks() -> Transformer {
        let places: [[f32; 2]; 4] = [[8.0, -8.0], [6.0, -5.0], [-8.0, 8.0], [-6.0, 5.0]];
        Transformer {
            items: QuantisedRows::quantise(places.as_flattened(), 2),
            positions: QuantisedRows::quantise(&[0.0; 6], 2),
            heads: 1,
            blocks: Vec::new(),
            norm: Norm { gain: vec![1.0; 2], bias: vec![0.0; 2] },
        }
    }

    /// A block whose values are what it is given, and whose queries and keys are zeros: the mean of all likes is added.
    fn with_a_mean() -> Transformer {
        let zeros = |n_rows: usize| QuantisedRows::quantise(&vec![0.0; n_rows * 2], 2);
        let norm = || Norm { gain: vec![1.0; 2], bias: vec![0.0; 2] };
        let mut project = vec![0.0; 12];
        (project[8], project[11]) = (1.0, 1.0);
        let block = Block {
            attention_norm: norm(),
            project: QuantisedRows::quantise(&project, 2),
            output: QuantisedRows::quantise(&[30.0, 0.0, 0.0, 30.0], 2),
            feed_norm: norm(),
            expand: zeros(2),
            expand_bias: vec![0.0; 2],
            contract: zeros(2),
            contract_bias: vec![0.0; 2],
        };
        Transformer { blocks: vec![block], ..without_blocks() }
    }

    #[test]
    fn a_score_is_how_many_times_as_likely_an_item_is_as_by_chance() {
        let transformer = without_blocks();
        let scores = scorer(&transformer, 5, &[like(2), like(0)]).unwrap().scores();
        // The state is (1, -1): logits of 16, 11, -16 and -11, and so all but certainly the first of four items.
        assert!((scores[0] - 2.0).abs() < 0.02, "{scores:?}");
        assert_eq!(scores[1..], [NO_SCORE; 4]);
    }

    #[test]
    fn attention_adds_up_over_likes_and_the_score_is_shared_by_what_each_added() {
        let transformer = with_a_mean();
        let scorer = scorer(&transformer, 4, &[like(2), dislike(0), like(1), like(1), like(3)]).unwrap();
        let score = scorer.scores()[0];
        assert!(score > 0.5, "{:?}", scorer.scores());
        let contributions = scorer.contributions(ItemIdx(0));
        // The first like and the newest lead away from the item.
        assert!(
            contributions.iter().all(|(item, contribution)| item.0 == 1 && *contribution > 0.0),
            "{contributions:?}"
        );
        assert!((contributions.iter().map(|(_, part)| part).sum::<f32>() - score).abs() < 1e-4);
        assert_eq!(scorer.contributions(ItemIdx(2)), [], "what is no candidate has no reasons");
    }

    #[test]
    fn only_the_newest_likes_are_read_and_none_gives_no_scorer() {
        let transformer = with_a_mean();
        let scores = |events: &[WeightedEvent]| scorer(&transformer, 4, events).unwrap().scores();
        assert_eq!(scores(&[like(2), like(2), like(0), like(1), like(3)]), scores(&[like(0), like(1), like(3)]));
        assert!(scorer(&transformer, 4, &[dislike(0), like(9)]).is_none());
    }
}
