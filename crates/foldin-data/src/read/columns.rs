//! Columns found by their names in the first line of a CSV file.

use super::DatasetError;
use super::report::ReadLog;
use super::rows::Table;

/// Accepted names of the columns of events, most telling first: an `id` beside an `item` numbers the lines.
pub(super) const USER: &[&str] = &["user", "user_id", "userid", "reader", "visitor", "member", "customer"];
pub(super) const ITEM: &[&str] =
    &["item", "item_id", "itemid", "movieid", "post", "article", "product", "film", "movie", "book", "id"];
pub(super) const STARS: &[&str] = &["rating", "stars"];
pub(super) const PLAYS: &[&str] = &["plays", "weight", "count"];
pub(super) const TIME: &[&str] = &["timestamp", "time", "ts"];

/// Accepted names of the columns of a catalogue. In a file of items, an `id` is the item's.
pub(super) const ITEM_ID: &[&str] =
    &["id", "item", "item_id", "itemid", "movieid", "post", "article", "product", "film", "movie", "book"];
pub(super) const TITLE: &[&str] = &["title", "name"];
pub(super) const YEAR: &[&str] = &["year"];
pub(super) const GENRES: &[&str] = &["genres", "genre"];
pub(super) const TAGS: &[&str] = &["tags"];
pub(super) const TEXT: &[&str] = &["text", "description"];

/// Accepted names of the column of a single tag.
pub(super) const TAG: &[&str] = &["tag"];

/// The names in a first line, and which of them were asked for.
pub(super) struct Header {
    table: Table,
    is_used: Vec<bool>,
}

impl Header {
    pub(super) fn new(table: Table) -> Self {
        let is_used = vec![false; table.column_names.len()];
        Self { table, is_used }
    }

    /// The column with the first of these names that occurs, in any case.
    pub(super) fn find(&mut self, accepted: &[&str]) -> Option<usize> {
        let column = accepted
            .iter()
            .find_map(|accepted| self.table.column_names.iter().position(|name| name.eq_ignore_ascii_case(accepted)))?;
        self.is_used[column] = true;
        Some(column)
    }

    /// As `find`, for a column that must be there. `what` is what it holds.
    pub(super) fn require(&mut self, what: &'static str, accepted: &[&str]) -> Result<usize, DatasetError> {
        self.find(accepted).ok_or_else(|| DatasetError::ColumnMissing {
            file: self.table.file.clone(),
            missing: what,
            found: self.table.column_names.clone(),
            accepted: accepted.iter().map(|name| (*name).to_owned()).collect(),
        })
    }

    /// The table, once all columns were asked for; the others are reported.
    pub(super) fn into_table(self, log: &mut ReadLog) -> Table {
        let unused = self.table.column_names.iter().zip(&self.is_used).filter(|(_, is_used)| !**is_used);
        let unused = unused.map(|(name, _)| (self.table.file.clone(), name.clone()));
        log.report.ignored_columns.extend(unused);
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, ReadOptions};

    fn header(names: &[&str]) -> Header {
        Header::new(Table::new("events.csv", names))
    }

    #[test]
    fn names_are_found_in_any_case_and_any_order() {
        let mut header = header(&["Timestamp", "movieId", "USER_ID"]);
        assert_eq!(header.require("user", USER).unwrap(), 2);
        assert_eq!(header.require("item", ITEM).unwrap(), 1);
        assert_eq!(header.find(TIME), Some(0));
        assert_eq!(header.find(STARS), None);
    }

    #[test]
    fn of_several_accepted_names_the_most_telling_is_taken() {
        assert_eq!(header(&["id", "user", "item"]).find(ITEM), Some(2));
        assert_eq!(header(&["id", "Reader", "post"]).find(ITEM), Some(2));
        assert_eq!(header(&["film", "id"]).find(ITEM_ID), Some(1));
    }

    #[test]
    fn columns_nobody_asked_for_are_reported() {
        let mut log = ReadLog::new(Format::General, &ReadOptions::default());
        let mut header = header(&["user", "colour", "item"]);
        header.find(USER);
        header.find(ITEM);
        header.into_table(&mut log);
        assert_eq!(log.report.ignored_columns, [("events.csv".to_owned(), "colour".to_owned())]);
    }

    #[test]
    fn a_missing_column_lists_what_is_there_and_what_would_do() {
        let message = header(&["who", "what"]).require("user", USER).unwrap_err().to_string();
        assert_eq!(
            message,
            "`events.csv` has no column for the user in its first line; found who, what; \
             accepted names are user, user_id, userid, reader, visitor, member, customer"
        );
    }
}
