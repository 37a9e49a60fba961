//! What a table is made of: records of cells, and records that are broken.

/// A record whose cells lie in buffers of the reader.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Record<'a> {
    /// The line that the record begins in, from 1, blank lines counted; in a workbook or a Parquet file the row, from 1.
    pub(in crate::read) line: usize,
    text: &'a str,
    bounds: &'a [Bounds],
}

/// Where a cell begins and ends in the text of its record, in bytes.
pub(super) type Bounds = (usize, usize);

impl<'a> Record<'a> {
    pub(super) fn new(line: usize, text: &'a str, bounds: &'a [Bounds]) -> Self {
        Self { line, text, bounds }
    }

    /// How many cells the record has.
    pub(in crate::read) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// A cell without the white space around it; empty where there is none.
    pub(in crate::read) fn get(&self, column: usize) -> &'a str {
        self.bounds.get(column).map_or("", |&(start, end)| self.text[start..end].trim())
    }

    /// All cells from left to right, as [`Record::get`] gives them.
    pub(in crate::read) fn cells(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let text = self.text;
        self.bounds.iter().map(move |&(start, end)| text[start..end].trim())
    }

    pub(super) fn to_owned(self) -> OwnedRecord {
        let mut cells = Cells::default();
        self.cells().for_each(|cell| cells.push(cell));
        OwnedRecord { line: self.line, cells }
    }
}

/// A record that stays when the reader goes on.
#[derive(Debug, Clone)]
pub(in crate::read) struct OwnedRecord {
    line: usize,
    cells: Cells,
}

impl OwnedRecord {
    pub(in crate::read) fn as_record(&self) -> Record<'_> {
        self.cells.as_record(self.line)
    }
}

/// A record that cannot be read. Reading goes on after its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct BrokenRecord {
    /// The line that the record begins in, from 1.
    pub(in crate::read) line: usize,
    /// The column that is wrong, from 0.
    pub(in crate::read) column: usize,
    /// How the record begins.
    pub(in crate::read) value: String,
    /// What is wrong with it, such as `opens a quote and does not close it`.
    pub(in crate::read) problem: String,
    /// What would have been right.
    pub(in crate::read) expected: &'static str,
}

/// As much of a broken record as a message needs: its first line, at most 200 characters of it.
pub(super) fn beginning(text: &str) -> String {
    text.split(['\n', '\r']).next().unwrap_or_default().chars().take(200).collect()
}

/// The cells of one record, in a buffer that serves for all records.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    pub(super) text: String,
    pub(super) bounds: Vec<Bounds>,
}

impl Cells {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.bounds.clear();
    }

    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end_cell();
    }

    /// Ends a cell that holds what was added to `text` since the last one ended.
    pub(super) fn end_cell(&mut self) {
        let start = self.bounds.last().map_or(0, |&(_, end)| end);
        self.bounds.push((start, self.text.len()));
    }

    pub(super) fn as_record(&self, line: usize) -> Record<'_> {
        Record::new(line, &self.text, &self.bounds)
    }
}

/// What the next record of a source is.
#[derive(Debug)]
pub(super) enum Step {
    /// A record, which the source now gives.
    Record,
    Broken(BrokenRecord),
    End,
}
