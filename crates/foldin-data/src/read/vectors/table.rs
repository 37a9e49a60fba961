//! Vectors in a table: Parquet, CSV, JSON and whatever else tables are read from.

use std::path::{Path, PathBuf};

use super::arrays::Matrix;
use super::{Found, VectorsError};
use crate::files::{Chosen, DataFile};
use crate::read::DatasetError;
use crate::read::numbers::list_of_numbers;
use crate::read::table::TableReader;

/// Names of the column of ids, in lower case and without anything between words.
const IDS: [&str; 9] = ["id", "itemid", "item", "movieid", "productid", "sku", "asin", "word", "key"];

/// Names of a column of lists; `features` is that of Spark's `itemFactors`.
const LISTS: [&str; 7] = ["vector", "embedding", "embeddings", "features", "factors", "values", "itemfactors"];

/// Where the numbers of a row are.
enum Place {
    List(usize),
    Columns(Vec<usize>),
}

pub(super) fn read(path: &Path) -> Result<Found, VectorsError> {
    let mut rows = Rows::default();
    let files = Chosen::new(&[path.to_owned()], None);
    let parts: Vec<String> = files.events().into_iter().filter(|name| is_part(name)).collect();
    if parts.is_empty() {
        let problem =
            "is a folder without a file in it; give the folder that foldin-spark wrote (its --out), or vectors";
        return Err(VectorsError::Array { path: path.to_owned(), problem: problem.to_owned() });
    }
    for name in parts {
        rows.add(&DataFile::new(&files, &name))?;
    }
    let Rows { ids, values, rank } = rows;
    match rank {
        Some(rank) => Ok(Found { rows: Matrix { values, rank }, ids: Some(ids), loss: None }),
        None => Err(VectorsError::Array { path: path.to_owned(), problem: "has no row".to_owned() }),
    }
}

/// The column of ids of a table; `None` for a file that is no table with one.
pub(super) fn ids(path: &Path) -> Result<Option<Vec<String>>, VectorsError> {
    let files = Chosen::new(&[path.to_owned()], None);
    let file = DataFile::new(&files, &path.to_string_lossy());
    let Ok(mut reader) = TableReader::open(&file) else { return Ok(None) };
    let names = names_of(&mut reader)?;
    let Some(place) = place_of(&names, &IDS) else { return Ok(None) };
    let mut ids = Vec::new();
    while let Some(record) = reader.next()? {
        if let Ok(record) = record {
            ids.push(record.get(place).trim().to_owned());
        }
    }
    Ok(Some(ids))
}

/// Spark writes files beside its own that hold no rows.
fn is_part(name: &str) -> bool {
    !Path::new(name).file_name().is_some_and(|name| name.to_string_lossy().starts_with(['_', '.']))
}

#[derive(Default)]
struct Rows {
    ids: Vec<String>,
    values: Vec<f32>,
    rank: Option<usize>,
}

impl Rows {
    fn add(&mut self, file: &DataFile<'_>) -> Result<(), VectorsError> {
        let path = file.path();
        let mut reader = TableReader::open(file)?;
        let names = names_of(&mut reader)?;
        let (id, place) = places(&names, &path)?;
        while let Some(record) = reader.next()? {
            let record = record.map_err(|broken| VectorsError::Line {
                path: path.clone(),
                line: broken.line,
                problem: broken.problem.to_string(),
            })?;
            let wrong = |problem: String| VectorsError::Line { path: path.clone(), line: record.line, problem };
            let before = self.values.len();
            match &place {
                Place::List(column) => self.values.extend(list_of_numbers(record.get(*column)).map_err(wrong)?),
                Place::Columns(columns) => {
                    for &column in columns {
                        let cell = record.get(column);
                        let number = cell.trim().parse();
                        self.values.push(
                            number
                                .map_err(|_| wrong(format!("column `{}`: {cell:?} is not a number", names[column])))?,
                        );
                    }
                }
            }
            let found = self.values.len() - before;
            match self.rank {
                _ if found == 0 => return Err(wrong("has no number".to_owned())),
                Some(rank) if rank != found => {
                    return Err(wrong(format!("has {found} numbers, and the rows before it {rank}")));
                }
                _ => self.rank = Some(found),
            }
            self.ids.push(record.get(id).trim().to_owned());
        }
        Ok(())
    }
}

/// The names of the columns; the next record is the first of values.
fn names_of(reader: &mut TableReader<'_>) -> Result<Vec<String>, DatasetError> {
    let names = reader.first_names()?.unwrap_or_default();
    if reader.own_names().is_none() {
        reader.next()?;
    }
    Ok(names)
}

fn places(names: &[String], path: &Path) -> Result<(usize, Place), VectorsError> {
    let missing = |what: &'static str| VectorsError::ColumnMissing {
        path: PathBuf::from(path),
        what,
        found: names.iter().take(20).cloned().collect(),
    };
    let id = place_of(names, &IDS).ok_or_else(|| missing("of ids, such as `id`"))?;
    if let Some(list) = place_of(names, &LISTS) {
        return Ok((id, Place::List(list)));
    }
    let others: Vec<usize> = (0..names.len()).filter(|&place| place != id).collect();
    let is_numbered = |name: &str| name.ends_with(|letter: char| letter.is_ascii_digit());
    if others.len() > 1 && others.iter().all(|&place| is_numbered(&names[place])) {
        return Ok((id, Place::Columns(others)));
    }
    Err(missing("of lists of numbers, such as `vector`, and no columns such as `v0`, `v1`"))
}

fn place_of(names: &[String], known: &[&str]) -> Option<usize> {
    let plain = |name: &String| -> String {
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    known.iter().find_map(|known| names.iter().position(|name| plain(name) == *known))
}

impl From<DatasetError> for VectorsError {
    fn from(error: DatasetError) -> Self {
        VectorsError::Table(Box::new(error))
    }
}
