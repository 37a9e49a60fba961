//! How many recommendations change from one model to another: the top lists of the same sample profiles under both.
//!
//! Half of the profiles like one item each, the most liked ones; half like [`LIKES`] items drawn at random. Only items
//! that both models know are liked.

use std::collections::HashSet;

use foldin_core::{Profile, Recommender, Request, RequestError};
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use crate::parallel::try_map;

/// Items that a profile of the second half likes.
pub const LIKES: usize = 5;
/// Length of the lists that are compared.
pub const K: usize = 10;

/// How much lists differ between two models.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListChanges {
    /// Profiles that were asked about.
    pub profiles: usize,
    /// Lists that are not the same, in items or in their order.
    pub changed: usize,
    /// Mean share of items that both lists of a profile have: 0 to 1.
    pub mean_overlap: f64,
    /// Items that both models know.
    pub common_items: usize,
}

/// Asks two models about the same profiles, up to `n_profiles` of each half, drawn by `seed`; `None` where they have no
/// item in common.
///
/// # Errors
/// As [`Recommender::recommend`].
pub fn changed_lists(
    before: &Recommender,
    after: &Recommender,
    n_profiles: usize,
    seed: u64,
) -> Result<Option<ListChanges>, RequestError> {
    let (old, new) = (&before.model().catalogue, &after.model().catalogue);
    // In order of popularity, as a catalogue stands.
    let common: Vec<&str> = new.items().map(|item| new.id(item)).filter(|id| old.find(id).is_some()).collect();
    let profiles = profiles(&common, n_profiles, seed);
    let overlaps = try_map(&profiles, |profile| overlap(before, after, profile))?;
    Ok((!overlaps.is_empty()).then(|| ListChanges {
        profiles: overlaps.len(),
        changed: overlaps.iter().filter(|(is_changed, _)| *is_changed).count(),
        mean_overlap: overlaps.iter().map(|(_, overlap)| overlap).sum::<f64>() / overlaps.len() as f64,
        common_items: common.len(),
    }))
}

fn profiles(common: &[&str], n_profiles: usize, seed: u64) -> Vec<Profile> {
    let single = common.iter().take(n_profiles).map(|&id| Profile::liking([id]));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let n_drawn = if common.len() < LIKES { 0 } else { n_profiles };
    let drawn = (0..n_drawn)
        .map(|_| Profile::liking(sample(&mut rng, common.len(), LIKES).into_iter().map(|item| common[item])));
    single.chain(drawn).collect()
}

/// Whether a profile's lists differ, and the share of items that they have in common.
fn overlap(before: &Recommender, after: &Recommender, profile: &Profile) -> Result<(bool, f64), RequestError> {
    let request = Request { k: K, reasons: false, ..Request::default() };
    let (old, new) = (before.recommend(profile, &request)?, after.recommend(profile, &request)?);
    let old: Vec<&str> = old.iter().map(|one| before.id(one.item)).collect();
    let new: Vec<&str> = new.iter().map(|one| after.id(one.item)).collect();
    let longest = old.len().max(new.len());
    let known: HashSet<&str> = old.iter().copied().collect();
    let common = new.iter().filter(|id| known.contains(*id)).count();
    // Two lists with nothing in them are the same.
    Ok((old != new, if longest == 0 { 1.0 } else { common as f64 / longest as f64 }))
}

#[cfg(test)]
mod tests {
    use foldin_core::model::{About, Catalogue, CatalogueItem, Model};

    use super::*;

    /// A model that knows popularity alone: what it recommends is the order of its items.
    fn popularity(ids: &[&str]) -> Recommender {
        let item = |(n, id): (usize, &&str)| CatalogueItem {
            id: (*id).to_owned(),
            likes: 100 - n as u32,
            ..Default::default()
        };
        Recommender::new(Model::new(About::default(), Catalogue::new(ids.iter().enumerate().map(item).collect())))
    }

    #[test]
    fn a_model_gives_the_lists_that_it_gives() {
        let model = popularity(&["a", "b", "c", "d", "e", "f", "g"]);
        let changes = changed_lists(&model, &model, 4, 1).unwrap().unwrap();
        assert_eq!(changes, ListChanges { profiles: 8, changed: 0, mean_overlap: 1.0, common_items: 7 });
    }

    #[test]
    fn lists_are_compared_by_hand() {
        // Common are a, b and c, too few to draw five. Liking a gives b c d against c b x: changed, 2 of 3 in common.
        // So with b (a c d, a c x: 2 of 3) and c (a b d, a b x).
        let (before, after) = (popularity(&["a", "b", "c", "d"]), popularity(&["a", "c", "b", "x"]));
        let changes = changed_lists(&before, &after, 100, 1).unwrap().unwrap();
        assert_eq!((changes.profiles, changes.changed, changes.common_items), (3, 3, 3));
        assert!((changes.mean_overlap - 2.0 / 3.0).abs() < 1e-12, "{changes:?}");
    }

    #[test]
    fn models_of_other_items_cannot_be_compared() {
        assert_eq!(changed_lists(&popularity(&["a"]), &popularity(&["b"]), 10, 1), Ok(None));
    }
}
