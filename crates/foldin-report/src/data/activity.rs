//! How many events each user or item has.

use serde::Serialize;

use super::histogram::{Bin, doubling_bins};

/// How many events each of some users or items has; all 0 where there are none.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The fewest.
    pub least: u32,
    /// What half of them do not exceed.
    pub median: u32,
    /// The mean.
    pub mean: f64,
    /// What nine in ten of them do not exceed.
    pub p90: u32,
    /// The most.
    pub most: u32,
    /// How many have how many, in bins that double.
    pub bins: Vec<Bin>,
}

impl Activity {
    pub(super) fn new(counts: &[u32]) -> Self {
        let mut sorted = counts.to_vec();
        sorted.sort_unstable();
        // The nearest rank, so that every quantile is a number that occurs.
        let quantile = |part: usize| sorted.get((sorted.len() * part).div_ceil(100).max(1) - 1).copied().unwrap_or(0);
        let sum: u64 = sorted.iter().map(|&count| u64::from(count)).sum();
        Activity {
            least: quantile(0),
            median: quantile(50),
            mean: sum as f64 / sorted.len().max(1) as f64,
            p90: quantile(90),
            most: quantile(100),
            bins: doubling_bins(sorted.iter().map(|&count| u64::from(count))),
        }
    }
}
