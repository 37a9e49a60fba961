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

mod sections;
mod transformer;
mod users;

use bytes::Bytes;

use self::sections::{
    ABOUT, CATALOGUE, CONTENT, DESCRIPTIONS, DETAILS, DescriptionsWire, DetailsWire, EASE, FACTORS, FactorsWire,
    ItemListsWire, MAP, MEAN_FACTORS, NEIGHBOURS, POPULARITY, RANKER, RATING_MODEL, RankerWire, SEQUENCE, SectionKind,
    TRANSFORMER, decode, encode, find, malformed, optional, required,
};
pub use self::users::{read_users, write_users};
use crate::codec::container::{self, read, write};
pub use crate::codec::{FileError, FileKind};
use crate::linalg::{QuantisedRows, SparseRows};
use crate::model::ranker::Trees;
use crate::model::{
    Catalogue, Content, Descriptions, Details, Factors, ItemLists, ItemMap, MAX_TERMS, Model, Placement, Popularity,
    Ranker, RatingModel,
};

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
        let rows = factors.rows.to_wire();
        sections.push(match factors.placement {
            Placement::LeastSquares(weights) => encode(FACTORS, &FactorsWire { weights, rows }),
            Placement::Mean => encode(MEAN_FACTORS, &rows),
        });
    }
    if let Some(rating_model) = &model.rating_model {
        sections.push(encode(RATING_MODEL, &rating_model.to_wire()));
    }
    for (kind, lists) in [(NEIGHBOURS, &model.neighbours), (EASE, &model.ease), (SEQUENCE, &model.sequence)] {
        if let Some(ItemLists { weighting, rows }) = lists {
            sections.push(encode(kind, &ItemListsWire { weighting: weighting.clone(), rows: rows.to_wire() }));
        }
    }
    if let Some(transformer) = &model.transformer {
        sections.push(encode(TRANSFORMER, &transformer::to_wire(transformer)));
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
pub fn read_score(file: &Bytes) -> Result<Model, FileError> {
    let sections = &sections_of(file, FileKind::Score)?;
    let catalogue = Catalogue::from_wire(required(sections, CATALOGUE)?).map_err(malformed(CATALOGUE))?;
    let n_items = catalogue.len();
    let mut model = Model::new(required(sections, ABOUT)?, catalogue);
    model.factors = read_factors(sections, n_items)?;
    if let Some((wire, content)) = optional(sections, RATING_MODEL)? {
        let rating_model = RatingModel::from_wire(wire, content).map_err(malformed(RATING_MODEL))?;
        if rating_model.rows.n_rows() > n_items {
            return Err(malformed(RATING_MODEL)("there are more rows than items"));
        }
        model.rating_model = Some(rating_model);
    }
    model.neighbours = read_lists(sections, NEIGHBOURS, n_items)?;
    model.ease = read_lists(sections, EASE, n_items)?;
    model.sequence = read_lists(sections, SEQUENCE, n_items)?;
    if let Some((wire, content)) = optional(sections, TRANSFORMER)? {
        let transformer = transformer::from_wire(wire, content).map_err(malformed(TRANSFORMER))?;
        if transformer.items.n_rows() > n_items {
            return Err(malformed(TRANSFORMER)("there are more rows than items"));
        }
        model.transformer = Some(transformer);
    }
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
    let Some(section) = find(sections, MEAN_FACTORS)? else { return Ok(None) };
    let (rows, placement) = if section.version == MEAN_FACTORS.version {
        (decode(section, MEAN_FACTORS)?, Placement::Mean)
    } else {
        let FactorsWire { weights, rows } = decode(section, FACTORS)?;
        (rows, Placement::LeastSquares(weights))
    };
    let rows = QuantisedRows::from_wire(rows, &section.content).map_err(malformed(FACTORS))?;
    let factors = Factors { rows, placement };
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

/// Encodes titles, tags and, where there are any, the map and the details.
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
    if let Some(Details { pattern, keys, abouts }) = descriptions.details.clone() {
        sections.push(encode(DETAILS, &DetailsWire { pattern, keys, abouts }));
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
    let map = find(sections, MAP)?.map(|section| ItemMap::from_bytes(&section.content, titles.len()));
    let map = map.transpose().map_err(malformed(MAP))?;
    let details = optional(sections, DETAILS)?;
    let details = details.map(|(DetailsWire { pattern, keys, abouts }, _)| Details { pattern, keys, abouts });
    if details.as_ref().is_some_and(|details| !details.fit(titles.len())) {
        return Err(malformed(DETAILS)("there is not one of each for every item"));
    }
    let descriptions = Descriptions { titles, tag_names, tags, fingerprint, map, details };
    if !descriptions.belong_to(catalogue) {
        return Err(FileError::OtherModel { file: FileKind::Show.name() });
    }
    Ok(descriptions)
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
