//! How ratings are spread.

use std::collections::BTreeMap;

use serde::Serialize;

use super::histogram::{Bin, doubling_bins};
use crate::dataset::Dataset;

/// So many different values are shown one by one; more are put into bins that double.
const MOST_VALUES: usize = 24;

/// What ratings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RatingKind {
    /// Stars of some scale.
    Stars,
    /// Counts, such as plays.
    Counts,
    /// All the same: that there is an event is all that is known.
    Alike,
}

/// How ratings are spread.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ratings {
    /// What they are.
    pub kind: RatingKind,
    /// Mean; 0 without events.
    pub mean: f64,
    /// Standard deviation over all events; 0 without events.
    pub deviation: f64,
    /// The value that half of the events do not exceed; 0 without events.
    pub median: f64,
    /// The lowest; 0 without events.
    pub lowest: f64,
    /// The highest; 0 without events.
    pub highest: f64,
    /// Events by rating, ascending.
    pub bins: Vec<Bin>,
}

impl Ratings {
    pub(super) fn new(dataset: &Dataset) -> Self {
        let ratings = &dataset.events.ratings;
        let n = ratings.len().max(1) as f64;
        let mean = ratings.iter().map(|&rating| f64::from(rating)).sum::<f64>() / n;
        let squares = ratings.iter().map(|&rating| (f64::from(rating) - mean).powi(2)).sum::<f64>();
        // Ratings are finite and at least 0, where the order of the bits is that of the numbers.
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        ratings.iter().for_each(|rating| *counts.entry((rating + 0.0).to_bits()).or_default() += 1);
        let value = |bits: &u32| in_decimals(f32::from_bits(*bits));
        let mut seen = 0;
        let median = counts.iter().find(|&(_, &count)| {
            seen += count;
            2 * seen >= ratings.len()
        });
        let are_few = counts.len() <= MOST_VALUES;
        let bins = match are_few {
            true => counts.iter().map(|(bits, &count)| Bin { from: value(bits), to: value(bits), count }).collect(),
            false => doubling_bins(ratings.iter().map(|rating| rating.ceil() as u64)),
        };
        Ratings {
            kind: match (dataset.ratings_are_counts, counts.len()) {
                (_, ..=1) => RatingKind::Alike,
                (true, _) => RatingKind::Counts,
                (false, _) => RatingKind::Stars,
            },
            mean,
            deviation: (squares / n).sqrt(),
            median: median.map_or(0.0, |(bits, _)| value(bits)),
            lowest: counts.first_key_value().map_or(0.0, |(bits, _)| value(bits)),
            highest: counts.last_key_value().map_or(0.0, |(bits, _)| value(bits)),
            bins,
        }
    }
}

/// The number as it was written: 3.6 in single precision is 3.5999999 in double.
fn in_decimals(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}
