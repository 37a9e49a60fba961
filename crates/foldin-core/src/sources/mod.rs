//! Sources: each scores items in its own way, from the same events.
//!
//! A source that the model does not hold, or that has nothing to say of a profile, gives no scorer.

mod from_content;
mod from_lists;
mod from_taste;
mod same_for_all;

use crate::catalogue::ItemIdx;
use crate::error::RequestError;
use crate::fold_in::{FoldIn, WeightedEvent};
use crate::model::Model;
use crate::request::Source;
use crate::top_k::Scored;

/// The score of an item of which a source says nothing.
pub(crate) const NOTHING: f32 = f32::NEG_INFINITY;

/// How much a dislike speaks against what a like would speak for, where a source adds up over events.
const DISLIKE: f32 = 0.5;

/// A source that has taken in a profile.
pub(crate) trait Scorer {
    /// One score an item, in catalogue order, higher is better, [`NOTHING`] for items that are no candidates. Items
    /// beyond the last are none either.
    fn scores(&self) -> Vec<f32>;

    /// What each of the visitor's events adds to the score of `item`; empty where the profile has no part in it.
    fn contributions(&self, item: ItemIdx) -> Vec<Scored>;
}

/// A source for a profile; `None` where it has nothing to say of it. `events` are the oldest first.
///
/// # Errors
/// [`RequestError::NotInModel`].
pub(crate) fn scorer<'a>(
    model: &'a Model,
    fold_in: Option<&FoldIn>,
    source: Source,
    events: &[WeightedEvent],
) -> Result<Option<Box<dyn Scorer + 'a>>, RequestError> {
    let missing = RequestError::NotInModel { part: source.part() };
    Ok(match source {
        Source::Taste => {
            let (factors, fold_in) = model.factors.as_ref().zip(fold_in).ok_or(missing)?;
            from_taste::scorer(factors, fold_in, events)
        }
        Source::Neighbours | Source::Ease | Source::Sequence => {
            let lists = match source {
                Source::Neighbours => &model.neighbours,
                Source::Ease => &model.ease,
                _ => &model.sequence,
            };
            from_lists::scorer(lists.as_ref().ok_or(missing)?, &model.catalogue, events)
        }
        Source::Content => from_content::scorer(model.content.as_ref().ok_or(missing)?, events),
        Source::Popular => Some(same_for_all::by_likes(&model.catalogue)),
        Source::Recent | Source::TopRated => {
            let popularity = model.popularity.as_ref();
            let scores = match source {
                Source::Recent => popularity.and_then(|popularity| popularity.recent.as_ref()),
                _ => popularity.and_then(|popularity| popularity.stars.as_ref()),
            };
            Some(same_for_all::by_scores(scores.ok_or(missing)?))
        }
    })
}

/// An event's say where a source adds up over events: above 0 for a like, below for a dislike.
fn say(event: &WeightedEvent) -> f32 {
    event.weight * if event.target > 0.0 { event.target } else { -DISLIKE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, CatalogueItem};

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
