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
//! well conditioned (D- and A-optimal) were tried first; ARCHITECTURE.md has what came of it.
//!
//! Items are taken by blocks of [`BLOCK`], the likeliest first: far from everything else is also what nobody knows. It
//! makes the cost `O(n log k + k BLOCK d)`, and fewer seeds are always the beginning of more.

use crate::catalogue::ItemIdx;
use crate::model::Model;
use crate::top_k::{Scored, top_k};

/// How much a seed takes from the worth of one that has the same factors.
const APART: f32 = 0.6;

/// What a score of the visitor's taste counts beside the share of users who like an item.
const FROM_TASTE: f32 = 3.0;

/// From so many of the likeliest items the seeds are chosen, before there is a look at further ones.
const BLOCK: usize = 150;

/// The `k` best items to ask about among those that pass, the best first. `scores` are those of the visitor's taste,
/// in catalogue order; empty for somebody of whom nothing is known.
pub(crate) fn seeds(model: &Model, scores: &[f32], pass: &[bool], k: usize) -> Vec<ItemIdx> {
    let catalogue = &model.catalogue;
    let n_users = model.about.n_users.max(1) as f32;
    let chance = |item: ItemIdx| {
        let score = scores.get(item.at()).copied().unwrap_or(0.0);
        catalogue.likes(item) as f32 / n_users + FROM_TASTE * score.max(0.0)
    };
    let k = k.min(catalogue.len());
    let candidates = catalogue.items().filter(|item| pass[item.at()]).map(|item| (item, chance(item)));
    let mut candidates = top_k(candidates, k.next_multiple_of(BLOCK));
    let mut seeds = Vec::new();
    for block in candidates.chunks_mut(BLOCK) {
        put_apart(model, block);
        seeds.extend(block.iter().map(|(item, _)| *item));
    }
    seeds.truncate(k);
    seeds
}

/// Puts items into the order in which they are asked about; what they are worth comes sorted.
fn put_apart(model: &Model, items: &mut [Scored]) {
    for n in 0..items.len() {
        // Among equals the first, which is the likelier one.
        let best =
            (n + 1..items.len()).fold(n, |best, other| if items[other].1 > items[best].1 { other } else { best });
        items[n..=best].rotate_right(1);
        let (chosen, rest) = (items[n].0, &mut items[n + 1..]);
        for (other, worth) in rest {
            *worth *= 1.0 - APART * likeness(model, chosen, *other).clamp(0.0, 1.0).sqrt();
        }
    }
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
    use crate::catalogue::{Catalogue, CatalogueItem};
    use crate::content::Content;
    use crate::factors::{Factors, LossWeights};
    use crate::model::About;
    use crate::quantised::QuantisedRows;
    use crate::sparse_rows::SparseRows;

    /// Items that so many of 100 users like, in falling order.
    fn model(likes: &[u32]) -> Model {
        let item = |(n, &likes): (usize, &u32)| CatalogueItem { id: format!("{n}"), likes, ..Default::default() };
        let catalogue = Catalogue::new(likes.iter().enumerate().map(item).collect());
        Model::new(About { n_users: 100, ..About::default() }, catalogue)
    }

    fn factors(values: &[f32], n_cols: usize) -> Option<Factors> {
        let weights = LossWeights { alpha0: 0.1, reg: 0.02, nu: 1.0, like_weight: 1.0 };
        Some(Factors { rows: QuantisedRows::quantise(values, n_cols), weights })
    }

    fn chosen(model: &Model, scores: &[f32], k: usize) -> Vec<u32> {
        let pass = vec![true; model.catalogue.len()];
        seeds(model, scores, &pass, k).into_iter().map(|item| item.0).collect()
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
        let content = Some(Content { rows: SparseRows::quantise(rows) });
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
        assert!(seeds(&model, &[], &[false; 3], 3).is_empty());
    }
}
