//! Neighbours, EASE and sequence: what the lists of the visitor's items add up to.

use super::{NOTHING, Scorer, say};
use crate::catalogue::{Catalogue, ItemIdx};
use crate::fold_in::WeightedEvent;
use crate::item_lists::{ItemLists, damping_of};
use crate::top_k::Scored;

struct FromLists<'a> {
    lists: &'a ItemLists,
    catalogue: &'a Catalogue,
    /// The visitor's items that count, with what each counts.
    says: Vec<(ItemIdx, f32)>,
    eighths: u8,
}

pub(super) fn scorer<'a>(
    lists: &'a ItemLists,
    catalogue: &'a Catalogue,
    events: &[WeightedEvent],
) -> Option<Box<dyn Scorer + 'a>> {
    let weighting = &lists.weighting;
    let mut says = Vec::new();
    let mut recency = 1.0;
    for event in events.iter().rev().take(weighting.window as usize) {
        says.push((event.item, recency * say(event)));
        recency *= weighting.decay;
    }
    let n_likes = events.iter().filter(|event| event.target > 0.0).count();
    let speaks = says.iter().any(|&(item, say)| say > 0.0 && !lists.rows.row(item.at()).columns.is_empty());
    let eighths = weighting.eighths_at(n_likes);
    speaks.then(|| -> Box<dyn Scorer + 'a> { Box::new(FromLists { lists, catalogue, says, eighths }) })
}

impl Scorer for FromLists<'_> {
    fn scores(&self) -> Vec<f32> {
        let mut scores = vec![0.0; self.catalogue.len()];
        for &(item, say) in &self.says {
            for (column, value) in self.lists.rows.row(item.at()).iter() {
                scores[column as usize] += say * value;
            }
        }
        for (item, score) in self.catalogue.items().zip(&mut scores) {
            // What no list names, or more speaks against than for, is no candidate.
            *score = match *score > 0.0 {
                true => *score / damping_of(self.catalogue.likes(item), self.eighths),
                false => NOTHING,
            };
        }
        scores
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let damping = damping_of(self.catalogue.likes(item), self.eighths);
        let of = |&(event, say): &(ItemIdx, f32)| (event, say * self.lists.rows.row(event.at()).at(item.0) / damping);
        self.says.iter().map(of).filter(|(_, contribution)| *contribution != 0.0).collect()
    }
}
