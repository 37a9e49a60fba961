//! Genres: how many items have them, how they are rated, and which occur together.

use foldin_data::Dataset;
use indexmap::IndexMap;
use serde::Serialize;

use super::Counts;

/// The number of genres in the matrix of pairs.
const MOST_IN_PAIRS: usize = 12;

/// Genres of a data set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Genres {
    /// Every genre, by number of items, descending; then by name.
    pub all: Vec<GenreFacts>,
    /// Number of items without a genre.
    pub items_without: usize,
    /// Mean number of genres of the items that have any.
    pub mean_per_item: f64,
    /// `together[a][b]` is the share of the items of genre `a` that also have genre `b`, for the first twelve genres.
    pub together: Vec<Vec<f64>>,
}

/// A genre.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GenreFacts {
    /// Its name.
    pub name: String,
    /// Number of items that have it.
    pub items: usize,
    /// Number of their events.
    pub events: usize,
    /// Number of their likes.
    pub likes: usize,
    /// Their mean rating; `None` without events.
    pub mean_rating: Option<f64>,
}

impl Genres {
    /// `None` where no item has a genre.
    pub(super) fn new(dataset: &Dataset, counts: &Counts) -> Option<Self> {
        let mut sums_of_items = vec![0.0; dataset.items.len()];
        for (item, &rating) in dataset.events.items.iter().zip(&dataset.events.ratings) {
            sums_of_items[item.at()] += f64::from(rating);
        }
        let mut totals: IndexMap<&str, Totals> = IndexMap::new();
        for (item, record) in dataset.catalogue.iter().enumerate() {
            for genre in &record.genres {
                let total = totals.entry(genre).or_default();
                total.items += 1;
                total.events += counts.events_of_items[item] as usize;
                total.likes += counts.likes_of_items[item] as usize;
                total.sum_of_ratings += sums_of_items[item];
            }
        }
        let mut all: Vec<GenreFacts> = totals.into_iter().map(|(name, total)| total.facts(name)).collect();
        all.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| a.name.cmp(&b.name)));
        let n_with = dataset.catalogue.iter().filter(|record| !record.genres.is_empty()).count();
        let n_given: usize = dataset.catalogue.iter().map(|record| record.genres.len()).sum();
        (n_with > 0).then(|| Genres {
            together: together(dataset, &all[..all.len().min(MOST_IN_PAIRS)]),
            items_without: dataset.items.len() - n_with,
            mean_per_item: n_given as f64 / n_with as f64,
            all,
        })
    }
}

/// What the items of a genre have.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    items: usize,
    events: usize,
    likes: usize,
    sum_of_ratings: f64,
}

impl Totals {
    fn facts(self, name: &str) -> GenreFacts {
        let Totals { items, events, likes, sum_of_ratings } = self;
        let mean_rating = (events > 0).then(|| sum_of_ratings / events as f64);
        GenreFacts { name: name.to_owned(), items, events, likes, mean_rating }
    }
}

fn together(dataset: &Dataset, genres: &[GenreFacts]) -> Vec<Vec<f64>> {
    let mut pairs = vec![vec![0usize; genres.len()]; genres.len()];
    for record in &dataset.catalogue {
        let has = |genre: &GenreFacts| record.genres.contains(&genre.name);
        let places: Vec<usize> = (0..genres.len()).filter(|&place| has(&genres[place])).collect();
        places.iter().for_each(|&a| places.iter().for_each(|&b| pairs[a][b] += 1));
    }
    let shares = |(a, row): (usize, Vec<usize>)| row.iter().map(|&both| both as f64 / genres[a].items as f64).collect();
    pairs.into_iter().enumerate().map(shares).collect()
}
