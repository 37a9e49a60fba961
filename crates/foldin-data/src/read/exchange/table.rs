//! One table of an exchange folder: a Parquet file, or a folder of them, read by the names of its columns.

use std::str::FromStr;

use super::ExchangeError;
use crate::files::{DataFile, Files, Folder};
use crate::read::numbers::list_of_numbers;
use crate::read::table::TableReader;

/// A table, by its name.
pub(super) struct Table<'a> {
    folder: &'a Folder,
    name: &'static str,
    /// Its files, below the folder.
    pub(super) files: Vec<String>,
}

/// A row of a table, with what errors say of it.
pub(super) struct Row<'a> {
    file: &'a str,
    line: usize,
    cells: Vec<&'a str>,
    columns: &'a [&'static str],
}

impl<'a> Table<'a> {
    /// The table of a name, such as `items.parquet`, which has to be there.
    pub(super) fn need(folder: &'a Folder, names: &[String], name: &'static str) -> Result<Self, ExchangeError> {
        let prefix = format!("{name}/");
        let is_part = |file: &&String| {
            let part = file.strip_prefix(&prefix);
            *file == name || part.is_some_and(|part| part.ends_with(".parquet") && !part.starts_with(['_', '.']))
        };
        let mut files: Vec<String> = names.iter().filter(is_part).cloned().collect();
        files.sort();
        if files.is_empty() {
            return Err(ExchangeError::Table {
                folder: folder.path(""),
                table: name,
                problem: "is missing; run foldin-spark again, and copy the whole folder".to_owned(),
            });
        }
        Ok(Table { folder, name, files })
    }

    /// The one file of a table.
    pub(super) fn single(&self) -> Result<&str, ExchangeError> {
        match self.files.as_slice() {
            [file] => Ok(file),
            files => Err(ExchangeError::Table {
                folder: self.folder.path(""),
                table: self.name,
                problem: format!("has {} files, and one is read; write it with coalesce(1)", files.len()),
            }),
        }
    }

    /// Calls `take` with every row.
    pub(super) fn rows(
        &self,
        columns: &[&'static str],
        mut take: impl FnMut(&Row<'_>) -> Result<(), ExchangeError>,
    ) -> Result<(), ExchangeError> {
        for file in &self.files {
            let mut reader = TableReader::open(&DataFile::new(self.folder, file))?;
            let found = reader.first_names()?.unwrap_or_default();
            let place = |column: &&'static str| {
                found.iter().position(|name| name == column).ok_or_else(|| ExchangeError::ColumnMissing {
                    file: file.clone(),
                    column,
                    found: found.clone(),
                })
            };
            let places = columns.iter().map(place).collect::<Result<Vec<_>, _>>()?;
            while let Some(record) = reader.next()? {
                let Ok(record) = record else { continue };
                let cells = places.iter().map(|&place| record.get(place)).collect();
                take(&Row { file, line: record.line, cells, columns })?;
            }
        }
        Ok(())
    }
}

impl<'a> Row<'a> {
    pub(super) fn text(&self, column: usize) -> &'a str {
        self.cells[column]
    }

    /// The number in a column.
    pub(super) fn number<T: FromStr>(&self, column: usize, expected: &str) -> Result<T, ExchangeError> {
        self.cells[column].parse().map_err(|_| self.wrong(column, format!("is not {expected}")))
    }

    /// The numbers in a column of lists.
    pub(super) fn numbers(&self, column: usize, numbers: &mut Vec<f32>) -> Result<(), ExchangeError> {
        let list = list_of_numbers(self.cells[column]).ok().filter(|list| list.iter().all(|number| number.is_finite()));
        numbers.extend(list.ok_or_else(|| {
            self.wrong(column, "is not a list of finite numbers; write it as array<float>".to_owned())
        })?);
        Ok(())
    }

    /// The error that says what is wrong with a value.
    pub(super) fn wrong(&self, column: usize, problem: String) -> ExchangeError {
        ExchangeError::Value {
            file: self.file.to_owned(),
            row: self.line,
            column: self.columns[column],
            value: self.cells[column].chars().take(80).collect(),
            problem,
        }
    }
}
