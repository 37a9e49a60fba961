//! Neighbours, EASE and sequence: what the lists of the visitor's items add up to.

use super::{Score, WeightedEvent, signed_weight};
use crate::index::ItemIdx;
use crate::linalg::top_k::{NO_SCORE, Scored};
use crate::model::Catalogue;
use crate::model::{Eighths, ItemLists};

struct ByItemLists<'a> {
    lists: &'a ItemLists,
    catalogue: &'a Catalogue,
    /// The visitor's items that count, with their signed weights.
    weights: Vec<(ItemIdx, f32)>,
    damping: Eighths,
}

pub(super) fn scorer<'a>(
    lists: &'a ItemLists,
    catalogue: &'a Catalogue,
    events: &[WeightedEvent],
) -> Option<Box<dyn Score + 'a>> {
    let weighting = &lists.weighting;
    let mut weights = Vec::new();
    let mut recency = 1.0;
    for event in events.iter().rev().take(weighting.window as usize) {
        weights.push((event.item, recency * signed_weight(event)));
        recency *= weighting.decay;
    }
    let n_likes = events.iter().filter(|event| event.target > 0.0).count();
    let scores_any =
        weights.iter().any(|&(item, weight)| weight > 0.0 && !lists.rows.row(item.at()).columns.is_empty());
    let damping = weighting.damping_for(n_likes);
    scores_any.then(|| -> Box<dyn Score + 'a> { Box::new(ByItemLists { lists, catalogue, weights, damping }) })
}

impl Score for ByItemLists<'_> {
    fn scores(&self) -> Vec<f32> {
        let mut scores = vec![0.0; self.catalogue.len()];
        for &(item, weight) in &self.weights {
            for (column, value) in self.lists.rows.row(item.at()).iter() {
                scores[column as usize] += weight * value;
            }
        }
        for (item, score) in self.catalogue.items().zip(&mut scores) {
            // What no list names, and what dislikes outweigh, is no candidate.
            *score = if *score > 0.0 { *score / self.damping.power_of(self.catalogue.likes(item)) } else { NO_SCORE };
        }
        scores
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let divisor = self.damping.power_of(self.catalogue.likes(item));
        let contribution_of =
            |&(event, weight): &(ItemIdx, f32)| (event, weight * self.lists.rows.row(event.at()).at(item.0) / divisor);
        self.weights.iter().map(contribution_of).filter(|(_, contribution)| *contribution != 0.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{catalogue, dislike, like};
    use super::*;
    use crate::linalg::SparseRows;
    use crate::model::{Damping, Weighting};

    fn lists(weighting: Weighting) -> ItemLists {
        let rows: [&[(u32, f32)]; 3] = [&[(1, 1.27), (2, 0.5)], &[(0, 1.27), (2, 1.0)], &[(3, -1.27)]];
        ItemLists { rows: SparseRows::quantise(rows), weighting }
    }

    fn near(a: &[f32], b: &[f32]) -> bool {
        a.iter().zip(b).all(|(a, b)| a == b || (a - b).abs() < 1e-5)
    }

    #[test]
    fn scores_are_sums_over_lists_and_contributions_add_up_to_them() {
        let (lists, catalogue) = (lists(Weighting::default()), catalogue(&[9, 8, 4, 1]));
        let scorer = scorer(&lists, &catalogue, &[like(0), like(1)]).unwrap();
        assert!(near(&scorer.scores(), &[1.27, 1.27, 1.5, NO_SCORE]), "{:?}", scorer.scores());
        let contributions = scorer.contributions(ItemIdx(2));
        assert_eq!(contributions.iter().map(|(item, _)| item.0).collect::<Vec<_>>(), [1, 0]);
        assert!((contributions.iter().map(|(_, part)| part).sum::<f32>() - 1.5).abs() < 1e-5);
    }

    #[test]
    fn older_events_count_less_and_those_outside_the_window_nothing() {
        let weighting = Weighting { decay: 0.5, window: 2, damping: Vec::new() };
        let (lists, catalogue) = (lists(weighting), catalogue(&[9, 8, 4, 1]));
        let scores = |events: &[WeightedEvent]| scorer(&lists, &catalogue, events).unwrap().scores();
        assert!(near(&scores(&[like(1), like(0)]), &[0.635, 1.27, 1.0, NO_SCORE]));
        assert!(near(&scores(&[like(1), like(3), like(0)]), &[NO_SCORE, 1.27, 0.5, NO_SCORE]));
    }

    #[test]
    fn popular_items_are_damped_by_the_length_of_the_profile() {
        let damping = vec![Damping { from: 2, exponent: Eighths(4) }];
        let (lists, catalogue) = (lists(Weighting { damping, ..Weighting::default() }), catalogue(&[9, 4, 4, 1]));
        assert!(near(&scorer(&lists, &catalogue, &[like(0)]).unwrap().scores(), &[NO_SCORE, 1.27, 0.5, NO_SCORE]));
        let two = scorer(&lists, &catalogue, &[like(0), like(1)]).unwrap();
        assert!(near(&two.scores(), &[1.27 / 3.0, 1.27 / 2.0, 0.75, NO_SCORE]));
        assert!(near(&[two.contributions(ItemIdx(1))[0].1], &[1.27 / 2.0]));
    }

    #[test]
    fn a_dislike_speaks_against_what_a_like_would_speak_for() {
        let (lists, catalogue) = (lists(Weighting::default()), catalogue(&[9, 8, 4, 1]));
        let scores = scorer(&lists, &catalogue, &[like(1), dislike(0)]).unwrap().scores();
        assert!(near(&scores, &[1.27, NO_SCORE, 0.75, NO_SCORE]), "{scores:?}");
        assert!(scorer(&lists, &catalogue, &[dislike(0)]).is_none());
        assert!(scorer(&lists, &catalogue, &[like(3)]).is_none());
    }
}
