//! How a score came about, piece by piece.

use crate::model::ranker::Feature;
use crate::request::{Reason, Recommendation};
use crate::source::Source;

/// How [`Strategy::Hybrid`](crate::Strategy::Hybrid) came to the score of one item, or would if it were asked: the
/// answer of [`Recommender::explain`](crate::Recommender::explain).
///
/// The candidates of all sources have [features](crate::model::ranker::FEATURES); a linear blend of those gives a
/// score, to which trees add theirs for the best by the blend.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The item as [`recommend`](crate::Recommender::recommend) gives it, or would: the same score, sources and
    /// reasons.
    pub item: Recommendation,
    /// Its place in the ranker's order of all candidates, from 1 on and before diversity; `None`: it is no candidate.
    pub place: Option<usize>,
    /// How many candidates there were.
    pub candidates: usize,
    /// Every source that can score the profile, and those that are the same for all visitors; in the order of
    /// [`Source::ALL`].
    pub sources: Vec<ExplainedSource>,
    /// The features of the item, one entry for each of [`FEATURES`](crate::model::ranker::FEATURES). Empty where no
    /// source can score the profile: then popular items are recommended, nothing is ranked, and the scores below are 0.
    pub features: Vec<ExplainedFeature>,
    /// The part of the linear blend: the sum of the contributions of all features.
    pub blend: f32,
    /// What the trees add; 0 where the model has none, and for items too far behind to be scored by trees.
    pub trees: f32,
    /// What the [weights](crate::Request::weights) of the request change; 0 without any.
    pub weights: f32,
    /// `blend + trees + weights`, to rounding.
    pub score: f32,
}

/// How one source scores an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedSource {
    /// Which source.
    pub source: Source,
    /// Its own score, as [`Recommendation::score`] by this source alone; `None` where it does not score the item.
    pub score: Option<f32>,
    /// The item's place among what the source would recommend by itself, from 1 on; `None` beyond 100, and for an item
    /// that may not be recommended.
    pub place: Option<usize>,
    /// By how much the source moves the item's score: the score minus what it would be if the features of the source
    /// had their means over all candidates; times the [weight](crate::Request::weights) that the request gives it.
    pub part: f32,
    /// What the visitor's items add to the source's own score, the strongest first: [`MOST_REASONS`] of them at most.
    ///
    /// [`MOST_REASONS`]: crate::MOST_REASONS
    pub because: Vec<Reason>,
}

/// One feature of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedFeature {
    /// Its name, and the source that it is about.
    pub feature: Feature,
    /// Its value.
    pub value: f32,
    /// The mean of the value over all candidates.
    pub mean: f32,
    /// What it adds to the blend: the value times its weight, which depends on the length of the profile.
    pub contribution: f32,
}
