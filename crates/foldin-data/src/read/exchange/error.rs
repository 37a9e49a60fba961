//! What can go wrong when an exchange folder is read.

use std::io;
use std::path::PathBuf;

use crate::read::DatasetError;

/// Why an exchange folder could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// There is no `foldin.json`.
    #[error(
        "`{}` is no exchange folder: there is no foldin.json in it; give the folder that foldin-spark wrote (its --out)",
        path.display()
    )]
    NoFolder {
        /// The path that was given.
        path: PathBuf,
    },

    /// A file cannot be read.
    #[error("cannot read `{}`: {source}; check that the file exists and may be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// `foldin.json` is not as documented.
    #[error("`{}`: {problem}; write the folder again with a foldin-spark of this version", path.display())]
    About {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },

    /// A table is not there, or in too many files.
    #[error("`{table}` in `{}` {problem}", folder.display())]
    Table {
        /// The folder.
        folder: PathBuf,
        /// The table, such as `items.parquet`.
        table: &'static str,
        /// What is wrong, and what to do.
        problem: String,
    },

    /// A table has no column of a name.
    #[error("`{file}` has no column `{column}`; its columns are {}; docs/spark.md lists those that it needs", found.join(", "))]
    ColumnMissing {
        /// The file, below the folder.
        file: String,
        /// The column.
        column: &'static str,
        /// Those that are there.
        found: Vec<String>,
    },

    /// A value is not what it has to be.
    #[error("{file}, row {row}: column `{column}`: {value:?} {problem}")]
    Value {
        /// The file, below the folder.
        file: String,
        /// The row, from 1.
        row: usize,
        /// The column.
        column: &'static str,
        /// The value; its beginning where it is long.
        value: String,
        /// What is wrong with it, and what to do.
        problem: String,
    },

    /// Sample and items cannot be read as a data set, or a file is no Parquet file.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}
