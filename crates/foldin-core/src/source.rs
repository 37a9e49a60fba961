//! The sources of recommendations.

use serde::{Deserialize, Serialize};

/// A source of recommendations: one way to score items. Callers and files refer to it by its [name](Source::name).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Source {
    /// Matrix factorisation (iALS): the item's factors fit the visitor's. Callers know it as `taste`.
    #[serde(rename = "taste")]
    Factors,
    /// Weighted co-occurrence counts: the item is liked together with what the visitor likes.
    Neighbours,
    /// EASE: the item is predicted from what the visitor likes.
    Ease,
    /// Sequence: the item is liked next after what the visitor liked last.
    Sequence,
    /// Transformer: the item is what a self-attentive network expects after what the visitor liked, in that order.
    Transformer,
    /// Content: the item has the same genres, tags and words as what the visitor likes.
    Content,
    /// Popularity: the item is liked by many.
    Popular,
    /// Recent popularity: the item is liked by many lately.
    Recent,
    /// Mean rating: the item is rated best.
    TopRated,
}

impl Source {
    /// Every source, in the order in which readers see them.
    pub const ALL: [Source; 9] = [
        Source::Factors,
        Source::Neighbours,
        Source::Ease,
        Source::Sequence,
        Source::Transformer,
        Source::Content,
        Source::Popular,
        Source::Recent,
        Source::TopRated,
    ];

    /// The name that callers use.
    pub fn name(self) -> &'static str {
        match self {
            Source::Factors => "taste",
            Source::Neighbours => "neighbours",
            Source::Ease => "ease",
            Source::Sequence => "sequence",
            Source::Transformer => "transformer",
            Source::Content => "content",
            Source::Popular => "popular",
            Source::Recent => "recent",
            Source::TopRated => "top-rated",
        }
    }

    /// The name for readers.
    pub fn title(self) -> &'static str {
        match self {
            Source::Factors => "Taste",
            Source::Neighbours => "Neighbours",
            Source::Ease => "EASE",
            Source::Sequence => "Sequence",
            Source::Transformer => "Transformer",
            Source::Content => "Content",
            Source::Popular => "Popular",
            Source::Recent => "Recent",
            Source::TopRated => "Top rated",
        }
    }

    /// What the source does, in one sentence for the reader of a recommendation.
    pub fn description(self) -> &'static str {
        match self {
            Source::Factors => "Places you among the people who rated, and finds titles that fit that place.",
            Source::Neighbours => "Counts what else people like who like your titles.",
            Source::Ease => "Predicts from all your likes at once, with a weight from each title to each other title.",
            Source::Sequence => "Finds what people liked next, after what you liked last.",
            Source::Transformer => "Reads your likes in their order, and finds what people like next.",
            Source::Content => "Finds titles with the same genres, tags and words. It uses no other people's likes.",
            Source::Popular => "The most liked titles: the same list for everyone.",
            Source::Recent => "The most liked titles of recent times: the same list for everyone.",
            Source::TopRated => "The titles with the best mean rating: the same list for everyone.",
        }
    }

    /// The part of a model that the source needs, as error messages call it.
    pub(crate) fn part(self) -> &'static str {
        match self {
            Source::Factors => "taste (factors)",
            Source::Neighbours => "neighbours (lists)",
            Source::Ease => "EASE (lists)",
            Source::Sequence => "sequence (lists)",
            Source::Transformer => "transformer",
            Source::Content => "content (vectors)",
            Source::Popular => "popularity",
            Source::Recent => "recent popularity",
            Source::TopRated => "mean stars",
        }
    }
}
