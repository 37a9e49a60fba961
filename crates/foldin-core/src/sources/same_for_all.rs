//! Popularity: the same for every visitor.

use super::Scorer;
use crate::catalogue::{Catalogue, ItemIdx};
use crate::popularity::ItemScores;
use crate::top_k::Scored;

struct SameForAll(Vec<f32>);

pub(super) fn by_likes<'a>(catalogue: &Catalogue) -> Box<dyn Scorer + 'a> {
    Box::new(SameForAll(catalogue.items().map(|item| catalogue.likes(item) as f32).collect()))
}

pub(super) fn by_scores<'a>(scores: &ItemScores) -> Box<dyn Scorer + 'a> {
    Box::new(SameForAll(scores.iter().collect()))
}

impl Scorer for SameForAll {
    fn scores(&self) -> Vec<f32> {
        self.0.clone()
    }

    fn contributions(&self, _: ItemIdx) -> Vec<Scored> {
        Vec::new()
    }
}
