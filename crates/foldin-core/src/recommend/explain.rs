//! Takes a score apart, by the same functions that make it.

use crate::error::RequestError;
use crate::model::Ranker;
use crate::model::ranker::FEATURES;
use crate::profile::Profile;
use crate::recommend::candidates::{Candidates, DEPTH, PERSONAL};
use crate::recommend::diversify::pool_size;
use crate::recommend::query::find;
use crate::recommend::rank::mean;
use crate::recommend::reasons::{Chosen, reasons};
use crate::recommend::weights::Weights;
use crate::recommend::{ExplainedFeature, ExplainedSource, Explanation, Recommender};
use crate::request::Request;
use crate::source::Source;

impl Recommender {
    /// How [`recommend`](Self::recommend) comes to the score of an item by
    /// [`Strategy::Hybrid`](crate::Strategy::Hybrid), with this profile and request: of an item that it recommends the
    /// same score, sources and reasons, with all that they were made of.
    ///
    /// Of an item that is not recommended it says why not. One that is no candidate, since it does not pass the
    /// request's filters, is known already, or is not among the best of any source, is described and scored as if it
    /// were one more candidate: [`Explanation::place`] is `None`, and means are over the real candidates alone. The
    /// request's `strategy` and `reasons` have no effect.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] for an id that is not in the model, and as [`recommend`](Self::recommend).
    pub fn explain(&self, profile: &Profile, id: &str, request: &Request) -> Result<Explanation, RequestError> {
        let item = find(self.model(), id)?;
        let query = self.query(profile, request)?;
        let k = request.k.min(query.pass.len());
        let (candidates, mut sources) = self.gathered(&query, k)?;
        let n_candidates = candidates.items.len();
        let mut explanation = Explanation {
            item: Chosen::popular(&query, item).into_recommendation(&query),
            place: None,
            candidates: n_candidates,
            sources: Vec::new(),
            features: Vec::new(),
            blend: 0.0,
            trees: 0.0,
            weights: 0.0,
            score: 0.0,
        };
        let mut parts = Vec::new();
        if !sources.is_empty() {
            let among = candidates.items.binary_search(&item);
            let row = match among {
                Ok(n) => candidates.rows[n],
                Err(_) => Candidates::of(vec![item], &query, &sources).rows[0],
            };
            let mean = mean(&candidates.rows);
            let weights = Weights::new(request, &mean);
            let n_pool = pool_size(request.diversity, k);
            let (place, has_tree_scores) = self.ranker.place(&candidates, item, &row, n_pool, weights);
            // What trees do not score is ordered by the blend alone.
            let blend_alone = Ranker { blend: self.ranker.blend.clone(), trees: None };
            let ranker = if has_tree_scores { &self.ranker } else { &blend_alone };
            let contributions = ranker.blend.contributions(&row);
            let feature = |n| ExplainedFeature {
                feature: FEATURES[n],
                value: row[n],
                mean: mean[n],
                contribution: contributions[n],
            };
            explanation.features = (0..row.len()).map(feature).collect();
            explanation.place = among.is_ok().then_some(place + 1);
            explanation.blend = ranker.blend.score(&row);
            let by_ranker = ranker.scores(&[row])[0];
            explanation.trees = by_ranker - explanation.blend;
            explanation.score = weights.scores(&[row], &|rows| ranker.scores(rows))[0];
            explanation.weights = explanation.score - by_ranker;
            parts = ranker.parts(&row, weights);
            let scored = (item, explanation.score);
            let mut chosen = [Chosen::with_reasons(scored, &parts, &sources, &query, &mut Vec::new())];
            self.check_first_reasons(&mut chosen, ranker, weights, profile, request)?;
            let [chosen] = chosen;
            explanation.item = chosen.into_recommendation(&query);
        }
        for source in Source::ALL.into_iter().filter(|&source| !PERSONAL.contains(&source) && self.model().has(source))
        {
            sources.extend(self.scored(source, &query, DEPTH)?);
        }
        for source in Source::ALL {
            let scored = sources.iter().find(|scored| scored.source == source);
            let part = parts.iter().find(|(other, _)| *other == source).map_or(0.0, |(_, part)| *part);
            if scored.is_some() || part != 0.0 {
                let contributions = scored.map_or_else(Vec::new, |scored| scored.scorer.contributions(item));
                explanation.sources.push(ExplainedSource {
                    source,
                    score: scored.and_then(|scored| scored.score(item)),
                    place: scored.and_then(|scored| scored.place(item)),
                    part,
                    because: reasons(&contributions),
                });
            }
        }
        Ok(explanation)
    }
}
