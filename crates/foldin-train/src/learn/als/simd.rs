//! Sums of products over vectors whose length is a multiple of [`LANES`].
//!
//! Several vectors at once, because one side of each product is then loaded once instead of several times, and because
//! sums that do not wait for each other keep the arithmetic busy. Products with a whole matrix hold a tile of sums, four
//! rows high, in registers from the first row of the matrix to the last.
//!
//! Loops go by index and hand registers to no closure: a closure that is not inlined is compiled without the
//! processor's registers, and made all of this ten times slower.

use pulp::Simd;

/// Vectors are padded with zeros to a multiple of this: the widest registers there are.
pub(in crate::learn) const LANES: usize = 16;

/// Rows of a tile of sums.
pub(super) const TILE: usize = 4;

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
    let [product] = dots(simd, a, [b]);
    product
}

/// The products of one vector with several.
#[inline(always)]
pub(in crate::learn) fn dots<S: Simd, const N: usize>(simd: S, x: &[f32], y: [&[f32]; N]) -> [f32; N] {
    let x = registers::<S>(x);
    let mut rows = [x; N];
    for k in 0..N {
        rows[k] = &registers::<S>(y[k])[..x.len()];
    }
    let mut sums = [simd.splat_f32s(0.0); N];
    for (n, &x) in x.iter().enumerate() {
        for k in 0..N {
            sums[k] = simd.mul_add_e_f32s(x, rows[k][n], sums[k]);
        }
    }
    let mut products = [0.0; N];
    for k in 0..N {
        products[k] = simd.reduce_sum_f32s(sums[k]);
    }
    products
}

/// `sum += scale * y`
#[inline(always)]
pub(in crate::learn) fn add_scaled<S: Simd>(simd: S, sum: &mut [f32], scale: f32, y: &[f32]) {
    add_all_scaled(simd, sum, [scale], [y]);
}

/// `sum += scales[0] * y[0] + scales[1] * y[1] + ..`
#[inline(always)]
pub(in crate::learn) fn add_all_scaled<S: Simd, const N: usize>(
    simd: S,
    sum: &mut [f32],
    scales: [f32; N],
    y: [&[f32]; N],
) {
    let sum = registers_mut::<S>(sum);
    let mut rows = [registers::<S>(y[0]); N];
    let mut factors = [simd.splat_f32s(0.0); N];
    for k in 0..N {
        rows[k] = &registers::<S>(y[k])[..sum.len()];
        factors[k] = simd.splat_f32s(scales[k]);
    }
    for (n, sum) in sum.iter_mut().enumerate() {
        let mut all = *sum;
        for k in 0..N {
            all = simd.mul_add_e_f32s(factors[k], rows[k][n], all);
        }
        *sum = all;
    }
}

/// `a += sum over rows of y yT`, the lower triangle of it up to whole tiles; `rows` are of `d` values, `a` is `d` by
/// `d`.
#[inline(always)]
pub(super) fn add_outer<S: Simd>(simd: S, a: &mut [f32], rows: &[f32], d: usize) {
    for n in (0..d).step_by(TILE) {
        let scale = |k: usize| *rows[k * d + n..].first_chunk::<TILE>().expect("d is a multiple of the tile");
        let width = (n + TILE).div_ceil(S::F32_LANES);
        add_tiles(simd, &mut a[n * d..][..TILE * d], rows, d, width, scale);
    }
}

/// `out += x matrix` for [`TILE`] vectors `x` of `d` values, one behind the other; `matrix` is `d` by `d`.
#[inline(always)]
pub(super) fn add_products<S: Simd>(simd: S, out: &mut [f32], x: &[f32], matrix: &[f32], d: usize) {
    let (a, rest) = x.split_at(d);
    let (b, rest) = rest.split_at(d);
    let (c, rest) = rest.split_at(d);
    let e = &rest[..d];
    add_tiles(simd, out, matrix, d, d / S::F32_LANES, |k| [a[k], b[k], c[k], e[k]]);
}

/// `out[r] += sum over k of scale(k)[r] * rows[k]`, in the first `width` registers of each row.
#[inline(always)]
fn add_tiles<S: Simd>(
    simd: S,
    out: &mut [f32],
    rows: &[f32],
    d: usize,
    width: usize,
    scale: impl Fn(usize) -> [f32; TILE],
) {
    // Sums, a row and its scales must fit the 16 registers of AVX2, or the 32 of AVX-512 and NEON.
    let widest = if S::F32_LANES == 8 { 2 } else { 4 };
    let mut first = 0;
    while first < width {
        first += match (width - first).min(widest) {
            4.. => add_tile::<S, 4>(simd, out, rows, d, first, &scale),
            2 | 3 => add_tile::<S, 2>(simd, out, rows, d, first, &scale),
            _ => add_tile::<S, 1>(simd, out, rows, d, first, &scale),
        };
    }
}

/// One tile, `W` registers wide, from register `first` on; gives `W`.
#[inline(always)]
fn add_tile<S: Simd, const W: usize>(
    simd: S,
    out: &mut [f32],
    rows: &[f32],
    d: usize,
    first: usize,
    scale: &impl Fn(usize) -> [f32; TILE],
) -> usize {
    let stride = d / S::F32_LANES;
    let mut sums = [[simd.splat_f32s(0.0); W]; TILE];
    for (k, row) in registers::<S>(rows).chunks_exact(stride).enumerate() {
        let row = row[first..].first_chunk::<W>().expect("the tile lies within the row");
        let scales = scale(k);
        for r in 0..TILE {
            let scale = simd.splat_f32s(scales[r]);
            for w in 0..W {
                sums[r][w] = simd.mul_add_e_f32s(scale, row[w], sums[r][w]);
            }
        }
    }
    let out = registers_mut::<S>(out);
    for r in 0..TILE {
        for w in 0..W {
            let out = &mut out[r * stride + first + w];
            *out = simd.add_f32s(*out, sums[r][w]);
        }
    }
    W
}
