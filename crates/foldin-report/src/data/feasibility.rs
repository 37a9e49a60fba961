//! Cold start: what can be done for users and items with few events.

use foldin_data::{Dataset, ItemRecord};
use serde::Serialize;

use super::Counts;
use crate::number::share;

/// The numbers of events and likes that users and items are counted at.
const THRESHOLDS: [u32; 5] = [1, 3, 5, 10, 20];

/// What can be done for users and items with few events.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feasibility {
    /// Users and items with fewer than 1, 3, 5, 10 and 20 events.
    pub fewer_than: Vec<FewerThan>,
    /// Users with at least 1, 3, 5, 10 and 20 likes.
    pub liking: Vec<Liking>,
    /// Number of items that somebody likes.
    pub liked_items: usize,
    /// What is known about the items that somebody likes, as shares of these items.
    pub known_of_liked_items: KnownContent,
    /// What is known about the items of likes, as shares of the likes: an item counts as often as it is liked.
    pub known_of_likes: KnownContent,
}

/// Users and items with few events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FewerThan {
    /// They have fewer than so many events.
    pub events: u32,
    /// Number of such users.
    pub users: usize,
    /// Their share of all users.
    pub users_share: f64,
    /// Number of such items, including those without events.
    pub items: usize,
    /// Their share of all items.
    pub items_share: f64,
}

/// Users with enough likes to predict others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Liking {
    /// They have at least so many likes.
    pub likes: u32,
    /// Number of such users.
    pub users: usize,
    /// Their share of all users.
    pub share: f64,
}

/// Shares of items, or of likes of items, with known content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct KnownContent {
    /// With a title.
    pub title: f64,
    /// With at least one genre.
    pub genres: f64,
    /// With a year of release.
    pub year: f64,
    /// With at least one tag.
    pub tags: f64,
}

impl Feasibility {
    pub(super) fn new(dataset: &Dataset, counts: &Counts) -> Self {
        let below = |counts: &[u32], n: u32| counts.iter().filter(|&&count| count < n).count();
        let (n_users, n_items) = (dataset.users.len(), dataset.items.len());
        let fewer_than = |events: u32| {
            let (users, items) = (below(&counts.events_of_users, events), below(&counts.events_of_items, events));
            FewerThan { events, users, users_share: share(users, n_users), items, items_share: share(items, n_items) }
        };
        let liking = |likes: u32| {
            let users = n_users - below(&counts.likes_of_users, likes);
            Liking { likes, users, share: share(users, n_users) }
        };
        Feasibility {
            fewer_than: THRESHOLDS.map(fewer_than).to_vec(),
            liking: THRESHOLDS.map(liking).to_vec(),
            liked_items: counts.likes_of_items.iter().filter(|&&likes| likes > 0).count(),
            known_of_liked_items: known_content(dataset, counts, |likes| likes.min(1)),
            known_of_likes: known_content(dataset, counts, |likes| likes),
        }
    }
}

/// What is known about items, each with the weight that `weight` gives to its number of likes.
fn known_content(dataset: &Dataset, counts: &Counts, weight: impl Fn(u32) -> u32) -> KnownContent {
    let weights: Vec<u64> = counts.likes_of_items.iter().map(|&likes| u64::from(weight(likes))).collect();
    let all: u64 = weights.iter().sum();
    let known = |has: fn(&ItemRecord) -> bool| {
        let known = dataset.catalogue.iter().zip(&weights).filter(|(record, _)| has(record));
        share(known.map(|(_, weight)| weight).sum::<u64>(), all)
    };
    KnownContent {
        title: known(|record| !record.title.is_empty()),
        genres: known(|record| !record.genres.is_empty()),
        year: known(|record| record.year.is_some()),
        tags: known(|record| !record.tags.is_empty()),
    }
}
