//! The recommender: a model, and what is computed once from it.

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::linalg::top_k::{Scored, top_k, top_passing};
use crate::model::{ItemMap, Model, Ranker};
use crate::profile::Profile;
use crate::recommend::candidates::{Candidates, DEPTH, PERSONAL, ScoredSource, gather};
use crate::recommend::diversify::{diversify, pool_size};
use crate::recommend::evidence::connects;
use crate::recommend::query::{Query, ResolvedProfile, at_least_one, find};
use crate::recommend::rank::mean;
use crate::recommend::reasons::Chosen;
use crate::recommend::seeds::{chances, n_candidates, seeds};
use crate::recommend::similar::similar_to;
use crate::recommend::weights::Weights;
use crate::request::{Recommendation, Request, SimilarItem, Similarity, Strategy, WITH_REASONS};
use crate::score::{FoldIn, Scorer, VisitorRatings, WeightedEvent, scorer};
use crate::source::Source;

/// A model that answers.
///
/// ```
/// # use foldin_core::linalg::QuantisedRows;
/// # use foldin_core::model::*;
/// use foldin_core::{Profile, Recommender, Request, Source};
///
/// # let items = ["alien", "aliens", "amelie"].map(|id| CatalogueItem { id: id.to_owned(), likes: 3, ..Default::default() });
/// # let rows = QuantisedRows::quantise(&[0.8, 0.1, 0.7, 0.2, 0.0, 0.9], 2);
/// # let weights = LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 };
/// # let factors = Some(Factors::of_loss(rows, weights));
/// # let model = Model { factors, ..Model::new(About::default(), Catalogue::new(items.to_vec())) };
/// let recommender = Recommender::new(model);
/// let answer = recommender.recommend(&Profile::liking(["alien"]), &Request::default())?;
/// assert_eq!(recommender.id(answer[0].item), "aliens");
/// assert_eq!(answer[0].sources[0], Source::Factors);
/// # Ok::<(), foldin_core::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Recommender {
    model: Model,
    fold_in: Option<FoldIn>,
    /// The model's own, or the fixed one for models without.
    pub(crate) ranker: Ranker,
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

    /// The id of an item of an answer.
    pub fn id(&self, item: ItemIdx) -> &str {
        self.model.catalogue.id(item)
    }

    /// Recommends items that the visitor does not know yet, the best first.
    ///
    /// Where fewer than `k` items can be scored for the profile, popular ones fill up the list, with a score of 0. Where
    /// none can, all are popular ones, and scores are their likes.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] for an event on an item that is not in the model, [`RequestError::UnknownGenre`],
    /// [`RequestError::InvalidValue`] for `k` of 0, a diversity outside 0 to 1, weights that are not finite, stars that
    /// are not a number or years in the wrong order, and [`RequestError::NotInModel`] for a source that the model lacks.
    pub fn recommend(&self, profile: &Profile, request: &Request) -> Result<Vec<Recommendation>, RequestError> {
        let mut query = self.query(profile, request)?;
        let k = request.k.min(query.pass.len());
        let mut chosen = match request.strategy {
            Strategy::Only(source) => self.by_source(source, &query, request)?,
            Strategy::Hybrid => self.by_ranker(&query, profile, request)?,
        };
        chosen.iter().for_each(|one| query.pass[one.item.at()] = false);
        let rest = self.model.catalogue.items().filter(|item| query.pass[item.at()]).take(k - chosen.len());
        let fill = if chosen.is_empty() { Chosen::popular } else { Chosen::filling };
        chosen.extend(rest.map(|item| fill(&query, item)));
        Ok(chosen.into_iter().map(|one| one.into_recommendation(&query)).collect())
    }

    /// The candidates for a request with their features: for learning a ranker, and for showing how it came to its
    /// order. Empty for a profile that no source can score.
    ///
    /// # Errors
    /// As [`recommend`](Self::recommend).
    pub fn candidates(&self, profile: &Profile, request: &Request) -> Result<Candidates, RequestError> {
        Ok(self.gathered(&self.query(profile, request)?, request.k)?.0)
    }

    pub(crate) fn query(&self, profile: &Profile, request: &Request) -> Result<Query<'_>, RequestError> {
        Query::new(&self.model, profile, request)
    }

    fn by_source(&self, source: Source, query: &Query<'_>, request: &Request) -> Result<Vec<Chosen>, RequestError> {
        let Some(scorer) = self.scorer(source, &query.profile.events)? else { return Ok(Vec::new()) };
        let k = request.k.min(query.pass.len());
        let pool = top_passing(&scorer.scores(), &query.pass, pool_size(request.diversity, k));
        let likes: Vec<ItemIdx> = query.profile.likes().collect();
        let best = diversify(&self.model, pool, &likes, request.diversity, k);
        let n_reasons = if request.reasons { WITH_REASONS } else { 0 };
        let known = |item, mut contributions: Vec<Scored>| {
            contributions.retain(|&(own, _)| connects(&self.model, own, item));
            contributions
        };
        let chosen = |(n, (item, score))| Chosen {
            item,
            score,
            sources: vec![source],
            contributions: if n < n_reasons { known(item, scorer.contributions(item)) } else { Vec::new() },
        };
        Ok(best.into_iter().enumerate().map(chosen).collect())
    }

    fn by_ranker(&self, query: &Query<'_>, profile: &Profile, request: &Request) -> Result<Vec<Chosen>, RequestError> {
        let k = request.k.min(query.pass.len());
        let (candidates, sources) = self.gathered(query, k)?;
        let n_pool = pool_size(request.diversity, k);
        let mean = mean(&candidates.rows);
        let weights = Weights::new(request, &mean);
        let mut pool = self.ranker.best(&candidates, n_pool, weights);
        pool.truncate(n_pool);
        let likes: Vec<ItemIdx> = query.profile.likes().collect();
        let best = diversify(&self.model, pool, &likes, request.diversity, k);
        let n_reasons = if request.reasons { WITH_REASONS } else { 0 };
        let mut of_item = Vec::new();
        let chosen = |(n, (item, score)): (usize, Scored)| {
            if n >= n_reasons {
                return Chosen { item, score, sources: Vec::new(), contributions: Vec::new() };
            }
            let parts = self.ranker.parts(candidates.row(item), weights);
            Chosen::with_reasons((item, score), &parts, &sources, query, &mut of_item)
        };
        let mut all: Vec<Chosen> = best.into_iter().enumerate().map(chosen).collect();
        let n_reasons = n_reasons.min(all.len());
        self.check_first_reasons(&mut all[..n_reasons], &self.ranker, weights, profile, request)?;
        Ok(all)
    }

    /// The candidates for a query, and the sources that score its profile.
    pub(crate) fn gathered<'a>(
        &'a self,
        query: &Query<'_>,
        k: usize,
    ) -> Result<(Candidates, Vec<ScoredSource<'a>>), RequestError> {
        let depth = DEPTH.max(k);
        let sources = self.personal(query, depth)?;
        if sources.is_empty() {
            return Ok(Default::default());
        }
        Ok((Candidates::of(gather(query, &sources, depth), query, &sources), sources))
    }

    /// The sources that score the likes of a query's profile; none without a like.
    pub(super) fn personal<'a>(
        &'a self,
        query: &Query<'_>,
        depth: usize,
    ) -> Result<Vec<ScoredSource<'a>>, RequestError> {
        let mut sources = Vec::new();
        if query.profile.likes().next().is_some() {
            for source in PERSONAL.into_iter().filter(|&source| self.model.has(source)) {
                sources.extend(self.scored(source, query, depth)?);
            }
        }
        Ok(sources)
    }

    /// A source with its scores; `None` where it cannot score the profile.
    pub(crate) fn scored<'a>(
        &'a self,
        source: Source,
        query: &Query<'_>,
        depth: usize,
    ) -> Result<Option<ScoredSource<'a>>, RequestError> {
        let scorer = self.scorer(source, &query.profile.events)?;
        Ok(scorer.map(|scorer| ScoredSource::new(source, scorer, &query.pass, depth)))
    }

    fn scorer<'a>(&'a self, source: Source, events: &[WeightedEvent]) -> Result<Option<Scorer<'a>>, RequestError> {
        scorer(&self.model, self.fold_in.as_ref(), source, events)
    }

    /// The scores by factors; empty for a model without factors, and for a profile that they cannot place.
    fn scores_by_factors(&self, profile: &ResolvedProfile) -> Vec<f32> {
        let scorer = self.scorer(Source::Factors, &profile.events).ok().flatten();
        scorer.map_or_else(Vec::new, |scorer| scorer.scores())
    }

    /// The items most similar to one, the most similar first.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`], [`RequestError::InvalidValue`] for `k` of 0, and [`RequestError::NotInModel`] if
    /// the model has no factors, or no content, at all. An item that alone has none has no similar items by them.
    pub fn similar(&self, id: &str, by: Similarity, k: usize) -> Result<Vec<SimilarItem>, RequestError> {
        at_least_one(k)?;
        let best = top_k(&similar_to(&self.model, find(&self.model, id)?, by)?, k).into_iter();
        Ok(best.map(|(item, score)| SimilarItem { item, score }).collect())
    }

    /// Items to ask a new visitor about, the best to ask first: widely known and diverse, so that few answers tell much.
    /// What the profile knows already is left out, and its likes lead to questions about similar items; list items that
    /// were asked about without an answer in `exclude`. The request's `strategy` and `reasons` have no effect.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`], [`RequestError::UnknownGenre`] and [`RequestError::InvalidValue`] as in
    /// [`recommend`](Self::recommend).
    pub fn seeds(&self, profile: &Profile, request: &Request) -> Result<Vec<ItemIdx>, RequestError> {
        let query = self.query(profile, request)?;
        // Without factors the answers do not change what to ask next.
        let chances = chances(&self.model, &self.scores_by_factors(&query.profile));
        Ok(seeds(&self.model, top_passing(&chances, &query.pass, n_candidates(request.k)), request.k))
    }

    /// The items that a profile likes, each once and oldest first; stars count as the model takes them.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] and [`RequestError::InvalidValue`].
    pub fn likes(&self, profile: &Profile) -> Result<Vec<ItemIdx>, RequestError> {
        Ok(ResolvedProfile::new(&self.model, profile)?.likes().collect())
    }

    /// Prepares predictions of a visitor's ratings, from the stars in the profile; likes and dislikes name no number,
    /// and have no effect here.
    ///
    /// # Errors
    /// [`RequestError::NotInModel`] if the model has no rating model, and [`RequestError::UnknownItem`] and
    /// [`RequestError::InvalidValue`] as in [`recommend`](Self::recommend).
    pub fn ratings_of(&self, profile: &Profile) -> Result<VisitorRatings<'_>, RequestError> {
        let model = self.model.rating_model.as_ref().ok_or(RequestError::NotInModel { part: "stars" })?;
        Ok(VisitorRatings::fold_in(model, &ResolvedProfile::new(&self.model, profile)?.ratings))
    }

    /// The rating that the visitor would give an item, in stars on the scale of the training data. Without stars in the
    /// profile it is what people in general give the item.
    ///
    /// # Errors
    /// As [`ratings_of`](Self::ratings_of), which serves for many items at once.
    pub fn predict(&self, profile: &Profile, id: &str) -> Result<f32, RequestError> {
        let ratings = self.ratings_of(profile)?;
        Ok(ratings.predict(find(&self.model, id)?))
    }

    /// The position of the visitor on a map of the model's items, x and y from 0 to 1; `None` without a like.
    /// [`ItemMap`] has the formula: one like puts the visitor beside it, and with more likes their common taste
    /// decides.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] and [`RequestError::InvalidValue`] as in [`recommend`](Self::recommend).
    ///
    /// # Panics
    /// If the map is of other items.
    pub fn place(&self, map: &ItemMap, profile: &Profile) -> Result<Option<[f32; 2]>, RequestError> {
        let profile = ResolvedProfile::new(&self.model, profile)?;
        let likes: Vec<ItemIdx> = profile.likes().collect();
        if likes.is_empty() {
            return Ok(None);
        }
        Ok(Some(map.place(&likes, &self.scores_by_factors(&profile))))
    }
}
