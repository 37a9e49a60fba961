//! What is asked of a recommender, and what it answers.

/// By which way to recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strategy {
    /// Items whose factors fit the visitor's.
    Taste,
    /// The most liked items.
    Popular,
}

impl Strategy {
    /// Every strategy, in the order in which they are listed to a reader.
    pub const ALL: [Strategy; 2] = [Strategy::Taste, Strategy::Popular];

    /// The name under which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Strategy::Taste => "taste",
            Strategy::Popular => "popular",
        }
    }

    /// The strategy of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }
}

/// Where a recommendation came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Its factors fit the visitor's.
    Taste,
    /// It is liked by many.
    Popular,
}

impl Source {
    /// The name under which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Source::Taste => "taste",
            Source::Popular => "popular",
        }
    }
}

/// What to recommend. Filters hold before the best are taken: whoever asks for `k` items gets `k` wherever so many pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How many items, at least 1. More than there are is no error: all that pass are given.
    pub k: usize,
    /// Ids never to recommend, beside those of the profile. Ids the model does not know are ignored here.
    pub exclude: Vec<String>,
    /// If given, nothing but these ids is recommended: this ranks a list. Ids the model does not know are ignored here.
    pub only: Option<Vec<String>>,
    /// If not empty, only items with at least one of these genres, as the catalogue spells them.
    pub genres: Vec<String>,
    /// If given, only items of these years, both ends included; items without a year do not pass.
    pub years: Option<(i32, i32)>,
    /// `None`: the best that the model and the profile allow.
    pub strategy: Option<Strategy>,
    /// Whether to say which of the visitor's items led to each recommendation.
    pub reasons: bool,
}

impl Default for Request {
    fn default() -> Self {
        let (exclude, genres) = (Vec::new(), Vec::new());
        Request { k: 10, exclude, only: None, genres, years: None, strategy: None, reasons: true }
    }
}

/// One recommended item.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Id of the item.
    pub id: String,
    /// What it was ordered by, higher is better: about 0 to 1 for [`Strategy::Taste`] (1 is the score of a like), the
    /// number of likes for [`Strategy::Popular`]. Comparable within one answer and one source only.
    pub score: f32,
    /// Where it came from; at least one.
    pub sources: Vec<Source>,
    /// The visitor's items that led to it, the strongest first. Empty for popular items, or where not asked for.
    pub because: Vec<Reason>,
}

/// How much one of the visitor's items has to do with a recommendation.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Id of the visitor's item.
    pub id: String,
    /// What it adds to the score: the terms of all reasons add up to the score. Below 0 if it speaks against.
    pub contribution: f32,
    /// The contribution divided by the sum of all contributions' absolute values: -1 to 1.
    pub share: f32,
}

/// An item like another.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarItem {
    /// Id of the item.
    pub id: String,
    /// Cosine of the factors (-1 to 1), or Jaccard index of the genres (0 to 1).
    pub score: f32,
}

/// By what items are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Similarity {
    /// Liked by the same people: cosine of the factor vectors.
    Taste,
    /// The same genres: `|A and B| / |A or B|` (Jaccard).
    Genres,
}

impl Similarity {
    /// Every kind.
    pub const ALL: [Similarity; 2] = [Similarity::Taste, Similarity::Genres];

    /// The name under which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Similarity::Taste => "taste",
            Similarity::Genres => "genres",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|similarity| similarity.name() == name)
    }
}
