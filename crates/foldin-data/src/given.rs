//! What was learned elsewhere, on data that are too large to be read here: parts of a model before they are rounded.
//!
//! All rows are in the order of [`Dataset::items`](crate::Dataset::items). The users behind them are none of the data
//! set's: whoever is in it is a stranger to what is given, and can be held out honestly.

/// Sources that were learned elsewhere, and the number of people who like each item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// How many people like each item.
    pub likes: Vec<u32>,
    /// People with at least one like.
    pub n_users: u64,
    /// Their likes, each pair of a person and an item once.
    pub n_likes: u64,
    /// Factors by matrix factorisation.
    pub factors: Option<GivenFactors>,
    /// Weights of what is liked together, by the item that is liked.
    pub neighbours: Option<GivenLists>,
    /// Weights of what is liked next, by the item that was liked before.
    pub sequence: Option<GivenLists>,
}

/// Item factors, with the weights of the loss that they were learned with, as iALS has them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GivenFactors {
    /// `rank` values an item; zeros for one without factors.
    pub values: Vec<f32>,
    /// Number of factors.
    pub rank: usize,
    /// Weight of the pull of every score towards 0.
    pub alpha0: f32,
    /// Strength of the regularisation, which grows with the number of events.
    pub reg: f32,
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
