//! The parameters of the network in one vector, so that gradients, moments and steps are vectors of the same layout.

use std::ops::Range;

use foldin_core::linalg::QuantisedRows;
use foldin_core::model::Transformer;
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

impl Shape {
    /// Whether a network has these sizes, whatever its items.
    pub(super) fn is_that_of(&self, network: &Transformer) -> bool {
        network.items.n_cols() == self.d
            && network.positions.n_rows() == self.length
            && network.heads as usize == self.heads
            && network.blocks.len() == self.blocks
            && network.blocks.iter().all(|block| block.expand.n_rows() == self.hidden)
    }
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

    /// The values of a network of the same sizes, and of the items that it knows: `rows` has the row of each of ours.
    pub(super) fn take_over(&self, values: &mut [f32], network: &Transformer, rows: &[Option<usize>]) {
        let d = network.items.n_cols();
        for (n, row) in rows.iter().take(self.items.len() / d).enumerate() {
            if let Some(row) = row.filter(|&row| row < network.items.n_rows()) {
                network.items.dequantise_into(row, &mut values[self.items.start + n * d..][..d]);
            }
        }
        let mut fill = |range: &Range<usize>, from: &QuantisedRows| {
            let to = values[range.clone()].chunks_exact_mut(from.n_cols()).enumerate();
            to.for_each(|(n, to)| from.dequantise_into(n, to));
        };
        fill(&self.positions, &network.positions);
        for (places, block) in self.blocks.iter().zip(&network.blocks) {
            fill(&places.project, &block.project);
            fill(&places.output, &block.output);
            fill(&places.expand, &block.expand);
            fill(&places.contract, &block.contract);
        }
        let mut copy = |range: &Range<usize>, first: &[f32], second: &[f32]| {
            let (to_first, to_second) = values[range.clone()].split_at_mut(first.len());
            to_first.copy_from_slice(first);
            to_second.copy_from_slice(second);
        };
        for (places, block) in self.blocks.iter().zip(&network.blocks) {
            copy(&places.attention_norm, &block.attention_norm.gain, &block.attention_norm.bias);
            copy(&places.feed_norm, &block.feed_norm.gain, &block.feed_norm.bias);
            copy(&places.expand_bias, &block.expand_bias, &[]);
            copy(&places.contract_bias, &block.contract_bias, &[]);
        }
        copy(&self.norm, &network.norm.gain, &network.norm.bias);
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
