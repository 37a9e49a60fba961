//! Logarithm and exponential that give the same bits on every platform, which the standard library's do not: bits of the
//! exponent, and plain sums and products.

/// `log2(x)` to 0.0002, for `x` above 0: the exponent's bits, and a curve through the mantissa that is exact at powers of
/// two.
pub(crate) fn log2(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let t = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    exponent as f32 + t + t * (1.0 - t) * (0.438_07 + t * (0.080_31 * t - 0.236_69))
}

/// `2^x` to four parts in a million, for `x` from -126 to 127; beyond them, the value there. The series of `e^(r ln 2)` over the
/// part behind the point, which lies between -1/2 and 1/2.
pub(crate) fn exp2(x: f32) -> f32 {
    let x = x.clamp(-126.0, 127.0);
    let whole = (x + 0.5).floor();
    let r = (x - whole) * std::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
    // NaN has no whole part, and becomes 1.
    f32::from_bits(((whole as i32 + 127) << 23) as u32) * if series.is_nan() { 1.0 } else { series }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_that_of_the_standard_library_and_exact_at_powers_of_two() {
        for x in [1e-30_f32, 0.013, 0.7, 0.999_99, 1.0, 1.3, 1.5, 1.99, 3.0, 1000.0, 7e22] {
            assert!((log2(x) - x.log2()).abs() < 2e-4, "{x}: {} {}", log2(x), x.log2());
        }
        assert_eq!([0.25, 1.0, 2.0, 1024.0].map(log2), [-2.0, 0.0, 1.0, 10.0]);
        assert!(log2(0.0).is_finite());
    }

    #[test]
    fn the_exponential_is_that_of_the_standard_library_and_exact_at_whole_numbers() {
        for n in -1250..1270 {
            let x = n as f32 / 10.0;
            assert!((exp2(x) / x.exp2() - 1.0).abs() < 4e-6, "{x}: {} {}", exp2(x), x.exp2());
        }
        assert_eq!([-3.0, 0.0, 1.0, 10.0].map(exp2), [0.125, 1.0, 2.0, 1024.0]);
        for x in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN] {
            assert!(exp2(x).is_finite() && exp2(x) > 0.0, "{x}");
        }
    }
}
