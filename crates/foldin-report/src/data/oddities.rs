//! What to check before trusting the data.

use foldin_data::{Dataset, Events, ItemRecord, ReadReport, UserNo};
use indexmap::IndexMap;
use serde::Serialize;

use super::{Counts, title_and_year};
use crate::number::share;

/// A user with fewer events may well give a single rating.
const MANY_EVENTS: u32 = 5;
/// Nobody rates faster by hand.
const MOST_IN_A_SECOND: usize = 10;
/// How many repeated titles are named.
const MOST_EXAMPLES: usize = 5;

/// What to check before trusting the data.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Oddities {
    /// Lines that were left out because they could not be read; `None` where nothing was read from files.
    pub bad_lines: Option<usize>,
    /// Events that were removed because the same user had a later one with the same item; `None` as above.
    pub duplicate_events: Option<usize>,
    /// Lines of the catalogue that were left out because their id had occurred before; `None` as above.
    pub duplicate_items: Option<usize>,
    /// Number of items without a title.
    pub items_without_title: usize,
    /// Number of items without a genre.
    pub items_without_genre: usize,
    /// Number of items without a year.
    pub items_without_year: usize,
    /// Number of items without an event.
    pub items_without_events: usize,
    /// Titles that several items of the same year have.
    pub repeated_titles: RepeatedTitles,
    /// Number of users with at least five events and a single rating; `None` where all ratings are equal.
    pub users_with_one_rating: Option<usize>,
    /// Many events of one user in one second; `None` without times.
    pub bursts: Option<Bursts>,
    /// Share of the events that the most active user has.
    pub most_active_user: f64,
    /// Share of the events that the most active 1 % of the users have, rounded up to whole users.
    pub most_active_percent: f64,
}

/// Titles that several items of the same year have.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RepeatedTitles {
    /// How many.
    pub count: usize,
    /// The first few, in the order of the catalogue.
    pub examples: Vec<String>,
}

/// Many events of one user in one second. Times of 0 are unknown and do not count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bursts {
    /// Number of users with more than ten events in one second.
    pub users: usize,
    /// The most events of one user in one second.
    pub most: usize,
    /// Share of the events with a time whose user has another event in the same second, so that their order is unknown.
    pub share_in_same_second: f64,
}

impl Oddities {
    pub(super) fn new(dataset: &Dataset, report: Option<&ReadReport>, counts: &Counts) -> Self {
        let without =
            |is_without: fn(&ItemRecord) -> bool| dataset.catalogue.iter().filter(|record| is_without(record)).count();
        let mut activity = counts.events_of_users.clone();
        activity.sort_unstable_by(|a, b| b.cmp(a));
        let by_first = |n: usize| {
            let events = activity.iter().take(n).map(|&events| u64::from(events)).sum::<u64>();
            share(events, dataset.events.len())
        };
        Oddities {
            bad_lines: report.map(|report| report.bad_lines),
            duplicate_events: report.map(|report| report.duplicate_events),
            duplicate_items: report.map(|report| report.duplicate_items),
            items_without_title: without(|record| record.title.is_empty()),
            items_without_genre: without(|record| record.genres.is_empty()),
            items_without_year: without(|record| record.year.is_none()),
            items_without_events: counts.events_of_items.iter().filter(|&&events| events == 0).count(),
            repeated_titles: repeated_titles(dataset),
            users_with_one_rating: users_with_one_rating(&dataset.events, counts),
            bursts: bursts(&dataset.events),
            most_active_user: by_first(1),
            most_active_percent: by_first(activity.len().div_ceil(100)),
        }
    }
}

fn repeated_titles(dataset: &Dataset) -> RepeatedTitles {
    let mut items: IndexMap<(&str, Option<i32>), usize> = IndexMap::new();
    for record in dataset.catalogue.iter().filter(|record| !record.title.is_empty()) {
        *items.entry((&record.title, record.year)).or_default() += 1;
    }
    let repeated: Vec<(&str, Option<i32>)> =
        items.into_iter().filter(|&(_, count)| count > 1).map(|(title, _)| title).collect();
    let examples = repeated.iter().take(MOST_EXAMPLES).map(|&(title, year)| title_and_year(title, year)).collect();
    RepeatedTitles { count: repeated.len(), examples }
}

fn users_with_one_rating(events: &Events, counts: &Counts) -> Option<usize> {
    let mut ranges: Vec<Option<(f32, f32)>> = vec![None; counts.events_of_users.len()];
    for (user, &rating) in events.users.iter().zip(&events.ratings) {
        let (low, high) = ranges[user.at()].unwrap_or((rating, rating));
        ranges[user.at()] = Some((low.min(rating), high.max(rating)));
    }
    let is_single = |range: Option<(f32, f32)>| range.is_some_and(|(low, high)| low == high);
    let overall = ranges.iter().flatten().copied().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let users = ranges.iter().zip(&counts.events_of_users);
    let odd = users.filter(|&(&range, &n_events)| is_single(range) && n_events >= MANY_EVENTS);
    overall.filter(|(low, high)| low < high).map(|_| odd.count())
}

fn bursts(events: &Events) -> Option<Bursts> {
    let moments = events.users.iter().copied().zip(events.times.iter().copied());
    let mut moments: Vec<(UserNo, i64)> = moments.filter(|&(_, time)| time != 0).collect();
    if moments.is_empty() {
        return None;
    }
    moments.sort_unstable();
    let (mut users, mut most, mut in_same_second) = (0, 0, 0);
    for of_user in moments.chunk_by(|a, b| a.0 == b.0) {
        let lengths = || of_user.chunk_by(|a, b| a.1 == b.1).map(<[_]>::len);
        let longest = lengths().max().unwrap_or(0);
        users += usize::from(longest > MOST_IN_A_SECOND);
        most = most.max(longest);
        in_same_second += lengths().filter(|&length| length > 1).sum::<usize>();
    }
    Some(Bursts { users, most, share_in_same_second: share(in_same_second, moments.len()) })
}
