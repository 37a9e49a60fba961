//! The softmax over items, and the loss.

use pulp::{Simd, WithSimd};

/// `e^x` for `x` up to 0, to 1e-7 relative: `2^(x / ln 2)`, whole part by the exponent's bits, the rest by its series.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let t = (x * std::f32::consts::LOG2_E).max(-126.0);
    let whole = t.floor();
    let r = t - whole;
    let series = 1.0
        + r * (std::f32::consts::LN_2 + r * (0.240_226_5 + r * (0.055_504_1 + r * (0.009_618_1 + r * 0.001_333_4))));
    f32::from_bits(((whole as i32 + 127) << 23) as u32) * series
}

/// Turns a row of logits into the gradient of the loss, `softmax - target`, and gives the loss.
pub(super) struct Softmax<'a> {
    pub(super) row: &'a mut [f32],
    pub(super) target: usize,
}

impl WithSimd for Softmax<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f64 {
        let mut largest = [f32::MIN; 16];
        for chunk in self.row.chunks_exact(16) {
            for n in 0..16 {
                largest[n] = if chunk[n] > largest[n] { chunk[n] } else { largest[n] };
            }
        }
        let mut most = largest.iter().copied().fold(f32::MIN, f32::max);
        for &value in self.row.chunks_exact(16).remainder() {
            most = most.max(value);
        }
        let target = self.row[self.target] - most;
        let mut sums = [0.0_f32; 16];
        let mut chunks = self.row.chunks_exact_mut(16);
        for chunk in &mut chunks {
            for n in 0..16 {
                chunk[n] = exp(chunk[n] - most);
                sums[n] += chunk[n];
            }
        }
        let mut sum: f32 = sums.iter().sum();
        for value in chunks.into_remainder() {
            *value = exp(*value - most);
            sum += *value;
        }
        let inverse = 1.0 / sum;
        self.row.iter_mut().for_each(|value| *value *= inverse);
        self.row[self.target] -= 1.0;
        f64::from(sum.ln() - target)
    }
}
