//! A request in the model's own terms: indices instead of ids, targets instead of signals.

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::model::{Factors, Model};
use crate::profile::{Profile, Signal};
use crate::recommend::filter::passing;
use crate::recommend::weights;
use crate::request::Request;
use crate::score::{VisitorRatings, WeightedEvent};

/// Whom to recommend to, and what may be recommended.
pub(crate) struct Query<'a> {
    pub model: &'a Model,
    pub profile: ResolvedProfile,
    /// Predicts the visitor's ratings; `None` for a model without a rating model.
    pub ratings: Option<VisitorRatings<'a>>,
    /// One flag per item: whether it may be recommended.
    pub pass: Vec<bool>,
}

impl<'a> Query<'a> {
    /// Resolves a profile, and strikes out what it knows already and what does not pass the request's filters.
    ///
    /// # Errors
    /// As [`Recommender::recommend`](crate::Recommender::recommend).
    pub(crate) fn new(model: &'a Model, profile: &Profile, request: &Request) -> Result<Self, RequestError> {
        at_least_one(request.k)?;
        if !(0.0..=1.0).contains(&request.diversity) {
            let (value, expected) = ("outside".to_owned(), "a number from 0 to 1".to_owned());
            return Err(RequestError::InvalidValue { what: "diversity", value, expected });
        }
        weights::check(request)?;
        let profile = ResolvedProfile::new(model, profile)?;
        let mut pass = passing(&model.catalogue, request)?;
        profile.known.iter().for_each(|item| pass[item.at()] = false);
        let ratings = model.rating_model.as_ref().map(|model| VisitorRatings::fold_in(model, &profile.ratings));
        Ok(Query { model, profile, ratings, pass })
    }
}

/// The events of a profile, one per item: of several events on one item only the newest counts.
pub(crate) struct ResolvedProfile {
    /// Likes and dislikes, oldest first.
    pub events: Vec<WeightedEvent>,
    /// The visitor's ratings, oldest first.
    pub ratings: Vec<(ItemIdx, f32)>,
    /// Everything the visitor knows already.
    pub known: Vec<ItemIdx>,
}

impl ResolvedProfile {
    /// # Errors
    /// [`RequestError::UnknownItem`], and [`RequestError::InvalidValue`] for stars that are not a number or below 0.
    pub(crate) fn new(model: &Model, profile: &Profile) -> Result<Self, RequestError> {
        let mut resolved = ResolvedProfile { events: Vec::new(), ratings: Vec::new(), known: Vec::new() };
        let mut done = vec![false; model.catalogue.len()];
        // Newest first, so that the first event met on an item is the one that counts.
        for event in profile.events().iter().rev() {
            let item = find(model, &event.item)?;
            let target = target(model, event.signal)?;
            if std::mem::replace(&mut done[item.at()], true) {
                continue;
            }
            resolved.known.push(item);
            if let Signal::Stars(stars) = event.signal {
                resolved.ratings.push((item, stars));
            }
            if let Some(target) = target {
                // A visitor's event has the mean weight of those that the model was learned from.
                let weight = model.factors.as_ref().map_or(1.0, Factors::like_weight);
                resolved.events.push(WeightedEvent { item, weight, target });
            }
        }
        resolved.events.reverse();
        resolved.ratings.reverse();
        Ok(resolved)
    }

    /// What is liked, oldest first.
    pub(crate) fn likes(&self) -> impl Iterator<Item = ItemIdx> {
        self.events.iter().filter(|event| event.target > 0.0).map(|event| event.item)
    }
}

/// The item with this id.
///
/// # Errors
/// [`RequestError::UnknownItem`].
pub(crate) fn find(model: &Model, id: &str) -> Result<ItemIdx, RequestError> {
    model.catalogue.find(id).ok_or_else(|| RequestError::UnknownItem { id: id.to_owned() })
}

/// The score that a signal asks for: 1 for a like, 0 for a dislike, `None` for neither.
fn target(model: &Model, signal: Signal) -> Result<Option<f32>, RequestError> {
    Ok(match signal {
        Signal::Liked => Some(1.0),
        Signal::Disliked => Some(0.0),
        Signal::Seen => None,
        Signal::Stars(stars) if !stars.is_finite() || stars < 0.0 => {
            let value = if stars.is_finite() { "below 0" } else { "not a finite number" }.to_owned();
            let expected = "stars on the scale of the training data".to_owned();
            return Err(RequestError::InvalidValue { what: "a rating", value, expected });
        }
        Signal::Stars(stars) => match model.about.like_threshold {
            Some(threshold) if stars >= threshold => Some(1.0),
            Some(threshold) if stars <= threshold / 2.0 => Some(0.0),
            Some(_) => None,
            None => Some(1.0),
        },
    })
}

/// # Errors
/// [`RequestError::InvalidValue`] for 0.
pub(crate) fn at_least_one(k: usize) -> Result<(), RequestError> {
    match k {
        0 => Err(RequestError::InvalidValue { what: "k", value: "0".to_owned(), expected: "at least 1".to_owned() }),
        _ => Ok(()),
    }
}
