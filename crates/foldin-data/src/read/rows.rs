//! Lines taken apart into columns, and complaints about them.
//!
//! Files of events are taken apart line by line, by hand: a quote that is never closed then costs one line, where a
//! reader of whole CSV files would swallow all lines up to the next quote.

use super::BadLine;
use super::numbers::Refusal;

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Tab,
    Pipe,
    DoubleColon,
    /// With double quotes around values that hold commas, and doubled quotes within those.
    Comma,
}

/// The columns of one line, in one buffer that serves for all lines.
#[derive(Debug, Default)]
pub(super) struct Fields {
    text: String,
    ends: Vec<usize>,
}

/// A quote is opened in this column, from 0, and not closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnclosedQuote(usize);

impl Fields {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn push(&mut self, field: &str) {
        self.text.push_str(field);
        self.ends.push(self.text.len());
    }

    /// Replaces the columns by those of `line`.
    pub(super) fn split(&mut self, line: &str, separator: Separator) -> Result<(), UnclosedQuote> {
        self.clear();
        match separator {
            Separator::Tab => line.split('\t').for_each(|field| self.push(field)),
            Separator::Pipe => line.split('|').for_each(|field| self.push(field)),
            Separator::DoubleColon => line.split("::").for_each(|field| self.push(field)),
            Separator::Comma if !line.contains('"') => line.split(',').for_each(|field| self.push(field)),
            Separator::Comma => return self.split_quoted(line),
        }
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The column without the spaces around it; empty where there is none.
    pub(super) fn get(&self, column: usize) -> &str {
        let start = if column == 0 { 0 } else { self.ends.get(column - 1).copied().unwrap_or_default() };
        self.ends.get(column).map_or("", |end| self.text[start..*end].trim())
    }

    fn split_quoted(&mut self, line: &str) -> Result<(), UnclosedQuote> {
        let mut rest = line;
        loop {
            if let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('"') {
                rest = self.push_quoted(quoted).ok_or(UnclosedQuote(self.ends.len()))?;
            }
            let (tail, next) = rest.split_once(',').map_or((rest, None), |(tail, next)| (tail, Some(next)));
            self.push(tail);
            match next {
                Some(next) => rest = next,
                None => return Ok(()),
            }
        }
    }

    /// Takes the inside of a quoted value and gives what follows the closing quote.
    fn push_quoted<'a>(&mut self, quoted: &'a str) -> Option<&'a str> {
        let mut rest = quoted;
        loop {
            let (inside, after) = rest.split_once('"')?;
            self.text.push_str(inside);
            match after.strip_prefix('"') {
                Some(after) => {
                    self.text.push('"');
                    rest = after;
                }
                None => return Some(after),
            }
        }
    }
}

/// What a file is called and what its columns are.
#[derive(Debug)]
pub(super) struct Table {
    pub file: String,
    pub column_names: Vec<String>,
}

impl Table {
    pub(super) fn new(file: impl Into<String>, column_names: &[&str]) -> Self {
        Self { file: file.into(), column_names: column_names.iter().map(|name| (*name).to_owned()).collect() }
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
    pub(super) fn row<'a>(&'a self, line: usize, fields: &'a Fields) -> Result<Row<'a>, Box<BadLine>> {
        let n_columns = self.column_names.len();
        if fields.len() < n_columns {
            let problem = format!("is missing, as the line has {} of {n_columns} columns", fields.len());
            return Err(self.bad(line, fields.len(), None, &problem, &self.column_names.join(", ")));
        }
        if let Some(column) = (n_columns..fields.len()).find(|column| !fields.get(*column).is_empty()) {
            let problem = format!("is one value too many, as there are {n_columns} columns");
            return Err(self.bad(line, column, Some(fields.get(column)), &problem, &self.column_names.join(", ")));
        }
        Ok(Row { table: self, line, fields })
    }

    /// Splits `text` into `fields` and gives them as a row.
    pub(super) fn split<'a>(
        &'a self,
        line: usize,
        text: &str,
        separator: Separator,
        fields: &'a mut Fields,
    ) -> Result<Row<'a>, Box<BadLine>> {
        if let Err(UnclosedQuote(column)) = fields.split(text, separator) {
            return Err(self.bad(line, column, Some(text), "opens a quote and does not close it", "a closing quote"));
        }
        self.row(line, fields)
    }
}

/// One line of a table, with at least as many columns as the table has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    line: usize,
    fields: &'a Fields,
}

impl<'a> Row<'a> {
    pub(super) fn get(&self, column: usize) -> &'a str {
        self.fields.get(column)
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
    use proptest::prelude::*;

    use super::*;

    fn columns(line: &str, separator: Separator) -> Vec<String> {
        let mut fields = Fields::default();
        fields.split(line, separator).unwrap();
        (0..fields.len()).map(|column| fields.get(column).to_owned()).collect()
    }

    #[test]
    fn columns_are_split_and_trimmed() {
        assert_eq!(columns("1::2:: 3 ::", Separator::DoubleColon), ["1", "2", "3", ""]);
        assert_eq!(columns("a b\t c\t", Separator::Tab), ["a b", "c", ""]);
        assert_eq!(columns("a|b", Separator::Pipe), ["a", "b"]);
        assert_eq!(columns("a, b ,", Separator::Comma), ["a", "b", ""]);
    }

    #[test]
    fn quotes_hold_commas_and_doubled_quotes() {
        assert_eq!(columns(r#""a,b","say ""hi""",c"#, Separator::Comma), ["a,b", r#"say "hi""#, "c"]);
        assert_eq!(columns(r#" "a" ,"","#, Separator::Comma), ["a", "", ""]);
    }

    #[test]
    fn a_quote_within_a_value_is_a_character_like_others() {
        assert_eq!(columns(r#"7" single,b"#, Separator::Comma), [r#"7" single"#, "b"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_a_bad_line() {
        let table = Table::new("events.csv", &["user", "item"]);
        let bad = table.split(4, r#"u,"a"#, Separator::Comma, &mut Fields::default()).unwrap_err();
        let expected = r#"events.csv:4: column 2 (item): "u,\"a" opens a quote and does not close it"#;
        assert!(bad.to_string().starts_with(expected), "{bad}");
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
        assert!(table.split(1, "u,a, ,", Separator::Comma, &mut fields).is_ok());
        let bad = table.split(1, "Smith, John,a", Separator::Comma, &mut fields).unwrap_err();
        let expected = r#"events.csv:1: column 3 (not expected): "a" is one value too many, as there are 2 columns"#;
        assert!(bad.to_string().starts_with(expected), "{bad}");
    }

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(values in prop::collection::vec("[a-zé,\" ]{0,12}", 1..6)) {
            let quoted: Vec<String> = values.iter().map(|value| format!("\"{}\"", value.replace('"', "\"\""))).collect();
            let trimmed: Vec<&str> = values.iter().map(|value| value.trim()).collect();
            prop_assert_eq!(columns(&quoted.join(","), Separator::Comma), trimmed);
        }

        #[test]
        fn no_line_makes_the_splitting_panic(line in ".*") {
            let mut fields = Fields::default();
            if fields.split(&line, Separator::Comma).is_ok() {
                prop_assert!(fields.len() > 0);
            }
        }
    }
}
