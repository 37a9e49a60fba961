//! How a ranker is learned.

use serde::{Deserialize, Serialize};

/// What a ranker is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RankerKind {
    /// A linear blend of the features, and trees that add to it.
    Trees,
    /// A linear blend alone.
    Blend,
    /// The blend that every model without a ranker has: nothing is learned.
    Fixed,
}

/// Settings of the ranker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct RankerSettings {
    /// What it is made of.
    pub kind: RankerKind,
    /// From so many profiles it is learned at most.
    pub profiles: usize,
    /// How many trees.
    pub trees: usize,
    /// How many leaves each has at most.
    pub leaves: usize,
    /// What each tree counts beside those before it.
    pub learning_rate: f64,
    /// The least sum of second derivatives in a leaf: larger values make leaves of more candidates.
    pub min_leaf: f64,
    /// Strength of the pull of leaves towards 0.
    pub ridge: f64,
    /// Pairs of which neither candidate is among so many first ones count for nothing.
    pub top: usize,
    /// Start of the random numbers.
    pub seed: u64,
}

impl Default for RankerSettings {
    fn default() -> Self {
        RankerSettings {
            kind: RankerKind::Trees,
            profiles: 5000,
            trees: 100,
            leaves: 8,
            learning_rate: 0.07,
            min_leaf: 5.0,
            ridge: 5.0,
            top: 30,
            seed: 1,
        }
    }
}
