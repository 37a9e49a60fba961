//! Sums of products over vectors whose length is a multiple of [`LANES`], four vectors at a time.
//!
//! Four at once, because one side of the product is then loaded once instead of four times: these loops wait for
//! memory, not for arithmetic.

use pulp::Simd;

/// Vectors are padded with zeros to a multiple of this: the widest registers there are.
pub(in crate::learn) const LANES: usize = 16;

/// A vector as registers.
#[inline(always)]
pub(in crate::learn) fn registers<S: Simd>(vector: &[f32]) -> &[S::f32s] {
    let (registers, rest) = S::as_simd_f32s(vector);
    debug_assert!(rest.is_empty());
    registers
}

/// A vector as registers to write to.
#[inline(always)]
fn registers_mut<S: Simd>(vector: &mut [f32]) -> &mut [S::f32s] {
    let (registers, rest) = S::as_mut_simd_f32s(vector);
    debug_assert!(rest.is_empty());
    registers
}

/// `a . b`
#[inline(always)]
pub(in crate::learn) fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let mut sum = simd.splat_f32s(0.0);
    for (&a, &b) in registers::<S>(a).iter().zip(registers::<S>(b)) {
        sum = simd.mul_add_e_f32s(a, b, sum);
    }
    simd.reduce_sum_f32s(sum)
}

/// The products of one vector with four.
#[inline(always)]
pub(in crate::learn) fn dot_4<S: Simd>(simd: S, x: &[f32], y: [&[f32]; 4]) -> [f32; 4] {
    let x = registers::<S>(x);
    let y = y.map(|y| &registers::<S>(y)[..x.len()]);
    let mut sums = [simd.splat_f32s(0.0); 4];
    for (n, &x) in x.iter().enumerate() {
        for (sum, y) in sums.iter_mut().zip(y) {
            *sum = simd.mul_add_e_f32s(x, y[n], *sum);
        }
    }
    sums.map(|sum| simd.reduce_sum_f32s(sum))
}

/// `sum += scale * y`
#[inline(always)]
pub(in crate::learn) fn add_scaled<S: Simd>(simd: S, sum: &mut [f32], scale: f32, y: &[f32]) {
    let scale = simd.splat_f32s(scale);
    for (sum, &y) in registers_mut::<S>(sum).iter_mut().zip(registers::<S>(y)) {
        *sum = simd.mul_add_e_f32s(scale, y, *sum);
    }
}

/// `sum += scales[0] * y[0] + .. + scales[3] * y[3]`
#[inline(always)]
pub(in crate::learn) fn add_scaled_4<S: Simd>(simd: S, sum: &mut [f32], scales: [f32; 4], y: [&[f32]; 4]) {
    let sum = registers_mut::<S>(sum);
    let y = y.map(|y| &registers::<S>(y)[..sum.len()]);
    let scales = scales.map(|scale| simd.splat_f32s(scale));
    for (n, sum) in sum.iter_mut().enumerate() {
        let mut four = *sum;
        for (scale, y) in scales.iter().zip(y) {
            four = simd.mul_add_e_f32s(*scale, y[n], four);
        }
        *sum = four;
    }
}
