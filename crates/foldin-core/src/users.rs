//! Known users and what they liked, for models that are asked to hold them.
//!
//! They travel in a file of their own, which is written only on request: whoever can fetch it can read the history of
//! everybody in it.

use crate::catalogue::{Catalogue, ItemIdx};
use crate::lists::Lists;
use crate::strings::Strings;

/// The liked items of known users, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Users {
    /// Ascending, so that a user is found by halving.
    pub(crate) ids: Strings,
    pub(crate) likes: Lists,
    /// Fingerprint of the catalogue that the items are from.
    pub(crate) fingerprint: u64,
}

impl Users {
    /// Collects users and their likes, oldest first.
    ///
    /// # Panics
    /// If a user comes twice.
    pub fn new(catalogue: &Catalogue, mut users: Vec<(&str, Vec<ItemIdx>)>) -> Self {
        users.sort_by(|a, b| a.0.cmp(b.0));
        assert!(users.windows(2).all(|pair| pair[0].0 != pair[1].0), "a user comes twice");
        Users {
            ids: users.iter().map(|(id, _)| *id).collect(),
            likes: Lists::from_rows(
                users.iter().map(|(_, likes)| likes.iter().map(|item| item.0).collect::<Vec<u32>>()),
            ),
            fingerprint: catalogue.fingerprint(),
        }
    }

    /// Number of users.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no user.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether the histories are about the items of this catalogue.
    pub fn belong_to(&self, catalogue: &Catalogue) -> bool {
        self.fingerprint == catalogue.fingerprint()
            && self.likes.values().iter().all(|&item| (item as usize) < catalogue.len())
    }

    /// What a user liked, oldest first; `None` for a user that is not here.
    pub fn likes(&self, id: &str) -> Option<impl Iterator<Item = ItemIdx>> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.ids.get(middle).cmp(id) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => {
                    return Some(self.likes.row(middle).iter().map(|&item| ItemIdx(item)));
                }
            }
        }
        None
    }

    /// All ids, ascending.
    pub fn ids(&self) -> &Strings {
        &self.ids
    }
}
