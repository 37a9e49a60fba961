//! A page as data: a title, key values, and sections of charts, tables and notes.

mod render;
#[cfg(test)]
pub(crate) mod well_formed;

use crate::chart::{Chart, Table};

/// A whole page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    /// What the page is about.
    pub(crate) title: String,
    /// The kind of report, written above the title.
    pub(crate) kind: &'static str,
    /// A few sentences below the title.
    pub(crate) lead: Vec<String>,
    /// The values to know first.
    pub(crate) summary: Vec<Tile>,
    /// The rest.
    pub(crate) sections: Vec<Section>,
}

/// A value to know first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tile {
    /// The value.
    pub(crate) value: String,
    /// What it is.
    pub(crate) name: String,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// Its anchor, unique on the page.
    pub(crate) id: String,
    /// Its heading.
    pub(crate) heading: String,
    /// Its content.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A chart with a caption.
    Chart(ChartBlock),
    /// A table with a caption.
    Table(TableBlock),
    /// A paragraph.
    Note(String),
}

/// A chart with a caption.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChartBlock {
    /// Unique on the page.
    pub(crate) id: String,
    /// What the chart shows.
    pub(crate) heading: String,
    /// What it means.
    pub(crate) caption: String,
    /// The chart.
    pub(crate) chart: Chart,
}

/// A table with a caption.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableBlock {
    /// What the table shows.
    pub(crate) heading: String,
    /// What it means.
    pub(crate) caption: String,
    /// Terms that the table uses, and what each of them means.
    pub(crate) terms: Vec<(String, String)>,
    /// The table. Without rows it is left out.
    pub(crate) table: Table,
    /// What its cells hold, and those of the folded tables.
    pub(crate) cells: Cells,
    /// Further tables, closed until the reader opens them.
    pub(crate) folded: Vec<Folded>,
}

/// A table that is closed until the reader opens it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Folded {
    /// What it shows; the reader clicks on it.
    pub(crate) name: String,
    /// The table.
    pub(crate) table: Table,
}

/// What the cells of a table hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Cells {
    /// Numbers, aligned on the right.
    #[default]
    Numbers,
    /// Text.
    Text,
}

impl Block {
    /// A chart with a caption.
    pub(crate) fn chart(
        id: impl Into<String>,
        heading: impl Into<String>,
        caption: impl Into<String>,
        chart: Chart,
    ) -> Self {
        Block::Chart(ChartBlock { id: id.into(), heading: heading.into(), caption: caption.into(), chart })
    }
}

impl Section {
    /// A section of these blocks.
    pub(crate) fn new(id: impl Into<String>, heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Section { id: id.into(), heading: heading.into(), blocks }
    }
}

impl Tile {
    /// A value and what it is.
    pub(crate) fn new(value: impl Into<String>, name: impl Into<String>) -> Self {
        Tile { value: value.into(), name: name.into() }
    }
}
