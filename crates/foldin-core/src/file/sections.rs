//! The sections that this version knows: each one struct in postcard, but the map.

use bytes::Bytes;
use serde::Serialize;

use crate::codec::container::Section;
use crate::codec::{Decode, FileError, Input, Lists, Strings, decode_fields};
use crate::linalg::{QuantisedRowsWire, SparseRowsWire};
use crate::model::ranker::{Blend, TreesWire};
use crate::model::transformer::Norm;
use crate::model::{LossWeights, Weighting};

/// Number, version and name of a kind of section. A number is never used for anything else again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionKind {
    number: u32,
    pub version: u32,
    pub name: &'static str,
}

pub(crate) const ABOUT: SectionKind = SectionKind { number: 1, version: 1, name: "about" };
pub(crate) const CATALOGUE: SectionKind = SectionKind { number: 2, version: 1, name: "catalogue" };
pub(crate) const FACTORS: SectionKind = SectionKind { number: 3, version: 1, name: "factors" };
/// Where a visitor is placed at the mean, the section is the rows alone.
pub(crate) const MEAN_FACTORS: SectionKind = SectionKind { version: 2, ..FACTORS };
pub(crate) const RATING_MODEL: SectionKind = SectionKind { number: 4, version: 1, name: "stars" };
pub(crate) const NEIGHBOURS: SectionKind = SectionKind { number: 5, version: 1, name: "neighbours" };
pub(crate) const EASE: SectionKind = SectionKind { number: 6, version: 1, name: "ease" };
pub(crate) const SEQUENCE: SectionKind = SectionKind { number: 7, version: 1, name: "sequence" };
pub(crate) const CONTENT: SectionKind = SectionKind { number: 8, version: 1, name: "content" };
pub(crate) const POPULARITY: SectionKind = SectionKind { number: 9, version: 1, name: "popularity" };
/// Number 10 was used before the first release.
pub(crate) const RANKER: SectionKind = SectionKind { number: 11, version: 1, name: "ranker" };
pub(crate) const TRANSFORMER: SectionKind = SectionKind { number: 12, version: 1, name: "transformer" };
pub(crate) const DESCRIPTIONS: SectionKind = SectionKind { number: 64, version: 1, name: "descriptions" };
pub(crate) const MAP: SectionKind = SectionKind { number: 65, version: 1, name: "map" };
pub(crate) const DETAILS: SectionKind = SectionKind { number: 66, version: 1, name: "details" };
pub(crate) const USERS: SectionKind = SectionKind { number: 128, version: 2, name: "users" };

const ALL: [SectionKind; 15] = [
    ABOUT,
    CATALOGUE,
    FACTORS,
    RATING_MODEL,
    NEIGHBOURS,
    EASE,
    SEQUENCE,
    CONTENT,
    POPULARITY,
    RANKER,
    TRANSFORMER,
    DESCRIPTIONS,
    MAP,
    DETAILS,
    USERS,
];

impl SectionKind {
    /// A section of this kind.
    pub(super) fn with(self, content: Vec<u8>) -> Section {
        Section { kind: self.number, version: self.version, content: Bytes::from(content) }
    }
}

/// The name of a kind of section, if this version knows it.
pub(crate) fn name(number: u32) -> Option<&'static str> {
    ALL.iter().find(|kind| kind.number == number).map(|kind| kind.name)
}

#[derive(Serialize)]
pub(crate) struct FactorsWire<'a> {
    pub weights: LossWeights,
    pub rows: QuantisedRowsWire<'a>,
}

decode_fields!(FactorsWire<'a> { weights, rows });

#[derive(Serialize)]
pub(crate) struct ItemListsWire<'a> {
    pub weighting: Weighting,
    pub rows: SparseRowsWire<'a>,
}

decode_fields!(ItemListsWire<'a> { weighting, rows });

#[derive(Serialize)]
pub(crate) struct TransformerWire<'a> {
    pub heads: u32,
    pub items: QuantisedRowsWire<'a>,
    pub positions: QuantisedRowsWire<'a>,
    pub blocks: Vec<BlockWire<'a>>,
    pub norm: Norm,
}

decode_fields!(TransformerWire<'a> { heads, items, positions, blocks, norm });

#[derive(Serialize)]
pub(crate) struct BlockWire<'a> {
    pub attention_norm: Norm,
    pub project: QuantisedRowsWire<'a>,
    pub output: QuantisedRowsWire<'a>,
    pub feed_norm: Norm,
    pub expand: QuantisedRowsWire<'a>,
    pub expand_bias: Vec<f32>,
    pub contract: QuantisedRowsWire<'a>,
    pub contract_bias: Vec<f32>,
}

decode_fields!(BlockWire<'a> {
    attention_norm,
    project,
    output,
    feed_norm,
    expand,
    expand_bias,
    contract,
    contract_bias
});

#[derive(Serialize)]
pub(crate) struct RankerWire<'a> {
    pub blend: Blend,
    pub trees: Option<TreesWire<'a>>,
}

decode_fields!(RankerWire<'a> { blend, trees });

#[derive(Serialize)]
pub(crate) struct DescriptionsWire {
    pub fingerprint: u64,
    pub titles: Strings,
    pub tag_names: Strings,
    pub tags: Lists,
}

decode_fields!(DescriptionsWire { fingerprint, titles, tag_names, tags });

#[derive(Serialize)]
pub(crate) struct DetailsWire {
    pub pattern: String,
    pub keys: Strings,
    pub abouts: Strings,
}

decode_fields!(DetailsWire { pattern, keys, abouts });

/// Version 2 of the users section. Version 1 has the first three fields alone, and holds likes only.
#[derive(Serialize)]
pub(crate) struct UsersWire {
    pub fingerprint: u64,
    pub ids: Strings,
    pub items: Lists,
    /// The different ratings, ascending.
    pub ratings: Vec<f32>,
    /// One per item, or none where all were liked: 0 liked, 1 disliked, 2 seen, `3 + n` the rating `n`.
    pub signals: Vec<u32>,
}

impl<'a> Decode<'a> for UsersWire {
    fn decode(input: &mut Input<'a>) -> Self {
        let (fingerprint, ids, items) = (Decode::decode(input), Decode::decode(input), Decode::decode(input));
        // Where version 1 ends.
        if input.left() == Some(0) {
            return UsersWire { fingerprint, ids, items, ratings: Vec::new(), signals: Vec::new() };
        }
        UsersWire { fingerprint, ids, items, ratings: Decode::decode(input), signals: Decode::decode(input) }
    }
}

/// Encodes one section.
pub(crate) fn encode(kind: SectionKind, content: &impl Serialize) -> Section {
    kind.with(postcard::to_allocvec(content).expect("writing to memory does not fail"))
}

/// The one section of a kind; `None` if there is none.
pub(crate) fn find(sections: &[Section], kind: SectionKind) -> Result<Option<&Section>, FileError> {
    let mut of_kind = sections.iter().filter(|section| section.kind == kind.number);
    let Some(section) = of_kind.next() else { return Ok(None) };
    if of_kind.next().is_some() {
        return Err(FileError::Malformed { part: "table of sections", what: "a section comes twice" });
    }
    if section.version > kind.version {
        return Err(FileError::NewerSection { section: kind.name, found: section.version, newest: kind.version });
    }
    Ok(Some(section))
}

/// Decodes the content of a section; all of it must be used.
pub(crate) fn decode<'a, T: Decode<'a>>(section: &'a Section, kind: SectionKind) -> Result<T, FileError> {
    let mut input = Input::new(&section.content);
    let content = T::decode(&mut input);
    match input.left() {
        Some(0) => Ok(content),
        Some(_) => Err(malformed(kind)("it is longer than its content")),
        None => Err(malformed(kind)("its content cannot be read")),
    }
}

/// Decodes a section that must be there.
pub(crate) fn required<'a, T: Decode<'a>>(sections: &'a [Section], kind: SectionKind) -> Result<T, FileError> {
    let section = find(sections, kind)?.ok_or(FileError::MissingSection { section: kind.name })?;
    decode(section, kind)
}

/// Decodes a section that may be missing.
pub(crate) fn optional<'a, T: Decode<'a>>(
    sections: &'a [Section],
    kind: SectionKind,
) -> Result<Option<(T, &'a Bytes)>, FileError> {
    let section = find(sections, kind)?;
    section.map(|section| Ok((decode(section, kind)?, &section.content))).transpose()
}

/// Turns what is wrong with a section's content into an error.
pub(crate) fn malformed(kind: SectionKind) -> impl Fn(&'static str) -> FileError {
    move |what| FileError::Malformed { part: kind.name, what }
}
