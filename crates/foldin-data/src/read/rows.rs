//! Lines and records as rows of a table, and complaints about them.

use super::numbers::Refusal;
use super::table::{BrokenRecord, Record};
use super::{BadLine, words};

/// What stands between the columns of lines without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Tab,
    Pipe,
    DoubleColon,
}

/// The columns of one line, in one buffer that serves for all lines.
#[derive(Debug, Default)]
pub(super) struct Fields {
    text: String,
    ends: Vec<usize>,
}

impl Fields {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn push(&mut self, field: &str) {
        self.text.push_str(field);
        self.ends.push(self.text.len());
    }

    /// Replaces the columns by those of `line`.
    fn split(&mut self, line: &str, separator: Separator) {
        self.clear();
        match separator {
            Separator::Tab => line.split('\t').for_each(|field| self.push(field)),
            Separator::Pipe => line.split('|').for_each(|field| self.push(field)),
            Separator::DoubleColon => line.split("::").for_each(|field| self.push(field)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The column without the spaces around it; empty where there is none.
    pub(super) fn get(&self, column: usize) -> &str {
        let start = if column == 0 { 0 } else { self.ends.get(column - 1).copied().unwrap_or_default() };
        self.ends.get(column).map_or("", |end| self.text[start..*end].trim())
    }
}

/// What a file is called and what its columns are.
#[derive(Debug)]
pub(super) struct Table {
    pub file: String,
    pub column_names: Vec<String>,
}

impl Table {
    pub(super) fn new<N: AsRef<str>>(file: impl Into<String>, column_names: &[N]) -> Self {
        Self { file: file.into(), column_names: column_names.iter().map(|name| name.as_ref().to_owned()).collect() }
    }

    fn bad(&self, line: usize, column: usize, value: Option<&str>, problem: &str, expected: &str) -> Box<BadLine> {
        Box::new(BadLine {
            file: self.file.clone(),
            line,
            column: column + 1,
            column_name: self.column_names.get(column).cloned().unwrap_or_else(|| "not expected".to_owned()),
            value: value.map(str::to_owned),
            problem: problem.to_owned(),
            expected: expected.to_owned(),
        })
    }

    /// The columns of a line, as many as there should be. Further ones may follow if they are empty.
    pub(super) fn row<'a, C: Cells<'a>>(&'a self, line: usize, cells: C) -> Result<Row<'a, C>, Box<BadLine>> {
        self.row_of(line, cells, self.column_names.len())
    }

    /// As `row`, for a line that needs its first `n_needed` columns only.
    pub(super) fn row_of<'a, C: Cells<'a>>(
        &'a self,
        line: usize,
        cells: C,
        n_needed: usize,
    ) -> Result<Row<'a, C>, Box<BadLine>> {
        let n_columns = self.column_names.len();
        if cells.len() < n_needed {
            let problem = format!("is missing, as the line has {} of {n_columns} columns", cells.len());
            return Err(self.bad(line, cells.len(), None, &problem, &self.column_names.join(", ")));
        }
        if let Some(column) = (n_columns..cells.len()).find(|column| !cells.get(*column).is_empty()) {
            let problem = format!("is one value too many, as there are {n_columns} columns");
            return Err(self.bad(line, column, Some(cells.get(column)), &problem, &self.column_names.join(", ")));
        }
        Ok(Row { table: self, line, cells })
    }

    /// A record that could not be taken apart.
    pub(super) fn broken(&self, broken: &BrokenRecord) -> Box<BadLine> {
        self.bad(broken.line, broken.column, Some(&broken.value), &broken.problem, broken.expected)
    }

    /// Splits `text` into `fields` and gives them as a row.
    pub(super) fn split<'a>(
        &'a self,
        line: usize,
        text: &str,
        separator: Separator,
        fields: &'a mut Fields,
    ) -> Result<Row<'a>, Box<BadLine>> {
        fields.split(text, separator);
        self.row(line, &*fields)
    }
}

/// The cells of one line, whoever took it apart.
pub(super) trait Cells<'a>: Copy {
    /// How many there are.
    fn len(self) -> usize;

    /// A cell without the spaces around it; empty where there is none.
    fn get(self, column: usize) -> &'a str;
}

impl<'a> Cells<'a> for &'a Fields {
    fn len(self) -> usize {
        Fields::len(self)
    }

    fn get(self, column: usize) -> &'a str {
        Fields::get(self, column)
    }
}

impl<'a> Cells<'a> for Record<'a> {
    fn len(self) -> usize {
        Record::len(&self)
    }

    fn get(self, column: usize) -> &'a str {
        Record::get(&self, column)
    }
}

/// One line of a table, with the columns that it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a, C = &'a Fields> {
    table: &'a Table,
    line: usize,
    cells: C,
}

impl<'a, C: Cells<'a>> Row<'a, C> {
    pub(super) fn get(&self, column: usize) -> &'a str {
        self.cells.get(column)
    }

    /// A value that must be there, such as an id.
    pub(super) fn id(&self, column: usize) -> Result<&'a str, Box<BadLine>> {
        match self.get(column) {
            "" => Err(self.refuse(column, Refusal { problem: "is empty", expected: "an id" })),
            id => self.check_one_line(column).map(|()| id),
        }
    }

    /// A line break in a short value comes from a quote that was left open.
    pub(super) fn check_one_line(&self, column: usize) -> Result<(), Box<BadLine>> {
        if self.get(column).contains(['\n', '\r']) {
            let problem = "has a line break in it, perhaps from a quote left open";
            return Err(self.refuse(column, Refusal { problem, expected: "one line of text" }));
        }
        Ok(())
    }

    /// An id that a spreadsheet rounded stands for several. `id` is what the column holds, cleaned or not.
    pub(super) fn check_not_rounded(&self, column: usize, id: &str) -> Result<(), Box<BadLine>> {
        // Only ids that could be numbers are looked at twice.
        if id.starts_with(|letter: char| letter.is_ascii_digit()) && words::is_rounded(id) {
            let problem = "was rounded by a spreadsheet, so that several ids have become one";
            let expected = "the whole id; format the column as text and export it again";
            return Err(self.refuse(column, Refusal { problem, expected }));
        }
        Ok(())
    }

    pub(super) fn parse<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Result<T, Box<BadLine>> {
        parse(self.get(column)).map_err(|refusal| self.refuse(column, refusal))
    }

    pub(super) fn refuse(&self, column: usize, refusal: Refusal) -> Box<BadLine> {
        self.table.bad(self.line, column, Some(self.get(column)), refusal.problem, refusal.expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(line: &str, separator: Separator) -> Vec<String> {
        let mut fields = Fields::default();
        fields.split(line, separator);
        (0..fields.len()).map(|column| fields.get(column).to_owned()).collect()
    }

    #[test]
    fn columns_are_split_and_trimmed() {
        assert_eq!(columns("1::2:: 3 ::", Separator::DoubleColon), ["1", "2", "3", ""]);
        assert_eq!(columns("a b\t c\t", Separator::Tab), ["a b", "c", ""]);
        assert_eq!(columns("a|b", Separator::Pipe), ["a", "b"]);
    }

    #[test]
    fn too_few_columns_name_the_one_that_is_missing() {
        let table = Table::new("ratings.dat", &["user", "item", "rating", "timestamp"]);
        let bad = table.split(9, "1::2", Separator::DoubleColon, &mut Fields::default()).unwrap_err();
        assert_eq!(
            bad.to_string(),
            "ratings.dat:9: column 3 (rating) is missing, as the line has 2 of 4 columns; \
             expected user, item, rating, timestamp"
        );
    }

    #[test]
    fn further_columns_are_bad_unless_they_are_empty() {
        let table = Table::new("events.csv", &["user", "item"]);
        let mut fields = Fields::default();
        assert!(table.split(1, "u|a| |", Separator::Pipe, &mut fields).is_ok());
        let bad = table.split(1, "Smith| John|a", Separator::Pipe, &mut fields).unwrap_err();
        let expected = r#"events.csv:1: column 3 (not expected): "a" is one value too many, as there are 2 columns"#;
        assert!(bad.to_string().starts_with(expected), "{bad}");
    }
}
