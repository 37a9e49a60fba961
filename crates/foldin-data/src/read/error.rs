//! What can go wrong when a data set is read.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::detect::Format;

/// Why a data set could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// There is nothing at the path.
    #[error("there is no file or folder `{}`; give a file of events, or the folder that holds the data set", path.display())]
    FolderMissing {
        /// The path that was given.
        path: PathBuf,
    },

    /// The folder holds no events in any format that is known.
    #[error(
        "no data set was recognised in `{}`; found {}\n\
         hint: give the file itself (`foldin train FILE`), or call the files events.csv and items.csv. Their first lines \
         name the columns: `user,item,rating,timestamp` for events, of which user and item are needed, and \
         `id,title,genres` for items. A file without names needs --columns user=1,item=2 and so on. docs/data.md has \
         recipes for twenty sources",
        path.display(), files(found)
    )]
    NotRecognised {
        /// The folder.
        path: PathBuf,
        /// The names of some of the files that were there, each with what is wrong with it.
        found: Vec<String>,
    },

    /// There is a file by the right name that cannot be read as a file.
    #[error("`{}` is there and cannot be read as a file: it is {what}; put a file in its place", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is: a folder, a dangling link.
        what: &'static str,
    },

    /// One of two files that belong together is not there.
    #[error(
        "`{present}` in `{}` looks like {format}, but `{missing}` with the {content} is missing; put it into the same folder",
        folder.display()
    )]
    FileMissing {
        /// The folder.
        folder: PathBuf,
        /// The format that the folder seems to be in.
        format: Format,
        /// The file that is there.
        present: String,
        /// The file that is not.
        missing: String,
        /// What the missing file would hold: `events` or `titles`.
        content: &'static str,
    },

    /// The operating system could not open or read a file.
    #[error("cannot read `{}`: {source}; check that the file exists and may be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A file is packed or written in a way that cannot be read.
    #[error("cannot read `{}` as {kind}: {problem}", path.display())]
    Container {
        /// The file.
        path: PathBuf,
        /// What the file is by its first bytes, such as `a Parquet file`.
        kind: &'static str,
        /// What is wrong with it.
        problem: String,
    },

    /// A line is not what the format says.
    #[error("{bad}{}", skip_hint(*after_good))]
    BadLine {
        /// The line.
        bad: Box<BadLine>,
        /// Whether a good line came before it.
        after_good: bool,
    },

    /// Dates such as `1/2/2011`, of which none tells day and month apart.
    #[error(
        "{0}: no date of the file tells which number is the day; say --dates dmy (day first) or --dates mdy (month first)"
    )]
    DateOrder(Box<BadLine>),

    /// A column called `id` has another value on every line.
    #[error(
        "column {column} of `{file}` is another on every line, so it numbers lines and is no item; found {}; say which \
         column is the item: --columns item=COLUMN",
        list(found)
    )]
    RowNumbers {
        /// The name of the file.
        file: String,
        /// The column.
        column: String,
        /// The names that the first line has.
        found: Vec<String>,
    },

    /// The first line does not name the columns that are needed.
    #[error("`{file}` has no column for the {missing}; its columns are {}; {advice}", list(found))]
    ColumnMissing {
        /// The name of the file.
        file: String,
        /// What is missing, such as `user`.
        missing: &'static str,
        /// The names that the first line has.
        found: Vec<String>,
        /// What to do.
        advice: String,
    },

    /// There is no event that could be used.
    #[error("`{}` holds no event{}; a data set needs at least one", path.display(), left_out(*bad_lines))]
    Empty {
        /// The file of events.
        path: PathBuf,
        /// How many bad lines were left out.
        bad_lines: usize,
    },

    /// There are no events, and no item either.
    #[error("`{}` holds no item{}; without events it needs at least one", path.display(), left_out(*bad_lines))]
    EmptyCatalogue {
        /// The catalogue.
        path: PathBuf,
        /// How many bad lines were left out.
        bad_lines: usize,
    },

    /// There are more things than an index can count.
    #[error("`{}` has more than {limit} {what}; split the data set", path.display())]
    TooMany {
        /// The file of events.
        path: PathBuf,
        /// What there are too many of.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
}

impl DatasetError {
    pub(super) fn io(path: PathBuf, source: io::Error) -> Self {
        Self::Io { path, source }
    }
}

/// A line that is not what its format says, and where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Name of the file, without its folder.
    pub file: String,
    /// Number of the line, from 1.
    pub line: usize,
    /// Number of the column, from 1.
    pub column: usize,
    /// What the column is called.
    pub column_name: String,
    /// What was there; none where the line has no such column.
    pub value: Option<String>,
    /// What is wrong with it, such as `is not a number`.
    pub problem: String,
    /// What would have been right, such as `a number such as 4 or 3.5`.
    pub expected: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: column {} ({})", self.file, self.line, self.column, self.column_name)?;
        if let Some(value) = &self.value {
            // A file that is no text at all must not flood the terminal.
            let shown: String = value.chars().take(80).collect();
            let more = if shown.len() < value.len() { "..." } else { "" };
            write!(f, ": {shown:?}{more}")?;
        }
        write!(f, " {}; expected {}", self.problem, self.expected)
    }
}

fn list(names: &[String]) -> String {
    // A file that is no table at all must not flood the terminal.
    let shown: Vec<String> = names.iter().take(13).map(|name| shortened(name)).collect();
    let more = if names.len() > shown.len() { ", ..." } else { "" };
    if names.is_empty() { "nothing".to_owned() } else { shown.join(", ") + more }
}

fn skip_hint(after_good: bool) -> &'static str {
    if after_good { "\nhint: `--skip-bad-lines` leaves such lines out and counts them" } else { "" }
}

fn files(found: &[String]) -> String {
    let shown: Vec<String> = found.iter().map(|file| cut(file, 160)).collect();
    if shown.is_empty() { "nothing".to_owned() } else { shown.join("; ") }
}

/// A name as it may be printed: escaped where it would not show, and cut where it is long.
fn shortened(name: &str) -> String {
    cut(name, 40)
}

fn cut(name: &str, length: usize) -> String {
    let mut letters = name.chars();
    let shown: String = letters.by_ref().take(length).flat_map(|letter| letter.escape_debug()).collect();
    shown + if letters.next().is_some() { "..." } else { "" }
}

fn left_out(bad_lines: usize) -> String {
    if bad_lines == 0 { String::new() } else { format!(" apart from bad lines left out ({bad_lines})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad_rating() -> BadLine {
        BadLine {
            file: "ratings.dat".into(),
            line: 17,
            column: 3,
            column_name: "rating".into(),
            value: Some("4,5".into()),
            problem: "is not a number".into(),
            expected: "a number such as 4 or 3.5".into(),
        }
    }

    #[test]
    fn a_bad_line_says_where_what_and_what_instead() {
        assert_eq!(
            bad_rating().to_string(),
            r#"ratings.dat:17: column 3 (rating): "4,5" is not a number; expected a number such as 4 or 3.5"#
        );
    }

    #[test]
    fn the_error_of_a_bad_line_ends_with_a_hint() {
        let message = |after_good| DatasetError::BadLine { bad: Box::new(bad_rating()), after_good }.to_string();
        assert!(message(true).ends_with("\nhint: `--skip-bad-lines` leaves such lines out and counts them"));
        assert!(!message(false).contains("hint"), "where no line is good, leaving lines out does not help");
    }

    #[test]
    fn names_of_a_file_that_is_no_table_are_shortened_and_escaped() {
        let message = DatasetError::ColumnMissing {
            file: "photo.csv".into(),
            missing: "user",
            found: vec!["\u{1b}[2J".into(), "x".repeat(500)],
            advice: "say which".into(),
        };
        let (message, cut) = (message.to_string(), "x".repeat(40) + "...;");
        assert!(message.contains(r"\u{1b}[2J") && message.contains(&cut), "{message}");
    }

    #[test]
    fn a_long_or_unprintable_value_is_shortened_and_escaped() {
        let message = BadLine { value: Some("\u{1b}".repeat(500)), ..bad_rating() }.to_string();
        assert!(message.len() < 700 && message.contains(r#"\u{1b}"..."#), "{message}");
        assert!(!message.contains('\u{1b}'));
    }
}
