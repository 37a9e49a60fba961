//! Known users and what they did, for models that are asked to hold them.
//!
//! They are in a file of their own, which is written only on request: the file exposes every user's history to anyone
//! who can download it.

use crate::codec::{Lists, Strings};
use crate::index::ItemIdx;
use crate::model::{Catalogue, Model};
use crate::profile::{Profile, Signal};

/// A user on the way into [`Users`]: an id, and events, oldest first.
pub type KnownUser<'a> = (&'a str, Vec<(ItemIdx, Signal)>);

/// The histories of known users.
#[derive(Debug, Clone, PartialEq)]
pub struct Users {
    /// Ascending, for binary search.
    pub(crate) ids: Strings,
    /// The items of each user, oldest first.
    pub(crate) items: Lists,
    /// What users did with their items, one per item, user by user; empty where all were liked.
    pub(crate) signals: Vec<Signal>,
    /// Fingerprint of the catalogue that the items are from.
    pub(crate) fingerprint: u64,
}

impl Users {
    /// Collects users.
    ///
    /// # Panics
    /// If two users share an id.
    pub fn new(catalogue: &Catalogue, mut users: Vec<KnownUser<'_>>) -> Self {
        users.sort_by(|a, b| a.0.cmp(b.0));
        assert!(users.windows(2).all(|pair| pair[0].0 != pair[1].0), "two users share an id");
        let mut signals: Vec<Signal> =
            users.iter().flat_map(|(_, events)| events.iter().map(|event| event.1)).collect();
        if signals.iter().all(|&signal| signal == Signal::Liked) {
            signals.clear();
        }
        let items = |(_, events): &KnownUser<'_>| events.iter().map(|event| event.0.0).collect::<Vec<u32>>();
        Users {
            ids: users.iter().map(|(id, _)| *id).collect(),
            items: Lists::from_rows(users.iter().map(items)),
            signals,
            fingerprint: catalogue.fingerprint(),
        }
    }

    /// The number of users.
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
            && self.items.values().iter().all(|&item| (item as usize) < catalogue.len())
    }

    /// The events of a user, oldest first; `None` for an unknown user.
    pub fn history(&self, id: &str) -> Option<impl Iterator<Item = (ItemIdx, Signal)>> {
        let user = self.find(id)?;
        let items = self.items.row(user);
        let start = self.items.start_of(user);
        let signal = move |n: usize| self.signals.get(start + n).copied().unwrap_or(Signal::Liked);
        Some(items.iter().enumerate().map(move |(n, &item)| (ItemIdx(item), signal(n))))
    }

    /// All ids, ascending.
    pub fn ids(&self) -> &Strings {
        &self.ids
    }

    fn find(&self, id: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.ids.get(middle).cmp(id) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

impl Model {
    /// What a rating in the training data says about somebody's taste. Every profile that is made of a history takes
    /// this way: in training, evaluation, on the command line and for known users.
    ///
    /// Where the model predicts ratings, the rating itself; otherwise a like from the model's threshold on, and seen
    /// below it.
    pub fn signal_of(&self, rating: f32) -> Signal {
        match self.about.like_threshold {
            _ if self.rating_model.is_some() => Signal::Stars(rating),
            Some(threshold) if rating < threshold => Signal::Seen,
            _ => Signal::Liked,
        }
    }

    /// The profile of somebody with a history of item ids and ratings, oldest first.
    pub fn profile_of<'a>(&self, history: impl IntoIterator<Item = (&'a str, f32)>) -> Profile {
        let mut profile = Profile::new();
        history.into_iter().for_each(|(item, rating)| profile.push(item, self.signal_of(rating)));
        profile
    }

    /// The profile of a known user; `None` for an unknown one.
    pub fn profile_of_user(&self, users: &Users, id: &str) -> Option<Profile> {
        let mut profile = Profile::new();
        users.history(id)?.for_each(|(item, signal)| profile.push(self.catalogue.id(item), signal));
        Some(profile)
    }
}
