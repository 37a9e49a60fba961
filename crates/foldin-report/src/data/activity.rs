//! How many events users or items have.

use serde::Serialize;

use super::histogram::{Bin, doubling_bins};

/// How many events each user or item has, among those that have any.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The fewest.
    pub least: u32,
    /// Half of them have at most so many.
    pub median: u32,
    /// The mean.
    pub mean: f64,
    /// Nine in ten of them have at most so many.
    pub p90: u32,
    /// The most.
    pub most: u32,
    /// How many of them have how many, in bins that double.
    pub bins: Vec<Bin>,
}

impl Activity {
    /// `None` where all counts are 0.
    pub(super) fn new(counts: &[u32]) -> Option<Self> {
        let mut sorted: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
        sorted.sort_unstable();
        let (&least, &most) = (sorted.first()?, sorted.last()?);
        // The nearest rank, so that every quantile is a number that occurs.
        let quantile = |percent: usize| sorted[(sorted.len() * percent).div_ceil(100) - 1];
        let sum: u64 = sorted.iter().map(|&count| u64::from(count)).sum();
        Some(Activity {
            least,
            median: quantile(50),
            mean: sum as f64 / sorted.len() as f64,
            p90: quantile(90),
            most,
            bins: doubling_bins(sorted.iter().map(|&count| u64::from(count))),
        })
    }
}
