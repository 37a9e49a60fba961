//! The learned parts: what a model is.
//!
//! Plain data with checks of their own. How they lie in a file is [`file`](crate::file)'s business, how they score items
//! that of [`score`](crate::score).

mod catalogue;
mod content;
mod descriptions;
mod details;
mod factors;
mod item_lists;
mod item_map;
mod popularity;
pub mod ranker;
mod rating_model;
pub mod transformer;
mod users;

use serde::Serialize;

pub use self::catalogue::{Catalogue, CatalogueItem};
pub(crate) use self::content::product;
pub use self::content::{Content, MAX_TERMS};
pub use self::descriptions::Descriptions;
pub use self::details::Details;
pub use self::factors::{Factors, LossWeights, Placement};
pub use self::item_lists::{Damping, Eighths, ItemLists, Weighting};
pub use self::item_map::ItemMap;
pub use self::popularity::{ItemScores, Popularity};
pub use self::ranker::Ranker;
pub use self::rating_model::RatingModel;
#[cfg(test)]
pub(crate) use self::rating_model::tests as rating_model_tests;
pub use self::transformer::Transformer;
pub use self::users::{KnownUser, Users};
use crate::codec::decode_fields;
use crate::source::Source;

/// All that ranking needs: the content of a score file. A part that was not trained is `None`, and the model then lacks
/// the source that needs it.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// What the model was trained on.
    pub about: About,
    /// The items.
    pub catalogue: Catalogue,
    /// Item factors: of iALS, or vectors that were learned elsewhere.
    pub factors: Option<Factors>,
    /// Predicts ratings.
    pub rating_model: Option<RatingModel>,
    /// Weighted co-occurrence counts.
    pub neighbours: Option<ItemLists>,
    /// Item-to-item weights (EASE).
    pub ease: Option<ItemLists>,
    /// What is liked next.
    pub sequence: Option<ItemLists>,
    /// Reads likes in their order.
    pub transformer: Option<Transformer>,
    /// TF-IDF vectors of genres, tags, words and year.
    pub content: Option<Content>,
    /// Recent popularity and mean ratings.
    pub popularity: Option<Popularity>,
    /// Orders the candidates of all sources; `None`: a fixed blend does.
    pub ranker: Option<Ranker>,
}

impl Model {
    /// A model of popular items, without any other part.
    pub fn new(about: About, catalogue: Catalogue) -> Self {
        Model { about, catalogue, ..Model::default() }
    }

    /// Whether the model has what a source needs.
    pub fn has(&self, source: Source) -> bool {
        let popularity = self.popularity.as_ref();
        match source {
            Source::Factors => self.factors.is_some(),
            Source::Neighbours => self.neighbours.is_some(),
            Source::Ease => self.ease.is_some(),
            Source::Sequence => self.sequence.is_some(),
            Source::Transformer => self.transformer.is_some(),
            Source::Content => self.content.is_some(),
            Source::Popular => true,
            Source::Recent => popularity.is_some_and(|popularity| popularity.recent.is_some()),
            Source::TopRated => popularity.is_some_and(|popularity| popularity.mean_ratings.is_some()),
        }
    }
}

/// What a model was trained on, and by what.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct About {
    /// Name of the data set.
    pub data: String,
    /// Whether the events were simulated by a program.
    pub simulated: bool,
    /// Users with at least one like.
    pub n_users: u64,
    /// Likes learned from.
    pub n_likes: u64,
    /// Ratings at or above it were likes; `None`: every event was.
    pub like_threshold: Option<f32>,
    /// Name and version of the program that trained it.
    pub program: String,
}

decode_fields!(About { data, simulated, n_users, n_likes, like_threshold, program });
