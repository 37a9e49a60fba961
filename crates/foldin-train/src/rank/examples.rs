//! Examples for a ranker: what the candidates of a profile look like, and which of them its owner turned out to like.

use foldin_core::{Blend, Candidates, Catalogue, N_FEATURES, POOL, Recommender, Request, RequestError};
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::dataset::Dataset;
use crate::evaluate::lists::profile_of;
use crate::split::HeldOut;

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
    pub fn groups(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.sizes.iter().scan(0, |start, size| {
            let range = *start..*start + size;
            *start += size;
            Some(range)
        })
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

    /// All groups but one in so many, and these ones. Groups of one user stand beside each other and stay together,
    /// but for a few.
    pub fn apart(&self, every: usize) -> (Examples, Examples) {
        /// More than the lengths at which one user is asked about.
        const BLOCK: usize = 35;
        let (mut most, mut others) = (Examples::default(), Examples::default());
        for (n, range) in self.groups().enumerate() {
            let part = if n / BLOCK % every == 0 { &mut others } else { &mut most };
            part.rows.extend_from_slice(&self.rows[range.clone()]);
            part.liked.extend_from_slice(&self.liked[range.clone()]);
            part.sizes.push(range.len());
            part.n_relevant.push(self.n_relevant[n]);
        }
        (most, others)
    }

    /// Mean NDCG@k of an order by these scores.
    pub fn ndcg(&self, scores: &[f32], k: usize) -> f64 {
        let discount = |place: usize| 1.0 / ((place + 2) as f64).log2();
        let of_group = |(range, &n_relevant): (std::ops::Range<usize>, &usize)| {
            let mut order: Vec<usize> = range.collect();
            // As the recommender orders: equals by popularity, in which rows stand.
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            let hits = order.iter().take(k).enumerate().filter(|(_, row)| self.liked[**row]);
            hits.map(|(place, _)| discount(place)).sum::<f64>() / (0..k.min(n_relevant)).map(discount).sum::<f64>()
        };
        let n_groups = self.sizes.len().max(1) as f64;
        self.groups().zip(&self.n_relevant).map(of_group).sum::<f64>() / n_groups
    }
}

/// What a recommender, which has not learned from these users, knows of the candidates for each of them.
///
/// # Errors
/// What the recommender answers with, for instance for an item that its model does not have.
pub(super) fn examples(
    recommender: &Recommender,
    dataset: &Dataset,
    held_out: &[HeldOut],
) -> Result<Examples, RequestError> {
    let of_user = |one: &HeldOut| {
        let profile = profile_of(recommender, dataset, &one.shown);
        let candidates = recommender.candidates(&profile, &Request::default())?;
        Ok(example(&candidates, &recommender.model().catalogue, dataset, &one.relevant))
    };
    let all: Result<Vec<Examples>, RequestError> = held_out.par_iter().map(of_user).collect();
    let mut examples = Examples::default();
    all?.into_iter().for_each(|one| examples.append(one));
    Ok(examples)
}

fn example(candidates: &Candidates, catalogue: &Catalogue, dataset: &Dataset, relevant: &[u32]) -> Examples {
    let find = |&item: &u32| catalogue.find(&dataset.items[item as usize]);
    let mut relevant: Vec<_> = relevant.iter().filter_map(find).collect();
    relevant.sort_unstable();
    let liked: Vec<bool> = candidates.items.iter().map(|item| relevant.binary_search(item).is_ok()).collect();
    // A profile of whose likes none is a candidate teaches nothing.
    if !liked.contains(&true) {
        return Examples::default();
    }
    let (sizes, n_relevant) = (vec![liked.len()], vec![relevant.len()]);
    Examples { rows: candidates.rows.clone(), liked, sizes, n_relevant }
}

/// Held-out users as if less were known of them, besides as they are: as many times as there are lengths that they
/// reach. What is cut off is to be found, as in `coldN`. Where what comes next is asked for, they stay as they are.
pub(super) fn at_many_lengths(held_out: &[HeldOut], seed: u64) -> Vec<HeldOut> {
    if held_out.iter().all(|one| one.relevant.len() == 1) {
        return held_out.to_vec();
    }
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
