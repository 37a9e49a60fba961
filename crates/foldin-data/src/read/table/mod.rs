//! Tables of any container, encoding and separator as records of text cells.
//!
//! A file is recognised by its first bytes, never by its name. It is read as a stream: the memory that is needed does
//! not grow with the file, but for workbooks, and for zip and Parquet files that are not in the file system.

#[cfg(any(feature = "compression", feature = "xlsx"))]
mod archive;
mod container;
mod delimited;
#[cfg(any(feature = "compression", feature = "xlsx", feature = "parquet", feature = "vectors"))]
mod guard;
#[cfg(any(feature = "xlsx", feature = "parquet"))]
mod iso;
mod json;
mod json_object;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_column;
mod partition;
mod quotes;
#[cfg(any(feature = "compression", feature = "xlsx", feature = "parquet"))]
mod random;
mod record;
mod separator;
#[cfg(test)]
mod tests;
mod text;
#[cfg(feature = "compression")]
mod unpack;
#[cfg(feature = "xlsx")]
mod workbook;

use std::collections::VecDeque;

use self::container::{Contents, Kind, failure};
#[cfg(feature = "compression")]
pub use self::container::{unpacked, with_unpacked_folders};
use self::delimited::{DelimitedReader, text_with_sample};
#[cfg(all(feature = "fs", feature = "vectors"))]
pub(in crate::read) use self::guard::guarded;
use self::json::{JsonReader, is_json};
#[cfg(feature = "parquet")]
use self::parquet::ParquetReader;
use self::partition::Partition;
use self::record::Step;
pub(in crate::read) use self::record::{BrokenRecord, OwnedRecord, Record};
pub(in crate::read) use self::separator::Separator;
#[cfg(feature = "xlsx")]
use self::workbook::WorkbookReader;
use super::DatasetError;
use crate::files::DataFile;

/// Broken records up to which records are read ahead.
const MOST_BROKEN_AHEAD: usize = 1000;

/// Reads the records of a table from first to last.
pub(in crate::read) struct TableReader<'a> {
    file: DataFile<'a>,
    name: String,
    containers: Vec<Kind>,
    source: Source<'a>,
    /// The names of the columns where the table itself has them, with those of the path.
    own_names: Option<Vec<String>>,
    partition: Partition,
    /// Records that were read ahead, and how many of these were given since.
    ahead: Vec<OwnedRecord>,
    n_given: usize,
    /// Broken records among them, with the number of records of `ahead` before each.
    broken_ahead: VecDeque<(usize, BrokenRecord)>,
}

/// What a table is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Shape {
    /// Lines of values with this separator.
    Delimited(Separator),
    /// Objects.
    Json,
    /// Cells of the first sheet.
    #[cfg(feature = "xlsx")]
    Workbook,
    /// Typed columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What a reader has noticed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::read) struct Notes {
    /// The containers from outside in, such as `a gzip file`.
    pub(in crate::read) containers: Vec<&'static str>,
    /// The encoding where it is not UTF-8, such as `windows-1252`.
    pub(in crate::read) encoding: Option<&'static str>,
    /// Whether a line such as `sep=;` comes first.
    pub(in crate::read) has_separator_line: bool,
    /// Blank lines between records.
    pub(in crate::read) n_blank_lines: usize,
}

enum Source<'a> {
    Delimited(DelimitedReader<'a>),
    Json(JsonReader<'a>),
    #[cfg(feature = "xlsx")]
    Workbook(WorkbookReader),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetReader>),
}

impl<'a> TableReader<'a> {
    /// Opens a file and finds out what it is.
    ///
    /// # Errors
    /// [`DatasetError::Io`] if the file cannot be read; [`DatasetError::Container`] if its container is damaged, is not
    /// one that this build reads, or holds something other than one table.
    pub(in crate::read) fn open(file: &DataFile<'a>) -> Result<Self, DatasetError> {
        let opened = container::open(file)?;
        let kind = opened.containers.last().copied();
        let source = match opened.contents {
            Contents::Text(bytes) => {
                let input = text_with_sample(bytes).map_err(|error| failure(file, kind, error))?;
                if is_json(input.text()) {
                    let reader = JsonReader::new(input).map_err(|error| failure(file, kind, error))?;
                    Source::Json(reader.map_err(|found| {
                        let problem = format!("{found}; give an array of objects, or one object on each line");
                        Kind::Json.error(file, problem)
                    })?)
                } else {
                    Source::Delimited(DelimitedReader::new(input))
                }
            }
            #[cfg(feature = "xlsx")]
            Contents::Workbook(reader) => Source::Workbook(reader),
            #[cfg(feature = "parquet")]
            Contents::Parquet(reader) => Source::Parquet(reader),
        };
        let partition = Partition::of(&file.path().to_string_lossy());
        let own_names = source.names().map(|own| partition.extend_names(own));
        Ok(Self {
            file: file.clone(),
            name: opened.name,
            containers: opened.containers,
            source,
            own_names,
            partition,
            ahead: Vec::new(),
            n_given: 0,
            broken_ahead: VecDeque::new(),
        })
    }

    /// The name of the file for messages; for a zip with the member, as `data.zip/events.csv`.
    pub(in crate::read) fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::read) fn shape(&self) -> Shape {
        match &self.source {
            Source::Delimited(reader) => Shape::Delimited(reader.separator()),
            Source::Json(_) => Shape::Json,
            #[cfg(feature = "xlsx")]
            Source::Workbook(_) => Shape::Workbook,
            #[cfg(feature = "parquet")]
            Source::Parquet(_) => Shape::Parquet,
        }
    }

    /// The names of the columns where the table itself has them. Otherwise the first record names them, or nothing does.
    /// Those that the path of the file gives (`date=2024-01-31/`) come last.
    pub(in crate::read) fn own_names(&self) -> Option<&[String]> {
        self.own_names.as_deref()
    }

    /// The names that the table itself has, or else the cells of its first record, which may name the columns. `None`
    /// where there is no record.
    ///
    /// # Errors
    /// As [`TableReader::next`].
    pub(in crate::read) fn first_names(&mut self) -> Result<Option<Vec<String>>, DatasetError> {
        if let Some(names) = self.own_names() {
            return Ok(Some(names.to_vec()));
        }
        Ok(self.peek(1)?.first().map(|first| first.as_record().cells().map(str::to_owned).collect()))
    }

    pub(in crate::read) fn notes(&self) -> Notes {
        let containers = self.containers.iter().map(|kind| kind.name()).collect();
        match &self.source {
            Source::Delimited(reader) => Notes {
                containers,
                encoding: reader.encoding(),
                has_separator_line: reader.has_separator_line(),
                n_blank_lines: reader.n_blank(),
            },
            Source::Json(reader) => Notes { containers, encoding: reader.encoding(), ..Notes::default() },
            #[cfg(feature = "xlsx")]
            Source::Workbook(_) => Notes { containers, ..Notes::default() },
            #[cfg(feature = "parquet")]
            Source::Parquet(_) => Notes { containers, ..Notes::default() },
        }
    }

    /// The next records, at most `n` and not yet read by [`TableReader::next`]. Broken ones are left out here.
    ///
    /// # Errors
    /// As [`TableReader::next`].
    pub(in crate::read) fn peek(&mut self, n: usize) -> Result<&[OwnedRecord], DatasetError> {
        if self.n_given == self.ahead.len() && self.broken_ahead.is_empty() {
            self.ahead.clear();
            self.n_given = 0;
        }
        while self.ahead.len() - self.n_given < n && self.broken_ahead.len() < MOST_BROKEN_AHEAD {
            match self.advance()? {
                Step::Record => self.ahead.push(self.record().to_owned()),
                Step::Broken(broken) => self.broken_ahead.push_back((self.ahead.len(), broken)),
                Step::End => break,
            }
        }
        let end = self.ahead.len().min(self.n_given + n);
        Ok(&self.ahead[self.n_given..end])
    }

    /// The next record; none at the end. A broken record is an inner error, and reading goes on after it.
    ///
    /// # Errors
    /// [`DatasetError::Io`] or [`DatasetError::Container`] if the file cannot be read further.
    pub(in crate::read) fn next(&mut self) -> Result<Option<Result<Record<'_>, BrokenRecord>>, DatasetError> {
        if let Some((_, broken)) = self.broken_ahead.pop_front_if(|(n_before, _)| *n_before == self.n_given) {
            return Ok(Some(Err(broken)));
        }
        if self.n_given < self.ahead.len() {
            self.n_given += 1;
            return Ok(Some(Ok(self.ahead[self.n_given - 1].as_record())));
        }
        Ok(match self.advance()? {
            Step::Record => Some(Ok(self.record())),
            Step::Broken(broken) => Some(Err(broken)),
            Step::End => None,
        })
    }

    fn advance(&mut self) -> Result<Step, DatasetError> {
        let step = match &mut self.source {
            Source::Delimited(reader) => reader.advance(),
            Source::Json(reader) => reader.advance(),
            #[cfg(feature = "xlsx")]
            Source::Workbook(reader) => Ok(reader.advance()),
            #[cfg(feature = "parquet")]
            Source::Parquet(reader) => reader.advance().map_err(std::io::Error::other),
        };
        let step = step.map_err(|error| failure(&self.file, self.containers.last().copied(), error))?;
        if matches!(step, Step::Record) && !self.partition.is_empty() {
            self.partition.extend(self.source.record(), self.own_names.is_none());
        }
        Ok(step)
    }

    /// The record that was read last.
    fn record(&self) -> Record<'_> {
        let own = self.source.record();
        if self.partition.is_empty() { own } else { self.partition.record(own.line) }
    }
}

impl Source<'_> {
    fn names(&self) -> Option<&[String]> {
        match self {
            Source::Delimited(_) => None,
            Source::Json(reader) => Some(reader.names()),
            #[cfg(feature = "xlsx")]
            Source::Workbook(_) => None,
            #[cfg(feature = "parquet")]
            Source::Parquet(reader) => Some(reader.names()),
        }
    }

    fn record(&self) -> Record<'_> {
        match self {
            Source::Delimited(reader) => reader.record(),
            Source::Json(reader) => reader.record(),
            #[cfg(feature = "xlsx")]
            Source::Workbook(reader) => reader.record(),
            #[cfg(feature = "parquet")]
            Source::Parquet(reader) => reader.record(),
        }
    }
}
