//! Content: the cosine between what the visitor's items are about and what each item is about.

use super::WeightedEvent;
use super::{Score, signed_weight};
use crate::index::ItemIdx;
use crate::linalg::SparseRow;
use crate::linalg::top_k::{NO_SCORE, Scored};
use crate::model::{Content, product};

struct ByContent<'a> {
    content: &'a Content,
    /// The visitor's items, with the factor of each in the profile's vector: its signed weight over the length of its
    /// own vector.
    shares: Vec<(ItemIdx, f32)>,
    /// The profile's vector, of length 1.
    profile: Vec<f32>,
    /// The length it had before.
    length: f32,
}

pub(super) fn scorer<'a>(content: &'a Content, events: &[WeightedEvent]) -> Option<Box<dyn Score + 'a>> {
    let mut profile = vec![0.0; content.n_terms()];
    let mut shares = Vec::new();
    for event in events {
        let (terms, length) = content.direction(event.item.at());
        if length > 0.0 {
            let share = signed_weight(event) / length;
            for (&term, &weight) in terms.columns.iter().zip(terms.weights) {
                profile[term as usize] += share * f32::from(weight);
            }
            shares.push((event.item, share));
        }
    }
    let length = profile.iter().map(|value| value * value).sum::<f32>().sqrt();
    if !shares.iter().any(|(_, share)| *share > 0.0) || length <= f32::EPSILON {
        return None;
    }
    profile.iter_mut().for_each(|value| *value /= length);
    Some(Box::new(ByContent { content, shares, profile, length }))
}

impl Score for ByContent<'_> {
    fn scores(&self) -> Vec<f32> {
        let score = |(terms, length): (SparseRow<'_>, f32)| {
            let entries = terms.columns.iter().zip(terms.weights);
            let product: f32 = entries.map(|(&term, &weight)| f32::from(weight) * self.profile[term as usize]).sum();
            if product > 0.0 && length > 0.0 { product / length } else { NO_SCORE }
        };
        self.content.directions().map(score).collect()
    }

    fn contributions(&self, item: ItemIdx) -> Vec<Scored> {
        let (terms, length) = self.content.direction(item.at());
        if length <= 0.0 {
            return Vec::new();
        }
        let contribution_of = |&(event, share): &(ItemIdx, f32)| {
            let product = product(terms, self.content.direction(event.at()).0);
            (event, share * product as f32 / (length * self.length))
        };
        self.shares.iter().map(contribution_of).filter(|(_, contribution)| *contribution != 0.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dislike, like};
    use super::*;
    use crate::linalg::SparseRows;

    fn content() -> Content {
        // Space, love, year; the last item has no terms.
        let rows: [&[(u32, f32)]; 5] = [&[(0, 3.0)], &[(0, 0.6), (1, 0.8)], &[(1, 1.0)], &[(2, 1.0)], &[]];
        Content::new(SparseRows::quantise(rows))
    }

    #[test]
    fn scores_are_cosines_with_the_sum_of_unit_vectors() {
        let content = content();
        let scorer = scorer(&content, &[like(0), like(2)]).unwrap();
        // The profile is (1, 1) / sqrt 2, whatever the length of an item's own vector.
        let expected = [0.5_f32.sqrt(), 1.4 * 0.5_f32.sqrt(), 0.5_f32.sqrt()];
        let scores = scorer.scores();
        assert!(scores.iter().zip(expected).all(|(score, expected)| (score - expected).abs() < 0.01), "{scores:?}");
        assert_eq!(scores[3..], [NO_SCORE, NO_SCORE]);
        for item in 0..3 {
            let total: f32 = scorer.contributions(ItemIdx(item)).iter().map(|(_, part)| part).sum();
            assert!((total - scores[item as usize]).abs() < 1e-5);
        }
    }

    #[test]
    fn a_dislike_turns_the_profile_away() {
        let content = content();
        let scores = scorer(&content, &[like(1), dislike(2)]).unwrap().scores();
        assert!(scores[0] > scores[2]);
        assert!(scorer(&content, &[dislike(2)]).is_none() && scorer(&content, &[like(4)]).is_none());
    }
}
