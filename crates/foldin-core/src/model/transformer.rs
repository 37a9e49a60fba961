//! A transformer that reads a visitor's likes in their order: what it learned, as int8 rows.

use serde::Serialize;

use crate::codec::decode_fields;
use crate::linalg::{MAX_VALUE, QuantisedRows};

/// A causal transformer over the last likes of a visitor (SASRec: Kang and McAuley 2018, arXiv 1808.09781), whose output
/// after the newest like is multiplied with the embedding of every item. Input and output embeddings are the same.
///
/// With `x` the embeddings of the likes, oldest first, each with that of its position added, every block does
///
/// ```text
/// x += output attention(project norm(x))
/// x += contract max(0, expand norm(x) + expand_bias) + contract_bias
/// ```
///
/// and the logits are `items norm(x of the newest like)`. Matrices hold one row an output.
#[derive(Debug, Clone, PartialEq)]
pub struct Transformer {
    /// One row an item, `d` wide. There may be fewer rows than items.
    pub items: QuantisedRows,
    /// One row a position, the oldest first: so many likes are read.
    pub positions: QuantisedRows,
    /// The number of heads of attention; it divides `d`.
    pub heads: u32,
    /// The blocks, in their order.
    pub blocks: Vec<Block>,
    /// The last normalisation.
    pub norm: Norm,
}

/// One block: attention, and a feed-forward layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Before the attention.
    pub attention_norm: Norm,
    /// Queries, keys and values: `3 d` rows of `d`.
    pub project: QuantisedRows,
    /// What heads together add: `d` rows of `d`.
    pub output: QuantisedRows,
    /// Before the feed-forward layer.
    pub feed_norm: Norm,
    /// Into the hidden layer: one row of `d` a unit.
    pub expand: QuantisedRows,
    /// One value a unit.
    pub expand_bias: Vec<f32>,
    /// Out of the hidden layer: `d` rows.
    pub contract: QuantisedRows,
    /// `d` values.
    pub contract_bias: Vec<f32>,
}

/// Layer normalisation (Ba, Kiros and Hinton 2016): `gain (x - mean) / sqrt(variance + EPSILON) + bias`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Norm {
    /// One factor a column.
    pub gain: Vec<f32>,
    /// One summand a column.
    pub bias: Vec<f32>,
}

decode_fields!(Norm { gain, bias });

impl Norm {
    /// Added to a variance before its root is taken.
    pub const EPSILON: f32 = 1e-5;
}

impl Transformer {
    /// The most blocks. These three bound the time of an answer, whatever a file holds.
    pub const MOST_BLOCKS: usize = 4;
    /// The most likes that are read.
    pub const MOST_POSITIONS: usize = 128;
    /// The widest embedding.
    pub const MOST_WIDTH: usize = 128;

    /// The width of an embedding.
    pub fn width(&self) -> usize {
        self.items.n_cols()
    }

    /// Whether all parts fit each other.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let d = self.width();
        let is =
            |rows: &QuantisedRows, n_rows: usize, n_cols: usize| rows.n_rows() == n_rows && rows.n_cols() == n_cols;
        let has = |values: &[f32], n: usize| values.len() == n && values.iter().all(|value| value.abs() <= MAX_VALUE);
        let norm = |norm: &Norm| has(&norm.gain, d) && has(&norm.bias, d);
        let block = |block: &Block| {
            let hidden = block.expand.n_rows();
            norm(&block.attention_norm)
                && is(&block.project, 3 * d, d)
                && is(&block.output, d, d)
                && norm(&block.feed_norm)
                && is(&block.expand, hidden, d)
                && has(&block.expand_bias, hidden)
                && is(&block.contract, d, hidden)
                && has(&block.contract_bias, d)
        };
        if self.blocks.len() > Self::MOST_BLOCKS || d > Self::MOST_WIDTH {
            return Err("there are more than 4 blocks, or more than 128 columns");
        }
        if !(1..=Self::MOST_POSITIONS).contains(&self.positions.n_rows()) || self.positions.n_cols() != d {
            return Err("positions are not 1 to 128 rows as wide as those of the items");
        }
        if self.items.n_rows() == 0 || self.heads == 0 || !d.is_multiple_of(self.heads as usize) {
            return Err("there is no item, or the heads do not divide the width");
        }
        if !norm(&self.norm) || !self.blocks.iter().all(block) {
            return Err("parts of a block do not fit each other");
        }
        Ok(())
    }
}
