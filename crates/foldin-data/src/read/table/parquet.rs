//! Parquet files, a batch of rows at a time.

use std::fs::File;
use std::io::BufReader;

use bytes::{Buf, Bytes};
use parquet::column::reader::ColumnReader;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;

use super::guard::guarded;
use super::parquet_column::Column;
use super::random::Random;
use super::record::{Cells, Record, Step};

/// Rows that are decoded at once.
const BATCH: usize = 1024;

pub(super) struct ParquetReader {
    file: SerializedFileReader<Source>,
    names: Vec<String>,
    columns: Vec<Column>,
    readers: Vec<ColumnReader>,
    next_group: usize,
    /// Rows of the group that are not decoded yet.
    n_left: usize,
    n_in_batch: usize,
    /// The row of the batch that comes next.
    at: usize,
    row: usize,
    cells: Cells,
}

impl ParquetReader {
    pub(super) fn open(bytes: &Random) -> Result<Self> {
        let file = SerializedFileReader::new(Source::new(bytes)?)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let names = (0..schema.num_columns()).map(|column| name_of(schema, column)).collect();
        let columns = schema.columns().iter().map(|leaf| Column::new(leaf)).collect::<Result<_>>()?;
        Ok(Self {
            file,
            names,
            columns,
            readers: Vec::new(),
            next_group: 0,
            n_left: 0,
            n_in_batch: 0,
            at: 0,
            row: 0,
            cells: Cells::default(),
        })
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn record(&self) -> Record<'_> {
        self.cells.as_record(self.row)
    }

    /// The error says why reading cannot go on.
    pub(super) fn advance(&mut self) -> std::result::Result<Step, String> {
        if self.at == self.n_in_batch && !guarded(|| self.next_batch().map_err(|error| error.to_string()))? {
            return Ok(Step::End);
        }
        self.cells.clear();
        self.columns.iter().for_each(|column| self.cells.push(column.get(self.at)));
        self.at += 1;
        self.row += 1;
        Ok(Step::Record)
    }

    fn next_row_group(&mut self) -> Result<bool> {
        if self.next_group == self.file.num_row_groups() || self.columns.is_empty() {
            return Ok(false);
        }
        let group = self.file.get_row_group(self.next_group)?;
        self.readers = (0..self.columns.len()).map(|column| group.get_column_reader(column)).collect::<Result<_>>()?;
        self.n_left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        self.next_group += 1;
        Ok(true)
    }

    /// Decodes the next rows; false at the end.
    fn next_batch(&mut self) -> Result<bool> {
        while self.n_left == 0 {
            if !self.next_row_group()? {
                return Ok(false);
            }
        }
        let n_rows = self.n_left.min(BATCH);
        for ((column, reader), name) in self.columns.iter_mut().zip(&mut self.readers).zip(&self.names) {
            if column.read(reader, n_rows)? != n_rows {
                let problem = format!("column `{name}` has fewer values than its row group has rows");
                return Err(ParquetError::General(problem));
            }
        }
        (self.at, self.n_in_batch) = (0, n_rows);
        self.n_left -= n_rows;
        Ok(true)
    }
}

/// The name of the column at the root, with the path below it where that has several leaves.
fn name_of(schema: &SchemaDescriptor, column: usize) -> String {
    let root = schema.get_column_root_idx(column);
    let has_siblings =
        (0..schema.num_columns()).any(|other| other != column && schema.get_column_root_idx(other) == root);
    let leaf = schema.column(column);
    let parts = leaf.path().parts();
    // Between a list and what is in it, the format puts groups that have no name of their own.
    let named = parts.iter().enumerate().filter(|(depth, part)| {
        *depth == 0 || (has_siblings && !matches!(part.as_str(), "list" | "element" | "item" | "array" | "key_value"))
    });
    named.map(|(_, part)| part.as_str()).collect::<Vec<_>>().join(".")
}

/// Where the bytes are. What lies outside is refused before memory is asked for it.
enum Source {
    Disk(File, u64),
    Memory(Bytes),
}

impl Source {
    fn new(bytes: &Random) -> Result<Self> {
        Ok(match bytes {
            Random::Disk(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                Source::Disk(file, length)
            }
            Random::Memory(bytes) => Source::Memory(bytes.clone()),
        })
    }

    fn check(&self, start: u64, length: usize) -> Result<()> {
        match start.checked_add(length as u64) {
            Some(end) if end <= self.len() => Ok(()),
            _ => Err(ParquetError::EOF("it names a part beyond its end; it may be damaged or cut off".to_owned())),
        }
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        match self {
            Source::Disk(_, length) => *length,
            Source::Memory(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Source {
    type T = Box<dyn std::io::Read>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        self.check(start, 0)?;
        Ok(match self {
            Source::Disk(file, _) => Box::new(<File as ChunkReader>::get_read(file, start)?) as Box<BufReader<File>>,
            Source::Memory(bytes) => Box::new(bytes.slice(start as usize..).reader()),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.check(start, length)?;
        match self {
            Source::Disk(file, _) => file.get_bytes(start, length),
            Source::Memory(bytes) => bytes.get_bytes(start, length),
        }
    }
}
