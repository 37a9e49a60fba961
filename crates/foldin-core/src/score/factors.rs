//! Factors: the product of the visitor's vector with the factors of each item.

use super::Score;
use crate::index::ItemIdx;
use crate::linalg::top_k::Scored;
use crate::model::Factors;
use crate::score::{FoldIn, Visitor, WeightedEvent};

struct ByFactors<'a> {
    factors: &'a Factors,
    visitor: Visitor,
}

pub(super) fn scorer<'a>(
    factors: &'a Factors,
    fold_in: &FoldIn,
    events: &[WeightedEvent],
) -> Option<Box<dyn Score + 'a>> {
    let visitor = fold_in.visitor(&factors.rows, events)?;
    Some(Box::new(ByFactors { factors, visitor }))
}

impl Score for ByFactors<'_> {
    fn scores(&self) -> Vec<f32> {
        self.visitor.scores(&self.factors.rows)
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        self.visitor.contributions(&self.factors.rows, item)
    }
}
