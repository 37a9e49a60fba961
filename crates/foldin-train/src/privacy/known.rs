//! What is true: the likes that a model was learned from.

use std::collections::HashSet;

use foldin_core::ItemIdx;
use foldin_core::model::Catalogue;
use foldin_data::Confidence;
use foldin_data::interactions::{Interactions, is_like, liked, renumbered};

use crate::artefacts::{InferredLikes, NamedLikes};
use crate::assemble::TrainingData;
use crate::learn::sequence::Histories;

/// Who likes which items of a catalogue.
pub(super) struct KnownLikes {
    /// Users with a like, by items as in the catalogue.
    pub(super) by_user: Interactions,
    /// The same, items by users.
    pub(super) by_item: Interactions,
    /// In order of time, without the items that the model was not taught: it counts steps over the others.
    pub(super) histories: Histories,
}

impl KnownLikes {
    /// The likes of the items that the catalogue has.
    pub(super) fn new(TrainingData { dataset, events, threshold }: TrainingData<'_>, catalogue: &Catalogue) -> Self {
        let beyond = ItemIdx(u32::MAX);
        let places: Vec<ItemIdx> = dataset.items.iter().map(|id| catalogue.find(id).unwrap_or(beyond)).collect();
        let likes = liked(events, threshold, Confidence::None, dataset.users.len(), dataset.items.len());
        let numbers: Vec<u32> = places.iter().map(|place| place.0).collect();
        let by_user = renumbered(likes, &numbers, catalogue.len());
        let is_learned = |place: ItemIdx| place != beyond && catalogue.likes(place) > 0;
        let likes = events.rows(|row| is_like(events, row, threshold) && is_learned(places[events.items[row].at()]));
        let by_item = by_user.transpose_view().to_csr();
        KnownLikes { by_user, by_item, histories: Histories::of_likes(&likes, None, &places) }
    }

    /// The users who like an item.
    pub(super) fn users_of(&self, item: usize) -> &[u32] {
        let range = self.by_item.indptr().outer_inds_sz(item);
        &self.by_item.indices()[range]
    }

    /// Judges lists of items, each of which is said to be liked by everybody who likes the first.
    pub(super) fn judge_inference(&self, lists: &[(ItemIdx, Vec<ItemIdx>)]) -> InferredLikes {
        let mut inferred = InferredLikes::default();
        for (item, others) in lists {
            for &user in self.users_of(item.at()) {
                inferred.claims += others.len();
                let likes = |other: &&ItemIdx| self.by_user.get(user as usize, other.at()).is_some();
                inferred.right += others.iter().filter(likes).count();
            }
        }
        inferred
    }

    /// Judges sets of items, each of which is said to be liked by one person: the one who likes most of it.
    pub(super) fn judge(&self, histories: &[Vec<ItemIdx>]) -> NamedLikes {
        let mut n_liked = vec![0_usize; self.by_user.rows()];
        let (mut right, mut wrong) = (HashSet::new(), 0);
        for history in histories {
            let users = || history.iter().flat_map(|item| self.users_of(item.at())).map(|&user| user as usize);
            users().for_each(|user| n_liked[user] += 1);
            let best = users().max_by(|&a, &b| n_liked[a].cmp(&n_liked[b]).then(b.cmp(&a)));
            users().for_each(|user| n_liked[user] = 0);
            for item in history {
                match best.filter(|&user| self.by_user.get(user, item.at()).is_some()) {
                    Some(user) => {
                        right.insert((user, item.0));
                    }
                    None => wrong += 1,
                }
            }
        }
        let people: HashSet<usize> = right.iter().map(|(user, _)| *user).collect();
        NamedLikes { claims: right.len() + wrong, right: right.len(), people: people.len() }
    }
}
