//! What can go wrong when vectors are read.

use std::io;
use std::path::PathBuf;

use crate::read::DatasetError;

/// Why vectors could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VectorsError {
    /// A file cannot be read.
    #[error("cannot read `{}`: {source}; check that the file exists and may be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A file is a pickle, or holds one.
    #[error(
        "`{}` is a pickle of Python. Opening one runs whatever code is in it, so foldin never does. Write the vectors in \
         Python, where you trust the file:\n{instead}",
        path.display()
    )]
    Pickle {
        /// The file.
        path: PathBuf,
        /// How to write the vectors otherwise.
        instead: String,
    },

    /// A file holds something else.
    #[error("`{}` is {what}, which is not read; write .npz, .npy, .safetensors, Parquet or the text of word2vec", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },

    /// An array is not as expected.
    #[error("`{}` {problem}", path.display())]
    Array {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },

    /// A line is not as expected.
    #[error("`{}`, line {line}: {problem}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, or the row, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },

    /// A table lacks a column.
    #[error("`{}` has no column {what}; its columns are {}", path.display(), found.join(", "))]
    ColumnMissing {
        /// The file.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
        /// The columns that are there.
        found: Vec<String>,
    },

    /// Nothing says which row belongs to which item.
    #[error(
        "`{}` has {rows} rows and no ids; name a file of their ids in the same order with --ids, one id a line",
        path.display()
    )]
    IdsMissing {
        /// The file of vectors.
        path: PathBuf,
        /// Its rows.
        rows: usize,
    },

    /// There is not one id for each row.
    #[error("`{}` has {ids} ids, and there are {rows} rows of vectors; each row needs one id, in the same order", path.display())]
    IdsDiffer {
        /// The file of ids.
        path: PathBuf,
        /// Its ids.
        ids: usize,
        /// The rows of vectors.
        rows: usize,
    },

    /// An id is empty.
    #[error("`{}`: the id of row {row} is empty", path.display())]
    IdEmpty {
        /// The file of ids.
        path: PathBuf,
        /// The row, from 1.
        row: usize,
    },

    /// Two rows have the same id.
    #[error("`{}`: rows {} and {} have the same id {id:?}; leave one of them out", path.display(), rows.0, rows.1)]
    IdTwice {
        /// The file of ids.
        path: PathBuf,
        /// The id.
        id: String,
        /// The rows, from 1.
        rows: (usize, usize),
    },

    /// A number is none.
    #[error("`{}`, row {row} (id {id:?}), number {column}: {value} is not finite; leave such items out", path.display())]
    NotFinite {
        /// The file of vectors.
        path: PathBuf,
        /// The item.
        id: String,
        /// The row, from 1.
        row: usize,
        /// The place in the row, from 1.
        column: usize,
        /// The value.
        value: f32,
    },

    /// A table cannot be read.
    #[error(transparent)]
    Table(Box<DatasetError>),
}
