//! Examples for a ranker: what the candidates of a profile look like, and which of them its owner turned out to like.

use std::ops::Range;

use foldin_core::model::ranker::{Blend, N_FEATURES};
use foldin_core::{Candidates, POOL, Request, RequestError};
use foldin_data::split::HeldOut;
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;

use crate::evaluate::{ShippedModel, discount, ideal};
use crate::parallel::try_map;

/// So many likes are shown, of users who have more: one ranker is to serve all lengths.
const LENGTHS: [usize; 6] = [1, 2, 3, 5, 10, 20];

/// Groups of candidates, one a profile.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    /// One row a candidate, group after group.
    pub rows: Vec<[f32; N_FEATURES]>,
    /// Whether the owner of the profile likes it.
    pub liked: Vec<bool>,
    /// How many rows each group has.
    pub sizes: Vec<usize>,
    /// How many items the owner likes in all, candidates or not.
    pub n_relevant: Vec<usize>,
}

impl Examples {
    /// Adds other examples at the end.
    pub fn append(&mut self, mut others: Examples) {
        self.rows.append(&mut others.rows);
        self.liked.append(&mut others.liked);
        self.sizes.append(&mut others.sizes);
        self.n_relevant.append(&mut others.n_relevant);
    }

    /// The places of each group's rows.
    pub fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        self.sizes.iter().scan(0, |start, size| {
            let range = *start..*start + size;
            *start += size;
            Some(range)
        })
    }

    /// At most so many groups, spread over all of them: the places of each one's rows, and how many items its owner likes.
    pub(super) fn some_groups(&self, most: usize) -> Vec<(Range<usize>, usize)> {
        let step = self.sizes.len().div_ceil(most).max(1);
        self.groups().zip(self.n_relevant.iter().copied()).step_by(step).collect()
    }

    /// The same groups with the candidates alone that trees are asked about, the best by a blend.
    pub fn best_by(&self, blend: &Blend) -> Examples {
        let mut best = Examples { n_relevant: self.n_relevant.clone(), ..Examples::default() };
        for range in self.groups() {
            let mut places: Vec<(usize, f32)> = range.map(|row| (row, blend.score(&self.rows[row]))).collect();
            places.sort_by(|a, b| b.1.total_cmp(&a.1));
            places.truncate(POOL);
            places.sort_unstable_by_key(|place| place.0);
            best.rows.extend(places.iter().map(|place| self.rows[place.0]));
            best.liked.extend(places.iter().map(|place| self.liked[place.0]));
            best.sizes.push(places.len());
        }
        best
    }

    /// All groups but a part of so many, and the groups of this part, whose number is below theirs. Groups of one user
    /// stand beside each other and stay together, but for a few.
    pub fn apart(&self, parts: usize, part: usize) -> (Examples, Examples) {
        /// More than the lengths at which one user is asked about.
        const BLOCK: usize = 35;
        let (mut most, mut others) = (Examples::default(), Examples::default());
        for (n, range) in self.groups().enumerate() {
            let part = if n / BLOCK % parts == part { &mut others } else { &mut most };
            part.rows.extend_from_slice(&self.rows[range.clone()]);
            part.liked.extend_from_slice(&self.liked[range.clone()]);
            part.sizes.push(range.len());
            part.n_relevant.push(self.n_relevant[n]);
        }
        (most, others)
    }

    /// Mean NDCG@k of an order by these scores.
    pub fn ndcg(&self, scores: &[f32], k: usize) -> f64 {
        let of_group = |(range, &n_relevant): (Range<usize>, &usize)| {
            let mut order: Vec<usize> = range.collect();
            // As the recommender orders: equals by popularity, in which rows stand.
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            let hits = order.iter().take(k).enumerate().filter(|(_, row)| self.liked[**row]);
            hits.map(|(place, _)| discount((place + 1) as f64)).sum::<f64>() / ideal(k, n_relevant)
        };
        let n_groups = self.sizes.len().max(1) as f64;
        self.groups().zip(&self.n_relevant).map(of_group).sum::<f64>() / n_groups
    }
}

/// The candidates of a model, which has not learned from these users, for each of them.
///
/// # Errors
/// What the recommender answers with, for instance for an item that its model does not have.
pub(super) fn examples(model: &ShippedModel<'_>, held_out: &[HeldOut]) -> Result<Examples, RequestError> {
    let of_user = |one: &HeldOut| {
        let candidates = model.recommender().candidates(&model.profile_of(&one.shown), &Request::default())?;
        Ok(example(&candidates, model, one))
    };
    let mut examples = Examples::default();
    try_map(held_out, of_user)?.into_iter().for_each(|one| examples.append(one));
    Ok(examples)
}

fn example(candidates: &Candidates, model: &ShippedModel<'_>, one: &HeldOut) -> Examples {
    let mut relevant: Vec<_> = one.relevant.iter().filter_map(|&item| model.find(item)).collect();
    relevant.sort_unstable();
    let liked: Vec<bool> = candidates.items.iter().map(|item| relevant.binary_search(item).is_ok()).collect();
    // A profile of whose likes none is a candidate teaches nothing.
    if !liked.contains(&true) {
        return Examples::default();
    }
    let (sizes, n_relevant) = (vec![liked.len()], vec![relevant.len()]);
    Examples { rows: candidates.rows.clone(), liked, sizes, n_relevant }
}

/// Strangers as if less were known of them, besides as they are: as many times as there are lengths that they reach. What
/// is cut off is to be found, as in `coldN`. (Whoever the sources have learned from cannot be cut: they know the rest.)
pub(crate) fn at_many_lengths(held_out: &[HeldOut], seed: u64) -> Vec<HeldOut> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut all = Vec::new();
    for one in held_out {
        let n_shown = one.shown.len();
        let short = LENGTHS.into_iter().filter(|&length| length < n_shown);
        // Long profiles are shown in part as well: all users have one, and few of them so many likes.
        let long = [n_shown / 2, n_shown * 4 / 5].into_iter().filter(|&length| length > LENGTHS[LENGTHS.len() - 1]);
        for length in short.chain(long) {
            let mut is_kept = vec![false; one.shown.len()];
            sample(&mut random, one.shown.len(), length).into_iter().for_each(|place| is_kept[place] = true);
            let kept = |wanted: bool| one.shown.iter().zip(&is_kept).filter(move |(_, kept)| **kept == wanted);
            let shown = kept(true).map(|(shown, _)| *shown).collect();
            let relevant = kept(false).map(|(shown, _)| shown.item).chain(one.relevant.iter().copied()).collect();
            all.push(HeldOut { user: one.user, shown, relevant });
        }
        all.push(one.clone());
    }
    all
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use foldin_data::ItemNo;
    use foldin_fixtures::held_out;

    /// Profiles of ten candidates each of whom one is liked: the one with the highest value of the first feature, but of
    /// every other profile, which has 31 likes, the one with the highest value of the second.
    pub(crate) fn of_two_kinds(n_groups: usize) -> Examples {
        let mut examples = Examples::default();
        for group in 0..n_groups {
            let is_long = group % 2 == 1;
            let value = |n: usize, seed: usize| ((group * 31 + n * 17 + seed * 7 + n * n * seed) % 97) as f32 / 97.0;
            let first = examples.rows.len();
            for n in 0..10 {
                let mut row = [0.0; N_FEATURES];
                (row[1], row[4], row[27]) = (value(n, 1), value(n, 5), if is_long { 5.0 } else { 1.0 });
                examples.rows.push(row);
            }
            let decisive = if is_long { 4 } else { 1 };
            let best =
                (first..first + 10).max_by(|&a, &b| examples.rows[a][decisive].total_cmp(&examples.rows[b][decisive]));
            examples.liked.extend((first..first + 10).map(|row| Some(row) == best));
            examples.sizes.push(10);
            examples.n_relevant.push(1);
        }
        examples
    }

    #[test]
    fn ndcg_is_that_of_the_order_and_counts_what_is_no_candidate() {
        let mut examples = of_two_kinds(1);
        let liked = examples.liked.iter().position(|&liked| liked).unwrap();
        let mut scores = vec![0.0; 10];
        scores[liked] = 1.0;
        assert_eq!(examples.ndcg(&scores, 10), 1.0);
        scores[(liked + 1) % 10] = 2.0;
        assert!((examples.ndcg(&scores, 10) - 1.0 / 3.0_f64.log2()).abs() < 1e-9);
        examples.n_relevant[0] = 2;
        assert!((examples.ndcg(&scores, 10) - 1.0 / 3.0_f64.log2() / (1.0 + 1.0 / 3.0_f64.log2())).abs() < 1e-9);
    }

    #[test]
    fn groups_set_apart_are_the_others() {
        let all = of_two_kinds(200);
        let mut n_others = 0;
        for part in 0..5 {
            let (most, others) = all.apart(5, part);
            assert_eq!(most.sizes.len() + others.sizes.len(), 200);
            assert!((20..=70).contains(&others.sizes.len()));
            assert_eq!(others.rows[..10], all.rows[350 * part..350 * part + 10]);
            n_others += others.sizes.len();
        }
        assert_eq!(n_others, 200, "every group is in one part");
    }

    #[test]
    fn strangers_are_cut_to_many_lengths_and_what_is_cut_off_is_to_be_found() {
        let all = at_many_lengths(&[held_out(3, &(0..12).collect::<Vec<u32>>(), &[20, 21])], 1);
        assert_eq!(all.iter().map(|one| one.shown.len()).collect::<Vec<_>>(), [1, 2, 3, 5, 10, 12]);
        for one in &all {
            assert!(one.shown.is_sorted_by(|a, b| a.item < b.item));
            let mut items: Vec<ItemNo> = one.items().collect();
            items.sort_unstable();
            assert_eq!(items, (0..12).chain([20, 21]).map(ItemNo).collect::<Vec<_>>());
        }
    }
}
