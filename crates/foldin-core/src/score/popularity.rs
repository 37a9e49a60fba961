//! Popularity: the same for every visitor.

use super::Score;
use crate::index::ItemIdx;
use crate::linalg::top_k::Scored;
use crate::model::Catalogue;
use crate::model::ItemScores;

struct SameForAll(Vec<f32>);

pub(super) fn by_likes<'a>(catalogue: &Catalogue) -> Box<dyn Score + 'a> {
    Box::new(SameForAll(catalogue.items().map(|item| catalogue.likes(item) as f32).collect()))
}

pub(super) fn by_scores<'a>(scores: &ItemScores) -> Box<dyn Score + 'a> {
    Box::new(SameForAll(scores.iter().collect()))
}

impl Score for SameForAll {
    fn scores(&self) -> Vec<f32> {
        self.0.clone()
    }

    fn contributions(&self, _: ItemIdx) -> Vec<Scored> {
        Vec::new()
    }
}
