//! Scoring: each source scores all items in its own way, from the same events.
//!
//! A source that the model lacks is an error; one that cannot score a profile gives no scorer.

mod content;
mod factors;
mod fold_in;
mod item_lists;
mod popularity;
mod rating;
mod transformer;

pub use self::fold_in::{FoldIn, Visitor, WeightedEvent};
pub use self::rating::VisitorRatings;

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::linalg::finite::bounded;
use crate::linalg::top_k::{NO_SCORE, Scored};
use crate::model::Model;
use crate::source::Source;

/// The weight of a dislike relative to a like, where a source adds up over events.
const DISLIKE: f32 = 0.5;

/// How a source scores the items for one profile.
trait Score {
    /// As [`Scorer::scores`], perhaps not finite.
    fn scores(&self) -> Vec<f32>;

    /// As [`Scorer::contributions`], perhaps not finite.
    fn contributions(&self, item: ItemIdx) -> Vec<Scored>;
}

/// A source, prepared for a profile. All that it gives is finite, whatever the model holds.
pub(crate) struct Scorer<'a>(Box<dyn Score + 'a>);

impl Scorer<'_> {
    /// One score an item, in catalogue order, higher is better; [`NO_SCORE`] for items that are no candidates. Items
    /// beyond the last are none either.
    pub(crate) fn scores(&self) -> Vec<f32> {
        let mut scores = self.0.scores();
        scores.iter_mut().filter(|score| **score != NO_SCORE).for_each(|score| *score = bounded(*score));
        scores
    }

    /// What each of the visitor's events adds to the score of `item`; empty where the profile has no part in it.
    pub(crate) fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let mut contributions = self.0.contributions(item);
        contributions.iter_mut().for_each(|(_, contribution)| *contribution = bounded(*contribution));
        contributions
    }
}

/// A source, prepared for a profile; `None` where it cannot score it. `events` are oldest first.
///
/// # Errors
/// [`RequestError::NotInModel`].
pub(crate) fn scorer<'a>(
    model: &'a Model,
    fold_in: Option<&FoldIn>,
    source: Source,
    events: &[WeightedEvent],
) -> Result<Option<Scorer<'a>>, RequestError> {
    let missing = RequestError::NotInModel { part: source.part() };
    let score = match source {
        Source::Factors => {
            let (factors, fold_in) = model.factors.as_ref().zip(fold_in).ok_or(missing)?;
            factors::scorer(factors, fold_in, events)
        }
        Source::Neighbours | Source::Ease | Source::Sequence => {
            let lists = match source {
                Source::Neighbours => &model.neighbours,
                Source::Ease => &model.ease,
                _ => &model.sequence,
            };
            item_lists::scorer(lists.as_ref().ok_or(missing)?, &model.catalogue, events)
        }
        Source::Transformer => {
            let transformer = model.transformer.as_ref().ok_or(missing)?;
            transformer::scorer(transformer, model.catalogue.len(), events)
        }
        Source::Content => content::scorer(model.content.as_ref().ok_or(missing)?, events),
        Source::Popular => Some(popularity::by_likes(&model.catalogue)),
        Source::Recent | Source::TopRated => {
            let popularity = model.popularity.as_ref();
            let scores = match source {
                Source::Recent => popularity.and_then(|popularity| popularity.recent.as_ref()),
                _ => popularity.and_then(|popularity| popularity.mean_ratings.as_ref()),
            };
            Some(popularity::by_scores(scores.ok_or(missing)?))
        }
    };
    Ok(score.map(Scorer))
}

/// The signed weight of an event, where a source adds up over events: above 0 for a like, below for a dislike.
fn signed_weight(event: &WeightedEvent) -> f32 {
    event.weight * if event.target > 0.0 { event.target } else { -DISLIKE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Catalogue, CatalogueItem};

    /// A catalogue of items with these numbers of likes, which must fall.
    pub(super) fn catalogue(likes: &[u32]) -> Catalogue {
        let item = |(n, &likes): (usize, &u32)| CatalogueItem { id: format!("{n}"), likes, ..Default::default() };
        Catalogue::new(likes.iter().enumerate().map(item).collect())
    }

    pub(super) fn like(item: u32) -> WeightedEvent {
        WeightedEvent { item: ItemIdx(item), weight: 1.0, target: 1.0 }
    }

    pub(super) fn dislike(item: u32) -> WeightedEvent {
        WeightedEvent { target: 0.0, ..like(item) }
    }
}
