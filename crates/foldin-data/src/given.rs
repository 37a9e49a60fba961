//! What was learned elsewhere: parts of a model before they are rounded.
//!
//! All rows are in the order of [`Dataset::items`](crate::Dataset::items). Where the users behind them are none of the
//! data set's, whoever is in it is a stranger to what is given, and can be held out honestly.

/// Sources that were learned elsewhere, and what is known of the people behind them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// How many people like each item; `None` where only the events of the data set tell.
    pub likes: Option<Vec<u32>>,
    /// People with at least one like that are not in the data set.
    pub n_users: u64,
    /// Their likes, each pair of a person and an item once.
    pub n_likes: u64,
    /// A vector an item.
    pub factors: Option<GivenFactors>,
    /// Weights of what is liked together, by the item that is liked.
    pub neighbours: Option<GivenLists>,
    /// Weights of what is liked next, by the item that was liked before.
    pub sequence: Option<GivenLists>,
}

/// Item vectors, with the loss that places a visitor among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GivenFactors {
    /// `rank` values an item; zeros for one without a vector.
    pub values: Vec<f32>,
    /// Number of values of each.
    pub rank: usize,
    /// The loss; `None`: a visitor is at the mean of what they like.
    pub loss: Option<GivenLoss>,
    /// Whether the vectors tell of the items themselves, such as their texts, and of nobody: then an item needs no likes
    /// to have one.
    pub of_content: bool,
}

/// Weights of the loss of matrix factorisation, as `LossWeights` of foldin-core has them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct GivenLoss {
    /// Weight of the pull of every score towards 0.
    pub alpha0: f32,
    /// Strength of the regularisation.
    pub reg: f32,
    /// How it grows with the number of events: 0 not at all, 1 in proportion.
    pub nu: f32,
    /// What a like counts.
    pub like_weight: f32,
}

/// The entries of each item.
pub type GivenLists = Vec<Vec<GivenEntry>>;

/// An entry of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenEntry {
    /// The number of the other item.
    pub item: u32,
    /// Its weight, before it is rounded.
    pub weight: f32,
    /// How many people are behind it.
    pub people: u32,
}
