//! Reasons: which sources, and which of the visitor's items, led to a recommendation.

use std::mem::take;

use crate::index::ItemIdx;
use crate::linalg::finite::{bounded, ratio};
use crate::linalg::top_k::{Scored, top_k};
use crate::recommend::candidates::ScoredSource;
use crate::recommend::evidence::{connects, is_popular};
use crate::recommend::query::Query;
use crate::request::{MOST_REASONS, Reason, Recommendation};
use crate::source::Source;

/// A recommended item on its way into the answer.
pub(crate) struct Chosen {
    pub item: ItemIdx,
    pub score: f32,
    /// The sources that move its score up, the strongest first.
    pub sources: Vec<Source>,
    /// What each of the visitor's items adds to the score.
    pub contributions: Vec<Scored>,
}

impl Chosen {
    /// An item of a list in the order of popularity, scored by its likes.
    pub(super) fn popular(query: &Query<'_>, item: ItemIdx) -> Self {
        let score = query.model.catalogue.likes(item) as f32;
        Chosen { item, score, sources: popularity(query, item), contributions: Vec::new() }
    }

    /// An item that fills up a list behind items with scores of another kind: without a score of its own.
    pub(super) fn filling(query: &Query<'_>, item: ItemIdx) -> Self {
        Chosen { score: 0.0, ..Chosen::popular(query, item) }
    }

    /// An item with the sources that move its score up, and what the visitor's items add to these. Items are named only
    /// where the model knows something of both together, and popularity only of popular items, behind what is personal.
    /// `of_item` is a buffer, zeros before and after.
    pub(super) fn with_reasons(
        (item, score): Scored,
        parts: &[(Source, f32)],
        sources: &[ScoredSource<'_>],
        query: &Query<'_>,
        of_item: &mut Vec<f32>,
    ) -> Self {
        of_item.resize(query.model.catalogue.len(), 0.0);
        let mut moving = Vec::new();
        for &(source, part) in parts.iter().filter(|(_, part)| *part > 0.0) {
            moving.push(source);
            let Some(scored) = sources.iter().find(|scored| scored.source == source) else { continue };
            add_scaled(of_item, &scored.scorer.contributions(item), part);
        }
        let taken = query.profile.events.iter().map(|event| (event.item, take(&mut of_item[event.item.at()])));
        let contributions: Vec<Scored> =
            taken.filter(|&(own, contribution)| contribution != 0.0 && connects(query.model, own, item)).collect();
        let is_by_popularity = moving.contains(&Source::Popular);
        moving.retain(|source| *source != Source::Popular);
        if is_by_popularity || moving.is_empty() {
            moving.extend(popularity(query, item));
        }
        Chosen { item, score, sources: moving, contributions }
    }

    /// The item of the visitor that would be named first; `None` if none speaks for the item.
    pub(super) fn first_reason(&self) -> Option<ItemIdx> {
        let (first, contribution) = top_k(&self.contributions, 1).pop()?;
        (contribution > 0.0).then_some(first)
    }

    pub(super) fn into_recommendation(self, query: &Query<'_>) -> Recommendation {
        Recommendation {
            item: self.item,
            score: self.score,
            stars: query.ratings.as_ref().map(|ratings| ratings.predict(self.item)),
            sources: self.sources,
            because: reasons(&self.contributions),
        }
    }
}

/// Popularity as a source, where the item is popular.
fn popularity(query: &Query<'_>, item: ItemIdx) -> Vec<Source> {
    if is_popular(&query.model.catalogue, item) { vec![Source::Popular] } else { Vec::new() }
}

/// The strongest contributions, each with its share of all.
pub(crate) fn reasons(contributions: &[Scored]) -> Vec<Reason> {
    let total: f32 = contributions.iter().map(|(_, contribution)| contribution.abs()).sum();
    let reason = |(item, contribution): Scored| Reason { item, contribution, share: ratio(contribution, total) };
    top_k(contributions, MOST_REASONS).into_iter().map(reason).collect()
}

/// Adds contributions to those of each item, scaled so that their absolute values add up to `total`.
fn add_scaled(of_item: &mut [f32], contributions: &[Scored], total: f32) {
    let sum: f32 = contributions.iter().map(|(_, contribution)| contribution.abs()).sum();
    let scale = ratio(total, sum);
    contributions.iter().for_each(|(item, contribution)| of_item[item.at()] += bounded(contribution * scale));
}
