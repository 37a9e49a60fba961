//! A model: a catalogue and the parts that were trained.

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::factors::Factors;
use crate::item_lists::ItemLists;
use crate::popularity::Popularity;
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
    /// Which source serves whom, by the number of likes; `from` ascends.
    pub routes: Vec<Route>,
}

/// The source that serves profiles of a certain length on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Number of likes from which on it serves.
    pub from: u32,
    /// The source.
    pub source: Source,
}

impl Model {
    /// A model of popular items, without any other part.
    pub fn new(about: About, catalogue: Catalogue) -> Self {
        let (factors, stars, neighbours, ease, sequence, content) = (None, None, None, None, None, None);
        let (popularity, routes) = (None, Vec::new());
        Model { about, catalogue, factors, stars, neighbours, ease, sequence, content, popularity, routes }
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

    /// The source that serves profiles of so many likes: by the routes, and else the first that the model has.
    pub fn source_for(&self, n_likes: usize) -> Source {
        let route = self.routes.iter().rev().find(|route| route.from as usize <= n_likes && self.has(route.source));
        let first = || Source::ALL.into_iter().find(|&source| self.has(source)).unwrap_or(Source::Popular);
        route.map_or_else(first, |route| route.source)
    }

    pub(crate) fn check(&self) -> Result<(), &'static str> {
        match self.routes.is_sorted_by(|a, b| a.from < b.from) {
            true => Ok(()),
            false => Err("the routes do not ascend"),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sparse_rows::SparseRows;

    #[test]
    fn the_route_of_the_longest_length_reached_serves_if_the_model_has_its_source() {
        let mut model = Model::new(About::default(), Catalogue::new(Vec::new()));
        assert_eq!(model.source_for(5), Source::Popular);
        model.content = Some(Content::new(SparseRows::quantise([[(0, 1.0)]])));
        assert_eq!(model.source_for(5), Source::Content);
        let route = |from, source| Route { from, source };
        model.routes = vec![
            route(0, Source::Popular),
            route(3, Source::Content),
            route(9, Source::Taste),
            route(20, Source::Popular),
        ];
        let sources = [0, 2, 3, 8, 9, 20].map(|n| model.source_for(n));
        assert_eq!(sources[..2], [Source::Popular; 2]);
        // The model has no factors: the route before serves.
        assert_eq!(sources[2..], [Source::Content, Source::Content, Source::Content, Source::Popular]);
    }
}
