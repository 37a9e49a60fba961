//! What is asked of a recommender, and what it answers.

use crate::index::ItemIdx;
use crate::source::Source;

/// By which way to recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Strategy {
    /// Candidates of all sources, put in order by the ranker: what is best for profiles of any length.
    #[default]
    Hybrid,
    /// By the scores of one source alone.
    Only(Source),
}

impl Strategy {
    /// Every strategy, in the order in which they are listed to a reader.
    pub const ALL: [Strategy; 10] = {
        let mut all = [Strategy::Hybrid; 10];
        let mut n = 0;
        while n < Source::ALL.len() {
            all[n + 1] = Strategy::Only(Source::ALL[n]);
            n += 1;
        }
        all
    };

    /// The name under which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Strategy::Hybrid => "hybrid",
            Strategy::Only(source) => source.name(),
        }
    }

    /// The name for readers.
    pub fn title(self) -> &'static str {
        match self {
            Strategy::Hybrid => "Hybrid",
            Strategy::Only(source) => source.title(),
        }
    }

    /// What the strategy does, in one sentence for the reader of a list.
    pub fn description(self) -> &'static str {
        match self {
            Strategy::Hybrid => "Combines all sources in an order that training has learned: foldin itself.",
            Strategy::Only(source) => source.description(),
        }
    }

    /// The strategy of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }
}

/// Number of items at the head of an answer that come with sources and reasons.
pub const WITH_REASONS: usize = 100;

/// The largest number of reasons of one item, for profiles of any length.
pub const MOST_REASONS: usize = 100;

/// What to recommend. Filters hold before the best are taken: whoever asks for `k` items gets `k` wherever so many pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How many items, at least 1. More than there are is no error: all that pass are given. All of 62,000 items take a
    /// second at most, natively and for a profile of 10,000 likes.
    pub k: usize,
    /// Ids never to recommend, beside those of the profile. Ids the model does not know are ignored here.
    pub exclude: Vec<String>,
    /// If given, nothing but these ids is recommended: this ranks a list. Ids the model does not know are ignored here.
    pub only: Option<Vec<String>>,
    /// If not empty, only items with at least one of these genres, as the catalogue spells them.
    pub genres: Vec<String>,
    /// If given, only items of these years, both ends included; items without a year do not pass.
    pub years: Option<(i32, i32)>,
    /// By which way.
    pub strategy: Strategy,
    /// How much likeness among the recommended counts against them: `lambda` of maximal marginal relevance, from 0 (the
    /// best, however alike) to 1 (as different as can be). In between, places are also shared among the likes of the
    /// profile. It chooses the first 200 of an answer, out of five times as
    /// many; beyond, items follow by score.
    pub diversity: f32,
    /// Whether to say which of the visitor's items led to each recommendation, for the first [`WITH_REASONS`] of them.
    pub reasons: bool,
    /// What counts more or less than the ranker has learned, for [`Strategy::Hybrid`]: to the score, `(weight - 1)` times
    /// the [part](crate::ExplainedSource::part) of the source is added. 1, and a source that is not named, change nothing;
    /// 0 takes its part away. Weights of a source that is named twice are multiplied, and sources that the model lacks
    /// have no effect. It changes how the candidates are ordered, not what they are.
    pub weights: Vec<(Source, f32)>,
}

impl Default for Request {
    fn default() -> Self {
        let (exclude, genres, weights) = (Vec::new(), Vec::new(), Vec::new());
        let (strategy, diversity) = (Strategy::Hybrid, 0.0);
        Request { k: 10, exclude, only: None, genres, years: None, strategy, diversity, reasons: true, weights }
    }
}

/// One recommended item.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// The item; [`Recommender::id`](crate::Recommender::id) gives its id.
    pub item: ItemIdx,
    /// What it was ordered by, higher is better: of [`Strategy::Hybrid`] a number without a unit; about 0 to 1 for
    /// [`Source::Factors`] (1 is the score of a like), a cosine for [`Source::Content`], the number of likes for
    /// [`Source::Popular`], stars for [`Source::TopRated`]; sums of weights without a unit for lists. Comparable within
    /// one answer and one source only.
    pub score: f32,
    /// How many stars the visitor would give it, from their own stars, or people in general where there are none;
    /// `None` where the model has no stars.
    pub stars: Option<f32>,
    /// Where it came from: those that moved its score up, the strongest first, and [`Source::Popular`] last and only of
    /// the most liked fifth of the catalogue. Empty of [`Strategy::Hybrid`] where reasons are not given, and of items
    /// that fill up a list without being popular.
    pub sources: Vec<Source>,
    /// The visitor's items that led to it, the strongest first and [`MOST_REASONS`] at most. Only items that several
    /// people like together with it, or that share content with it, are named. Of [`Strategy::Hybrid`], without the first
    /// the score would be lower: this is checked for profiles of up to 50 events. Empty for popular items, beyond the
    /// first [`WITH_REASONS`] of an answer, or where not asked for.
    pub because: Vec<Reason>,
}

/// How much one of the visitor's items has to do with a recommendation.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The visitor's item.
    pub item: ItemIdx,
    /// What it adds to the score, below 0 if it speaks against. By one source alone the terms of all the visitor's items,
    /// also of those that are not named, add up to the score; of [`Strategy::Hybrid`] to what the personal sources add
    /// beside a candidate that they find average.
    pub contribution: f32,
    /// The contribution divided by the sum of the absolute values of all the visitor's items' contributions: -1 to 1.
    pub share: f32,
}

/// An item like another.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarItem {
    /// The item.
    pub item: ItemIdx,
    /// Cosine of the factors (-1 to 1) or of the content vectors, or Jaccard index of the genres (both 0 to 1).
    pub score: f32,
}

/// By what items are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Similarity {
    /// Liked by the same people: cosine of the factor vectors, shrunk towards that of content where few people like the
    /// items.
    Factors,
    /// About the same things: cosine of the content vectors.
    Content,
    /// The same genres: `|A and B| / |A or B|` (Jaccard).
    Genres,
}

impl Similarity {
    /// Every kind.
    pub const ALL: [Similarity; 3] = [Similarity::Factors, Similarity::Content, Similarity::Genres];

    /// The name under which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Similarity::Factors => "taste",
            Similarity::Content => "content",
            Similarity::Genres => "genres",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|similarity| similarity.name() == name)
    }
}
