//! A model: a catalogue and the parts that were trained.

use serde::Serialize;

use crate::file::decode_fields;

use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::factors::Factors;
use crate::item_lists::ItemLists;
use crate::popularity::Popularity;
use crate::rank::Ranker;
use crate::request::Source;
use crate::stars::Stars;

/// All that ranking needs: the content of a score file. A part that was not trained is not there, and neither is the
/// source of recommendations that needs it.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the model was trained on.
    pub about: About,
    /// The items.
    pub catalogue: Catalogue,
    /// What iALS learned.
    pub factors: Option<Factors>,
    /// What predicts stars.
    pub stars: Option<Stars>,
    /// What is liked together.
    pub neighbours: Option<ItemLists>,
    /// What EASE learned.
    pub ease: Option<ItemLists>,
    /// What is liked next.
    pub sequence: Option<ItemLists>,
    /// What items are about.
    pub content: Option<Content>,
    /// What is popular lately, and what is rated well.
    pub popularity: Option<Popularity>,
    /// What puts the candidates of all sources in order; `None`: a fixed blend does.
    pub ranker: Option<Ranker>,
}

impl Model {
    /// A model of popular items, without any other part.
    pub fn new(about: About, catalogue: Catalogue) -> Self {
        let (factors, stars, neighbours, ease, sequence, content) = (None, None, None, None, None, None);
        let (popularity, ranker) = (None, None);
        Model { about, catalogue, factors, stars, neighbours, ease, sequence, content, popularity, ranker }
    }

    /// Whether the model has what a source needs.
    pub fn has(&self, source: Source) -> bool {
        let popularity = self.popularity.as_ref();
        match source {
            Source::Taste => self.factors.is_some(),
            Source::Neighbours => self.neighbours.is_some(),
            Source::Ease => self.ease.is_some(),
            Source::Sequence => self.sequence.is_some(),
            Source::Content => self.content.is_some(),
            Source::Popular => true,
            Source::Recent => popularity.is_some_and(|popularity| popularity.recent.is_some()),
            Source::TopRated => popularity.is_some_and(|popularity| popularity.stars.is_some()),
        }
    }
}

/// What a model was trained on, and by what.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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

decode_fields!(About { data, simulated, n_users, n_likes, like_threshold, program });
