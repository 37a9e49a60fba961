//! What there is to know of a data set before learning from it.
//!
//! [`data_facts`] counts, [`render`] draws. Every share is a number from 0 to 1, every time is in UTC. The facts cost
//! `O(n log n)` for `n` events, for bursts are found by sorting by user and time.

mod activity;
mod concentration;
mod feasibility;
mod genres;
mod histogram;
mod oddities;
mod ratings;
mod render;
mod says;
mod timeline;
mod years;

use serde::Serialize;

pub use self::activity::Activity;
pub use self::concentration::Concentration;
pub use self::feasibility::{Content, Feasibility, FewerThan, Liking};
pub use self::genres::{GenreFacts, Genres};
pub use self::histogram::Bin;
pub use self::oddities::{Bursts, Oddities, Repeated};
pub use self::ratings::{RatingKind, Ratings};
pub use self::render::render;
pub use self::timeline::{Period, TimeUnit, Timeline};
pub use self::years::{YearBin, Years};
use crate::dataset::{Dataset, ReadReport};
use crate::interactions::is_like;
use crate::report::number::share;
use crate::train::Likes;

/// How many items are named.
const MOST_LIKED: usize = 10;

/// All that a report says of a data set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataFacts {
    /// Name of the data set.
    pub name: String,
    /// Whether its events were simulated.
    pub simulated: bool,
    /// What its folder was recognised as; none for the built-in sample.
    pub format: Option<String>,
    /// What was noticed while reading, one sentence each.
    pub notes: Vec<String>,
    /// Events.
    pub events: usize,
    /// Users.
    pub users: usize,
    /// Items, with those that have no event.
    pub items: usize,
    /// Events / (users * items).
    pub density: f64,
    /// Ratings from here on are likes; none where every event is one.
    pub like_threshold: Option<f32>,
    /// Events that are likes.
    pub likes: usize,
    /// How ratings are spread.
    pub ratings: Ratings,
    /// Events of users.
    pub user_activity: Activity,
    /// Events of items that have any.
    pub item_popularity: Activity,
    /// The ten items with the most likes; of those with as many, the first of the catalogue first.
    pub most_liked: Vec<LikedItem>,
    /// How far events go to few items, over items that have any.
    pub events_on_items: Concentration,
    /// How far likes go to few items, over items that have any.
    pub likes_on_items: Concentration,
    /// Events over time; none where there are no times.
    pub timeline: Option<Timeline>,
    /// Genres; none where no item has one.
    pub genres: Option<Genres>,
    /// Years of release; none where no item has one.
    pub years: Option<Years>,
    /// What can be done for users and items of which little is known.
    pub feasibility: Feasibility,
    /// Things to look at before trusting the data.
    pub oddities: Oddities,
}

/// An item and its likes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikedItem {
    /// Its id.
    pub id: String,
    /// Its title with its year, or its id where it has none.
    pub title: String,
    /// Its likes.
    pub likes: u32,
}

/// How many events and likes users and items have.
#[derive(Debug, Clone, Default)]
struct Counts {
    events_of_users: Vec<u32>,
    events_of_items: Vec<u32>,
    likes_of_users: Vec<u32>,
    likes_of_items: Vec<u32>,
    likes: usize,
}

/// Counts what a report says of a data set; `report` is what was noticed while it was read.
pub fn data_facts(dataset: &Dataset, report: Option<&ReadReport>, likes: Likes) -> DataFacts {
    let threshold = likes.threshold(dataset);
    let counts = Counts::new(dataset, threshold);
    let (n_users, n_items) = (dataset.users.len(), dataset.items.len());
    let with_any = |counts: &[u32]| -> Vec<u32> { counts.iter().copied().filter(|&count| count > 0).collect() };
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
        user_activity: Activity::new(&with_any(&counts.events_of_users)),
        item_popularity: Activity::new(&with_any(&counts.events_of_items)),
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
    items.sort_by_key(|&item| (std::cmp::Reverse(counts.likes_of_items[item]), item));
    let liked = |&item: &usize| {
        let (id, record) = (dataset.items[item].to_string(), &dataset.catalogue[item]);
        let title = match (record.title.as_str(), record.year) {
            ("", _) => id.clone(),
            (title, Some(year)) => format!("{title} ({year})"),
            (title, None) => title.to_owned(),
        };
        LikedItem { id, title, likes: counts.likes_of_items[item] }
    };
    items.iter().take(MOST_LIKED).map(liked).collect()
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
            let (user, item) = (events.users[row] as usize, events.items[row] as usize);
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
