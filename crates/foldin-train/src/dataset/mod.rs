//! Data sets: one file a format, all giving one [`Dataset`].

use indexmap::IndexSet;

/// Events and the catalogue they are about.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// What the data set is called: the name of its folder, or `simulated sample`.
    pub name: String,
    /// Whether the events were made by a generator instead of by people.
    pub simulated: bool,
    /// Ids of the users, by the index that events use.
    pub users: IndexSet<Box<str>>,
    /// Ids of the items, by the index that events and `catalogue` use: those of the catalogue first, then those
    /// that occur in events only.
    pub items: IndexSet<Box<str>>,
    /// What is known of each item, one record an item, in the order of `items`.
    pub catalogue: Vec<ItemRecord>,
    /// Who did what when, in the order of the file.
    pub events: Events,
}

/// Events as columns of equal length: numbers only, so that 25 million of them take 500 MB and no text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// Index of the user.
    pub users: Vec<u32>,
    /// Index of the item.
    pub items: Vec<u32>,
    /// Stars, plays or whatever the data set counts; 1 where it has no such column.
    pub ratings: Vec<f32>,
    /// Seconds since 1970; empty where the data set has no times.
    pub times: Vec<i64>,
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
    /// Tags in the order of the file.
    pub tags: Vec<String>,
    /// Any longer text.
    pub text: String,
}
