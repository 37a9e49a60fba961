//! Genres: how many items have them, how they are rated, and which come together.

use indexmap::IndexMap;
use serde::Serialize;

use super::Counts;
use crate::dataset::Dataset;

/// Genres that the matrix of pairs shows.
const MOST_IN_PAIRS: usize = 12;

/// Genres of a data set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Genres {
    /// Every genre, the one with the most items first; of those with as many, by name.
    pub all: Vec<GenreFacts>,
    /// Items without a genre.
    pub items_without: usize,
    /// Genres an item has, on average over items that have any.
    pub mean_per_item: f64,
    /// `together[a][b]`: of the items of genre `a`, the share that also has `b`; for the first twelve genres.
    pub together: Vec<Vec<f64>>,
}

/// A genre.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GenreFacts {
    /// Its name.
    pub name: String,
    /// Items that have it.
    pub items: usize,
    /// Events with them.
    pub events: usize,
    /// Likes of them.
    pub likes: usize,
    /// Mean rating of them; none without events.
    pub mean_rating: Option<f64>,
}

impl Genres {
    /// None where no item has a genre.
    pub(super) fn new(dataset: &Dataset, counts: &Counts) -> Option<Self> {
        let mut sums_of_items = vec![0.0; dataset.items.len()];
        for (&item, &rating) in dataset.events.items.iter().zip(&dataset.events.ratings) {
            sums_of_items[item as usize] += f64::from(rating);
        }
        // Name to items, events, likes and the sum of ratings.
        let mut found: IndexMap<&str, (usize, usize, usize, f64)> = IndexMap::new();
        for (item, record) in dataset.catalogue.iter().enumerate() {
            for genre in &record.genres {
                let (items, events, likes, sum) = found.entry(genre).or_default();
                *items += 1;
                *events += counts.events_of_items[item] as usize;
                *likes += counts.likes_of_items[item] as usize;
                *sum += sums_of_items[item];
            }
        }
        let mut all: Vec<GenreFacts> = found
            .into_iter()
            .map(|(name, (items, events, likes, sum))| GenreFacts {
                name: name.to_owned(),
                items,
                events,
                likes,
                mean_rating: (events > 0).then(|| sum / events as f64),
            })
            .collect();
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
