//! How ratings are distributed.

use std::collections::BTreeMap;

use foldin_data::Dataset;
use serde::Serialize;

use super::histogram::{Bin, doubling_bins};

/// So many different values have a bin each; more are put into bins that double.
const MOST_VALUES: usize = 24;

/// What ratings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RatingKind {
    /// Stars on some scale.
    Stars,
    /// Counts, such as plays.
    Counts,
    /// All equal: nothing is known but that there is an event.
    Alike,
}

/// How ratings are distributed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ratings {
    /// What they are.
    pub kind: RatingKind,
    /// The mean.
    pub mean: f64,
    /// The standard deviation over all events.
    pub deviation: f64,
    /// Half of the events have at most this rating.
    pub median: f64,
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
    /// Events by rating, ascending.
    pub bins: Vec<Bin>,
}

impl Ratings {
    /// `None` without events.
    pub(super) fn new(dataset: &Dataset) -> Option<Self> {
        let ratings = &dataset.events.ratings;
        let n = ratings.len() as f64;
        // The bits of finite numbers of at least 0 have the order of the numbers; adding 0 makes -0 one of them.
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        ratings.iter().for_each(|rating| *counts.entry((rating + 0.0).to_bits()).or_default() += 1);
        let rating_of = |bits: &u32| as_written(f32::from_bits(*bits));
        let (lowest, highest) = (rating_of(counts.first_key_value()?.0), rating_of(counts.last_key_value()?.0));
        let mean = ratings.iter().map(|&rating| f64::from(rating)).sum::<f64>() / n;
        let squares = ratings.iter().map(|&rating| (f64::from(rating) - mean).powi(2)).sum::<f64>();
        let mut seen = 0;
        let (median, _) = counts.iter().find(|&(_, &count)| {
            seen += count;
            2 * seen >= ratings.len()
        })?;
        let bin = |(bits, &count): (&u32, &usize)| Bin { from: rating_of(bits), to: rating_of(bits), count };
        let bins = if counts.len() <= MOST_VALUES {
            counts.iter().map(bin).collect()
        } else {
            doubling_bins(ratings.iter().map(|rating| rating.ceil() as u64))
        };
        let kind = if counts.len() == 1 {
            RatingKind::Alike
        } else if dataset.ratings_are_counts {
            RatingKind::Counts
        } else {
            RatingKind::Stars
        };
        Some(Ratings { kind, mean, deviation: (squares / n).sqrt(), median: rating_of(median), lowest, highest, bins })
    }
}

/// The number as it was written: 3.6 in single precision is 3.5999999 in double.
fn as_written(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}
