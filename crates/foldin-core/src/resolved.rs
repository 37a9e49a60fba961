//! A profile in the model's own terms.

use crate::catalogue::ItemIdx;
use crate::error::RequestError;
use crate::fold_in::WeightedEvent;
use crate::model::Model;
use crate::profile::{Profile, Signal};

/// What a profile says, item by item; of several events on one item only the newest.
pub(crate) struct Resolved {
    /// Events that say something about taste, oldest first.
    pub events: Vec<WeightedEvent>,
    /// The visitor's stars, oldest first.
    pub ratings: Vec<(ItemIdx, f32)>,
    /// Everything the visitor knows already.
    pub known: Vec<ItemIdx>,
}

impl Resolved {
    /// # Errors
    /// [`RequestError::UnknownItem`], and [`RequestError::InvalidValue`] for stars that are not a number or below 0.
    pub fn new(model: &Model, profile: &Profile) -> Result<Self, RequestError> {
        let mut resolved = Resolved { events: Vec::new(), ratings: Vec::new(), known: Vec::new() };
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
                // A visitor's word counts as much as those that the model was learned from.
                let weight = model.factors.as_ref().map_or(1.0, |factors| factors.weights.like_weight);
                resolved.events.push(WeightedEvent { item, weight, target });
            }
        }
        resolved.events.reverse();
        resolved.ratings.reverse();
        Ok(resolved)
    }

    /// What is liked, oldest first.
    pub fn likes(&self) -> impl Iterator<Item = ItemIdx> {
        self.events.iter().filter(|event| event.target > 0.0).map(|event| event.item)
    }
}

/// The item of this id.
///
/// # Errors
/// [`RequestError::UnknownItem`].
pub(crate) fn find(model: &Model, id: &str) -> Result<ItemIdx, RequestError> {
    model.catalogue.find(id).ok_or_else(|| RequestError::UnknownItem { id: id.to_owned() })
}

/// The score that a signal asks for, if it says anything about taste.
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
