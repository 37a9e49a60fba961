//! What is known of items apart from any list: how popular they are and what they are about.

use std::collections::HashSet;

use indexmap::IndexSet;

use crate::dataset::{Events, ItemRecord};

/// Facts about items that the metrics of variety need; one value an item of the data set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemFacts {
    /// Training events of each item. Items with 0 are not part of the catalogue, the items that can be recommended.
    pub likes: Vec<u32>,
    /// The catalogue, most popular first; among equals, what comes first in the training events.
    pub most_popular: Vec<u32>,
    /// Users with training events.
    pub n_users: usize,
    /// What each item is about: a set of genre ids, possibly empty.
    pub genres: Vec<Vec<u32>>,
}

impl ItemFacts {
    /// Counts the training events of a data set whose catalogue, one record an item, is `catalogue`.
    pub fn new(train: &Events, catalogue: &[ItemRecord]) -> Self {
        let mut likes = vec![0; catalogue.len()];
        let mut most_popular = Vec::new();
        for &item in &train.items {
            if likes[item as usize] == 0 {
                most_popular.push(item);
            }
            likes[item as usize] += 1;
        }
        // A stable sort leaves equals in the order in which training first names them.
        most_popular.sort_by_key(|&item| std::cmp::Reverse(likes[item as usize]));
        let n_users = train.users.iter().collect::<HashSet<_>>().len();
        ItemFacts { likes, most_popular, n_users, genres: genre_sets(catalogue) }
    }

    /// The items outside the most popular fifth, by index: all of the catalogue but its first floor(n / 5) items.
    pub(super) fn long_tail(&self) -> Vec<bool> {
        let mut in_tail = vec![false; self.likes.len()];
        for &item in &self.most_popular[self.most_popular.len() / 5..] {
            in_tail[item as usize] = true;
        }
        in_tail
    }
}

fn genre_sets<'a>(catalogue: &'a [ItemRecord]) -> Vec<Vec<u32>> {
    let mut ids: IndexSet<&'a str> = IndexSet::new();
    let set_of = |record: &'a ItemRecord| -> Vec<u32> {
        let set: IndexSet<u32> = record.genres.iter().map(|genre| ids.insert_full(genre).0 as u32).collect();
        set.into_iter().collect()
    };
    catalogue.iter().map(set_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn popularity_falls_and_ties_go_to_what_training_names_first() {
        let train = Events { users: vec![0, 0, 4, 4, 4], items: vec![3, 1, 0, 4, 4], ..Events::default() };
        let facts = ItemFacts::new(&train, &vec![ItemRecord::default(); 6]);
        assert_eq!(facts.likes, [1, 1, 0, 1, 2, 0]);
        assert_eq!(facts.most_popular, [4, 3, 1, 0]);
        assert_eq!(facts.n_users, 2);
        // A fifth of four items, rounded down, is none: all are long tail, but not the two outside the catalogue.
        assert_eq!(facts.long_tail(), [true, true, false, true, true, false]);
    }

    #[test]
    fn genres_become_sets_of_ids() {
        let about = |genres: &[&str]| ItemRecord {
            genres: genres.iter().map(|&genre| genre.to_owned()).collect(),
            ..ItemRecord::default()
        };
        let facts = ItemFacts::new(&Events::default(), &[about(&["war", "love", "war"]), about(&[]), about(&["love"])]);
        assert_eq!(facts.genres, [vec![0, 1], vec![], vec![1]]);
    }
}
