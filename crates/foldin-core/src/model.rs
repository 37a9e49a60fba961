//! A model: a catalogue and the parts that were trained.

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::factors::Factors;
use crate::stars::Stars;

/// All that ranking needs: the content of a score file.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the model was trained on.
    pub about: About,
    /// The items.
    pub catalogue: Catalogue,
    /// What iALS learned; without it there are popular items only.
    pub factors: Option<Factors>,
    /// What predicts stars; without it there are no predictions.
    pub stars: Option<Stars>,
}

/// What a model was trained on, and by what.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Name of the data set.
    pub data: String,
    /// Whether its events were simulated instead of made by people.
    pub simulated: bool,
    /// Users that had at least one like.
    pub n_users: u64,
    /// Likes that were learned from.
    pub n_likes: u64,
    /// Ratings from this number of stars on were likes; `None`: every event was.
    pub like_threshold: Option<f32>,
    /// Name and version of the program that trained it.
    pub program: String,
}
