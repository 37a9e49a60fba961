//! Neighbours: what is liked together, as weighted counts.
//!
//! What a like of item `i` speaks for, and the score of item `j` for somebody who likes the items `L`:
//!
//! ```text
//! W[i][j] = (sum over users u who like both of 1 / len(u)^q)^c
//!               / (pop_i + shrinkage)^a  *  (pop_j / (pop_j + rare_shrinkage))^(1/2)
//! score_j = sum over i in L of W[i][j] / pop_j^b
//! ```
//!
//! where `len(u)` is the number of likes of a user and `pop` that of an item. Cosine neighbours (Sarwar, Karypis,
//! Konstan and Riedl 2001) are the point `q = 0`, `a = b = 1/2` without shrinkage; damping users is what Adamic and
//! Adar (2003) do to common friends, and RP3beta (Paudel et al. 2017) to walks of three steps.
//!
//! The damping `b` must grow with the history, from 0 at one like, and so is no part of the lists: a
//! [`Weighting`] applies it when somebody is served. Rare items are held back by `rare_shrinkage`, without which the
//! best `b` differs from data set to data set, since a strong damping lifts items of two or three likes above all
//! others.
//!
//! Every like counts the same, whatever its weight in the matrix: those are weights of the loss of iALS.
//!
//! Cost: `O(sum over u of len(u)^2)`, and one row of counts a thread. The lists are pruned as `pruning` says.

use foldin_core::linalg::SparseRows;
use foldin_core::model::{Damping, Eighths, ItemLists, Weighting};
use serde::{Deserialize, Serialize};

use super::OutOfBounds;
use super::pruning::{Pruning, candidates, kept};
use super::together::{Both, Together};
use crate::parallel::map_up_to_with;
use foldin_data::interactions::Interactions;

/// Settings of the learner.
///
/// The defaults were chosen on the validation part of `strong`, and of histories of 1, 3, 5, 10 and 20 likes drawn from
/// it, on ml-1m, ml-latest-small, lastfm-2k and movietweetings-100k: the one set of values that loses least (1 to 3 %
/// of NDCG@10) against the best of each data set and length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NeighbourSettings {
    /// `q`: by how much users who like much count less.
    pub user_exponent: f32,
    /// `c`: below 1, what is liked together very often counts less beside what is liked together sometimes.
    pub count_exponent: f32,
    /// `a`: by how much what is said by popular items counts less.
    pub item_exponent: f32,
    /// Added to the likes of the item that speaks: what is said by rare items counts less.
    pub shrinkage: f32,
    /// How few likes hold an item back from being recommended: one of so many counts at 0.7 of its say. 0: not at all.
    pub rare_shrinkage: f32,
    /// Entries of a list, on average, at least 1: popular items, which more profiles hold, have longer ones.
    pub per_item: usize,
    /// `b`, in eighths, by the number of likes from which on it holds, ascending.
    #[serde(with = "super::damping_pairs")]
    pub damping: Vec<Damping>,
    /// What an event counts beside the next newer one: above 0, up to 1 (all the same).
    pub decay: f32,
}

impl Default for NeighbourSettings {
    fn default() -> Self {
        let damping = [(3, 2), (5, 4), (10, 5)].map(|(from, n)| Damping { from, exponent: Eighths(n) });
        NeighbourSettings {
            user_exponent: 0.6,
            count_exponent: 0.85,
            item_exponent: 1.0,
            shrinkage: 20.0,
            rare_shrinkage: 30.0,
            per_item: 50,
            damping: damping.to_vec(),
            decay: 1.0,
        }
    }
}

/// Learns the lists from likes, users by items in catalogue order: one row an item. Two items have an entry where at
/// least `min_support` people like both.
///
/// # Errors
/// [`OutOfBounds`], as large exponents without shrinkage may lead to.
///
/// # Panics
/// If `per_item` is 0.
pub fn neighbours(
    likes: &Interactions,
    settings: &NeighbourSettings,
    min_support: usize,
) -> Result<ItemLists, OutOfBounds> {
    rounded(unrounded(likes, settings, min_support), settings)
}

/// Lists of weights that were counted elsewhere, one row an item in catalogue order: pruned, and rounded to int8. `pops`:
/// the likes of each item.
///
/// # Errors
/// [`OutOfBounds`].
///
/// # Panics
/// If `per_item` is 0.
pub(crate) fn of_rows(
    rows: Vec<Vec<(u32, f32)>>,
    pops: &[f32],
    settings: &NeighbourSettings,
) -> Result<ItemLists, OutOfBounds> {
    let pruning = pruning(pops, settings);
    let candidates = rows.into_iter().enumerate().map(|(item, row)| candidates(row, item, &pruning)).collect();
    rounded(kept(candidates, &pruning), settings)
}

fn rounded(
    rows: impl IntoIterator<Item = Vec<(u32, f32)>>,
    settings: &NeighbourSettings,
) -> Result<ItemLists, OutOfBounds> {
    let weighting = Weighting { decay: settings.decay, damping: settings.damping.clone(), ..Weighting::default() };
    Ok(ItemLists { rows: SparseRows::try_quantise(rows).ok_or(OutOfBounds)?, weighting })
}

fn pruning(pops: &[f32], settings: &NeighbourSettings) -> Pruning {
    Pruning::new(pops, settings.per_item, 0.25)
}

/// The entries of the lists before they are rounded to int8, by column: to measure what rounding costs.
///
/// # Panics
/// If `per_item` is 0.
pub fn unrounded(likes: &Interactions, settings: &NeighbourSettings, min_support: usize) -> Vec<Vec<(u32, f32)>> {
    let by_user = likes.view();
    let by_item = likes.transpose_view().to_csr();
    let pops: Vec<f32> = by_item.outer_iterator().map(|users| users.nnz() as f32).collect();
    let count = |user: usize| by_user.outer_view(user).map_or(0, |items| items.nnz());
    let says: Vec<f32> = (0..likes.rows()).map(|user| (count(user) as f32).powf(-settings.user_exponent)).collect();
    let held_back: Vec<f32> = pops.iter().map(|pop| (pop / (pop + settings.rare_shrinkage)).sqrt()).collect();
    let pruning = pruning(&pops, settings);
    let row = |together: &mut Together, item: usize| {
        let weight = (pops[item] + settings.shrinkage).powf(-settings.item_exponent);
        let users = by_item.outer_view(item);
        let users = users.as_ref().map_or(&[][..], |users| users.indices());
        let counted = together.count(by_user, users, |user| says[user as usize]);
        let is_entry = |both: &Both| both.item as usize != item && both.people as usize >= min_support;
        let together = |both: &Both| match settings.count_exponent {
            1.0 => both.weight,
            exponent => both.weight.powf(exponent),
        };
        let value = |both: Both| (both.item, together(&both) * (weight * held_back[both.item as usize]));
        candidates(counted.into_iter().filter(is_entry).map(value).collect(), item, &pruning)
    };
    let rows = map_up_to_with(likes.cols(), || Together::new(likes.cols()), row);
    kept(rows, &pruning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::on_threads;
    use foldin_core::model::Eighths;
    use foldin_fixtures::interactions;

    /// Three users: the first likes items 0, 1 and 2, the second 0 and 1, the third 0 and 3. Item 4 is unliked.
    fn small() -> Interactions {
        interactions(vec![(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 3)], 3, 5)
    }

    fn cosine() -> NeighbourSettings {
        NeighbourSettings {
            user_exponent: 0.0,
            count_exponent: 1.0,
            item_exponent: 0.5,
            shrinkage: 0.0,
            rare_shrinkage: 0.0,
            damping: vec![Damping { from: 1, exponent: Eighths(4) }],
            ..NeighbourSettings::default()
        }
    }

    fn assert_row(lists: &ItemLists, item: usize, expected: &[(u32, f32)]) {
        let row: Vec<(u32, f32)> = lists.rows.row(item).iter().collect();
        let largest = expected.iter().fold(0.0_f32, |largest, (_, value)| largest.max(*value));
        let near = |(a, b): (&(u32, f32), &(u32, f32))| a.0 == b.0 && (a.1 - b.1).abs() <= largest / 250.0;
        assert!(row.len() == expected.len() && row.iter().zip(expected).all(near), "{row:?} is not {expected:?}");
    }

    #[test]
    fn counts_are_weighted_as_computed_by_hand() {
        let settings = NeighbourSettings {
            user_exponent: 1.0,
            count_exponent: 0.5,
            item_exponent: 1.0,
            shrinkage: 1.0,
            rare_shrinkage: 2.0,
            ..NeighbourSettings::default()
        };
        let lists = neighbours(&small(), &settings, 1).unwrap();
        let held_back = |pop: f32| (pop / (pop + 2.0)).sqrt();
        let (third, half, both) = (3.0_f32.sqrt() / 3.0, 2.0_f32.sqrt() / 2.0, (5.0_f32 / 6.0).sqrt());
        let of_0 = [(1, both / 4.0 * held_back(2.0)), (2, third / 4.0 * held_back(1.0))];
        assert_row(&lists, 0, &[of_0[0], of_0[1], (3, half / 4.0 * held_back(1.0))]);
        assert_row(&lists, 2, &[(0, third / 2.0 * held_back(3.0)), (1, third / 2.0 * held_back(2.0))]);
        assert_row(&lists, 4, &[]);
        assert_eq!(lists.rows.n_rows(), 5);
    }

    #[test]
    fn with_damping_one_point_of_the_family_is_cosine() {
        let likes = small();
        let lists = neighbours(&likes, &cosine(), 1).unwrap();
        assert_eq!(lists.weighting.damping_for(1), Eighths(4));
        let liked = |item: usize| -> Vec<bool> { (0..3).map(|user| likes.get(user, item).is_some()).collect() };
        for i in 0..4 {
            for j in (0..4).filter(|&j| j != i) {
                let (a, b) = (liked(i), liked(j));
                let both = a.iter().zip(&b).filter(|(a, b)| **a && **b).count() as f32;
                let pop = |items: &[bool]| items.iter().filter(|liked| **liked).count() as f32;
                let cosine = both / (pop(&a) * pop(&b)).sqrt();
                let row = lists.rows.row(i);
                let (damped, half_a_step) = (row.at(j as u32) / pop(&b).sqrt(), 0.501 * row.scale / pop(&b).sqrt());
                assert!((damped - cosine).abs() <= half_a_step, "{i} {j}: {damped} {cosine}");
            }
        }
    }

    #[test]
    fn an_entry_has_as_many_people_behind_it_as_are_asked_for() {
        // Three people like both 0 and 1, two both 0 and 2, one both 0 and 3.
        let pairs = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)];
        let likes = interactions(pairs.to_vec(), 3, 4);
        for (min_support, of_0, of_2) in
            [(1, vec![1, 2, 3], vec![0, 1, 3]), (2, vec![1, 2], vec![0, 1]), (3, vec![1], vec![]), (4, vec![], vec![])]
        {
            let lists = neighbours(&likes, &NeighbourSettings::default(), min_support).unwrap();
            assert_eq!(lists.rows.row(0).columns, of_0, "{min_support}");
            assert_eq!(lists.rows.row(2).columns, of_2, "{min_support}");
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_lists() {
        let pairs = (0..4000_u32).map(|n| (n * 7919 % 300, (n * n + n / 7) % 170));
        let likes = interactions(pairs.collect(), 300, 170);
        let settings = NeighbourSettings { per_item: 30, ..NeighbourSettings::default() };
        let learn = |n_threads: usize| on_threads(n_threads, || neighbours(&likes, &settings, 1).unwrap());
        assert_eq!(learn(1), learn(3));
        assert!(learn(1).rows.n_entries() <= 30 * 170);
    }

    #[test]
    fn settings_are_written_and_read_as_toml() {
        let text = toml::to_string(&NeighbourSettings::default()).unwrap();
        assert_eq!(toml::from_str::<NeighbourSettings>(&text).unwrap(), NeighbourSettings::default());
        let text = "per-item = 7\ndamping = [[2, 3]]";
        let settings: NeighbourSettings = toml::from_str(text).unwrap();
        assert_eq!((settings.per_item, settings.damping), (7, vec![Damping { from: 2, exponent: Eighths(3) }]));
        assert!(toml::from_str::<NeighbourSettings>("per-itm = 7").is_err());
    }

    #[test]
    fn no_likes_give_empty_lists() {
        assert_eq!(
            neighbours(&interactions(vec![], 2, 3), &NeighbourSettings::default(), 1).unwrap().rows.n_entries(),
            0
        );
        assert_eq!(neighbours(&interactions(vec![], 0, 0), &NeighbourSettings::default(), 1).unwrap().rows.n_rows(), 0);
    }
}
