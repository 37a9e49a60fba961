//! Seeds: what to ask a newcomer about, so that few questions tell much of their taste.
//!
//! A question pays if it is likely to be answered with a like, and if that like is no news that another answer brings
//! anyway. Items are chosen one after the other, greedily, each the one with the largest
//!
//! ```text
//! chance(i) * product over the seeds s chosen before ( 1 - APART * sqrt(max(0, cos(i, s))) )
//! chance(i) = likes(i) / users + FROM_TASTE * max(0, score(i))
//! ```
//!
//! where `cos` is the cosine of factors (of content where there are no factors; 0 where there is neither, so that the
//! seeds are the most liked items), and `score` what the answers so far say by the factors, about 1 for a like: a page
//! that asks again after some answers asks closer to them. The product is the maximal marginal relevance of Carbonell
//! and Goldstein (1998) with all seeds counted instead of the nearest. Designs that make the visitor's normal equations
//! well conditioned (D- and A-optimal) were tried first: docs/decisions/0017 has the measurements.
//!
//! Items are taken by blocks of [`BLOCK`], the likeliest first: far from everything else is also what nobody knows. It
//! makes the cost `O(n log k + k BLOCK d)`, and fewer seeds are always the beginning of more.

use crate::index::ItemIdx;
use crate::linalg::top_k::NO_SCORE;
use crate::linalg::top_k::Scored;
use crate::model::Model;

/// How much a seed takes from the worth of one that has the same factors.
const APART: f32 = 0.6;

/// What a score of the visitor's taste counts beside the share of users who like an item.
const FROM_TASTE: f32 = 3.0;

/// From so many of the likeliest items the seeds are chosen, before there is a look at further ones.
const BLOCK: usize = 150;

/// How likely a newcomer is to like each item, in catalogue order. `scores` are those of the visitor's taste; empty for
/// somebody of whom nothing is known.
pub(crate) fn chances(model: &Model, scores: &[f32]) -> Vec<f32> {
    let catalogue = &model.catalogue;
    let n_users = model.about.n_users.max(1) as f32;
    let mut chances: Vec<f32> = catalogue.items().map(|item| catalogue.likes(item) as f32 / n_users).collect();
    for (chance, score) in chances.iter_mut().zip(scores) {
        *chance += FROM_TASTE * score.max(0.0);
    }
    chances
}

/// How many of the likeliest items [`seeds`] wants to choose `k` from.
pub(crate) fn n_candidates(k: usize) -> usize {
    (k.saturating_sub(1) / BLOCK).saturating_add(1).saturating_mul(BLOCK)
}

/// The `k` best items to ask about, the best first, of candidates with their chances, the likeliest first.
pub(crate) fn seeds(model: &Model, mut candidates: Vec<Scored>, k: usize) -> Vec<ItemIdx> {
    let mut seeds = Vec::new();
    for block in candidates.chunks_mut(BLOCK) {
        for _ in 0..block.len() {
            if seeds.len() == k {
                return seeds;
            }
            // Among equals the first, which is the likelier one.
            let mut best = (ItemIdx(0), NO_SCORE);
            for &one in &*block {
                if one.1 > best.1 {
                    best = one;
                }
            }
            seeds.push(best.0);
            for (other, worth) in &mut *block {
                *worth = if *other == best.0 {
                    NO_SCORE
                } else {
                    *worth * (1.0 - APART * likeness(model, best.0, *other).clamp(0.0, 1.0).sqrt())
                }
            }
        }
    }
    seeds
}

/// The cosine of two items by what the model knows of them.
fn likeness(model: &Model, a: ItemIdx, b: ItemIdx) -> f32 {
    match (&model.factors, &model.content) {
        (Some(factors), _) if a.max(b).at() < factors.rows.n_rows() => factors.rows.cosine(a.at(), b.at()),
        (None, Some(content)) => content.cosine(a.at(), b.at()),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::QuantisedRows;
    use crate::linalg::SparseRows;
    use crate::linalg::top_k::top_k;
    use crate::model::About;
    use crate::model::Content;
    use crate::model::{Catalogue, CatalogueItem};
    use crate::model::{Factors, LossWeights};

    /// Items that so many of 100 users like, in falling order.
    fn model(likes: &[u32]) -> Model {
        let item = |(n, &likes): (usize, &u32)| CatalogueItem { id: format!("{n}"), likes, ..Default::default() };
        let catalogue = Catalogue::new(likes.iter().enumerate().map(item).collect());
        Model::new(About { n_users: 100, ..About::default() }, catalogue)
    }

    fn factors(values: &[f32], n_cols: usize) -> Option<Factors> {
        let weights = LossWeights { alpha0: 0.1, reg: 0.02, nu: 1.0, like_weight: 1.0 };
        Some(Factors::of_loss(QuantisedRows::quantise(values, n_cols), weights))
    }

    fn chosen(model: &Model, scores: &[f32], k: usize) -> Vec<u32> {
        let candidates =
            top_k(&model.catalogue.items().zip(chances(model, scores)).collect::<Vec<_>>(), n_candidates(k));
        seeds(model, candidates, k).into_iter().map(|item| item.0).collect()
    }

    #[test]
    fn what_says_the_same_as_a_seed_waits() {
        // 0 and 1 are one kind, 2 and 3 another, 4 is half of each: cosines 1, 0 and .707, whose root is .841.
        let factors = factors(&[1.0, 0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0], 2);
        let model = Model { factors, ..model(&[50, 40, 30, 20, 15]) };
        // What is worth what after 0: 40 x .4 = 16, 30, 20, 15 x (1 - .6 x .841) = 7.4. After 2: 16, 8, 3.7.
        assert_eq!(chosen(&model, &[], 5), [0, 2, 1, 3, 4]);
        assert_eq!(chosen(&model, &[], 3), [0, 2, 1]);
        assert_eq!(chosen(&model, &[], 99).len(), 5);
    }

    #[test]
    fn opposite_items_take_nothing_from_each_other() {
        let model = Model { factors: factors(&[1.0, -1.0, 1.0], 1), ..model(&[50, 40, 39]) };
        assert_eq!(chosen(&model, &[], 3), [0, 1, 2]);
    }

    #[test]
    fn answers_lead_to_items_that_they_speak_for() {
        let factors = factors(&[1.0, 0.0, 0.0, 1.0, 0.0, 1.0], 2);
        let model = Model { factors, ..model(&[50, 40, 30]) };
        assert_eq!(chosen(&model, &[0.0, -0.9, 0.1], 3), [2, 0, 1]);
    }

    #[test]
    fn without_factors_content_keeps_seeds_apart_and_without_both_they_are_popular() {
        let popular = model(&[50, 40, 30, 0]);
        assert_eq!(chosen(&popular, &[], 4), [0, 1, 2, 3]);
        let rows: [&[(u32, f32)]; 3] = [&[(0, 1.0)], &[(0, 1.0)], &[(1, 1.0)]];
        let content = Some(Content::new(SparseRows::quantise(rows)));
        assert_eq!(chosen(&Model { content, ..popular }, &[], 4), [0, 2, 1, 3]);
    }

    #[test]
    fn fewer_seeds_are_the_beginning_of_more_and_rare_items_wait_for_their_block() {
        let n = BLOCK as u32 + 10;
        // One item alone of its kind, the last: without blocks it would come early.
        let values: Vec<f32> = (0..n).flat_map(|item| if item + 1 < n { [1.0, 0.0] } else { [0.0, 1.0] }).collect();
        let likes: Vec<u32> = (0..n).map(|item| 1000 - item).collect();
        let model = Model { factors: factors(&values, 2), ..model(&likes) };
        let all = chosen(&model, &[], n as usize);
        assert!(all[..BLOCK].iter().all(|&item| item < BLOCK as u32));
        assert_eq!(all[BLOCK..BLOCK + 2], [BLOCK as u32, n - 1]);
        for k in [1, 9, BLOCK, BLOCK + 1] {
            assert_eq!(chosen(&model, &[], k), all[..k]);
        }
    }

    #[test]
    fn items_without_factors_and_models_without_users_do_no_harm() {
        let mut model = Model { factors: factors(&[1.0, 1.0], 1), ..model(&[5, 4, 0]) };
        model.about.n_users = 0;
        assert_eq!(chosen(&model, &[], 3), [0, 1, 2]);
        assert!(chosen(&model, &[], 0).is_empty());
        assert!(seeds(&model, Vec::new(), 3).is_empty());
    }
}
