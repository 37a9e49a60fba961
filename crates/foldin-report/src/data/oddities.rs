//! Things to look at before trusting the data.

use indexmap::IndexMap;
use serde::Serialize;

use super::Counts;
use crate::dataset::{Dataset, Events, ReadReport};
use crate::report::number::share;

/// Users with fewer events than these may well give one rating only.
const MANY_EVENTS: u32 = 5;
/// Nobody rates faster by hand.
const MOST_IN_A_SECOND: usize = 10;
/// How many examples are named.
const EXAMPLES: usize = 5;

/// Things to look at before trusting the data.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Oddities {
    /// Lines that were left out because they could not be read; none where nothing was read from files.
    pub bad_lines: Option<usize>,
    /// Events that were removed because the same user had a later one with the same item.
    pub duplicate_events: Option<usize>,
    /// Lines of the catalogue that were left out because their id was there already.
    pub duplicate_items: Option<usize>,
    /// Items without a title.
    pub items_without_title: usize,
    /// Items without a genre.
    pub items_without_genre: usize,
    /// Items without a year.
    pub items_without_year: usize,
    /// Items without an event.
    pub items_without_events: usize,
    /// Titles, with their year, of more than one item.
    pub repeated_titles: Repeated,
    /// Users with at least five events who gave one rating only; none where all ratings are alike.
    pub users_with_one_rating: Option<usize>,
    /// Many events of one user in one second; none where there are no times.
    pub bursts: Option<Bursts>,
    /// Share of events by the most active user.
    pub most_active_user: f64,
    /// Share of events by the most active hundredth of users, rounded up.
    pub most_active_percent: f64,
}

/// Titles, with their year, of more than one item.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Repeated {
    /// How many.
    pub count: usize,
    /// The first few, in the order of the catalogue.
    pub examples: Vec<String>,
}

/// Many events of one user in one second. Times of 0 are unknown and do not count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bursts {
    /// Users with more than ten events in one second.
    pub users: usize,
    /// The most events of one user in one second.
    pub most: usize,
    /// Share of timed events whose user has another one in the same second: their order is unknown.
    pub share_in_company: f64,
}

impl Oddities {
    pub(super) fn new(dataset: &Dataset, report: Option<&ReadReport>, counts: &Counts) -> Self {
        let without = |is_without: fn(&crate::dataset::ItemRecord) -> bool| {
            dataset.catalogue.iter().filter(|record| is_without(record)).count()
        };
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

fn repeated_titles(dataset: &Dataset) -> Repeated {
    let mut bearers: IndexMap<(&str, Option<i32>), usize> = IndexMap::new();
    for record in dataset.catalogue.iter().filter(|record| !record.title.is_empty()) {
        *bearers.entry((&record.title, record.year)).or_default() += 1;
    }
    let repeated = bearers.into_iter().filter(|&(_, count)| count > 1).map(|(name, _)| name);
    let repeated: Vec<(&str, Option<i32>)> = repeated.collect();
    let name = |&(title, year): &(&str, Option<i32>)| match year {
        Some(year) => format!("{title} ({year})"),
        None => title.to_owned(),
    };
    Repeated { count: repeated.len(), examples: repeated.iter().take(EXAMPLES).map(name).collect() }
}

fn users_with_one_rating(events: &Events, counts: &Counts) -> Option<usize> {
    let mut ends = vec![(f32::MAX, f32::MIN); counts.events_of_users.len()];
    for (&user, &rating) in events.users.iter().zip(&events.ratings) {
        let (low, high) = &mut ends[user as usize];
        (*low, *high) = (low.min(rating), high.max(rating));
    }
    let overall = ends.iter().fold((f32::MAX, f32::MIN), |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let is_odd = |&(&(low, high), &events): &(&(f32, f32), &u32)| low == high && events >= MANY_EVENTS;
    (overall.0 < overall.1).then(|| ends.iter().zip(&counts.events_of_users).filter(is_odd).count())
}

fn bursts(events: &Events) -> Option<Bursts> {
    let moments = events.users.iter().copied().zip(events.times.iter().copied());
    let mut moments: Vec<(u32, i64)> = moments.filter(|&(_, time)| time != 0).collect();
    if moments.is_empty() {
        return None;
    }
    moments.sort_unstable();
    let (mut users, mut most, mut in_company) = (0, 0, 0);
    for of_user in moments.chunk_by(|a, b| a.0 == b.0) {
        let lengths = || of_user.chunk_by(|a, b| a.1 == b.1).map(<[_]>::len);
        let longest = lengths().max().unwrap_or(0);
        users += usize::from(longest > MOST_IN_A_SECOND);
        most = most.max(longest);
        in_company += lengths().filter(|&length| length > 1).sum::<usize>();
    }
    Some(Bursts { users, most, share_in_company: share(in_company, moments.len()) })
}
