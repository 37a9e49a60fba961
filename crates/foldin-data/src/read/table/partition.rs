//! Columns that the folders of a file name, as Spark and Hive write them: `date=2024-01-31/event=view/part-0.parquet`.

use super::record::{Cells, Record};

/// What Hive and Spark write in place of an empty value.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The columns that stand in the path of a file, and a record with them at its end.
#[derive(Debug, Default)]
pub(super) struct Partition {
    names: Vec<String>,
    values: Vec<String>,
    cells: Cells,
    /// Whether a record has been extended before.
    has_begun: bool,
}

impl Partition {
    /// The columns in the path `name`, whose parts are divided by `/`.
    pub(super) fn of(name: &str) -> Self {
        let folders = name.rsplit_once(['/', '\\']).map_or("", |(folders, _)| folders);
        let pairs = folders.split(['/', '\\']).filter_map(|folder| folder.split_once('='));
        let (names, values) = pairs
            .filter(|(key, _)| !key.is_empty())
            .map(|(key, value)| (key.to_owned(), if value == NO_VALUE { String::new() } else { decoded(value) }))
            .unzip();
        Self { names, values, ..Self::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of the columns of a table, followed by those of the path.
    pub(super) fn extend_names(&self, own: &[String]) -> Vec<String> {
        own.iter().chain(&self.names).cloned().collect()
    }

    /// Puts the values of the path behind a record; behind the first, where it may name columns, their names.
    pub(super) fn extend(&mut self, record: Record<'_>, names_may_come_first: bool) {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let is_header = is_first && names_may_come_first && !record.cells().any(|cell| cell.parse::<f64>().is_ok());
        self.cells.clear();
        record.cells().for_each(|cell| self.cells.push(cell));
        let added = if is_header { &self.names } else { &self.values };
        added.iter().for_each(|cell| self.cells.push(cell));
    }

    /// The record that was extended last.
    pub(super) fn record(&self, line: usize) -> Record<'_> {
        self.cells.as_record(line)
    }
}

/// A value in which characters that file systems refuse are written as `%3A`.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, others @ ..] = rest {
        let code = (*first == b'%').then(|| others.get(..2)).flatten();
        let code = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &others[2..] } else { others };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_in_the_folders_and_not_in_the_file() {
        let partition = Partition::of("lake/date=2024-01-31/event=add%20to cart/part=0.csv");
        assert_eq!(partition.names, ["date", "event"]);
        assert_eq!(partition.values, ["2024-01-31", "add to cart"]);
        assert!(Partition::of("date=1.csv").is_empty() && Partition::of("a/b.csv").is_empty());
        assert_eq!(Partition::of("user=__HIVE_DEFAULT_PARTITION__/x").values, [""]);
    }

    #[test]
    fn a_percent_sign_that_begins_no_code_stays() {
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("50%zz%41%"), "50%zzA%");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
