//! The parameters of the network in one vector, so that gradients, moments and steps are vectors of the same layout.

use std::ops::Range;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// The sizes of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Items, each with a row of the embedding.
    pub(super) n_items: usize,
    /// How many events are looked at.
    pub(super) length: usize,
    /// Width of embeddings and of what flows between blocks.
    pub(super) d: usize,
    /// Width of the layer within a block's feed-forward part.
    pub(super) hidden: usize,
    /// Blocks.
    pub(super) blocks: usize,
    /// Heads of attention.
    pub(super) heads: usize,
}

/// Where the parameters of one block are.
#[derive(Debug, Clone)]
pub(super) struct BlockPlaces {
    pub(super) attention_norm: Range<usize>,
    /// `3 d` rows of `d`: queries, keys, values.
    pub(super) project: Range<usize>,
    /// `d` rows of `d`.
    pub(super) output: Range<usize>,
    pub(super) feed_norm: Range<usize>,
    /// `hidden` rows of `d`.
    pub(super) expand: Range<usize>,
    pub(super) expand_bias: Range<usize>,
    /// `d` rows of `hidden`.
    pub(super) contract: Range<usize>,
    pub(super) contract_bias: Range<usize>,
}

/// Where the parameters are.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) items: Range<usize>,
    pub(super) positions: Range<usize>,
    pub(super) blocks: Vec<BlockPlaces>,
    pub(super) norm: Range<usize>,
    pub(super) n: usize,
}

impl Places {
    pub(super) fn of(shape: Shape) -> Self {
        let mut n = 0;
        let mut take = |size: usize| {
            n += size;
            n - size..n
        };
        let Shape { n_items, length, d, hidden, blocks, .. } = shape;
        let items = take(n_items * d);
        let positions = take(length * d);
        let blocks = (0..blocks)
            .map(|_| BlockPlaces {
                attention_norm: take(2 * d),
                project: take(3 * d * d),
                output: take(d * d),
                feed_norm: take(2 * d),
                expand: take(hidden * d),
                expand_bias: take(hidden),
                contract: take(d * hidden),
                contract_bias: take(d),
            })
            .collect();
        let norm = take(2 * d);
        Places { items, positions, blocks, norm, n }
    }

    /// Random weights of a small variance, norms that leave what they are given as it is.
    pub(super) fn initial(&self, shape: Shape, random: &mut ChaCha8Rng) -> Vec<f32> {
        let d = shape.d;
        let mut values = vec![0.0; self.n];
        let mut fill = |range: &Range<usize>, deviation: f32| {
            for value in &mut values[range.clone()] {
                *value = deviation * random.sample::<f32, _>(StandardNormal);
            }
        };
        let narrow = (d as f32).powf(-0.5);
        fill(&self.items, 0.02);
        fill(&self.positions, 0.02);
        for block in &self.blocks {
            fill(&block.project, narrow);
            fill(&block.output, narrow * 0.5);
            fill(&block.expand, narrow);
            fill(&block.contract, (shape.hidden as f32).powf(-0.5) * 0.5);
        }
        for norm in self.blocks.iter().flat_map(|block| [&block.attention_norm, &block.feed_norm]).chain([&self.norm]) {
            values[norm.start..norm.start + d].fill(1.0);
        }
        values
    }
}
