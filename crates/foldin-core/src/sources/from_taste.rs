//! Taste: the visitor's vector among the items' factors.

use super::Scorer;
use crate::catalogue::ItemIdx;
use crate::factors::Factors;
use crate::fold_in::{FoldIn, Visitor, WeightedEvent};
use crate::top_k::Scored;

struct Taste<'a> {
    factors: &'a Factors,
    visitor: Visitor,
}

pub(super) fn scorer<'a>(
    factors: &'a Factors,
    fold_in: &FoldIn,
    events: &[WeightedEvent],
) -> Option<Box<dyn Scorer + 'a>> {
    let visitor = fold_in.visitor(&factors.rows, events)?;
    Some(Box::new(Taste { factors, visitor }))
}

impl Scorer for Taste<'_> {
    fn scores(&self) -> Vec<f32> {
        self.visitor.scores(&self.factors.rows)
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        self.visitor.contributions(&self.factors.rows, item)
    }
}
