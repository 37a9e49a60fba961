//! The front door: a model that answers.

use std::mem::take;

use crate::catalogue::ItemIdx;
use crate::diversify::{diversify, pool_size};
use crate::error::RequestError;
use crate::filter::passing;
use crate::fold_in::FoldIn;
use crate::model::Model;
use crate::profile::Profile;
use crate::rank::{Candidates, DEPTH, PERSONAL, Ranker, Visit, Voice, gather, mean};
use crate::request::{
    MOST_REASONS, Reason, Recommendation, Request, SimilarItem, Similarity, Source, Strategy, WITH_REASONS,
};
use crate::resolved::{Resolved, find};
use crate::seeds::{chances, n_candidates, seeds};
use crate::similar::similar_to;
use crate::sources::scorer;
use crate::stars::StarsVisitor;
use crate::taste_map::TasteMap;
use crate::top_k::{Scored, top_k, top_passing};
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
    /// The model's own, or the one for models without.
    pub(crate) ranker: Ranker,
}

/// An answer that grows: one item, its score, and where it came from.
pub(crate) struct Chosen {
    item: ItemIdx,
    score: f32,
    sources: Vec<Source>,
    contributions: Vec<Scored>,
}

impl Recommender {
    /// Prepares a model: sums up the part of the normal equations that all visitors share, `O(n_items d^2)`.
    pub fn new(model: Model) -> Self {
        let fold_in = model.factors.as_ref().map(FoldIn::new);
        let ranker = model.ranker.clone().unwrap_or_default();
        Recommender { model, fold_in, ranker }
    }

    /// The model inside.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Recommends items that the visitor does not know yet, the best first.
    ///
    /// Where nothing personal can be said of fewer than `k` items, popular ones fill up.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] for an event on an item that is not in the model, [`RequestError::UnknownGenre`],
    /// [`RequestError::InvalidValue`] for `k` of 0, a diversity outside 0 to 1, stars that are not a number or years in
    /// the wrong order, and [`RequestError::NotInModel`] if a source is asked for that the model does not have.
    pub fn recommend(&self, profile: &Profile, request: &Request) -> Result<Vec<Recommendation>, RequestError> {
        let (profile, mut pass) = self.asked(profile, request)?;
        let rater = self.rater_of(&profile);
        let k = request.k.min(pass.len());
        let mut chosen = match request.strategy {
            Strategy::Only(source) => self.by_source(source, &profile, &pass, request)?,
            Strategy::Hybrid => self.by_ranker(&profile, rater.as_ref(), &pass, request)?,
        };
        chosen.iter().for_each(|one| pass[one.item.at()] = false);
        let rest = self.model.catalogue.items().filter(|item| pass[item.at()]).take(k - chosen.len());
        chosen.extend(rest.map(|item| self.popular(item)));
        Ok(chosen.into_iter().map(|one| self.recommendation(one, rater.as_ref())).collect())
    }

    /// What the ranker orders for a request, and what it knows of each: for learning one, and for showing how it came to
    /// its order. Empty for a profile of which no source has anything to say.
    ///
    /// # Errors
    /// As [`recommend`](Self::recommend).
    pub fn candidates(&self, profile: &Profile, request: &Request) -> Result<Candidates, RequestError> {
        let (profile, pass) = self.asked(profile, request)?;
        let rater = self.rater_of(&profile);
        let visit = Visit { model: &self.model, events: &profile.events, rater: rater.as_ref(), pass: &pass };
        Ok(self.gathered(&visit, request.k)?.0)
    }

    /// A profile and what may be recommended to it.
    pub(crate) fn asked(&self, profile: &Profile, request: &Request) -> Result<(Resolved, Vec<bool>), RequestError> {
        at_least_one(request.k)?;
        if !(0.0..=1.0).contains(&request.diversity) {
            let (value, expected) = ("outside".to_owned(), "a number from 0 to 1".to_owned());
            return Err(RequestError::InvalidValue { what: "diversity", value, expected });
        }
        let profile = Resolved::new(&self.model, profile)?;
        let mut pass = passing(&self.model.catalogue, request)?;
        profile.known.iter().for_each(|item| pass[item.at()] = false);
        Ok((profile, pass))
    }

    pub(crate) fn rater_of(&self, profile: &Resolved) -> Option<StarsVisitor<'_>> {
        self.model.stars.as_ref().map(|stars| stars.fold_in(&profile.ratings))
    }

    fn by_source(
        &self,
        source: Source,
        profile: &Resolved,
        pass: &[bool],
        request: &Request,
    ) -> Result<Vec<Chosen>, RequestError> {
        let scorer = scorer(&self.model, self.fold_in.as_ref(), source, &profile.events)?;
        let Some(scorer) = scorer else { return Ok(Vec::new()) };
        let k = request.k.min(pass.len());
        let pool = top_passing(&scorer.scores(), pass, pool_size(request.diversity, k));
        let best = diversify(&self.model, pool, request.diversity, k);
        let n_reasons = if request.reasons { WITH_REASONS } else { 0 };
        let chosen = |(n, (item, score))| Chosen {
            item,
            score,
            sources: vec![source],
            contributions: if n < n_reasons { scorer.contributions(item) } else { Vec::new() },
        };
        Ok(best.into_iter().enumerate().map(chosen).collect())
    }

    fn by_ranker(
        &self,
        profile: &Resolved,
        rater: Option<&StarsVisitor<'_>>,
        pass: &[bool],
        request: &Request,
    ) -> Result<Vec<Chosen>, RequestError> {
        let k = request.k.min(pass.len());
        let visit = Visit { model: &self.model, events: &profile.events, rater, pass };
        let (candidates, voices) = self.gathered(&visit, k)?;
        let n_pool = pool_size(request.diversity, k);
        let mut pool = self.ranker.best(&candidates, n_pool);
        pool.truncate(n_pool);
        let best = diversify(&self.model, pool, request.diversity, k);
        let n_reasons = if request.reasons { WITH_REASONS } else { 0 };
        let mean = mean(&candidates.rows);
        let mut of_item = Vec::new();
        let chosen = |(n, (item, score)): (usize, Scored)| {
            if n >= n_reasons {
                return Chosen { item, score, sources: Vec::new(), contributions: Vec::new() };
            }
            let parts = self.ranker.parts(candidates.row(item), &mean);
            self.with_reasons((item, score), &parts, &voices, profile, &mut of_item)
        };
        Ok(best.into_iter().enumerate().map(chosen).collect())
    }

    /// An item with the sources that move its score up, and what the visitor's items have to do with it. `of_item` is
    /// room to work in, which is left as it was found.
    pub(crate) fn with_reasons(
        &self,
        (item, score): Scored,
        parts: &[(Source, f32)],
        voices: &[Voice<'_>],
        profile: &Resolved,
        of_item: &mut Vec<f32>,
    ) -> Chosen {
        of_item.resize(self.model.catalogue.len(), 0.0);
        let mut sources = Vec::new();
        for &(source, part) in parts.iter().filter(|(_, part)| *part > 0.0) {
            sources.push(source);
            let Some(voice) = voices.iter().find(|voice| voice.source == source) else { continue };
            add_scaled(of_item, &voice.scorer.contributions(item), part);
        }
        let taken = profile.events.iter().map(|event| (event.item, take(&mut of_item[event.item.at()])));
        let contributions = taken.filter(|(_, contribution)| *contribution != 0.0).collect();
        if sources.is_empty() {
            sources.push(Source::Popular);
        }
        Chosen { item, score, sources, contributions }
    }

    /// An item that fills up where nothing personal can be said.
    pub(crate) fn popular(&self, item: ItemIdx) -> Chosen {
        let score = self.model.catalogue.likes(item) as f32;
        Chosen { item, score, sources: vec![Source::Popular], contributions: Vec::new() }
    }

    pub(crate) fn recommendation(&self, one: Chosen, rater: Option<&StarsVisitor<'_>>) -> Recommendation {
        Recommendation {
            id: self.model.catalogue.id(one.item).to_owned(),
            score: one.score,
            stars: rater.map(|rater| rater.predict(one.item)),
            sources: one.sources,
            because: self.reasons(one.contributions),
        }
    }

    /// The candidates for a visit, and the sources that speak of its profile.
    pub(crate) fn gathered<'a>(
        &'a self,
        visit: &Visit<'_>,
        k: usize,
    ) -> Result<(Candidates, Vec<Voice<'a>>), RequestError> {
        if !visit.events.iter().any(|event| event.target > 0.0) {
            return Ok(Default::default());
        }
        let depth = DEPTH.max(k);
        let mut voices = Vec::new();
        for source in PERSONAL.into_iter().filter(|&source| self.model.has(source)) {
            voices.extend(self.voice(source, visit, depth)?);
        }
        if voices.is_empty() {
            return Ok(Default::default());
        }
        Ok((Candidates::of(gather(visit, &voices, depth), visit, &voices), voices))
    }

    /// What a source has to say; `None` where it has nothing to say of the profile.
    pub(crate) fn voice<'a>(
        &'a self,
        source: Source,
        visit: &Visit<'_>,
        depth: usize,
    ) -> Result<Option<Voice<'a>>, RequestError> {
        let scorer = scorer(&self.model, self.fold_in.as_ref(), source, visit.events)?;
        Ok(scorer.map(|scorer| Voice::new(source, scorer, visit.pass, depth)))
    }

    /// The items most like one, the most alike first.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`], [`RequestError::InvalidValue`] for `k` of 0, and [`RequestError::NotInModel`] if
    /// the model has no factors, or no content, at all. An item that alone has none has no similar items by them.
    pub fn similar(&self, id: &str, by: Similarity, k: usize) -> Result<Vec<SimilarItem>, RequestError> {
        at_least_one(k)?;
        let best = top_k(&similar_to(&self.model, find(&self.model, id)?, by)?, k).into_iter();
        Ok(best.map(|(item, score)| SimilarItem { id: self.model.catalogue.id(item).to_owned(), score }).collect())
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
        let (profile, pass) = self.asked(profile, request)?;
        // Without factors the answers say nothing of what to ask next.
        let taste = scorer(&self.model, self.fold_in.as_ref(), Source::Taste, &profile.events).ok().flatten();
        let chances = chances(&self.model, &taste.map_or_else(Vec::new, |taste| taste.scores()));
        let seeds = seeds(&self.model, top_passing(&chances, &pass, n_candidates(request.k)), request.k);
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
        Ok(stars.fold_in(&Resolved::new(&self.model, profile)?.ratings))
    }

    /// How many stars the visitor would give an item, on the scale of the ratings learned from. With no stars in the
    /// profile it is what people give the item.
    ///
    /// # Errors
    /// As [`rater`](Self::rater), which serves for many items at once.
    pub fn predict(&self, profile: &Profile, id: &str) -> Result<f32, RequestError> {
        let rater = self.rater(profile)?;
        Ok(rater.predict(find(&self.model, id)?))
    }

    /// Where the visitor stands on a map of the model's items, x and y from 0 to 1; `None` without a like. [`TasteMap`]
    /// has the formula: one like leaves the visitor near it, and the more there are the more their common taste says.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] and [`RequestError::InvalidValue`] as in [`recommend`](Self::recommend).
    ///
    /// # Panics
    /// If the map is of other items.
    pub fn place(&self, map: &TasteMap, profile: &Profile) -> Result<Option<[f32; 2]>, RequestError> {
        let profile = Resolved::new(&self.model, profile)?;
        let likes: Vec<ItemIdx> = profile.likes().collect();
        if likes.is_empty() {
            return Ok(None);
        }
        let taste = scorer(&self.model, self.fold_in.as_ref(), Source::Taste, &profile.events).ok().flatten();
        let scores = taste.map_or_else(Vec::new, |taste| taste.scores());
        Ok(Some(map.place(&likes, &scores)))
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

    pub(crate) fn reasons(&self, contributions: Vec<Scored>) -> Vec<Reason> {
        let total: f32 = contributions.iter().map(|(_, contribution)| contribution.abs()).sum();
        let contributions = top_k(&contributions, MOST_REASONS);
        let reason = |&(item, contribution): &(ItemIdx, f32)| Reason {
            id: self.model.catalogue.id(item).to_owned(),
            contribution,
            share: if total > 0.0 { contribution / total } else { 0.0 },
        };
        contributions.iter().map(reason).collect()
    }
}

/// Adds contributions to those of each item, scaled so that their sizes add up to `total`.
fn add_scaled(of_item: &mut [f32], contributions: &[Scored], total: f32) {
    let sum: f32 = contributions.iter().map(|(_, contribution)| contribution.abs()).sum();
    if sum > 0.0 {
        contributions.iter().for_each(|(item, contribution)| of_item[item.at()] += contribution * (total / sum));
    }
}

fn at_least_one(k: usize) -> Result<(), RequestError> {
    match k {
        0 => Err(RequestError::InvalidValue { what: "k", value: "0".to_owned(), expected: "at least 1".to_owned() }),
        _ => Ok(()),
    }
}
