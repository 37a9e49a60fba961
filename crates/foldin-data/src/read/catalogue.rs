//! The catalogue while it is being read, and lists within its lines.

use indexmap::IndexSet;

use super::numbers::Refusal;
use super::report::ReadLog;
use super::rows::Row;
use super::titles::title_and_year;
use super::{BadLine, DatasetError};
use crate::dataset::{Dataset, Events, Ids, ItemRecord};

/// Words that data sets write where an item has no genre.
const NO_GENRE: [&str; 2] = ["(no genres listed)", "unknown"];

/// Items in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub items: Ids,
    pub records: Vec<ItemRecord>,
}

impl Catalogue {
    /// Adds an item unless the line was bad or its id is there already.
    pub(super) fn add(
        &mut self,
        line: Result<(&str, ItemRecord), Box<BadLine>>,
        log: &mut ReadLog,
    ) -> Result<(), DatasetError> {
        if let Some((id, record)) = log.keep_good(line)? {
            self.add_new(id, record, log);
        }
        Ok(())
    }

    /// Adds an item unless its id is there already; whether it was added.
    pub(super) fn add_new(&mut self, id: &str, record: ItemRecord, log: &mut ReadLog) -> bool {
        if self.items.contains(id) {
            log.report.duplicate_items += 1;
            return false;
        }
        self.items.insert(id.into());
        self.records.push(record);
        true
    }

    /// Adds records without a title for the items that occur in events only.
    pub(super) fn into_dataset(mut self, users: Ids, events: Events) -> Dataset {
        self.records.resize(self.items.len(), ItemRecord::default());
        Dataset { users, items: self.items, catalogue: self.records, events, ..Dataset::default() }
    }
}

/// A title, its year and how the two are told apart in a format.
pub(super) type TitleRule = fn(&str) -> (String, Option<i32>);

/// The rule of formats that write titles as they are spoken.
pub(super) fn plain_title(title: &str) -> (String, Option<i32>) {
    let (title, year) = title_and_year(title);
    (title.to_owned(), year)
}

/// The title in a column, which is one line of text.
pub(super) fn title_in(row: &Row<'_>, column: usize, rule: TitleRule) -> Result<(String, Option<i32>), Box<BadLine>> {
    row.check_one_line(column).map(|()| rule(row.get(column)))
}

/// The values between `|`, each once.
pub(super) fn list(text: &str) -> Vec<String> {
    let values: IndexSet<&str> = text.split('|').map(str::trim).filter(|value| !value.is_empty()).collect();
    values.into_iter().map(str::to_owned).collect()
}

/// The genres between `|`, without the words for none.
pub(super) fn genres(text: &str) -> Vec<String> {
    let mut genres = list(text);
    genres.retain(|genre| !is_no_genre(genre));
    genres
}

pub(super) fn is_no_genre(genre: &str) -> bool {
    NO_GENRE.iter().any(|none| genre.eq_ignore_ascii_case(none))
}

/// The year in a date such as `01-Jan-1995`; none where it is empty.
pub(super) fn year_of_date(date: &str) -> Result<Option<i32>, Refusal> {
    if date.is_empty() {
        return Ok(None);
    }
    let year = date.rsplit('-').next().unwrap_or_default();
    match year.parse::<i32>() {
        Ok(number) if year.len() == 4 && (1850..=2100).contains(&number) => Ok(Some(number)),
        _ => Err(Refusal { problem: "is not a date", expected: "a date such as 01-Jan-1995, or nothing" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_trimmed_without_empty_or_repeated_values() {
        assert_eq!(list(" b | a||b |c"), ["b", "a", "c"]);
        assert!(list("").is_empty() && list(" | ").is_empty());
    }

    #[test]
    fn words_for_no_genre_are_no_genres() {
        assert!(genres("(no genres listed)").is_empty());
        assert!(genres("Unknown").is_empty());
        assert_eq!(genres("unknown|Drama"), ["Drama"]);
    }

    #[test]
    fn a_date_has_a_year() {
        assert_eq!(year_of_date("01-Jan-1995"), Ok(Some(1995)));
        assert_eq!(year_of_date("4-Feb-1971"), Ok(Some(1971)));
        assert_eq!(year_of_date(""), Ok(None));
        assert!(year_of_date("01-Jan-95").is_err() && year_of_date("soon").is_err());
    }
}
