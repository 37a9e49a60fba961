//! Popularity beside the number of likes: what is liked lately, and what is rated well.
//!
//! ```text
//! recent(i) = sum over likes of i of 0.5^(age / half-life)      age: seconds before the newest event
//! stars(i)  = (sum of the stars of i + damping * mean of all stars) / (number of them + damping)
//! ```
//!
//! The damped mean is that of IMDb's list and of Lenskit's `ItemMean`: an item that few have rated is taken to be as
//! good as the mean. The number of likes itself is in the catalogue.
//!
//! Cost: `O(n_events)`.

use foldin_core::{ItemIdx, ItemScores, MAX_VALUE, Popularity};
use serde::{Deserialize, Serialize};

use crate::dataset::Events;
use crate::interactions::is_like;

const SECONDS_A_DAY: f64 = 86_400.0;

/// Settings of the orders. The defaults were chosen on the validation part of `loo`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct PopularitySettings {
    /// After so many days a like counts half; `None`: [`half_life_for`] the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<f64>,
    /// As many ratings as this, all of them the mean, every item has beside its own.
    pub damping: f64,
}

impl Default for PopularitySettings {
    fn default() -> Self {
        PopularitySettings { half_life_days: None, damping: 20.0 }
    }
}

/// What the numbers beside events are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ratings {
    /// How well something was liked.
    Stars,
    /// How often something was done, or nothing at all.
    Counts,
}
