//! Item vectors that were learned elsewhere, in the files that other programs write.
//!
//! | file | ids | recognised by |
//! |---|---|---|
//! | `.npz` of implicit, or of any array | an array `ids`, or [`VectorOptions::ids`] | zip with `.npy` files in it |
//! | `.npy` | [`VectorOptions::ids`] | `\x93NUMPY` |
//! | `.safetensors` | [`VectorOptions::ids`] | the length of its JSON header |
//! | text of word2vec, GloVe or fastText | the first word of each line | a line of one word and numbers |
//! | Parquet, CSV, JSON: `id` and one column of lists, or a column each number | the column `id` | anything else |
//!
//! Pickles run code of whoever wrote them, and are never opened: the error says how to write the vectors otherwise.

mod arrays;
mod error;
mod ids;
mod npy;
mod npz;
mod pickle;
mod safetensors;
mod table;
#[cfg(test)]
mod tests;
mod word2vec;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use indexmap::IndexSet;

use self::arrays::{Arrays, Matrix};
pub use self::error::VectorsError;

/// What the files of vectors do not say.
#[derive(Debug, Clone, Default)]
pub struct VectorOptions {
    /// The ids of the rows, in their order: a line each, a JSON array, an object of ids and row numbers, a `.npy` file of
    /// texts or whole numbers, or a table with a column `id`.
    pub ids: Option<PathBuf>,
    /// Which array of a file with several.
    pub array: Option<String>,
}

/// A vector for each of some items.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vectors {
    /// Ids of the items, each once.
    pub ids: Vec<String>,
    /// Finite numbers, row by row.
    pub values: Vec<f32>,
    /// Numbers of a row, at least 1.
    pub rank: usize,
    /// The loss of implicit's ALS, if the file has it.
    pub loss: Option<ImplicitLoss>,
}

/// What implicit's `AlternatingLeastSquares` learned with: `(1 + (c - 1)) (1 - s)^2` for a like of confidence `c`,
/// `s^2` for everything else, and `regularization |w|^2` for each row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImplicitLoss {
    /// Strength of the regularisation.
    pub regularization: f32,
    /// What a like of weight 1 counts.
    pub alpha: f32,
}

/// Rows with their ids, if those are in the same file.
struct Found {
    rows: Matrix,
    ids: Option<Vec<String>>,
    loss: Option<ImplicitLoss>,
}

impl From<Matrix> for Found {
    fn from(rows: Matrix) -> Self {
        Found { rows, ids: None, loss: None }
    }
}

/// Reads the vectors in a file, or in a folder of Parquet files.
///
/// # Errors
/// [`VectorsError`].
pub fn read_vectors(path: &Path, options: &VectorOptions) -> Result<Vectors, VectorsError> {
    let Found { rows, ids, loss } = read(path, options)?;
    let ids = match (&options.ids, ids) {
        (Some(named), _) => ids::read(named)?,
        (None, Some(ids)) => ids,
        (None, None) => {
            let path = path.to_owned();
            return Err(VectorsError::IdsMissing { path, rows: rows.n_rows() });
        }
    };
    let of_ids = options.ids.as_deref().unwrap_or(path);
    if ids.len() != rows.n_rows() {
        return Err(VectorsError::IdsDiffer { path: of_ids.to_owned(), ids: ids.len(), rows: rows.n_rows() });
    }
    let mut seen = IndexSet::new();
    for (row, id) in ids.iter().enumerate() {
        if id.trim().is_empty() {
            return Err(VectorsError::IdEmpty { path: of_ids.to_owned(), row: row + 1 });
        }
        if let (first, false) = seen.insert_full(id.as_str()) {
            let (path, id) = (of_ids.to_owned(), id.clone());
            return Err(VectorsError::IdTwice { path, id, rows: (first + 1, row + 1) });
        }
    }
    if let Some(place) = rows.values.iter().position(|value| !value.is_finite()) {
        let (row, column) = (place / rows.rank, place % rows.rank);
        let (path, id, value) = (path.to_owned(), ids[row].clone(), rows.values[place]);
        return Err(VectorsError::NotFinite { path, id, row: row + 1, column: column + 1, value });
    }
    Ok(Vectors { ids, values: rows.values, rank: rows.rank, loss })
}

fn read(path: &Path, options: &VectorOptions) -> Result<Found, VectorsError> {
    if path.is_dir() {
        return table::read(path);
    }
    let unreadable = |source| VectorsError::Io { path: path.to_owned(), source };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(unreadable)?;
    let whole = || std::fs::read(path).map_err(unreadable);
    let wrong = |problem| VectorsError::Array { path: path.to_owned(), problem };
    if pickle::is_one(path, &head) {
        return Err(pickle::refused(path));
    }
    match head.as_slice() {
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => match npy::matrix(whole()?.as_slice()) {
            Err(npy::NpyError::Pickle) => Err(pickle::refused(path)),
            matrix => Ok(matrix.map_err(|error| wrong(error.to_string()))?.into()),
        },
        [b'P', b'K', 3, 4, ..] if npz::is_one(path) => npz::read(path, options.array.as_deref()),
        _ if safetensors::is_one(&head) => {
            safetensors::read(&whole()?, options.array.as_deref()).map(Found::from).map_err(wrong)
        }
        [b'P', b'A', b'R', b'1', ..] => table::read(path),
        [0x89, b'H', b'D', b'F', ..] => Err(VectorsError::Unknown { path: path.to_owned(), what: "an HDF5 file" }),
        _ => match word2vec::read(path)? {
            Some(found) => Ok(found),
            None => table::read(path),
        },
    }
}

/// The array to read of several: the one that was named, else the only matrix there is.
fn chosen<'a>(arrays: &'a Arrays, named: Option<&str>) -> Result<&'a str, String> {
    if let Some(name) = named {
        return arrays.find(name).ok_or_else(|| format!("has no array `{name}`; there are {}", arrays.described()));
    }
    match arrays.matrices().as_slice() {
        [only] => Ok(only),
        [] => Err(format!("has no matrix of rows and columns; there are {}", arrays.described())),
        _ => Err(format!("has several matrices; name one with --array: {}", arrays.described())),
    }
}
