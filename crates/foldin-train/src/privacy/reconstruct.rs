//! Attacks that name likes from the bytes of a score file alone.
//!
//! An item whose published count is at most one, and which has an entry all the same, has one person behind it: a *lone*
//! item. That person likes every item that neighbours or the sequence connect with it, in either direction. Two lone
//! items that are connected are of the same person, so that connected ones add up to a history: the components of the
//! graph of lone items. EASE takes no part; it connects items that nobody likes both.
//!
//! [`neighbours_of_rarest`] is what is left to somebody who knows one rare like of a person.

use bytes::Bytes;
use foldin_core::ItemIdx;
use foldin_core::file::{self, FileError};
use foldin_core::model::Model;

/// Sets of at least two items, each of which the file shows to be liked by one and the same person. Two sets may be of
/// the same person.
///
/// # Errors
/// If the bytes are no sound score file.
pub fn reconstruct(score: &Bytes) -> Result<Vec<Vec<ItemIdx>>, FileError> {
    let model = file::read_score(score)?;
    let is_lone = |item: u32| model.catalogue.likes(ItemIdx(item)) <= 1;
    let mut components = Components::new(model.catalogue.len());
    let mut named: Vec<(u32, u32)> = Vec::new();
    for (item, other) in connections(&model) {
        if is_lone(item) {
            named.push((item, other));
        }
        if is_lone(other) {
            named.push((other, item));
        }
        if is_lone(item) && is_lone(other) {
            components.join(item, other);
        }
    }
    let of_component = |(lone, other): (u32, u32)| {
        let component = components.of(lone);
        [(component, lone), (component, other)]
    };
    let mut likes: Vec<(u32, u32)> = named.into_iter().flat_map(of_component).collect();
    likes.sort_unstable();
    likes.dedup();
    let items = |likes: &[(u32, u32)]| likes.iter().map(|(_, item)| ItemIdx(*item)).collect();
    Ok(likes.chunk_by(|a, b| a.0 == b.0).map(items).collect())
}

/// The items with the smallest count above 0 that is published, each with the items of its neighbour list: what somebody
/// who likes the first is likely to like.
///
/// # Errors
/// If the bytes are no sound score file.
pub fn neighbours_of_rarest(score: &Bytes) -> Result<Vec<(ItemIdx, Vec<ItemIdx>)>, FileError> {
    let model = file::read_score(score)?;
    let likes = |item: ItemIdx| model.catalogue.likes(item);
    let fewest = model.catalogue.items().map(likes).filter(|&likes| likes > 0).min();
    let rarest = model.catalogue.items().filter(|&item| Some(likes(item)) == fewest);
    let row = |item: ItemIdx| model.neighbours.as_ref().map_or(&[][..], |lists| lists.rows.row(item.at()).columns);
    Ok(rarest.map(|item| (item, row(item).iter().copied().map(ItemIdx).collect())).collect())
}

/// Pairs of items with an entry in the lists that only people who like both can make.
fn connections(model: &Model) -> impl Iterator<Item = (u32, u32)> {
    let lists = [&model.neighbours, &model.sequence].into_iter().flatten();
    let rows = lists.flat_map(|lists| (0_u32..).zip(lists.rows.iter()));
    rows.flat_map(|(item, row)| row.columns.iter().map(move |&other| (item, other)))
}

/// Disjoint sets of items, each named by one of them.
struct Components {
    parents: Vec<u32>,
}

impl Components {
    fn new(n_items: usize) -> Self {
        Components { parents: (0..n_items as u32).collect() }
    }

    fn of(&mut self, mut item: u32) -> u32 {
        while self.parents[item as usize] != item {
            let above = self.parents[self.parents[item as usize] as usize];
            self.parents[item as usize] = above;
            item = above;
        }
        item
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.parents[a as usize] = b;
    }
}
