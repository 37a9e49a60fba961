//! The product of a row of int8 with a vector of int16: the loop in which large catalogues spend their time.
//!
//! Written once in plain Rust, which is what natively runs, and once in the instructions of wasm's SIMD128, 16 columns
//! a step: the compiler's own takes 4 a step, and more than twice the time. Whole numbers add up to the same in any
//! order, so that both give the same sum; the tests below run natively, in wasm, and in wasm without SIMD.

/// The plain way, and the reference.
fn plain(row: &[i8], query: &[i16]) -> i32 {
    row.iter().zip(query).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
}

/// Prepares a vector to be multiplied with rows of its own length.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) fn dot_with(query: &[i16]) -> impl Fn(&[i8]) -> i32 {
    move |row| plain(row, query)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use simd::dot_with;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use core::arch::wasm32::{
        i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shuffle,
        i32x4_splat, v128,
    };

    use bytemuck::must_cast;

    /// Prepares a vector to be multiplied with rows of its own length.
    pub(in super::super) fn dot_with(query: &[i16]) -> impl Fn(&[i8]) -> i32 {
        let (whole, rest) = query.as_chunks::<16>();
        // Columns beyond the last whole 16 are reached from the end: with 0 where a whole 16 has counted already.
        let mut last = [0; 16];
        last[16 - rest.len()..].copy_from_slice(rest);
        move |row| {
            let Some(end) = row.last_chunk() else { return super::plain(row, query) };
            let mut sums = i32x4_splat(0);
            for (row, query) in row.as_chunks().0.iter().zip(whole) {
                sums = add_products(sums, row, query);
            }
            if !rest.is_empty() {
                sums = add_products(sums, end, &last);
            }
            total(sums)
        }
    }

    fn add_products(sums: v128, row: &[i8; 16], query: &[i16; 16]) -> v128 {
        let [low, high]: [v128; 2] = must_cast(*query);
        let row = must_cast(*row);
        let sums = i32x4_add(sums, i32x4_dot_i16x8(i16x8_extend_low_i8x16(row), low));
        i32x4_add(sums, i32x4_dot_i16x8(i16x8_extend_high_i8x16(row), high))
    }

    fn total(sums: v128) -> i32 {
        let sums = i32x4_add(sums, i32x4_shuffle::<2, 3, 0, 1>(sums, sums));
        let sums = i32x4_add(sums, i32x4_shuffle::<1, 0, 3, 2>(sums, sums));
        i32x4_extract_lane::<0>(sums)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::MAX_COLS;
    use super::*;

    /// Numbers that look random, by a linear congruential generator (Knuth, MMIX).
    fn numbers() -> impl FnMut() -> i64 {
        let mut state = 1_u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state as i64 >> 32
        }
    }

    /// In 64 bits, where nothing can overflow.
    fn wide(row: &[i8], query: &[i16]) -> i64 {
        row.iter().zip(query).map(|(&x, &y)| i64::from(x) * i64::from(y)).sum()
    }

    #[test]
    fn a_product_of_any_width_is_the_plain_sum() {
        let mut number = numbers();
        for n_cols in (1..=MAX_COLS).flat_map(|n_cols| [n_cols; 3]) {
            let row: Vec<i8> = (0..n_cols).map(|_| number() as i8).collect();
            let query: Vec<i16> = (0..n_cols).map(|_| (number() as i16).max(-32767)).collect();
            let product = dot_with(&query)(&row);
            assert_eq!((i64::from(product), product), (wide(&row, &query), plain(&row, &query)), "{n_cols} columns");
        }
    }

    #[test]
    fn the_greatest_values_of_a_file_do_not_overflow() {
        for n_cols in [1, 15, 16, 17, 64, 100, MAX_COLS] {
            for value in [-128, -127, 127] {
                for asked in [-32767, 32767] {
                    let (row, query) = (vec![value; n_cols], vec![asked; n_cols]);
                    assert_eq!(
                        i64::from(dot_with(&query)(&row)),
                        wide(&row, &query),
                        "{n_cols} of {value} and {asked}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_column_counts_once() {
        for n_cols in 1..=70 {
            for column in 0..n_cols {
                let mut query = vec![0; n_cols];
                query[column] = 3;
                let row: Vec<i8> = (0..n_cols as i8).collect();
                assert_eq!(dot_with(&query)(&row), 3 * column as i32, "{n_cols} columns, column {column}");
            }
        }
    }
}
