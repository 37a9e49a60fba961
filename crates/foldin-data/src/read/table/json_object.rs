//! One JSON object as the cells of a record.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::record::Cells;

/// The columns of objects.
pub(super) enum Names<'a> {
    /// Keys that are not among these are left out.
    Known(&'a [String]),
    /// New keys are added.
    Found(&'a mut Vec<String>),
}

/// Reads an object into cells: strings as they are, null as an empty cell, all else as it is written.
pub(super) fn read(text: &str, names: Names<'_>, cells: &mut Cells) -> Result<(), serde_json::Error> {
    cells.clear();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    ObjectInto { names, cells }.deserialize(&mut deserializer)?;
    deserializer.end()
}

struct ObjectInto<'a> {
    names: Names<'a>,
    cells: &'a mut Cells,
}

impl<'de> DeserializeSeed<'de> for ObjectInto<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectInto<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let n_columns = match &self.names {
            Names::Known(names) => names.len(),
            Names::Found(names) => names.len(),
        };
        self.cells.bounds.resize(n_columns, (0, 0));
        let mut expected = 0;
        while let Some(column) = map.next_key_seed(ColumnOf { names: &mut self.names, expected })? {
            let value: &RawValue = map.next_value()?;
            let Some(column) = column else { continue };
            expected = column + 1;
            let start = self.cells.text.len();
            push_value(value.get(), &mut self.cells.text);
            if column >= self.cells.bounds.len() {
                self.cells.bounds.resize(column + 1, (0, 0));
            }
            self.cells.bounds[column] = (start, self.cells.text.len());
        }
        Ok(())
    }
}

/// Gives the column of a key, which in most objects is the one after the last.
struct ColumnOf<'a, 'n> {
    names: &'a mut Names<'n>,
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for ColumnOf<'_, '_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for ColumnOf<'_, '_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        let names = match self.names {
            Names::Known(names) => *names,
            Names::Found(names) => &**names,
        };
        if names.get(self.expected).is_some_and(|name| name == key) {
            return Ok(Some(self.expected));
        }
        let known = names.iter().position(|name| name == key);
        Ok(match self.names {
            Names::Found(names) if known.is_none() => {
                names.push(key.to_owned());
                Some(names.len() - 1)
            }
            Names::Found(_) | Names::Known(_) => known,
        })
    }
}

fn push_value(json: &str, text: &mut String) {
    let Some(inside) = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')) else {
        text.push_str(if json == "null" { "" } else { json });
        return;
    };
    // Half of a pair of surrogates is no text and stays as it is written.
    match inside.contains('\\').then(|| serde_json::from_str::<String>(json)) {
        Some(Ok(unescaped)) => text.push_str(&unescaped),
        Some(Err(_)) | None => text.push_str(inside),
    }
}

/// What the text of a value begins like.
pub(super) fn kind_of(text: &str) -> &'static str {
    match text.bytes().next() {
        Some(b'"') => "strings",
        Some(b'[') => "arrays",
        Some(b'-' | b'0'..=b'9') => "numbers",
        _ => "other values",
    }
}

/// What a lone object is, if not a record: one whose values are tables themselves.
pub(super) fn holds_tables(text: &str) -> Option<String> {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return None };
    let is_table = |value: &Value| match value {
        Value::Array(elements) => elements.iter().any(Value::is_object),
        _ => false,
    };
    let are_all_nested = object.values().all(|value| value.is_array() || value.is_object());
    if object.is_empty() || !(are_all_nested || object.values().any(is_table)) {
        return None;
    }
    let values = object.iter().take(8).map(|(key, value)| match value {
        Value::Array(elements) => format!("`{key}` (an array of {})", elements.len()),
        Value::Object(_) => format!("`{key}` (an object)"),
        _ => format!("`{key}`"),
    });
    Some(format!("it is one object with {}", values.collect::<Vec<_>>().join(", ")))
}
