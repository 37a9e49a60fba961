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

#[cfg(test)]
mod tests {
    use super::super::tests::{catalogue, dislike, like};
    use super::*;
    use crate::item_lists::{Damping, Weighting};
    use crate::sparse_rows::SparseRows;

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
        assert!(near(&scorer.scores(), &[1.27, 1.27, 1.5, NOTHING]), "{:?}", scorer.scores());
        let contributions = scorer.contributions(ItemIdx(2));
        assert_eq!(contributions.iter().map(|(item, _)| item.0).collect::<Vec<_>>(), [1, 0]);
        assert!((contributions.iter().map(|(_, part)| part).sum::<f32>() - 1.5).abs() < 1e-5);
    }

    #[test]
    fn older_events_count_less_and_those_outside_the_window_nothing() {
        let weighting = Weighting { decay: 0.5, window: 2, damping: Vec::new() };
        let (lists, catalogue) = (lists(weighting), catalogue(&[9, 8, 4, 1]));
        let scores = |events: &[WeightedEvent]| scorer(&lists, &catalogue, events).unwrap().scores();
        assert!(near(&scores(&[like(1), like(0)]), &[0.635, 1.27, 1.0, NOTHING]));
        assert!(near(&scores(&[like(1), like(3), like(0)]), &[NOTHING, 1.27, 0.5, NOTHING]));
    }

    #[test]
    fn popular_items_are_damped_by_the_length_of_the_profile() {
        let damping = [(2, 4)].map(|(from, eighths)| Damping { from, eighths }).to_vec();
        let (lists, catalogue) = (lists(Weighting { damping, ..Weighting::default() }), catalogue(&[9, 4, 4, 1]));
        assert!(near(&scorer(&lists, &catalogue, &[like(0)]).unwrap().scores(), &[NOTHING, 1.27, 0.5, NOTHING]));
        let two = scorer(&lists, &catalogue, &[like(0), like(1)]).unwrap();
        assert!(near(&two.scores(), &[1.27 / 3.0, 1.27 / 2.0, 0.75, NOTHING]));
        assert!(near(&[two.contributions(ItemIdx(1))[0].1], &[1.27 / 2.0]));
    }

    #[test]
    fn a_dislike_speaks_against_what_a_like_would_speak_for() {
        let (lists, catalogue) = (lists(Weighting::default()), catalogue(&[9, 8, 4, 1]));
        let scores = scorer(&lists, &catalogue, &[like(1), dislike(0)]).unwrap().scores();
        assert!(near(&scores, &[1.27, NOTHING, 0.75, NOTHING]), "{scores:?}");
        assert!(scorer(&lists, &catalogue, &[dislike(0)]).is_none());
        assert!(scorer(&lists, &catalogue, &[like(3)]).is_none());
    }
}
