//! Tests of the reader as a whole.

mod containers;
mod delimited;
mod encodings;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod properties;

use super::{BrokenRecord, Notes, Shape, TableReader};
use crate::files::{DataFile, InMemory};
use crate::read::DatasetError;

/// All that a reader gives.
#[derive(Debug)]
struct Table {
    name: String,
    shape: Shape,
    names: Option<Vec<String>>,
    records: Vec<Vec<String>>,
    lines: Vec<usize>,
    broken: Vec<BrokenRecord>,
    notes: Notes,
}

fn try_read(bytes: impl Into<Vec<u8>>) -> Result<Table, DatasetError> {
    let files = InMemory::new("memory", [("data", bytes)]);
    read_file(&DataFile::new(&files, "data"))
}

fn read_file(file: &DataFile<'_>) -> Result<Table, DatasetError> {
    let mut reader = TableReader::open(file)?;
    let (mut records, mut lines, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(record) = reader.next()? {
        match record {
            Ok(record) => {
                lines.push(record.line);
                records.push(record.cells().map(str::to_owned).collect());
            }
            Err(record) => broken.push(record),
        }
    }
    let names = reader.own_names().map(<[String]>::to_vec);
    let (name, shape, notes) = (reader.name().to_owned(), reader.shape(), reader.notes());
    Ok(Table { name, shape, names, records, lines, broken, notes })
}

fn read(bytes: impl Into<Vec<u8>>) -> Table {
    try_read(bytes).unwrap()
}

fn error_of(bytes: impl Into<Vec<u8>>) -> String {
    try_read(bytes).unwrap_err().to_string()
}

/// Records in a table without broken ones.
fn records(bytes: impl Into<Vec<u8>>) -> Vec<Vec<String>> {
    let table = read(bytes);
    assert!(table.broken.is_empty(), "{:?}", table.broken);
    table.records
}
