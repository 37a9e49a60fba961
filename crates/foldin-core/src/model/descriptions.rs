//! What a reader needs to see of items: titles, tags, and perhaps a map and details, the content of a show file.

use crate::codec::Lists;
use crate::codec::Strings;
use crate::index::ItemIdx;
use crate::model::Catalogue;
use crate::model::Details;
use crate::model::ItemMap;

/// Titles and tags of a model's items, in the order of its catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Descriptions {
    pub(crate) titles: Strings,
    pub(crate) tag_names: Strings,
    pub(crate) tags: Lists,
    /// Fingerprint of the catalogue that these belong to.
    pub(crate) fingerprint: u64,
    pub(crate) map: Option<ItemMap>,
    pub(crate) details: Option<Details>,
}

impl Descriptions {
    /// Collects titles and tags; `titles` and `tags` are in the order of `catalogue`.
    ///
    /// # Panics
    /// If the three differ in length.
    pub fn new(catalogue: &Catalogue, titles: &[&str], tags: &[Vec<String>]) -> Self {
        assert!(titles.len() == catalogue.len() && tags.len() == catalogue.len(), "one title and tag list an item");
        let mut tag_names: Vec<&str> = tags.iter().flatten().map(String::as_str).collect();
        tag_names.sort_unstable();
        tag_names.dedup();
        let place = |tag: &String| tag_names.binary_search(&tag.as_str()).expect("every tag was collected") as u32;
        Descriptions {
            titles: titles.iter().copied().collect(),
            tags: Lists::from_rows(tags.iter().map(|row| row.iter().map(place).collect::<Vec<u32>>())),
            tag_names: tag_names.iter().copied().collect(),
            fingerprint: catalogue.fingerprint(),
            map: None,
            details: None,
        }
    }

    /// The same with a map of these items.
    ///
    /// # Panics
    /// If the map has not one position an item.
    pub fn with_map(self, map: ItemMap) -> Self {
        assert!(map.len() == self.len(), "one position an item");
        Descriptions { map: Some(map), ..self }
    }

    /// The same with addresses and one-line descriptions of these items.
    ///
    /// # Panics
    /// If they are of another number of items.
    pub fn with_details(self, details: Option<Details>) -> Self {
        assert!(details.as_ref().is_none_or(|details| details.fit(self.len())), "details of each item");
        Descriptions { details, ..self }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there is no item at all.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// Whether these describe the items of this catalogue.
    pub fn belong_to(&self, catalogue: &Catalogue) -> bool {
        self.fingerprint == catalogue.fingerprint() && self.len() == catalogue.len()
    }

    /// The title of an item, without the year; its id where the data set has no title.
    pub fn title(&self, item: ItemIdx) -> &str {
        self.titles.get(item.at())
    }

    /// The tags of an item.
    pub fn tags(&self, item: ItemIdx) -> impl Iterator<Item = &str> {
        self.tags.row(item.at()).iter().map(|&tag| self.tag_names.get(tag as usize))
    }

    /// An address with more about an item, which begins with `https://` or `http://`; `None` where there is none.
    /// `catalogue` is the one that these belong to.
    pub fn url(&self, item: ItemIdx, catalogue: &Catalogue) -> Option<String> {
        self.details.as_ref()?.url(item, self.title(item), catalogue)
    }

    /// What an item is about, in a line; `None` where nothing is known.
    pub fn about(&self, item: ItemIdx) -> Option<&str> {
        self.details.as_ref()?.about(item)
    }

    /// Where the items lie on a map of taste; `None` for a model without one.
    pub fn map(&self) -> Option<&ItemMap> {
        self.map.as_ref()
    }

    /// All titles in the order of the catalogue.
    pub fn titles(&self) -> &Strings {
        &self.titles
    }
}
