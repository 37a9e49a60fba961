//! What is known of items apart from any list: how popular they are and what they are about.

use std::collections::{BTreeSet, HashSet};

use foldin_core::ItemIdx;
use foldin_core::model::Model;
use foldin_data::{Dataset, Events, ItemNo, ItemRecord};
use indexmap::IndexSet;

/// Facts about items that the metrics of variety need; one value an item of the data set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemFacts {
    /// Training events of each item of the catalogue.
    pub likes: Vec<u32>,
    /// Items with training events, most popular first; among equals, what comes first in the training events.
    pub most_popular: Vec<ItemNo>,
    /// Users with training events.
    pub n_users: usize,
    /// What each item is about: its terms, ascending, with their weights in a vector of length 1. Possibly empty.
    pub about: Vec<Terms>,
}

/// A sparse vector of length 1: terms, ascending, with their weights. Empty where nothing is known.
pub type Terms = Vec<(u32, f64)>;

impl ItemFacts {
    /// Counts the training events of a data set whose catalogue, one record an item, is `catalogue`.
    pub fn new(train: &Events, catalogue: &[ItemRecord]) -> Self {
        let mut likes = vec![0; catalogue.len()];
        let mut most_popular = Vec::new();
        for &item in &train.items {
            if likes[item.at()] == 0 {
                most_popular.push(item);
            }
            likes[item.at()] += 1;
        }
        // A stable sort leaves equals in the order in which training first names them.
        most_popular.sort_by_key(|&item| std::cmp::Reverse(likes[item.at()]));
        let n_users = train.users.iter().collect::<HashSet<_>>().len();
        ItemFacts { likes, most_popular, n_users, about: genres_of(catalogue) }
    }

    /// The same with the content vectors of a model of the data set instead of the genres, where it has any: they say
    /// more of what items are about.
    pub fn with_content_of(mut self, model: &Model, dataset: &Dataset) -> Self {
        if let Some(content) = &model.content {
            let terms_of = |id: &str| {
                let item = model.catalogue.find(id).map_or(usize::MAX, ItemIdx::at);
                of_length_one(content.rows().row(item).iter().map(|(term, weight)| (term, f64::from(weight))).collect())
            };
            self.about = dataset.items.iter().map(|id| terms_of(id)).collect();
        }
        self
    }

    /// Makes room for items that are not in the data set, and of which nothing is known: they take up places in lists.
    pub fn grow(&mut self, n_items: usize) {
        self.likes.resize(n_items, 0);
        self.about.resize_with(n_items, Terms::new);
    }

    /// The items outside the most popular fifth, by index: all of the catalogue but its first floor(n / 5) items. Items
    /// without training events are among them.
    pub(super) fn long_tail(&self) -> Vec<bool> {
        let mut in_tail = vec![true; self.likes.len()];
        for item in self.most_popular.iter().take(self.likes.len() / 5) {
            in_tail[item.at()] = false;
        }
        in_tail
    }
}

fn genres_of<'a>(catalogue: &'a [ItemRecord]) -> Vec<Terms> {
    let mut ids: IndexSet<&'a str> = IndexSet::new();
    let terms_of = |record: &'a ItemRecord| {
        let set: BTreeSet<u32> = record.genres.iter().map(|genre| ids.insert_full(genre).0 as u32).collect();
        of_length_one(set.into_iter().map(|genre| (genre, 1.0)).collect())
    };
    catalogue.iter().map(terms_of).collect()
}

fn of_length_one(mut terms: Terms) -> Terms {
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    terms
}

#[cfg(test)]
mod tests {
    use foldin_core::linalg::SparseRows;
    use foldin_core::model::{About, Catalogue, CatalogueItem, Content};
    use foldin_fixtures::{events, items};

    use super::*;

    #[test]
    fn popularity_falls_and_ties_go_to_what_training_names_first() {
        let train = events(&[(0, 3, 1.0, 0), (0, 1, 1.0, 0), (4, 0, 1.0, 0), (4, 4, 1.0, 0), (4, 4, 1.0, 0)]);
        let facts = ItemFacts::new(&train, &vec![ItemRecord::default(); 6]);
        assert_eq!(facts.likes, [1, 1, 0, 1, 2, 0]);
        assert_eq!(facts.most_popular, items(&[4, 3, 1, 0]));
        assert_eq!(facts.n_users, 2);
        // A fifth of six items, rounded down, is one.
        assert_eq!(facts.long_tail(), [true, true, true, true, false, true]);
    }

    #[test]
    fn genres_become_vectors_of_length_one() {
        let about = |genres: &[&str]| ItemRecord {
            genres: genres.iter().map(|&genre| genre.to_owned()).collect(),
            ..ItemRecord::default()
        };
        let facts = ItemFacts::new(&Events::default(), &[about(&["war", "love", "war"]), about(&[]), about(&["love"])]);
        let half = 1.0 / 2f64.sqrt();
        assert_eq!(facts.about, [vec![(0, half), (1, half)], vec![], vec![(1, 1.0)]]);
    }

    #[test]
    fn content_of_a_model_takes_the_place_of_genres_by_the_ids_of_items() {
        let item = |id: &str, likes| CatalogueItem { id: id.to_owned(), likes, ..CatalogueItem::default() };
        // In the model b comes first.
        let rows = SparseRows::quantise([vec![(3, 127.0)], vec![(0, 127.0), (3, 127.0)]]);
        let catalogue = Catalogue::new(vec![item("a", 1), item("b", 2)]);
        let model = Model { content: Some(Content::new(rows)), ..Model::new(About::default(), catalogue) };
        let items = ["a", "b", "c"].map(Box::from).into_iter().collect();
        let facts = ItemFacts::default().with_content_of(&model, &Dataset { items, ..Dataset::default() });
        let half = 127.0 / f64::from(2 * 127 * 127).sqrt();
        assert_eq!(facts.about, [vec![(0, half), (3, half)], vec![(3, 1.0)], vec![]]);
    }
}
