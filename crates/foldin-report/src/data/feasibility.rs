//! What can be done for users and items of which little is known: cold start.

use serde::Serialize;

use super::Counts;
use crate::dataset::{Dataset, ItemRecord};
use crate::report::number::share;

/// The thresholds that are counted.
const THRESHOLDS: [u32; 5] = [1, 3, 5, 10, 20];

/// What can be done for users and items of which little is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feasibility {
    /// Users and items with fewer than 1, 3, 5, 10 and 20 events.
    pub fewer_than: Vec<FewerThan>,
    /// Users with at least 1, 3, 5, 10 and 20 likes.
    pub liking: Vec<Liking>,
    /// Items that somebody likes.
    pub liked_items: usize,
    /// What is known of items that somebody likes, as shares of them.
    pub known_of_liked_items: Content,
    /// What is known of the items of likes, as shares of likes: popular items count as often as they are liked.
    pub known_of_likes: Content,
}

/// Users and items with few events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FewerThan {
    /// Fewer than so many events.
    pub events: u32,
    /// Users of whom that is true.
    pub users: usize,
    /// Their share of users.
    pub users_share: f64,
    /// Items of which it is true, with those that have none.
    pub items: usize,
    /// Their share of items.
    pub items_share: f64,
}

/// Users with enough likes to say what they may like next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Liking {
    /// At least so many likes.
    pub likes: u32,
    /// Users who have them.
    pub users: usize,
    /// Their share of users.
    pub share: f64,
}

/// Shares of which something is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Content {
    /// A title.
    pub title: f64,
    /// At least one genre.
    pub genres: f64,
    /// A year of release.
    pub year: f64,
    /// At least one tag.
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
            known_of_liked_items: content(dataset, counts, |likes| likes.min(1)),
            known_of_likes: content(dataset, counts, |likes| likes),
        }
    }
}

/// What is known of items, each counted as often as `weight` of its likes says.
fn content(dataset: &Dataset, counts: &Counts, weight: impl Fn(u32) -> u32) -> Content {
    let weights: Vec<u64> = counts.likes_of_items.iter().map(|&likes| u64::from(weight(likes))).collect();
    let all: u64 = weights.iter().sum();
    let known = |has: fn(&ItemRecord) -> bool| {
        let known = dataset.catalogue.iter().zip(&weights).filter(|(record, _)| has(record));
        share(known.map(|(_, weight)| weight).sum::<u64>(), all)
    };
    Content {
        title: known(|record| !record.title.is_empty()),
        genres: known(|record| !record.genres.is_empty()),
        year: known(|record| record.year.is_some()),
        tags: known(|record| !record.tags.is_empty()),
    }
}
