//! The items a model knows: string id, how often liked, year and genres.
//!
//! Items stand in order of popularity, the most liked first, so that an item's index is also its rank among all.
//! Everything that ranking and filtering needs is here; titles and tags, which only a reader needs, are in
//! [`Descriptions`](super::Descriptions) and travel in a file of their own.

use serde::Serialize;
use xxhash_rust::xxh64::xxh64;

use crate::codec::{Lists, Strings, decode_fields};
use crate::index::ItemIdx;

/// One item on its way into a [`Catalogue`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CatalogueItem {
    /// The id under which the data set, and everybody outside the core, knows the item.
    pub id: String,
    /// How many likes it has in the training data.
    pub likes: u32,
    /// Year of release, where known.
    pub year: Option<i32>,
    /// Names of its genres.
    pub genres: Vec<String>,
}

/// All items of a model, most liked first.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    ids: Strings,
    likes: Vec<u32>,
    years: Vec<Option<i32>>,
    genre_names: Strings,
    genres: Lists,
    places: Places,
}

/// How a catalogue lies in a file: likes as differences, years as distances from the first.
#[derive(Serialize)]
pub(crate) struct CatalogueWire {
    ids: Strings,
    /// Likes of the last item, then by how much each item before it has more.
    likes_from_last: Vec<u32>,
    first_year: i32,
    /// 0: unknown; otherwise `year - first_year + 1`.
    years: Vec<u32>,
    genre_names: Strings,
    genres: Lists,
}

decode_fields!(CatalogueWire { ids, likes_from_last, first_year, years, genre_names, genres });

impl Catalogue {
    /// Puts items in order (likes descending, then id ascending) and indexes them.
    ///
    /// # Panics
    /// If two items share an id, or there are more than `u32::MAX` of them: the caller merges duplicates.
    pub fn new(mut items: Vec<CatalogueItem>) -> Self {
        items.sort_by(|a, b| b.likes.cmp(&a.likes).then_with(|| a.id.cmp(&b.id)));
        let mut genre_names: Vec<&str> = items.iter().flat_map(|item| item.genres.iter().map(String::as_str)).collect();
        genre_names.sort_unstable();
        genre_names.dedup();
        let genres = items.iter().map(|item| {
            let mut row: Vec<u32> = item
                .genres
                .iter()
                .map(|name| genre_names.binary_search(&name.as_str()).expect("every genre was collected") as u32)
                .collect();
            row.sort_unstable();
            row.dedup();
            row
        });
        let genres = Lists::from_rows(genres);
        let genre_names = genre_names.iter().copied().collect();
        let ids: Strings = items.iter().map(|item| item.id.as_str()).collect();
        let places = Places::of(&ids).expect("ids are distinct");
        Catalogue {
            likes: items.iter().map(|item| item.likes).collect(),
            years: items.iter().map(|item| item.year).collect(),
            ids,
            genre_names,
            genres,
            places,
        }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no item at all.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Every item, most liked first.
    pub fn items(&self) -> impl ExactSizeIterator<Item = ItemIdx> + use<> {
        (0..self.len() as u32).map(ItemIdx)
    }

    /// The id of an item.
    pub fn id(&self, item: ItemIdx) -> &str {
        self.ids.get(item.at())
    }

    /// The item with this id, if the model knows it.
    pub fn find(&self, id: &str) -> Option<ItemIdx> {
        match self.places.look_up(&self.ids, id) {
            (_, EMPTY) => None,
            (_, n) => Some(ItemIdx(n)),
        }
    }

    /// How many likes the item has in the training data.
    pub fn likes(&self, item: ItemIdx) -> u32 {
        self.likes[item.at()]
    }

    /// Year of release, where known.
    pub fn year(&self, item: ItemIdx) -> Option<i32> {
        self.years[item.at()]
    }

    /// Indices of the item's genres into [`genre_names`](Self::genre_names), ascending.
    pub fn genres(&self, item: ItemIdx) -> &[u32] {
        self.genres.row(item.at())
    }

    /// Names of the item's genres.
    pub fn genre_names_of(&self, item: ItemIdx) -> impl Iterator<Item = &str> {
        self.genres(item).iter().map(|&genre| self.genre_names.get(genre as usize))
    }

    /// Every genre that an item has, in alphabetical order.
    pub fn genre_names(&self) -> &Strings {
        &self.genre_names
    }

    /// A checksum of all ids in their order: two files belong together if it is the same in both.
    pub fn fingerprint(&self) -> u64 {
        self.ids.fingerprint()
    }

    pub(crate) fn to_wire(&self) -> CatalogueWire {
        let mut likes_from_last = Vec::with_capacity(self.len());
        let mut above = 0;
        for &likes in self.likes.iter().rev() {
            likes_from_last.push(likes - above);
            above = likes;
        }
        let first_year = self.years.iter().flatten().copied().min().unwrap_or(0);
        CatalogueWire {
            ids: self.ids.clone(),
            likes_from_last,
            first_year,
            years: self.years.iter().map(|year| year.map_or(0, |year| year.abs_diff(first_year) + 1)).collect(),
            genre_names: self.genre_names.clone(),
            genres: self.genres.clone(),
        }
    }

    pub(crate) fn from_wire(wire: CatalogueWire) -> Result<Self, &'static str> {
        let n_items = wire.ids.len();
        if wire.likes_from_last.len() != n_items || wire.years.len() != n_items || wire.genres.len() != n_items {
            return Err("ids, likes, years and genres differ in number");
        }
        if wire.genres.values().iter().any(|&genre| genre as usize >= wire.genre_names.len()) {
            return Err("an item has a genre without a name");
        }
        if !(0..n_items).all(|item| wire.genres.row(item).is_sorted_by(|a, b| a < b)) {
            return Err("an item's genres are out of order");
        }
        let mut likes = Vec::with_capacity(n_items);
        let mut total = 0_u32;
        for &more in &wire.likes_from_last {
            total = total.checked_add(more).ok_or("likes are out of range")?;
            likes.push(total);
        }
        likes.reverse();
        let mut years = Vec::with_capacity(n_items);
        for &year in &wire.years {
            years.push(match year {
                0 => None,
                _ => Some(wire.first_year.checked_add_unsigned(year - 1).ok_or("a year is out of range")?),
            });
        }
        let places = Places::of(&wire.ids)?;
        Ok(Catalogue { ids: wire.ids, likes, years, genre_names: wire.genre_names, genres: wire.genres, places })
    }
}

/// A slot without an item; for that reason the most items are one fewer than there are `u32`.
const EMPTY: u32 = u32::MAX;

/// Where each id stands: a table of open addressing with linear probing, at most half full, built once and never
/// changed. A general hash table is three times as much code in the wasm module.
#[derive(Debug, Clone)]
struct Places {
    /// Indices of items, or [`EMPTY`]; as many as a power of two.
    slots: Vec<u32>,
    /// Seed of the hash: a checksum of all ids, so that nobody can choose ids that share a slot.
    seed: u64,
}

impl Default for Places {
    fn default() -> Self {
        Places { slots: vec![EMPTY], seed: 0 }
    }
}

impl Places {
    fn of(ids: &Strings) -> Result<Self, &'static str> {
        let n_slots = ids.len().checked_mul(2).and_then(|slots| (slots + 1).checked_next_power_of_two());
        let n_slots = n_slots.filter(|_| ids.len() < EMPTY as usize).ok_or("too many items")?;
        let mut places = Places { slots: vec![EMPTY; n_slots], seed: ids.fingerprint() };
        for (n, id) in ids.iter().enumerate() {
            let (slot, known) = places.look_up(ids, id);
            if known != EMPTY {
                return Err("two items share an id");
            }
            places.slots[slot] = n as u32;
        }
        Ok(places)
    }

    /// The slot where an id is, or would be, and what is in it. There is always an empty slot, so that the search ends.
    fn look_up(&self, ids: &Strings, id: &str) -> (usize, u32) {
        let mut slot = xxh64(id.as_bytes(), self.seed) as usize;
        loop {
            slot &= self.slots.len() - 1;
            let n = self.slots[slot];
            if n == EMPTY || ids.get(n as usize) == id {
                return (slot, n);
            }
            slot += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, likes: u32, year: Option<i32>, genres: &[&str]) -> CatalogueItem {
        let genres = genres.iter().map(|&genre| genre.to_owned()).collect();
        CatalogueItem { id: id.to_owned(), likes, year, genres }
    }

    fn three() -> Catalogue {
        Catalogue::new(vec![
            item("0104257", 3, None, &["War"]),
            item("104257", 3, Some(1992), &["Drama", "Crime"]),
            item("9", 7, Some(1931), &["Crime", "Crime"]),
        ])
    }

    #[test]
    fn items_stand_by_likes_then_id() {
        let catalogue = three();
        let ids: Vec<&str> = catalogue.items().map(|item| catalogue.id(item)).collect();
        assert_eq!(ids, ["9", "0104257", "104257"]);
    }

    #[test]
    fn ids_are_strings_and_stay_so() {
        let catalogue = three();
        assert_eq!(catalogue.find("0104257"), Some(ItemIdx(1)));
        assert_eq!(catalogue.find("104257"), Some(ItemIdx(2)));
        assert_eq!(catalogue.find("00104257"), None);
    }

    #[test]
    fn the_wire_form_gives_the_same_catalogue_back() {
        let before = three();
        let after = Catalogue::from_wire(before.to_wire()).unwrap();
        for item in before.items() {
            assert_eq!(before.id(item), after.id(item));
            assert_eq!(before.likes(item), after.likes(item));
            assert_eq!(before.year(item), after.year(item));
            assert!(before.genre_names_of(item).eq(after.genre_names_of(item)));
        }
        assert_eq!(before.fingerprint(), after.fingerprint());
        assert_eq!(after.genre_names_of(ItemIdx(2)).collect::<Vec<_>>(), ["Crime", "Drama"]);
    }

    #[test]
    fn an_id_that_comes_twice_is_refused() {
        let mut wire = three().to_wire();
        wire.ids = ["9", "9", "1"].into_iter().collect();
        assert_eq!(Catalogue::from_wire(wire).unwrap_err(), "two items share an id");
    }
}
