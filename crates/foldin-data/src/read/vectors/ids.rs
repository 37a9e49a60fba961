//! The ids of the rows, where they are in a file of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::npy;
use super::{VectorsError, pickle, table};

pub(super) fn read(path: &Path) -> Result<Vec<String>, VectorsError> {
    let bytes = fs::read(path).map_err(|source| VectorsError::Io { path: path.to_owned(), source })?;
    let wrong = |problem: String| VectorsError::Array { path: path.to_owned(), problem };
    if pickle::is_one(path, &bytes) {
        return Err(pickle::refused_ids(path));
    }
    if bytes.starts_with(b"\x93NUMPY") {
        return npy::texts(bytes.as_slice()).map_err(|error| match error {
            npy::NpyError::Pickle => pickle::refused_ids(path),
            npy::NpyError::Other(problem) => wrong(problem),
        });
    }
    if let Ok(json) = serde_json::from_slice::<Value>(&bytes) {
        match json {
            Value::Array(_) | Value::Object(_) => return of_json(json).map_err(wrong),
            // A single line that is a number.
            _ => {}
        }
    }
    match table::ids(path)? {
        Some(ids) => Ok(ids),
        None => {
            let text = String::from_utf8(bytes).map_err(|_| wrong("is not UTF-8 text".to_owned()))?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            Ok(text.lines().map(|line| line.trim().to_owned()).collect())
        }
    }
}

/// An array of ids, or an object of them with the number of the row of each, from 0.
fn of_json(json: Value) -> Result<Vec<String>, String> {
    let id = |value: Value| match value {
        Value::String(id) => Ok(id),
        Value::Number(id) if id.is_i64() || id.is_u64() => Ok(id.to_string()),
        other => Err(format!("{other} is no id; ids are texts or whole numbers")),
    };
    match json {
        Value::Array(values) => values.into_iter().map(id).collect(),
        Value::Object(rows) => {
            let mut by_row = BTreeMap::new();
            for (id, row) in rows {
                let row = row.as_u64().ok_or_else(|| format!("{id:?} has {row}, which is no row number"))?;
                if let Some(other) = by_row.insert(row, id.clone()) {
                    return Err(format!("{other:?} and {id:?} both have row {row}"));
                }
            }
            match by_row.keys().zip(0..).find(|(row, expected)| **row != *expected) {
                Some((_, expected)) => Err(format!("no id has row {expected}; rows are counted from 0, without gaps")),
                None => Ok(by_row.into_values().collect()),
            }
        }
        _ => Ok(Vec::new()),
    }
}
