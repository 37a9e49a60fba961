//! The front door: a model that answers.

use crate::catalogue::{Catalogue, ItemIdx};
use crate::error::RequestError;
use crate::filter::passing;
use crate::fold_in::{FoldIn, WeightedEvent};
use crate::model::Model;
use crate::profile::{Profile, Signal};
use crate::request::{Reason, Recommendation, Request, SimilarItem, Similarity, Source, Strategy};
use crate::seeds::{chances, n_candidates, seeds};
use crate::sources::{NOTHING, scorer};
use crate::stars::StarsVisitor;
use crate::top_k::{Scored, top_k};
use crate::users::Users;

/// A model, and what is computed once from it.
///
/// ```
/// # use foldin_core::*;
/// # let items = ["alien", "aliens", "amelie"].map(|id| CatalogueItem { id: id.to_owned(), likes: 3, ..Default::default() });
/// # let rows = QuantisedRows::quantise(&[0.8, 0.1, 0.7, 0.2, 0.0, 0.9], 2);
/// # let factors = Some(Factors { rows, weights: LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 } });
/// # let model = Model { factors, ..Model::new(About::default(), Catalogue::new(items.to_vec())) };
/// let recommender = Recommender::new(model);
/// let answer = recommender.recommend(&Profile::liking(["alien"]), &Request::default())?;
/// assert_eq!(answer[0].id, "aliens");
/// assert_eq!(answer[0].because[0].id, "alien");
/// # Ok::<(), RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Recommender {
    model: Model,
    fold_in: Option<FoldIn>,
}

/// A profile in the model's own terms.
struct Resolved {
    /// Events that move the visitor's vector.
    events: Vec<WeightedEvent>,
    /// Everything the visitor knows already.
    known: Vec<ItemIdx>,
}

impl Recommender {
    /// Prepares a model: sums up the part of the normal equations that all visitors share, `O(n_items d^2)`.
    pub fn new(model: Model) -> Self {
        let fold_in = model.factors.as_ref().map(FoldIn::new);
        Recommender { model, fold_in }
    }

    /// The model inside.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Recommends items that the visitor does not know yet, the best first.
    ///
    /// Without a strategy in the request the model's own choice for profiles of that length answers. Where a source has
    /// nothing to say of the profile, or of fewer than `k` items, popular ones fill up.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] for an event on an item that is not in the model, [`RequestError::UnknownGenre`],
    /// [`RequestError::InvalidValue`] for `k` of 0, stars that are not a number or years in the wrong order, and
    /// [`RequestError::NotInModel`] if a source is asked for that the model does not have.
    pub fn recommend(&self, profile: &Profile, request: &Request) -> Result<Vec<Recommendation>, RequestError> {
        let (profile, mut pass) = self.begin(profile, request)?;
        let source = match request.strategy {
            Some(Strategy::Only(source)) => source,
            None => self.model.source_for(profile.events.iter().filter(|event| event.target > 0.0).count()),
        };
        let mut answer = Vec::new();
        if let Some(scorer) = scorer(&self.model, self.fold_in.as_ref(), source, &profile.events)? {
            for (item, score) in best_passing(scorer.scores(), &pass, request.k) {
                pass[item.at()] = false;
                let because = if request.reasons { self.reasons(scorer.contributions(item)) } else { Vec::new() };
                let id = self.model.catalogue.id(item).to_owned();
                answer.push(Recommendation { id, score, sources: vec![source], because });
            }
        }
        let rest = self.model.catalogue.items().filter(|item| pass[item.at()]);
        answer.extend(rest.take(request.k - answer.len()).map(|item| self.as_popular(item)));
        Ok(answer)
    }

    /// The items most like one, the most alike first.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`], [`RequestError::InvalidValue`] for `k` of 0, and [`RequestError::NotInModel`] if
    /// the model has no factors, or no content, at all. An item that alone has none has no similar items by them.
    pub fn similar(&self, id: &str, by: Similarity, k: usize) -> Result<Vec<SimilarItem>, RequestError> {
        at_least_one(k)?;
        let catalogue = &self.model.catalogue;
        let item = self.find(id)?;
        let scored: Vec<Scored> = match by {
            Similarity::Taste => {
                let factors = self.model.factors.as_ref();
                let rows = &factors.ok_or(RequestError::NotInModel { part: Source::Taste.part() })?.rows;
                let others = if item.at() < rows.n_rows() { rows.n_rows() } else { 0 };
                catalogue.items().take(others).map(|other| (other, rows.cosine(item.at(), other.at()))).collect()
            }
            Similarity::Content => {
                let content =
                    self.model.content.as_ref().ok_or(RequestError::NotInModel { part: Source::Content.part() })?;
                let alike = catalogue.items().map(|other| (other, content.cosine(item.at(), other.at())));
                alike.filter(|(_, score)| *score > 0.0).collect()
            }
            Similarity::Genres => {
                let alike = catalogue.items().map(|other| (other, jaccard(catalogue, item, other)));
                alike.filter(|(_, score)| *score > 0.0).collect()
            }
        };
        let others = scored.into_iter().filter(|(other, _)| *other != item);
        let best = top_k(others, k).into_iter();
        Ok(best.map(|(item, score)| SimilarItem { id: catalogue.id(item).to_owned(), score }).collect())
    }

    /// Ids of items to ask a newcomer about, the best to ask first: known by many, and apart from each other, so that few
    /// answers tell much. What the profile knows already is left out, and what it likes leads to questions closer by;
    /// items that were asked about without an answer belong into `exclude`. Of the request, `strategy` and `reasons`
    /// play no part.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`], [`RequestError::UnknownGenre`] and [`RequestError::InvalidValue`] as in
    /// [`recommend`](Self::recommend).
    pub fn seeds(&self, profile: &Profile, request: &Request) -> Result<Vec<String>, RequestError> {
        let (profile, pass) = self.begin(profile, request)?;
        // Without factors the answers say nothing of what to ask next.
        let taste = scorer(&self.model, self.fold_in.as_ref(), Source::Taste, &profile.events).ok().flatten();
        let chances = chances(&self.model, &taste.map_or_else(Vec::new, |taste| taste.scores()));
        let seeds = seeds(&self.model, best_passing(chances, &pass, n_candidates(request.k)), request.k);
        Ok(seeds.into_iter().map(|item| self.model.catalogue.id(item).to_owned()).collect())
    }

    /// Prepares predictions of a visitor's stars, from the stars in the profile; likes and dislikes count as nothing
    /// here, as they name no number.
    ///
    /// # Errors
    /// [`RequestError::NotInModel`] if the model has no stars, and [`RequestError::UnknownItem`] and
    /// [`RequestError::InvalidValue`] as in [`recommend`](Self::recommend).
    pub fn rater(&self, profile: &Profile) -> Result<StarsVisitor<'_>, RequestError> {
        let stars = self.model.stars.as_ref().ok_or(RequestError::NotInModel { part: "stars" })?;
        let mut ratings = Vec::new();
        let mut done = vec![false; self.model.catalogue.len()];
        // Newest first, so that the first event met on an item is the one that counts.
        for event in profile.events().iter().rev() {
            let item = self.find(&event.item)?;
            self.target(event.signal)?;
            if !std::mem::replace(&mut done[item.at()], true)
                && let Signal::Stars(rating) = event.signal
            {
                ratings.push((item, rating));
            }
        }
        ratings.reverse();
        Ok(stars.fold_in(&ratings))
    }

    /// How many stars the visitor would give an item, on the scale of the ratings learned from. With no stars in the
    /// profile it is what people give the item.
    ///
    /// # Errors
    /// As [`rater`](Self::rater), which serves for many items at once.
    pub fn predict(&self, profile: &Profile, id: &str) -> Result<f32, RequestError> {
        let rater = self.rater(profile)?;
        Ok(rater.predict(self.find(id)?))
    }

    /// The profile of a known user: everything they liked.
    ///
    /// # Errors
    /// [`RequestError::NotInModel`] without `users`, [`RequestError::UnknownUser`] for an id that is not among them.
    pub fn profile_of(&self, users: Option<&Users>, id: &str) -> Result<Profile, RequestError> {
        let users = users.ok_or(RequestError::NotInModel { part: "known users" })?;
        let likes = users.likes(id).ok_or_else(|| RequestError::UnknownUser { id: id.to_owned() })?;
        Ok(Profile::liking(likes.map(|item| self.model.catalogue.id(item))))
    }

    fn as_popular(&self, item: ItemIdx) -> Recommendation {
        let catalogue = &self.model.catalogue;
        Recommendation {
            id: catalogue.id(item).to_owned(),
            score: catalogue.likes(item) as f32,
            sources: vec![Source::Popular],
            because: Vec::new(),
        }
    }

    fn reasons(&self, contributions: Vec<Scored>) -> Vec<Reason> {
        let n_contributions = contributions.len();
        let contributions = top_k(contributions, n_contributions);
        let total: f32 = contributions.iter().map(|(_, contribution)| contribution.abs()).sum();
        let reason = |&(item, contribution): &(ItemIdx, f32)| Reason {
            id: self.model.catalogue.id(item).to_owned(),
            contribution,
            share: if total > 0.0 { contribution / total } else { 0.0 },
        };
        contributions.iter().map(reason).collect()
    }

    /// The profile, and which of the items that it does not know pass.
    fn begin(&self, profile: &Profile, request: &Request) -> Result<(Resolved, Vec<bool>), RequestError> {
        at_least_one(request.k)?;
        let profile = self.resolve(profile)?;
        let mut pass = passing(&self.model.catalogue, request)?;
        profile.known.iter().for_each(|item| pass[item.at()] = false);
        Ok((profile, pass))
    }

    fn resolve(&self, profile: &Profile) -> Result<Resolved, RequestError> {
        let mut resolved = Resolved { events: Vec::new(), known: Vec::new() };
        // A visitor's word counts as much as those that the model was learned from.
        let weight = self.model.factors.as_ref().map_or(1.0, |factors| factors.weights.like_weight);
        let mut done = vec![false; self.model.catalogue.len()];
        // Newest first, so that the first event met on an item is the one that counts.
        for event in profile.events().iter().rev() {
            let item = self.find(&event.item)?;
            let target = self.target(event.signal)?;
            if std::mem::replace(&mut done[item.at()], true) {
                continue;
            }
            resolved.known.push(item);
            if let Some(target) = target {
                resolved.events.push(WeightedEvent { item, weight, target });
            }
        }
        resolved.events.reverse();
        Ok(resolved)
    }

    /// The score that a signal asks for, if it says anything about taste.
    fn target(&self, signal: Signal) -> Result<Option<f32>, RequestError> {
        Ok(match signal {
            Signal::Liked => Some(1.0),
            Signal::Disliked => Some(0.0),
            Signal::Seen => None,
            Signal::Stars(stars) if !stars.is_finite() || stars < 0.0 => {
                let value = if stars.is_finite() { "below 0" } else { "not a finite number" }.to_owned();
                let expected = "stars on the scale of the training data".to_owned();
                return Err(RequestError::InvalidValue { what: "a rating", value, expected });
            }
            Signal::Stars(stars) => match self.model.about.like_threshold {
                Some(threshold) if stars >= threshold => Some(1.0),
                Some(threshold) if stars <= threshold / 2.0 => Some(0.0),
                Some(_) => None,
                None => Some(1.0),
            },
        })
    }

    fn find(&self, id: &str) -> Result<ItemIdx, RequestError> {
        self.model.catalogue.find(id).ok_or_else(|| RequestError::UnknownItem { id: id.to_owned() })
    }
}

/// The `k` best candidates among the items that pass.
fn best_passing(scores: Vec<f32>, pass: &[bool], k: usize) -> Vec<Scored> {
    let scored = (0..).map(ItemIdx).zip(scores);
    top_k(scored.filter(|&(item, score)| pass[item.at()] && score > NOTHING), k)
}

fn at_least_one(k: usize) -> Result<(), RequestError> {
    match k {
        0 => Err(RequestError::InvalidValue { what: "k", value: "0".to_owned(), expected: "at least 1".to_owned() }),
        _ => Ok(()),
    }
}

/// `|A and B| / |A or B|` over the genres of two items; 0 where neither has any.
fn jaccard(catalogue: &Catalogue, a: ItemIdx, b: ItemIdx) -> f32 {
    let (a, b) = (catalogue.genres(a), catalogue.genres(b));
    let both = a.iter().filter(|genre| b.contains(genre)).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f32 / either as f32 }
}
