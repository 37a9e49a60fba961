//! A transformer that reads likes in their order and learns what comes next.
//!
//! The network is that of SASRec (Kang and McAuley 2018, arXiv 1808.09781) with normalisation before each part of a block,
//! and with the loss that makes it strong (Klenitskiy and Vasilev 2023, arXiv 2309.07602): the cross-entropy of the next
//! like among *all* items, after every like of a history at once,
//!
//! ```text
//! loss = mean over likes u(t+1) of -log softmax(items h(u(1) .. u(t)))[u(t+1)]
//! ```
//!
//! where `h` is what [`foldin_core::model::Transformer`] computes. What the user liked before is left out of the softmax: it is
//! never recommended. Histories are cut into windows of `length` likes, at other places in every epoch. Adam (Kingma and Ba
//! 2015) with a rate that rises over the first twentieth of the steps and then falls in a straight line.
//!
//! Cost: `steps * batch * length * (6 n_items d + 48 blocks d^2)` multiplications at most, for a hidden layer of `2 d`: about
//! 100 seconds on two cores for the 3,600 items of ml-1m-timed. Batches are learned from in four parts whose gradients are summed
//! in their order, so that the same bytes come at any number of threads.

mod adam;
mod attention;
mod dropout;
mod layers;
mod network;
mod parameters;
mod softmax;
mod windows;

use std::ops::Range;

use foldin_core::linalg::{MAX_VALUE, QuantisedRows};
use foldin_core::model::Transformer;
use foldin_core::model::transformer::{Block, Norm};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use self::adam::Adam;
use self::dropout::Bits;
use self::network::Network;
use self::parameters::{Places, Shape};
use self::windows::{Window, windows};
use super::sequence::Histories;
use crate::cancel::Cancelled;
use crate::parallel::map_chunks;

/// So many parts of a batch are learned from side by side, whatever the number of threads.
const PARTS: usize = 4;

/// Settings of the network and of its training.
///
/// The defaults were chosen on the validation part of `loo` on ml-1m-timed and ml-100k.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct TransformerSettings {
    /// Fewer likes of known order than this teach it nothing that the sequence does not know: it is left out.
    pub min_likes: usize,
    /// Only so many items, the most liked, take part; file and time grow with it.
    pub max_items: usize,
    /// Heads of attention.
    pub heads: usize,
    /// The width of a head; embeddings are `heads` times as wide.
    pub head_width: usize,
    /// Blocks of attention and feed-forward layers.
    pub blocks: usize,
    /// So many of the newest likes are read.
    pub length: usize,
    /// Steps of learning, whatever the number of likes; time grows with it.
    pub steps: usize,
    /// Windows that a step is made from.
    pub batch: usize,
    /// The largest step size.
    pub learning_rate: f32,
    /// The share of values that are hidden while learning.
    pub dropout: f32,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Default for TransformerSettings {
    fn default() -> Self {
        TransformerSettings {
            min_likes: 80_000,
            max_items: 8_000,
            heads: 2,
            head_width: 32,
            blocks: 2,
            length: 50,
            steps: 9_000,
            batch: 16,
            learning_rate: 0.002,
            dropout: 0.2,
            seed: 1,
        }
    }
}

/// How often [`transformer`] tells how far it is.
pub const N_REPORTS: usize = 20;

/// Learns the network from histories of the first `n_items` of the catalogue. `progress` is called [`N_REPORTS`] times, with
/// a number from 1 on and the mean loss of a like since the last time, and may cancel.
///
/// # Errors
/// [`TransformerError`].
pub fn transformer(
    histories: &Histories,
    n_items: usize,
    settings: &TransformerSettings,
    progress: impl FnMut(usize, f64) -> Result<(), Cancelled>,
) -> Result<Transformer, TransformerError> {
    transformer_from(histories, n_items, None, settings, progress)
}

/// An earlier network to start from.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// The network.
    pub network: &'a Transformer,
    /// The row of each item in it; `None` for items that it does not know. Of the first items, or of all.
    pub rows: &'a [Option<usize>],
}

/// As [`transformer`], from where an earlier network stands. One of other sizes is of no use, and left aside.
///
/// # Errors
/// [`TransformerError`].
pub fn transformer_from(
    histories: &Histories,
    n_items: usize,
    earlier: Option<Earlier<'_>>,
    settings: &TransformerSettings,
    mut progress: impl FnMut(usize, f64) -> Result<(), Cancelled>,
) -> Result<Transformer, TransformerError> {
    let d = settings.heads * settings.head_width;
    let shape = Shape {
        n_items: n_items.min(settings.max_items),
        length: settings.length,
        d,
        hidden: 2 * d,
        blocks: settings.blocks,
        heads: settings.heads,
    };
    let histories: Vec<Vec<u32>> = histories
        .users()
        .map(|items| items.iter().copied().filter(|&item| (item as usize) < shape.n_items).collect())
        .filter(|items: &Vec<u32>| items.len() > 1)
        .collect();
    let places = Places::of(shape);
    let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
    let mut values = places.initial(shape, &mut random);
    if let Some(Earlier { network, rows }) = earlier.filter(|earlier| shape.is_that_of(earlier.network)) {
        places.take_over(&mut values, network, rows);
    }
    let mut adam = Adam::new(places.n, settings.learning_rate, settings.steps);
    let (mut loss, mut n_likes, mut n_reports) = (0.0, 0, 0);
    // Windows of the epoch that are still to be learned from.
    let mut left: Vec<Window<'_>> = Vec::new();
    for step in 1..=settings.steps {
        if left.is_empty() {
            left = windows(&histories, settings.length, &mut random);
        }
        let batch = left.split_off(left.len().saturating_sub(settings.batch));
        let network = Network { shape, places: &places, values: &values };
        let seed: u64 = random.random();
        let parts = map_chunks(&batch, batch.len().div_ceil(PARTS).max(1), |part, windows| {
            let mut gradient = vec![0.0; places.n];
            let mut bits = Bits::new(seed.wrapping_add(part as u64));
            let loss = network.learn(windows, settings.dropout, &mut bits, &mut gradient);
            (loss, gradient)
        });
        let n_asked: usize = batch.iter().map(Window::n_shown).sum();
        loss += parts.iter().map(|part| part.0).sum::<f64>();
        n_likes += n_asked;
        let gradients: Vec<Vec<f32>> = parts.into_iter().map(|part| part.1).collect();
        adam.step(&mut values, &gradients, 1.0 / n_asked.max(1) as f32);
        let due = step * N_REPORTS / settings.steps;
        if due > n_reports {
            progress(due, loss / n_likes.max(1) as f64)?;
            (loss, n_likes, n_reports) = (0.0, 0, due);
        }
    }
    quantised(shape, &places, &values).ok_or(TransformerError::OutOfBounds)
}

/// Why nothing was learned.
#[derive(Debug, thiserror::Error)]
pub enum TransformerError {
    /// A value grew beyond what a model can hold.
    #[error("the transformer grew beyond all bounds")]
    OutOfBounds,
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// The network as a model holds it; `None` where a value is not finite or beyond what a model can hold.
fn quantised(shape: Shape, places: &Places, values: &[f32]) -> Option<Transformer> {
    if !values.iter().all(|value| value.abs() <= MAX_VALUE) {
        return None;
    }
    let of = |range: &Range<usize>| &values[range.clone()];
    let rows = |range: &Range<usize>, n_cols| QuantisedRows::quantise(of(range), n_cols);
    let norm = |range: &Range<usize>| {
        let (gain, bias) = of(range).split_at(shape.d);
        Norm { gain: gain.to_vec(), bias: bias.to_vec() }
    };
    let d = shape.d;
    let block = |block: &parameters::BlockPlaces| Block {
        attention_norm: norm(&block.attention_norm),
        project: rows(&block.project, d),
        output: rows(&block.output, d),
        feed_norm: norm(&block.feed_norm),
        expand: rows(&block.expand, d),
        expand_bias: of(&block.expand_bias).to_vec(),
        contract: rows(&block.contract, shape.hidden),
        contract_bias: of(&block.contract_bias).to_vec(),
    };
    Some(Transformer {
        items: rows(&places.items, d),
        positions: rows(&places.positions, d),
        heads: shape.heads as u32,
        blocks: places.blocks.iter().map(block).collect(),
        norm: norm(&places.norm),
    })
}

#[cfg(test)]
mod tests;
