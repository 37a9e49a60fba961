//! The sections that are not the settings of a learner.

use foldin_core::Source;
use foldin_data::split::Protocol;
use foldin_data::{Columns, DateOrder, EventWeights, IdMatches, Likes, ReadOptions, ZeroRating};
use serde::{Deserialize, Serialize};

use super::LEARNABLE;

/// How data are read, and what counts as a like.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct DataSection {
    /// Which events are likes.
    pub threshold: Likes,
    /// Whether lines that cannot be read are left out and counted.
    pub skip_bad_lines: bool,
    /// Which column of an event file holds what.
    pub columns: Columns,
    /// What a rating of 0, -1 or 99 outside the scale means.
    pub zero: ZeroRating,
    /// The order of day and month in dates such as `1/2/2011`.
    pub dates: DateOrder,
    /// Differences between the ids of events and catalogue that are overlooked.
    pub match_ids: IdMatches,
    /// Weights of event types.
    pub event_weights: EventWeights,
}

impl DataSection {
    /// How a data set is read by these settings.
    pub fn read_options(&self) -> ReadOptions {
        ReadOptions {
            skip_bad_lines: self.skip_bad_lines,
            columns: self.columns.clone(),
            zero: self.zero,
            dates: self.dates,
            match_ids: self.match_ids.clone(),
            event_weights: self.event_weights.clone(),
        }
    }
}

/// Which parts are learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct TrainSection {
    /// The sources, of [`LEARNABLE`]. A source without anything to learn from, such as an order of events or stars, is
    /// left out.
    pub sources: Vec<Source>,
    /// Of users with more likes, neighbours and EASE count only the newest so many: their work grows with the square.
    pub most_likes: usize,
    /// Whether the rating model is learned, where there are stars.
    pub stars: bool,
    /// Whether the history of every user is written into a file of its own.
    pub with_users: bool,
}

impl Default for TrainSection {
    fn default() -> Self {
        TrainSection { sources: LEARNABLE.to_vec(), most_likes: 1000, stars: true, with_users: false }
    }
}

/// What is not published of the people learned from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct PrivacySection {
    /// The fewest people behind an entry of a list, the factors of an item, and a count; 1 to 100. 1: no floor at all.
    pub min_support: usize,
}

impl PrivacySection {
    /// With fewer people behind an entry, a file names histories.
    pub const SAFE: usize = 3;
}

impl Default for PrivacySection {
    fn default() -> Self {
        PrivacySection { min_support: Self::SAFE }
    }
}

/// Whether settings are searched on held-out users, and how long.
///
/// So many trials and not so many seconds: the same data give the same model on every machine. The default takes about
/// a minute on a million ratings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct SearchSection {
    /// Whether settings are searched. Those of the configuration are where the search starts.
    pub enabled: bool,
    /// Trials per learner, at most.
    pub trials: usize,
    /// A learner stops after so many trials that have not improved it.
    pub patience: usize,
    /// Sources whose settings are left as they are.
    pub keep: Vec<Source>,
    /// Seed of the trials.
    pub seed: u64,
}

impl Default for SearchSection {
    fn default() -> Self {
        SearchSection { enabled: true, trials: 24, patience: 12, keep: Vec::new(), seed: 1 }
    }
}

/// How users are held out, to choose settings and the ranker on and to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldOutBy {
    /// [`Protocol::Strong`]: random users, of each of whom a part is shown.
    Strong,
    /// [`Protocol::Sessions`]: the newest users, which are sessions, of each of which the beginning is shown.
    Sessions,
}

/// Whether the model is measured on held-out users.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct EvaluateSection {
    /// Whether it is measured.
    pub enabled: bool,
    /// Whom to hold out.
    pub protocol: HeldOutBy,
    /// Seed of the split, which also decides whom settings and ranker are chosen on, and of the intervals.
    pub seed: u64,
}

impl HeldOutBy {
    /// The protocol of this name.
    pub fn protocol(self) -> Protocol {
        match self {
            HeldOutBy::Strong => Protocol::Strong,
            HeldOutBy::Sessions => Protocol::Sessions,
        }
    }
}

impl Default for EvaluateSection {
    fn default() -> Self {
        EvaluateSection { enabled: true, protocol: HeldOutBy::Strong, seed: 7 }
    }
}
