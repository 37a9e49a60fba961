//! Causal attention within one window, with the way back.

use pulp::{Simd, WithSimd};

use super::softmax::exp;

/// What every place takes from itself and those before it.
pub(super) struct Attend<'a> {
    /// Rows of `d`.
    pub(super) out: &'a mut [f32],
    /// The weights, one square a head.
    pub(super) weights: &'a mut [f32],
    /// Rows of `3 d`: query, key and value.
    pub(super) qkv: &'a [f32],
    pub(super) d: usize,
    pub(super) heads: usize,
}

impl WithSimd for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        attention(self.out, self.weights, self.qkv, self.d, self.heads);
    }
}

/// The gradient of an [`Attend`].
pub(super) struct AttendBack<'a> {
    /// Written: rows of `3 d`.
    pub(super) dqkv: &'a mut [f32],
    pub(super) dout: &'a [f32],
    pub(super) weights: &'a [f32],
    pub(super) qkv: &'a [f32],
    pub(super) d: usize,
    pub(super) heads: usize,
}

impl WithSimd for AttendBack<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        attention_back(self.dqkv, self.dout, self.weights, self.qkv, self.d, self.heads);
    }
}

/// One sequence's causal attention: `qkv` holds its rows of `3 d`; writes rows of `d`, and keeps the weights, one square
/// a head.
#[inline(always)]
fn attention(out: &mut [f32], weights: &mut [f32], qkv: &[f32], d: usize, heads: usize) {
    let length = qkv.len() / (3 * d);
    let width = d / heads;
    let scale = (width as f32).powf(-0.5);
    for head in 0..heads {
        let weights = &mut weights[head * length * length..(head + 1) * length * length];
        for t in 0..length {
            let q = &qkv[t * 3 * d + head * width..][..width];
            let row = &mut weights[t * length..(t + 1) * length];
            let mut largest = f32::MIN;
            for s in 0..=t {
                let k = &qkv[s * 3 * d + d + head * width..][..width];
                let score: f32 = q.iter().zip(k).map(|(q, k)| q * k).sum::<f32>() * scale;
                row[s] = score;
                largest = largest.max(score);
            }
            let mut sum = 0.0;
            for weight in &mut row[..=t] {
                *weight = exp(*weight - largest);
                sum += *weight;
            }
            let inverse = 1.0 / sum;
            row[..=t].iter_mut().for_each(|weight| *weight *= inverse);
            row[t + 1..].fill(0.0);
            let out = &mut out[t * d + head * width..][..width];
            out.fill(0.0);
            for s in 0..=t {
                let v = &qkv[s * 3 * d + 2 * d + head * width..][..width];
                let weight = row[s];
                out.iter_mut().zip(v).for_each(|(out, v)| *out += weight * v);
            }
        }
    }
}

/// Writes `dqkv`.
#[inline(always)]
fn attention_back(dqkv: &mut [f32], dout: &[f32], weights: &[f32], qkv: &[f32], d: usize, heads: usize) {
    let length = qkv.len() / (3 * d);
    let width = d / heads;
    let scale = (width as f32).powf(-0.5);
    dqkv.fill(0.0);
    let mut dweights = vec![0.0; length];
    for head in 0..heads {
        let weights = &weights[head * length * length..(head + 1) * length * length];
        for t in 0..length {
            let row = &weights[t * length..(t + 1) * length];
            let dout = &dout[t * d + head * width..][..width];
            let mut mean = 0.0;
            for s in 0..=t {
                let at = s * 3 * d + 2 * d + head * width;
                let mut sum = 0.0;
                for n in 0..width {
                    sum += dout[n] * qkv[at + n];
                    dqkv[at + n] += row[s] * dout[n];
                }
                dweights[s] = sum;
                mean += sum * row[s];
            }
            let q_at = t * 3 * d + head * width;
            for s in 0..=t {
                let dscore = row[s] * (dweights[s] - mean) * scale;
                let k_at = s * 3 * d + d + head * width;
                for n in 0..width {
                    dqkv[q_at + n] += dscore * qkv[k_at + n];
                    dqkv[k_at + n] += dscore * qkv[q_at + n];
                }
            }
        }
    }
}
