//! Lists of recommendations for held-out users: from a model, and the two baselines that every figure stands beside.

use foldin_core::{Profile, Recommender, Request, RequestError, Signal, Strategy};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::facts::ItemFacts;
use super::metrics::CUTOFFS;
use crate::dataset::Dataset;
use crate::split::{HeldOut, Shown};

/// As many items a user as the deepest cutoff looks at.
pub const DEPTH: usize = CUTOFFS[CUTOFFS.len() - 1];

/// Items of one user, by the index of the data set, with their scores, the best first.
pub type ScoredList = Vec<(u32, f32)>;

/// Asks a recommender for the `k` best items of every user, from what it is shown of them; `strategy` as in
/// [`Request`]. In parallel, in the order of `held_out`.
///
/// # Errors
/// What the recommender answers with, for instance for an item that its model does not have.
pub fn recommended(
    recommender: &Recommender,
    dataset: &Dataset,
    held_out: &[HeldOut],
    strategy: Strategy,
    k: usize,
) -> Result<Vec<ScoredList>, RequestError> {
    answered_to_all(recommender, dataset, held_out, &best(strategy, k))
}

/// Puts one request to a recommender for every user. In parallel, in the order of `held_out`.
pub(super) fn answered_to_all(
    recommender: &Recommender,
    dataset: &Dataset,
    held_out: &[HeldOut],
    request: &Request,
) -> Result<Vec<ScoredList>, RequestError> {
    let profile = |one: &HeldOut| profile_of(recommender, dataset, &one.shown);
    held_out.par_iter().map(|one| answered(recommender, dataset, &profile(one), request)).collect()
}

/// The `k` best items for one profile.
pub(super) fn recommended_to(
    recommender: &Recommender,
    dataset: &Dataset,
    profile: &Profile,
    strategy: Strategy,
    k: usize,
) -> Result<ScoredList, RequestError> {
    answered(recommender, dataset, profile, &best(strategy, k))
}

fn best(strategy: Strategy, k: usize) -> Request {
    Request { k, strategy, reasons: false, ..Request::default() }
}

/// What a recommender answers to one request.
pub(super) fn answered(
    recommender: &Recommender,
    dataset: &Dataset,
    profile: &Profile,
    request: &Request,
) -> Result<ScoredList, RequestError> {
    let answer = recommender.recommend(profile, request)?;
    let item = |id: &str| dataset.items.get_index_of(id).expect("the model is of this data set") as u32;
    Ok(answer.iter().map(|one| (item(&one.id), one.score)).collect())
}

/// What a recommender may know of a user: their stars, where the model knows what stars are. Else a like of every item
/// that is rated from the model's threshold on, and of the others that they are not to be recommended.
pub fn profile_of(recommender: &Recommender, dataset: &Dataset, shown: &[Shown]) -> Profile {
    let model = recommender.model();
    let signal = |rating: f32| match model.about.like_threshold {
        _ if model.stars.is_some() => Signal::Stars(rating),
        Some(threshold) if rating < threshold => Signal::Seen,
        _ => Signal::Liked,
    };
    let mut profile = Profile::new();
    shown.iter().for_each(|one| profile.push(&*dataset.items[one.item as usize], signal(one.rating)));
    profile
}

/// `k` items of the catalogue drawn by chance for every user, none of them shown.
pub fn random(facts: &ItemFacts, held_out: &[HeldOut], seed: u64, k: usize) -> Vec<ScoredList> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut catalogue = facts.most_popular.clone();
    let mut draw = |one: &HeldOut| {
        // As many more as may have to be left out again.
        let n_drawn = (k + one.shown.len()).min(catalogue.len());
        let drawn = catalogue.partial_shuffle(&mut rng, n_drawn).0;
        let is_shown = |item: &u32| one.shown.iter().any(|shown| shown.item == *item);
        drawn.iter().filter(|item| !is_shown(item)).take(k).map(|&item| (item, 0.0)).collect()
    };
    held_out.iter().map(&mut draw).collect()
}

/// The items alone.
pub fn items_of(lists: &[ScoredList]) -> Vec<Vec<u32>> {
    lists.iter().map(|list| list.iter().map(|(item, _)| *item).collect()).collect()
}

#[cfg(test)]
mod tests {
    use foldin_core::model::{About, Catalogue, CatalogueItem, Model};

    use super::*;

    #[test]
    fn what_is_rated_below_the_threshold_is_known_but_not_liked() {
        let items = ["a", "b", "c"].map(|id| CatalogueItem { id: id.to_owned(), likes: 1, ..Default::default() });
        let dataset =
            Dataset { items: items.iter().map(|item| Box::from(item.id.as_str())).collect(), ..Dataset::default() };
        let shown = [(0, 4.0), (1, 3.5), (2, 1.0)].map(|(item, rating)| Shown { item, rating });
        let signals = |like_threshold| {
            let about = About { like_threshold, ..About::default() };
            let recommender = Recommender::new(Model::new(about, Catalogue::new(items.to_vec())));
            let profile = profile_of(&recommender, &dataset, &shown);
            profile.events().iter().map(|event| event.signal).collect::<Vec<_>>()
        };
        assert_eq!(signals(Some(4.0)), [Signal::Liked, Signal::Seen, Signal::Seen]);
        assert_eq!(signals(None), [Signal::Liked; 3]);
    }
}
