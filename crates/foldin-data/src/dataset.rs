//! A data set in memory: events and the catalogue that they are about.

use std::sync::Arc;

use indexmap::IndexSet;

use crate::given::Given;

/// Distinct ids, each with its number from 0.
pub type Ids = IndexSet<Box<str>>;

/// How many events, users or items there may be: numbers are 32 bits wide.
pub(crate) const MAX_COUNT: usize = u32::MAX as usize - 1;

/// The number of an id, which joins the set if it is new. How many ids there are is checked by the caller.
pub(crate) fn number_of(ids: &mut Ids, id: &str) -> u32 {
    ids.get_index_of(id).unwrap_or_else(|| ids.insert_full(id.into()).0) as u32
}

/// As [`number_of`], for the user of an event. Most files keep the events of a user together: `last` is tried first.
pub(crate) fn user_no(users: &mut Ids, id: &str, last: Option<UserNo>) -> UserNo {
    last.filter(|last| &*users[last.at()] == id).unwrap_or_else(|| UserNo(number_of(users, id)))
}

/// The number of a user in a data set, from 0: its index into [`Dataset::users`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserNo(pub u32);

/// The number of an item in a data set, from 0: its index into [`Dataset::items`]. A model has indices of its own, by
/// popularity: the `ItemIdx` of foldin-core.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemNo(pub u32);

impl UserNo {
    /// The number as a `usize`, for slices that hold one value per user.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

impl ItemNo {
    /// The number as a `usize`, for slices that hold one value per item.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// Events and the catalogue they are about.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// What the data set is called: the name of its folder, or `simulated sample`.
    pub name: String,
    /// Whether the events were made by a generator instead of by people.
    pub simulated: bool,
    /// Ids of the users, in the order of their numbers.
    pub users: Ids,
    /// Ids of the items, in the order of their numbers: those of the catalogue first, then those that occur in events
    /// only.
    pub items: Ids,
    /// What is known of each item, one record per item, in the order of `items`.
    pub catalogue: Vec<ItemRecord>,
    /// Who did what when, in the order of the file.
    pub events: Events,
    /// Users and items of which is only known that the user had to do with the item: neither a like nor a rating. Each
    /// pair once, in order, and none that has an event.
    pub unrated: Vec<(UserNo, ItemNo)>,
    /// Whether ratings are counts, such as plays: every one of them then says that something is liked.
    pub ratings_are_counts: bool,
    /// Where more is to be found about items without a [`url`](ItemRecord::url) of their own, if none has one: an address
    /// with `{id}`, `{title}` or `{year}` in it. Empty where there is none.
    pub url_pattern: String,
    /// What was learned elsewhere from more people than these, if anything was.
    pub given: Option<Arc<Given>>,
}

/// Events as columns of equal length: numbers only, so that 25 million of them take 500 MB and no text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// The user of each event.
    pub users: Vec<UserNo>,
    /// The item of each event.
    pub items: Vec<ItemNo>,
    /// Stars, plays or whatever the data set counts; 1 where it has no such column.
    pub ratings: Vec<f32>,
    /// Seconds since 1970; empty where the data set has no times.
    pub times: Vec<i64>,
}

impl Dataset {
    /// The ids of the items that a user had to do with, and the ratings, oldest first; `None` for an unknown user.
    pub fn history_of(&self, user: &str) -> Option<Vec<(&str, f32)>> {
        let user = UserNo(self.users.get_index_of(user)? as u32);
        let events = self.events.rows(|row| self.events.users[row] == user);
        let of = |row: usize| (&*self.items[events.items[row].at()], events.ratings[row]);
        Some(events.in_time_order().into_iter().map(of).collect())
    }

    /// Users, items and other events, to be split again: without what is known of the items.
    pub fn with_events(&self, events: Events) -> Self {
        let (name, users, items) = (self.name.clone(), self.users.clone(), self.items.clone());
        Dataset { name, users, items, events, given: self.given.clone(), ..Dataset::default() }
    }
}

impl Events {
    /// The rows from the oldest event to the newest; where times are equal or absent, in the order of the file.
    pub fn in_time_order(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.len()).collect();
        if !self.times.is_empty() {
            rows.sort_by_key(|&row| self.times[row]);
        }
        rows
    }

    /// The rows that `keep` accepts, in their order.
    pub fn rows(&self, keep: impl Fn(usize) -> bool) -> Self {
        self.at(&(0..self.len()).filter(|&row| keep(row)).collect::<Vec<_>>())
    }

    /// The rows of these numbers, in this order.
    pub fn at(&self, rows: &[usize]) -> Self {
        Events {
            users: rows.iter().map(|&row| self.users[row]).collect(),
            items: rows.iter().map(|&row| self.items[row]).collect(),
            ratings: rows.iter().map(|&row| self.ratings[row]).collect(),
            times: if self.times.is_empty() { Vec::new() } else { rows.iter().map(|&row| self.times[row]).collect() },
        }
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }
}

/// What a catalogue says about one item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemRecord {
    /// Title without the year, in natural word order; empty where there is none.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// Genres in the order of the file.
    pub genres: Vec<String>,
    /// Tags in the order of the file, or by how many people gave them where the data set tells.
    pub tags: Vec<String>,
    /// Any longer text.
    pub text: String,
    /// What it is about, in a line for readers; empty where there is none.
    pub about: String,
    /// An address with more about it, empty where there is none. What does not begin with `https://` or `http://` is not
    /// used.
    pub url: String,
}

/// Tests compare with plain numbers, and make events of them.
#[cfg(test)]
pub(crate) mod plain_numbers {
    use super::{Events, ItemNo, UserNo};

    impl PartialEq<u32> for UserNo {
        fn eq(&self, other: &u32) -> bool {
            self.0 == *other
        }
    }

    impl PartialEq<u32> for ItemNo {
        fn eq(&self, other: &u32) -> bool {
            self.0 == *other
        }
    }

    /// Events of users, items, ratings and times.
    pub(crate) fn events(rows: &[(u32, u32, f32, i64)]) -> Events {
        Events {
            users: rows.iter().map(|row| UserNo(row.0)).collect(),
            items: rows.iter().map(|row| ItemNo(row.1)).collect(),
            ratings: rows.iter().map(|row| row.2).collect(),
            times: rows.iter().map(|row| row.3).collect(),
        }
    }
}
