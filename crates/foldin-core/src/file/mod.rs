//! Bytes to [`Model`] and back.
//!
//! ```text
//! offset  bytes
//!      0      8  magic: 0x89 "FOLDIN" line feed
//!      8      2  format version
//!     10      2  kind of file: 1 score, 2 show, 3 users
//!     12      4  number of sections
//!     16      8  length of the whole file
//!     24      8  checksum of header and table, with these 8 bytes as zeros
//!     32   32 n  table: kind (4), version (4), offset (8), length (8), checksum (8) of each section
//!                sections, each at a multiple of 16, zeros between them; each one struct in postcard,
//!                  but the map, which is the coordinates of all items: two bytes each, all x, then all y
//! ```
//!
//! Numbers are little-endian, checksums XXH64 with seed 0. Sections of an unknown kind are skipped, so that a later
//! version can add some; a known kind in a later version is an error that asks for an update.
//!
//! A file is hostile until proven sound: any bytes at all give a value or a [`FileError`], never a panic, and no
//! allocation is larger than a small multiple of the input.

mod container;
mod decode;
mod error;
mod sections;

use bytes::Bytes;

pub use self::container::FileKind;
use self::container::{read, write};
#[cfg(test)]
pub(crate) use self::decode::decoded;
pub(crate) use self::decode::{Decode, Input, decode_fields};
pub use self::error::FileError;
use self::sections::{
    ABOUT, CATALOGUE, CONTENT, DESCRIPTIONS, DescriptionsWire, EASE, FACTORS, FactorsWire, ItemListsWire, MAP,
    NEIGHBOURS, POPULARITY, RANKER, RankerWire, SEQUENCE, STARS, SectionKind, USERS, UsersWire, encode, find,
    malformed, optional, required,
};
use crate::catalogue::Catalogue;
use crate::content::{Content, MAX_TERMS};
use crate::descriptions::Descriptions;
use crate::factors::Factors;
use crate::item_lists::ItemLists;
use crate::model::Model;
use crate::popularity::Popularity;
use crate::quantised::QuantisedRows;
use crate::rank::{Ranker, Trees};
use crate::sparse_rows::SparseRows;
use crate::stars::Stars;
use crate::taste_map::TasteMap;
use crate::users::Users;

/// The format that this version writes.
pub const FORMAT: u16 = container::NEWEST_FORMAT;

/// One section of a file, as listed by [`list_sections`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionInfo {
    /// Its name, or `unknown` for one that this version does not know.
    pub name: &'static str,
    /// Its version.
    pub version: u32,
    /// Its length in bytes.
    pub bytes: usize,
}

/// Encodes all that ranking needs.
pub fn write_score(model: &Model) -> Vec<u8> {
    let mut sections = vec![encode(ABOUT, &model.about), encode(CATALOGUE, &model.catalogue.to_wire())];
    if let Some(factors) = &model.factors {
        sections.push(encode(FACTORS, &FactorsWire { weights: factors.weights, rows: factors.rows.to_wire() }));
    }
    if let Some(stars) = &model.stars {
        sections.push(encode(STARS, &stars.to_wire()));
    }
    for (kind, lists) in [(NEIGHBOURS, &model.neighbours), (EASE, &model.ease), (SEQUENCE, &model.sequence)] {
        if let Some(ItemLists { weighting, rows }) = lists {
            sections.push(encode(kind, &ItemListsWire { weighting: weighting.clone(), rows: rows.to_wire() }));
        }
    }
    if let Some(content) = &model.content {
        sections.push(encode(CONTENT, &content.rows().to_wire()));
    }
    if let Some(popularity) = &model.popularity {
        sections.push(encode(POPULARITY, popularity));
    }
    if let Some(Ranker { blend, trees }) = &model.ranker {
        let blend = blend.clone();
        sections.push(match trees {
            Some(trees) => trees.with_wire(|wire| encode(RANKER, &RankerWire { blend, trees: Some(wire) })),
            None => encode(RANKER, &RankerWire { blend, trees: None }),
        });
    }
    write(FileKind::Score, &sections)
}

/// Decodes a score file. Factors and the weights of lists stay where they are in `file`.
///
/// # Errors
/// [`FileError`], for any bytes that are not a sound score file.
pub fn read_score(file: Bytes) -> Result<Model, FileError> {
    let sections = &sections_of(&file, FileKind::Score)?;
    let catalogue = Catalogue::from_wire(required(sections, CATALOGUE)?).map_err(malformed(CATALOGUE))?;
    let n_items = catalogue.len();
    let mut model = Model::new(required(sections, ABOUT)?, catalogue);
    model.factors = read_factors(sections, n_items)?;
    if let Some((wire, content)) = optional(sections, STARS)? {
        let stars = Stars::from_wire(wire, content).map_err(malformed(STARS))?;
        if stars.rows.n_rows() > n_items {
            return Err(malformed(STARS)("there are more rows than items"));
        }
        model.stars = Some(stars);
    }
    model.neighbours = read_lists(sections, NEIGHBOURS, n_items)?;
    model.ease = read_lists(sections, EASE, n_items)?;
    model.sequence = read_lists(sections, SEQUENCE, n_items)?;
    if let Some((wire, content)) = optional(sections, CONTENT)? {
        let rows = SparseRows::from_wire(wire, MAX_TERMS, content);
        model.content = Some(Content::new(rows.and_then(fewer_than(n_items)).map_err(malformed(CONTENT))?));
    }
    if let Some((popularity, _)) = optional::<Popularity>(sections, POPULARITY)? {
        popularity.check(n_items).map_err(malformed(POPULARITY))?;
        model.popularity = Some(popularity);
    }
    if let Some((RankerWire { blend, trees }, _)) = optional(sections, RANKER)? {
        blend.check().map_err(malformed(RANKER))?;
        let trees = trees.map(Trees::from_wire).transpose().map_err(malformed(RANKER))?;
        model.ranker = Some(Ranker { blend, trees });
    }
    Ok(model)
}

fn read_factors(sections: &[container::Section], n_items: usize) -> Result<Option<Factors>, FileError> {
    let Some((FactorsWire { weights, rows }, content)) = optional(sections, FACTORS)? else { return Ok(None) };
    let rows = QuantisedRows::from_wire(rows, content).map_err(malformed(FACTORS))?;
    let factors = Factors { rows, weights };
    factors.check().map_err(malformed(FACTORS))?;
    if factors.rows.n_rows() > n_items {
        return Err(malformed(FACTORS)("there are more rows than items"));
    }
    Ok(Some(factors))
}

fn read_lists(
    sections: &[container::Section],
    kind: SectionKind,
    n_items: usize,
) -> Result<Option<ItemLists>, FileError> {
    let Some((ItemListsWire { weighting, rows }, content)) = optional(sections, kind)? else { return Ok(None) };
    weighting.check().map_err(malformed(kind))?;
    let rows = SparseRows::from_wire(rows, n_items, content).and_then(fewer_than(n_items));
    Ok(Some(ItemLists { rows: rows.map_err(malformed(kind))?, weighting }))
}

fn fewer_than(n_items: usize) -> impl Fn(SparseRows) -> Result<SparseRows, &'static str> {
    move |rows| if rows.n_rows() <= n_items { Ok(rows) } else { Err("there are more rows than items") }
}

/// Encodes titles, tags and, where there is one, the map.
pub fn write_show(descriptions: &Descriptions) -> Vec<u8> {
    let wire = DescriptionsWire {
        fingerprint: descriptions.fingerprint,
        titles: descriptions.titles.clone(),
        tag_names: descriptions.tag_names.clone(),
        tags: descriptions.tags.clone(),
    };
    let mut sections = vec![encode(DESCRIPTIONS, &wire)];
    if let Some(map) = &descriptions.map {
        sections.push(MAP.with(map.to_bytes()));
    }
    write(FileKind::Show, &sections)
}

/// Decodes the show file of a catalogue.
///
/// # Errors
/// [`FileError`], for any bytes that are not a sound show file, and for the show file of another model.
pub fn read_show(file: &Bytes, catalogue: &Catalogue) -> Result<Descriptions, FileError> {
    let sections = &sections_of(file, FileKind::Show)?;
    let DescriptionsWire { fingerprint, titles, tag_names, tags } = required(sections, DESCRIPTIONS)?;
    if tags.len() != titles.len() || tags.values().iter().any(|&tag| tag as usize >= tag_names.len()) {
        return Err(malformed(DESCRIPTIONS)("titles and tags do not fit each other"));
    }
    let map = find(sections, MAP)?.map(|section| TasteMap::from_bytes(&section.content, titles.len()));
    let map = map.transpose().map_err(malformed(MAP))?;
    let descriptions = Descriptions { titles, tag_names, tags, fingerprint, map };
    if !descriptions.belong_to(catalogue) {
        return Err(FileError::OtherModel { file: FileKind::Show.name() });
    }
    Ok(descriptions)
}

/// Encodes known users.
pub fn write_users(users: &Users) -> Vec<u8> {
    let wire = UsersWire { fingerprint: users.fingerprint, ids: users.ids.clone(), likes: users.likes.clone() };
    write(FileKind::Users, &[encode(USERS, &wire)])
}

/// Decodes the users file of a catalogue.
///
/// # Errors
/// [`FileError`], for any bytes that are not a sound users file, and for the users file of another model.
pub fn read_users(file: &Bytes, catalogue: &Catalogue) -> Result<Users, FileError> {
    let wire: UsersWire = required(&sections_of(file, FileKind::Users)?, USERS)?;
    let UsersWire { fingerprint, ids, likes } = wire;
    let ascending = (1..ids.len()).all(|n| ids.get(n - 1) < ids.get(n));
    if ids.len() != likes.len() || !ascending {
        return Err(malformed(USERS)("users and histories do not fit each other"));
    }
    let users = Users { ids, likes, fingerprint };
    if !users.belong_to(catalogue) {
        return Err(FileError::OtherModel { file: FileKind::Users.name() });
    }
    Ok(users)
}

/// What a file is for, and the sections in it.
///
/// # Errors
/// [`FileError`], for bytes whose header, table or checksums do not hold.
pub fn list_sections(file: &Bytes) -> Result<(FileKind, Vec<SectionInfo>), FileError> {
    let (kind, sections) = read(file)?;
    let info = |section: &container::Section| SectionInfo {
        name: sections::name(section.kind).unwrap_or("unknown"),
        version: section.version,
        bytes: section.content.len(),
    };
    Ok((kind, sections.iter().map(info).collect()))
}

fn sections_of(file: &Bytes, expected: FileKind) -> Result<Vec<container::Section>, FileError> {
    match read(file)? {
        (kind, sections) if kind == expected => Ok(sections),
        (kind, _) => Err(FileError::WrongKind { expected: expected.name(), found: kind.name() }),
    }
}
