//! The data report: what to know about a data set before training on it.
//!
//! [`data_facts`] counts, [`render`] draws. Every share is a number from 0 to 1, and times are in UTC. Counting costs
//! `O(n log n)` for `n` events: bursts are found by sorting by user and time.

mod activity;
mod concentration;
mod feasibility;
mod genres;
mod histogram;
mod oddities;
mod prose;
mod ratings;
mod render;
mod timeline;
mod years;

use std::cmp::Reverse;

use foldin_data::interactions::is_like;
use foldin_data::{Dataset, Likes, ReadReport};
use serde::Serialize;

pub use self::activity::Activity;
pub use self::concentration::Concentration;
pub use self::feasibility::{Feasibility, FewerThan, KnownContent, Liking};
pub use self::genres::{GenreFacts, Genres};
pub use self::histogram::Bin;
pub use self::oddities::{Bursts, Oddities, RepeatedTitles};
pub use self::ratings::{RatingKind, Ratings};
pub use self::render::render;
pub use self::timeline::{Period, TimeUnit, Timeline};
pub use self::years::{YearBin, Years};
use crate::number::share;

/// How many of the most liked items are named.
const MOST_LIKED: usize = 10;

/// The facts of a data report.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataFacts {
    /// Name of the data set.
    pub name: String,
    /// Whether its events were simulated.
    pub simulated: bool,
    /// The format that its folder was recognised as; `None` for a data set that was not read from files.
    pub format: Option<String>,
    /// What was noticed while reading, one sentence each.
    pub notes: Vec<String>,
    /// Number of events.
    pub events: usize,
    /// Number of users.
    pub users: usize,
    /// Number of items, including those without events.
    pub items: usize,
    /// Events / (users * items).
    pub density: f64,
    /// Ratings at or above it are likes; `None`: every event is.
    pub like_threshold: Option<f32>,
    /// Number of events that are likes.
    pub likes: usize,
    /// How ratings are distributed; `None` without events.
    pub ratings: Option<Ratings>,
    /// Events per user, of users who have any; `None` without events.
    pub user_activity: Option<Activity>,
    /// Events per item, of items that have any; `None` without events.
    pub item_popularity: Option<Activity>,
    /// The ten items with the most likes; items with equally many are in the order of the catalogue.
    pub most_liked: Vec<LikedItem>,
    /// How unevenly events are spread over items that have any; `None` without events.
    pub events_on_items: Option<Concentration>,
    /// How unevenly likes are spread over items that have any; `None` without likes.
    pub likes_on_items: Option<Concentration>,
    /// Events over time; `None` where no event has a time.
    pub timeline: Option<Timeline>,
    /// Genres; `None` where no item has one.
    pub genres: Option<Genres>,
    /// Years of release; `None` where no item has one.
    pub years: Option<Years>,
    /// What can be done for users and items with few events.
    pub feasibility: Feasibility,
    /// What to check before trusting the data.
    pub oddities: Oddities,
}

/// An item and its likes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikedItem {
    /// Its id.
    pub id: String,
    /// Its title and year; its id if it has no title.
    pub title: String,
    /// Its number of likes.
    pub likes: u32,
}

/// How many events and likes each user and item has.
#[derive(Debug, Clone, Default)]
struct Counts {
    events_of_users: Vec<u32>,
    events_of_items: Vec<u32>,
    likes_of_users: Vec<u32>,
    likes_of_items: Vec<u32>,
    likes: usize,
}

/// Counts the facts of a data set; `report` holds what was noticed while it was read from files.
pub fn data_facts(dataset: &Dataset, report: Option<&ReadReport>, likes: Likes) -> DataFacts {
    let threshold = likes.threshold(dataset);
    let counts = Counts::new(dataset, threshold);
    let (n_users, n_items) = (dataset.users.len(), dataset.items.len());
    DataFacts {
        name: dataset.name.clone(),
        simulated: dataset.simulated,
        format: report.map(|report| report.format.to_string()),
        notes: report.map(ReadReport::notes).unwrap_or_default(),
        events: dataset.events.len(),
        users: n_users,
        items: n_items,
        density: share(dataset.events.len(), n_users * n_items),
        like_threshold: threshold,
        likes: counts.likes,
        ratings: Ratings::new(dataset),
        user_activity: Activity::new(&counts.events_of_users),
        item_popularity: Activity::new(&counts.events_of_items),
        most_liked: most_liked(dataset, &counts),
        events_on_items: Concentration::new(&counts.events_of_items),
        likes_on_items: Concentration::new(&counts.likes_of_items),
        timeline: Timeline::new(&dataset.events),
        genres: Genres::new(dataset, &counts),
        years: Years::new(dataset, &counts),
        feasibility: Feasibility::new(dataset, &counts),
        oddities: Oddities::new(dataset, report, &counts),
    }
}

fn most_liked(dataset: &Dataset, counts: &Counts) -> Vec<LikedItem> {
    let mut items: Vec<usize> = (0..dataset.items.len()).filter(|&item| counts.likes_of_items[item] > 0).collect();
    items.sort_by_key(|&item| (Reverse(counts.likes_of_items[item]), item));
    let liked = |&item: &usize| {
        let (id, record) = (dataset.items[item].to_string(), &dataset.catalogue[item]);
        let title = if record.title.is_empty() { id.clone() } else { title_and_year(&record.title, record.year) };
        LikedItem { id, title, likes: counts.likes_of_items[item] }
    };
    items.iter().take(MOST_LIKED).map(liked).collect()
}

/// `Metropolis (1927)`.
fn title_and_year(title: &str, year: Option<i32>) -> String {
    match year {
        Some(year) => format!("{title} ({year})"),
        None => title.to_owned(),
    }
}

impl Counts {
    fn new(dataset: &Dataset, threshold: Option<f32>) -> Self {
        let (users, items) = (vec![0; dataset.users.len()], vec![0; dataset.items.len()]);
        let mut counts = Counts {
            events_of_users: users.clone(),
            events_of_items: items.clone(),
            likes_of_users: users,
            likes_of_items: items,
            likes: 0,
        };
        let events = &dataset.events;
        for row in 0..events.len() {
            let (user, item) = (events.users[row].at(), events.items[row].at());
            counts.events_of_users[user] += 1;
            counts.events_of_items[item] += 1;
            if is_like(events, row, threshold) {
                counts.likes_of_users[user] += 1;
                counts.likes_of_items[item] += 1;
                counts.likes += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests;
