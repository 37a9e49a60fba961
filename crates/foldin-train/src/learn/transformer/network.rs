//! The network over some windows at once, forward and back.

use std::ops::Range;

use pulp::Arch;

use super::attention::{Attend, AttendBack};
use super::dropout::{Bits, Mask};
use super::layers::{
    Normed, add, add_bias, bias_back, norm_back, product, product_back_to_input, product_back_to_weights,
};
use super::parameters::{BlockPlaces, Places, Shape};
use super::softmax::Softmax;
use super::windows::Window;

/// A network with its parameters.
pub(super) struct Network<'a> {
    pub(super) shape: Shape,
    pub(super) places: &'a Places,
    pub(super) values: &'a [f32],
}

/// What a block has computed, for the way back.
struct Trace {
    attention_norm: Normed,
    qkv: Vec<f32>,
    /// One a window.
    weights: Vec<Vec<f32>>,
    attended: Vec<f32>,
    attention_mask: Mask,
    feed_norm: Normed,
    /// Before the threshold at 0.
    expanded: Vec<f32>,
    activated: Vec<f32>,
    hidden_mask: Mask,
    feed_mask: Mask,
}

/// All that was computed of some windows; rows of `d`, one for each shown item.
struct Forward {
    embedding_mask: Mask,
    blocks: Vec<Trace>,
    last: Normed,
}

impl Network<'_> {
    /// What comes out after each shown item of windows, without dropout.
    #[cfg(test)]
    pub(super) fn states(&self, windows: &[Window<'_>]) -> Vec<f32> {
        self.forward(windows, 0.0, &mut Bits::new(0)).last.y
    }

    /// Adds the gradient of the summed loss of windows to `gradient`, and gives that loss.
    pub(super) fn learn(&self, windows: &[Window<'_>], dropout: f32, bits: &mut Bits, gradient: &mut [f32]) -> f64 {
        let forward = self.forward(windows, dropout, bits);
        let states = &forward.last.y;
        let (arch, d, n_items) = (Arch::new(), self.shape.d, self.shape.n_items);
        let items = self.of(&self.places.items);
        let mut logits = vec![0.0; states.len() / d * n_items];
        product(&mut logits, states, items, d);
        let mut rows = logits.chunks_exact_mut(n_items);
        let mut loss = 0.0;
        for window in windows {
            for (n, &target) in window.items[1..].iter().enumerate() {
                let row = rows.next().expect("there is a row for each shown item");
                for &own in window.before.iter().chain(&window.items[..=n]).filter(|&&own| own != target) {
                    row[own as usize] = f32::MIN;
                }
                loss += arch.dispatch(Softmax { row, target: target as usize });
            }
        }
        let mut dstates = vec![0.0; states.len()];
        product_back_to_input(&mut dstates, &logits, items, d);
        product_back_to_weights(&mut gradient[self.places.items.clone()], &logits, states, d);
        self.back(windows, &forward, &dstates, gradient);
        loss
    }

    fn of(&self, range: &Range<usize>) -> &[f32] {
        &self.values[range.clone()]
    }

    fn forward(&self, windows: &[Window<'_>], dropout: f32, bits: &mut Bits) -> Forward {
        let d = self.shape.d;
        let (items, positions) = (self.of(&self.places.items), self.of(&self.places.positions));
        let mut x = Vec::new();
        for window in windows {
            for (&item, position) in window.shown().iter().zip(positions.chunks_exact(d)) {
                x.extend(items[item as usize * d..][..d].iter().zip(position).map(|(item, position)| item + position));
            }
        }
        let embedding_mask = Mask::new(x.len(), dropout, bits);
        embedding_mask.apply(&mut x);
        let blocks = self.places.blocks.iter().map(|block| self.block(block, windows, &mut x, dropout, bits)).collect();
        Forward { embedding_mask, blocks, last: Normed::of(&x, self.of(&self.places.norm)) }
    }

    /// Adds what one block adds to `x`.
    fn block(
        &self,
        places: &BlockPlaces,
        windows: &[Window<'_>],
        x: &mut [f32],
        dropout: f32,
        bits: &mut Bits,
    ) -> Trace {
        let Shape { d, hidden, heads, .. } = self.shape;
        let attention_norm = Normed::of(x, self.of(&places.attention_norm));
        let mut qkv = vec![0.0; 3 * x.len()];
        product(&mut qkv, &attention_norm.y, self.of(&places.project), d);
        let arch = Arch::new();
        let mut attended = vec![0.0; x.len()];
        let mut weights = Vec::with_capacity(windows.len());
        for (window, tokens) in windows.iter().zip(tokens_of(windows, d)) {
            let mut own = vec![0.0; heads * window.n_shown().pow(2)];
            let qkv = &qkv[3 * tokens.start..3 * tokens.end];
            arch.dispatch(Attend { out: &mut attended[tokens], weights: &mut own, qkv, d, heads });
            weights.push(own);
        }
        let mut y = vec![0.0; x.len()];
        product(&mut y, &attended, self.of(&places.output), d);
        let attention_mask = Mask::new(y.len(), dropout, bits);
        attention_mask.apply(&mut y);
        add(x, &y);

        let feed_norm = Normed::of(x, self.of(&places.feed_norm));
        let mut expanded = vec![0.0; x.len() / d * hidden];
        product(&mut expanded, &feed_norm.y, self.of(&places.expand), d);
        add_bias(&mut expanded, self.of(&places.expand_bias));
        let mut activated: Vec<f32> = expanded.iter().map(|value| value.max(0.0)).collect();
        let hidden_mask = Mask::new(activated.len(), dropout, bits);
        hidden_mask.apply(&mut activated);
        product(&mut y, &activated, self.of(&places.contract), hidden);
        add_bias(&mut y, self.of(&places.contract_bias));
        let feed_mask = Mask::new(y.len(), dropout, bits);
        feed_mask.apply(&mut y);
        add(x, &y);
        Trace {
            attention_norm,
            qkv,
            weights,
            attended,
            attention_mask,
            feed_norm,
            expanded,
            activated,
            hidden_mask,
            feed_mask,
        }
    }

    /// From the gradient of what came out to that of all parameters.
    fn back(&self, windows: &[Window<'_>], forward: &Forward, dstates: &[f32], gradient: &mut [f32]) {
        let d = self.shape.d;
        let mut dx = vec![0.0; dstates.len()];
        let norm = &self.places.norm;
        norm_back(&mut dx, &mut gradient[norm.clone()], dstates, &forward.last, self.of(norm));
        for (places, trace) in self.places.blocks.iter().zip(&forward.blocks).rev() {
            self.block_back(places, windows, trace, &mut dx, gradient);
        }
        forward.embedding_mask.apply(&mut dx);
        let mut rows = dx.chunks_exact(d);
        for window in windows {
            for (position, &item) in window.shown().iter().enumerate() {
                let dx = rows.next().expect("there is a row for each shown item");
                add(&mut gradient[self.places.items.start + item as usize * d..][..d], dx);
                add(&mut gradient[self.places.positions.start + position * d..][..d], dx);
            }
        }
    }

    /// From the gradient of what a block gave to that of what it was given, which `dx` holds before and after.
    fn block_back(
        &self,
        places: &BlockPlaces,
        windows: &[Window<'_>],
        trace: &Trace,
        dx: &mut [f32],
        gradient: &mut [f32],
    ) {
        let Shape { d, hidden, heads, .. } = self.shape;
        let mut dy = dx.to_vec();
        trace.feed_mask.apply(&mut dy);
        bias_back(&mut gradient[places.contract_bias.clone()], &dy);
        product_back_to_weights(&mut gradient[places.contract.clone()], &dy, &trace.activated, hidden);
        let mut dhidden = vec![0.0; trace.expanded.len()];
        product_back_to_input(&mut dhidden, &dy, self.of(&places.contract), hidden);
        trace.hidden_mask.apply(&mut dhidden);
        let is_off = |(_, value): &(&mut f32, &f32)| **value <= 0.0;
        dhidden.iter_mut().zip(&trace.expanded).filter(is_off).for_each(|(dhidden, _)| *dhidden = 0.0);
        bias_back(&mut gradient[places.expand_bias.clone()], &dhidden);
        product_back_to_weights(&mut gradient[places.expand.clone()], &dhidden, &trace.feed_norm.y, d);
        product_back_to_input(&mut dy, &dhidden, self.of(&places.expand), d);
        let norm = &places.feed_norm;
        norm_back(dx, &mut gradient[norm.clone()], &dy, &trace.feed_norm, self.of(norm));

        dy.copy_from_slice(dx);
        trace.attention_mask.apply(&mut dy);
        product_back_to_weights(&mut gradient[places.output.clone()], &dy, &trace.attended, d);
        let mut dattended = vec![0.0; dy.len()];
        product_back_to_input(&mut dattended, &dy, self.of(&places.output), d);
        let arch = Arch::new();
        let mut dqkv = vec![0.0; trace.qkv.len()];
        for (tokens, weights) in tokens_of(windows, d).zip(&trace.weights) {
            let of_qkv = 3 * tokens.start..3 * tokens.end;
            let (dqkv, qkv) = (&mut dqkv[of_qkv.clone()], &trace.qkv[of_qkv]);
            arch.dispatch(AttendBack { dqkv, dout: &dattended[tokens], weights, qkv, d, heads });
        }
        product_back_to_weights(&mut gradient[places.project.clone()], &dqkv, &trace.attention_norm.y, d);
        product_back_to_input(&mut dy, &dqkv, self.of(&places.project), d);
        let norm = &places.attention_norm;
        norm_back(dx, &mut gradient[norm.clone()], &dy, &trace.attention_norm, self.of(norm));
    }
}

/// Where the rows of each window are, `d` values a row.
fn tokens_of(windows: &[Window<'_>], d: usize) -> impl Iterator<Item = Range<usize>> {
    windows.iter().scan(0, move |start, window| {
        let from = *start;
        *start += window.n_shown() * d;
        Some(from..*start)
    })
}
