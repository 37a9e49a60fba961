//! Columns of Python values as records that the readers read: one JSON object per row.
//!
//! JSON, since it tells names, numbers, texts and lists apart and needs no guess at separators. A row is a line, so that
//! a message about line 17 is about row 17, counted from 1.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PySet, PyString, PyTuple};

use crate::error::FoldinError;

/// Whole numbers up to here are exact as floats, and are written without a fraction: a missing value makes floats of a
/// column of ids.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A table as the bytes of a file.
#[pyclass(frozen)]
pub(crate) struct Table {
    bytes: Mutex<Vec<u8>>,
}

impl Table {
    /// The bytes, which are given once: nobody reads a table twice.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[pymethods]
impl Table {
    /// Names and columns of the same length; `what` is what the table is called in messages.
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "Python gives values")]
    fn new(what: &str, names: Vec<String>, columns: Vec<Bound<'_, PyList>>) -> PyResult<Self> {
        let keys: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let n_rows = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let mut bytes = Vec::new();
        let mut cell = String::new();
        for row in 0..n_rows {
            let mut separator = b'{';
            for ((column, key), name) in columns.iter().zip(&keys).zip(&names) {
                cell.clear();
                let is_there = match column.get_item(row) {
                    Ok(value) => write(&value, &mut cell).map_err(|found| strange(what, row, name, &found))?,
                    Err(_) => false,
                };
                // The first row names all columns.
                if !is_there && row > 0 {
                    continue;
                }
                bytes.push(separator);
                bytes.extend_from_slice(key.as_bytes());
                bytes.push(b':');
                bytes.extend_from_slice(if is_there { cell.as_bytes() } else { b"null" });
                separator = b',';
            }
            bytes.extend_from_slice(if separator == b'{' { b"{}\n" } else { b"}\n" });
        }
        Ok(Table { bytes: Mutex::new(bytes) })
    }
}

fn strange(what: &str, row: usize, name: &str, found: &str) -> PyErr {
    FoldinError::new_err(format!(
        "{what}: row {} has {found} in column \"{name}\"; expected text, a number, a date, or a list of texts. Convert \
         the column, or leave it out",
        row + 1
    ))
}

/// Writes a value as JSON; false for one that stands for none. The error says what it is instead.
fn write(value: &Bound<'_, PyAny>, out: &mut String) -> Result<bool, String> {
    if value.is_none() {
        return Ok(false);
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_str().map_err(|_| "a text that is not valid Unicode".to_owned())?;
        out.push_str(&quoted(text));
        return Ok(true);
    }
    if value.is_instance_of::<PyBool>() {
        out.push_str(if value.is_truthy().unwrap_or(false) { "true" } else { "false" });
        return Ok(true);
    }
    if value.is_instance_of::<PyInt>() {
        // Also larger ones than a machine has.
        out.push_str(&value.str().map_err(|error| error.to_string())?.to_string_lossy());
        return Ok(true);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(write_float(number.value(), out));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() || value.is_instance_of::<PySet>() {
        return write_list(value, out).map(|()| true);
    }
    write_other(value, out)
}

fn write_float(number: f64, out: &mut String) -> bool {
    if number.is_nan() {
        return false;
    }
    if number.fract() == 0.0 && number.abs() <= MOST_EXACT {
        out.push_str(&(number as i64).to_string());
    } else if number.is_infinite() {
        // The readers say what is wrong with it.
        out.push_str(&quoted(&number.to_string()));
    } else {
        out.push_str(&number.to_string());
    }
    true
}

fn write_list(values: &Bound<'_, PyAny>, out: &mut String) -> Result<(), String> {
    out.push('[');
    let start = out.len();
    for value in values.try_iter().map_err(|error| error.to_string())? {
        let value = value.map_err(|error| error.to_string())?;
        let before = out.len();
        if before > start {
            out.push(',');
        }
        if !write(&value, out)? {
            out.truncate(before);
        }
    }
    out.push(']');
    Ok(())
}

/// Values of libraries, told by what they can do.
fn write_other(value: &Bound<'_, PyAny>, out: &mut String) -> Result<bool, String> {
    let kind = value.get_type().name().map_or_else(|_| "something".to_owned(), |name| name.to_string());
    // Times that are none, and what pandas has for none, are not equal to themselves, or cannot tell.
    if !value.eq(value).unwrap_or(false) || kind == "NAType" {
        return Ok(false);
    }
    // Scalars and arrays of NumPy become those of Python.
    if let Ok(plain) = value.call_method0("tolist") {
        return if plain.get_type().is(value.get_type()) { Err(described(&kind)) } else { write(&plain, out) };
    }
    // Dates and times.
    if let Ok(text) = value.call_method0("isoformat") {
        return write(&text, out);
    }
    if kind == "Decimal" || kind == "UUID" {
        return write(value.str().map_err(|error| error.to_string())?.as_any(), out);
    }
    Err(described(&kind))
}

fn described(kind: &str) -> String {
    if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {kind}") } else { format!("a {kind}") }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}
