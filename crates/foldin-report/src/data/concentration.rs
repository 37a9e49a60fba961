//! How unevenly events are spread over items: the Lorenz curve and the Gini coefficient.

use serde::Serialize;

use crate::number::share;

/// How unevenly events are spread over the items that have any.
///
/// The curve is the Lorenz curve read from the other end: `curve[p]` is the share of the events that the most popular
/// `p` per cent of the items have. The Gini coefficient is `sum (2 i - n - 1) c_i / ((n - 1) sum c_i)` over `n` ascending
/// counts `c`, as for recommendations: 0 where all items have equally many events, 1 where one item has all.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Concentration {
    /// Number of items that have any.
    pub items: usize,
    /// 101 shares of events: of the first 0, 1, ..., 100 per cent of the items.
    pub curve: Vec<f64>,
    /// The smallest number of items that together have half of the events.
    pub half_on: usize,
    /// That number as a share of items.
    pub half_on_share: f64,
    /// Share of the events that the most popular 1 % of the items have, rounded to whole items.
    pub top_1_percent: f64,
    /// Share of the events that the most popular 20 % of the items have, rounded to whole items.
    pub top_20_percent: f64,
    /// The Gini coefficient, 0 to 1.
    pub gini: f64,
}

impl Concentration {
    /// `None` where all counts are 0.
    pub(super) fn new(counts: &[u32]) -> Option<Self> {
        let mut counts: Vec<u64> = counts.iter().map(|&count| u64::from(count)).filter(|&count| count > 0).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let n = counts.len();
        if n == 0 {
            return None;
        }
        let mut sums = vec![0u64];
        counts.iter().for_each(|count| sums.push(sums[sums.len() - 1] + count));
        let all = sums[n];
        let curve: Vec<f64> = (0..=100).map(|percent| share(sums[(n * percent + 50) / 100], all)).collect();
        let half_on = sums.partition_point(|&sum| 2 * sum < all);
        // Counts descend, so the ascending rank i is n - place.
        let weighted: i128 =
            (0i128..).zip(&counts).map(|(place, &count)| (n as i128 - 1 - 2 * place) * i128::from(count)).sum();
        let gini = if n > 1 { weighted as f64 / ((n - 1) as f64 * all as f64) } else { 0.0 };
        Some(Concentration {
            items: n,
            half_on,
            half_on_share: share(half_on, n),
            top_1_percent: curve[1],
            top_20_percent: curve[20],
            curve,
            gini,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_items_are_as_uneven_as_counted_by_hand() {
        let found = Concentration::new(&[1, 5, 0, 2, 1, 1]).unwrap();
        assert_eq!((found.items, found.half_on, found.half_on_share), (5, 1, 0.2));
        assert_eq!([0, 20, 40, 60, 80, 100].map(|percent| found.curve[percent]), [0.0, 0.5, 0.7, 0.8, 0.9, 1.0]);
        // Ascending 1 1 1 2 5: (-4 - 2 + 0 + 4 + 20) / (4 * 10).
        assert!((found.gini - 0.45).abs() < 1e-12, "{}", found.gini);
    }

    #[test]
    fn equal_counts_have_no_inequality() {
        let gini = |counts: &[u32]| Concentration::new(counts).map(|found| found.gini);
        assert_eq!((gini(&[3, 3, 3]), gini(&[3]), gini(&[0, 0])), (Some(0.0), Some(0.0), None));
    }
}
