//! The learned ranker: a linear blend of the features of a candidate, and trees that add to it.
//!
//! No source is the best for every profile: co-occurrence counts serve short profiles, factors long ones, sequences
//! those with an order. The ranker sees the scores of all sources, with the length of the profile, and is learned on
//! people that the sources have not seen. `recommend` applies it.

mod blend;
mod features;
mod trees;

pub use self::blend::{BLEND_LENGTHS, Blend};
pub(crate) use self::features::at;
pub use self::features::{FEATURES, Feature, N_FEATURES};
pub(crate) use self::trees::TreesWire;
pub use self::trees::{MAX_CUTS, MAX_LEAVES, Node, Trees};

/// The features of one candidate.
pub type Row = [f32; N_FEATURES];

/// Orders candidates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranker {
    /// The linear part.
    pub blend: Blend,
    /// What trees add; `None` in small models, and where there were too few users to learn trees from.
    pub trees: Option<Trees>,
}

impl Ranker {
    /// One score per row; higher is better.
    pub fn scores(&self, rows: &[Row]) -> Vec<f32> {
        let mut scores: Vec<f32> = rows.iter().map(|row| self.blend.score(row)).collect();
        if let Some(trees) = &self.trees {
            trees.add_to(&mut scores, rows);
        }
        scores
    }
}
