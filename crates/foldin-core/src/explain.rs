//! Takes a score apart, by the same functions that make it.

use crate::diversify::pool_size;
use crate::error::RequestError;
use crate::explanation::{ExplainedFeature, ExplainedSource, Explanation};
use crate::profile::Profile;
use crate::rank::{Candidates, DEPTH, FEATURES, PERSONAL, Ranker, Visit, mean};
use crate::recommender::Recommender;
use crate::request::{Request, Source};
use crate::resolved::find;

impl Recommender {
    /// How [`recommend`](Self::recommend) comes to the score of an item by
    /// [`Strategy::Hybrid`](crate::Strategy::Hybrid), with this profile and request: of an item that it recommends the
    /// same score, sources and reasons, with all that they were made of.
    ///
    /// Of an item that is not recommended it says why not. One that is no candidate, since it does not pass the
    /// request's filters, is known already, or is not among the best of any source, is described and scored as if it
    /// were one more: [`Explanation::place`] is `None`, and means are of the candidates alone. Of the request,
    /// `strategy` and `reasons` play no part.
    ///
    /// # Errors
    /// [`RequestError::UnknownItem`] for an id that is not in the model, and as [`recommend`](Self::recommend).
    pub fn explain(&self, profile: &Profile, id: &str, request: &Request) -> Result<Explanation, RequestError> {
        let item = find(self.model(), id)?;
        let (profile, pass) = self.asked(profile, request)?;
        let rater = self.rater_of(&profile);
        let visit = Visit { model: self.model(), events: &profile.events, rater: rater.as_ref(), pass: &pass };
        let k = request.k.min(pass.len());
        let (candidates, mut voices) = self.gathered(&visit, k)?;
        let n_candidates = candidates.items.len();
        let mut explanation = Explanation {
            item: self.recommendation(self.popular(item), rater.as_ref()),
            place: None,
            candidates: n_candidates,
            sources: Vec::new(),
            features: Vec::new(),
            blend: 0.0,
            trees: 0.0,
            score: 0.0,
        };
        let mut parts = Vec::new();
        if !voices.is_empty() {
            let among = candidates.items.binary_search(&item);
            let row = match among {
                Ok(n) => candidates.rows[n],
                Err(_) => Candidates::of(vec![item], &visit, &voices).rows[0],
            };
            let (place, trees_look) = self.ranker.place(&candidates, item, &row, pool_size(request.diversity, k));
            // What trees do not look at is ordered by the blend alone.
            let blend_alone = Ranker { blend: self.ranker.blend.clone(), trees: None };
            let ranker = if trees_look { &self.ranker } else { &blend_alone };
            let mean = mean(&candidates.rows);
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
            explanation.score = ranker.scores(&[row])[0];
            explanation.trees = explanation.score - explanation.blend;
            parts = ranker.parts(&row, &mean);
            let chosen = self.with_reasons((item, explanation.score), &parts, &voices, &profile, &mut Vec::new());
            explanation.item = self.recommendation(chosen, rater.as_ref());
        }
        for source in Source::ALL.into_iter().filter(|&source| !PERSONAL.contains(&source) && self.model().has(source))
        {
            voices.extend(self.voice(source, &visit, DEPTH)?);
        }
        for source in Source::ALL {
            let voice = voices.iter().find(|voice| voice.source == source);
            let part = parts.iter().find(|(other, _)| *other == source).map_or(0.0, |(_, part)| *part);
            if voice.is_some() || part != 0.0 {
                let because = voice.map_or_else(Vec::new, |voice| voice.scorer.contributions(item));
                explanation.sources.push(ExplainedSource {
                    source,
                    score: voice.and_then(|voice| voice.score(item)),
                    place: voice.and_then(|voice| voice.place(item)),
                    part,
                    because: self.reasons(because),
                });
            }
        }
        Ok(explanation)
    }
}
