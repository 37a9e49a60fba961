//! What one row of a side tells the other, as one run of numbers, so that a rating costs one addition of it.

use crate::learn::als::simd::LANES;

/// Where things stand in a row's moments. With `w = (q, b)` the row's vector and `z = (q, 1)` what it is for the other
/// side's rows:
///
/// ```text
/// 0           E[z]           padded to `width`
/// width       E[b z]         padded to `width`
/// 2 width     E[z zT]        lower triangle, row by row
/// after it    E[b^2]         then padding
/// ```
///
/// The last element of `E[b z]` is `E[b]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Layout {
    /// Factors and the bias.
    pub size: usize,
    /// `size`, padded to whole registers.
    pub width: usize,
    /// All moments, padded to whole registers.
    pub length: usize,
}

impl Layout {
    pub(super) fn new(factors: usize) -> Self {
        let size = factors + 1;
        let width = size.next_multiple_of(LANES);
        let length = (2 * width + size * (size + 1) / 2 + 1).next_multiple_of(LANES);
        Layout { size, width, length }
    }

    /// Where row `n` of the triangle begins.
    pub(super) fn triangle(self, n: usize) -> usize {
        2 * self.width + n * (n + 1) / 2
    }

    /// Where `E[w_k^2]` stands: on the diagonal for a factor, by itself for the bias.
    pub(super) fn square(self, k: usize) -> usize {
        if k + 1 == self.size { self.triangle(self.size) } else { self.triangle(k) + k }
    }

    /// Writes the moments of a row from its mean and its covariance, `size` rows of `width` each.
    #[inline(always)]
    pub(super) fn write(self, moments: &mut [f32], mean: &[f32], covariance: &[f32]) {
        let bias = self.size - 1;
        let bias_row = &covariance[bias * self.width..][..self.width];
        moments[..bias].copy_from_slice(&mean[..bias]);
        moments[bias] = 1.0;
        for k in 0..bias {
            moments[self.width + k] = mean[bias] * mean[k] + bias_row[k];
        }
        moments[self.width + bias] = mean[bias];
        for n in 0..bias {
            let row = &mut moments[self.triangle(n)..][..=n];
            for (k, value) in row.iter_mut().enumerate() {
                *value = mean[n] * mean[k] + covariance[n * self.width + k];
            }
        }
        let last = self.triangle(bias);
        moments[last..last + bias].copy_from_slice(&mean[..bias]);
        moments[last + bias] = 1.0;
        moments[self.square(bias)] = mean[bias] * mean[bias] + bias_row[bias];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_products_of_means_plus_covariances() {
        let layout = Layout::new(2);
        let (mean, mut covariance) = (vec![2.0, 3.0, 5.0], vec![0.0; 3 * layout.width]);
        for (n, row) in [[0.5, 0.1, 0.2], [0.1, 0.6, 0.3], [0.2, 0.3, 0.7]].iter().enumerate() {
            covariance[n * layout.width..][..3].copy_from_slice(row);
        }
        let mut moments = vec![0.0; layout.length];
        layout.write(&mut moments, &mean, &covariance);
        assert_eq!(moments[..3], [2.0, 3.0, 1.0]);
        assert_eq!(moments[layout.width..][..3], [10.2, 15.3, 5.0]);
        assert_eq!(moments[layout.triangle(0)..][..7], [4.5, 6.1, 9.6, 2.0, 3.0, 1.0, 25.7]);
        assert_eq!([0, 1, 2].map(|k| moments[layout.square(k)]), [4.5, 9.6, 25.7]);
    }
}
