//! Tags that people gave to items, most given first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::lines::LineReader;
use super::report::ReadLog;
use super::roles::normalised;
use super::rows::{Fields, Separator, Table};
use super::table::TableReader;
use super::{DatasetError, words};
use crate::dataset::{Dataset, Ids, number_of};
use crate::files::DataFile;

/// Tags that an item keeps.
const MAX_TAGS: usize = 10;

/// Where the values of a tag stand in a line.
#[derive(Debug)]
pub(super) struct TagLayout {
    pub table: Table,
    pub separator: Separator,
    pub user: usize,
    pub item: usize,
    pub tag: usize,
    /// Tags by their numbers, where lines have numbers.
    pub names: Option<HashMap<String, String>>,
}

/// Who gave which tag to which item, in numbers.
#[derive(Debug, Default)]
struct Votes {
    users: Ids,
    tags: IndexSet<String>,
    /// Item, tag and user.
    votes: Vec<(u32, u32, u32)>,
}

/// The tags of one file on their way to the items.
struct Tagging<'a> {
    votes: Votes,
    dataset: &'a mut Dataset,
    /// So many items, the first, have a title.
    n_catalogue: usize,
    /// Ids without a title.
    missing: HashSet<Box<str>>,
}

impl<'a> Tagging<'a> {
    fn new(dataset: &'a mut Dataset, n_catalogue: usize) -> Self {
        Self { votes: Votes::default(), dataset, n_catalogue, missing: HashSet::new() }
    }

    fn add(&mut self, user: &str, item: &str, tag: &str) {
        let index = self.dataset.items.get_index_of(item);
        if index.is_none_or(|index| index >= self.n_catalogue) && !self.missing.contains(item) {
            self.missing.insert(item.into());
        }
        if let Some(index) = index {
            self.votes.add(index as u32, tag, user);
        }
    }

    fn finish(self, log: &mut ReadLog) {
        log.report.tagged_items_missing += self.missing.len();
        self.votes.give(self.dataset);
    }
}

/// Reads lines of tags, without quotes, and gives the tags to the items of `dataset`, of which the first `n_catalogue`
/// have a title.
///
/// A line with the names of the columns is skipped where it comes first.
pub(super) fn read_tags(
    file: &DataFile<'_>,
    layout: &TagLayout,
    n_catalogue: usize,
    dataset: &mut Dataset,
    log: &mut ReadLog,
) -> Result<(), DatasetError> {
    let mut lines = LineReader::open(file)?;
    let mut fields = Fields::default();
    let mut tagging = Tagging::new(dataset, n_catalogue);
    let mut is_first = true;
    while let Some(line) = lines.next_line()? {
        let row = layout.table.split(line.number, line.text, layout.separator, &mut fields);
        let parsed = row.and_then(|row| Ok((row.id(layout.user)?, row.id(layout.item)?, row.get(layout.tag))));
        if let (true, Ok((user, item, _))) = (std::mem::take(&mut is_first), &parsed) {
            let names = &layout.table.column_names;
            if user.eq_ignore_ascii_case(&names[layout.user]) && item.eq_ignore_ascii_case(&names[layout.item]) {
                continue;
            }
        }
        let Some((user, item, tag)) = log.keep_good(parsed)? else { continue };
        match layout.names.as_ref().map_or(Some(tag), |names| names.get(tag).map(String::as_str)) {
            Some(tag) => tagging.add(user, item, tag),
            None => log.report.tags_without_name += 1,
        }
    }
    if !lines.all_utf8() {
        log.not_utf8(file.name());
    }
    tagging.finish(log);
    Ok(())
}

/// Reads a table of tags of any shape, whose columns are found by their names: a user, an item and a tag.
pub(super) fn read_tag_table(
    file: &DataFile<'_>,
    n_catalogue: usize,
    dataset: &mut Dataset,
    log: &mut ReadLog,
) -> Result<(), DatasetError> {
    let mut reader = TableReader::open(file)?;
    let has_header = reader.own_names().is_none();
    let Some(names) = reader.first_names()? else { return Ok(()) };
    let column = |wanted: &'static str, accepted: &[&str]| {
        let found = names.iter().position(|name| accepted.contains(&normalised(name).as_str()));
        found.ok_or_else(|| DatasetError::ColumnMissing {
            file: file.name().to_owned(),
            missing: wanted,
            found: names.clone(),
            advice: format!("call it {wanted}"),
        })
    };
    let user = column("user", &["userid", "user"])?;
    let item = column("item", &["movieid", "item", "itemid"])?;
    let tag = column("tag", &["tag"])?;
    let table = Table::new(reader.name(), &names);
    if has_header {
        reader.next()?;
    }
    let mut tagging = Tagging::new(dataset, n_catalogue);
    while let Some(record) = reader.next()? {
        let parsed = match &record {
            Ok(record) => table
                .row(record.line, *record)
                .and_then(|row| Ok((row.id(user)?, row.id(item)?, words::title(row.get(tag))))),
            Err(broken) => Err(table.broken(broken)),
        };
        if let Some((user, item, tag)) = log.keep_good(parsed)? {
            tagging.add(&words::id(user), &words::id(item), &tag);
        }
    }
    log.take_table_notes(&reader);
    tagging.finish(log);
    Ok(())
}

impl Votes {
    fn add(&mut self, item: u32, tag: &str, user: &str) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if tag.is_empty() {
            return;
        }
        let user = number_of(&mut self.users, user);
        let tag = self.tags.insert_full(tag).0;
        self.votes.push((item, tag as u32, user));
    }

    fn give(mut self, dataset: &mut Dataset) {
        self.votes.sort_unstable();
        self.votes.dedup();
        for of_item in self.votes.chunk_by(|one, next| one.0 == next.0) {
            let mut counted: Vec<(Reverse<usize>, &str)> = of_item
                .chunk_by(|one, next| one.1 == next.1)
                .map(|of_tag| (Reverse(of_tag.len()), self.tags[of_tag[0].1 as usize].as_str()))
                .collect();
            counted.sort_unstable();
            let tags = counted.into_iter().take(MAX_TAGS).map(|(_, tag)| tag.to_owned()).collect();
            dataset.catalogue[of_item[0].0 as usize].tags = tags;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::fixtures::{bad_line_of, folder_with, read_skipping, read_strictly};

    const MOVIES: &str = "1::Alpha (1990)::Drama\n2::Beta (1991)::\n";
    const RATINGS: &str = "7::1::4::10\n7::3::4::11\n";

    fn folder_with_tags(tags: &str) -> tempfile::TempDir {
        folder_with(&[("ratings.dat", RATINGS), ("movies.dat", MOVIES), ("tags.dat", tags)])
    }

    #[test]
    fn tags_are_ordered_by_people_and_then_by_alphabet_in_lower_case() {
        let folder = folder_with_tags("1::1::space::9\n1::1::Zoo::9\n2::1::zoo::9\n1::1::ZOO ::10\n2::1::ant::9\n");
        let (dataset, _) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.catalogue[0].tags, ["zoo", "ant", "space"]);
        assert!(dataset.catalogue[1].tags.is_empty());
    }

    #[test]
    fn an_item_keeps_ten_tags() {
        let tags: String = (0..15).map(|number| format!("1::1::tag{number:02}::9\n")).collect();
        let (dataset, _) = read_strictly(folder_with_tags(&tags).path()).unwrap();
        assert_eq!(dataset.catalogue[0].tags.len(), 10);
        assert_eq!(dataset.catalogue[0].tags[9], "tag09");
    }

    #[test]
    fn items_with_tags_and_no_title_are_counted_and_keep_their_tags_if_they_have_events() {
        let folder = folder_with_tags("1::3::a::9\n1::99::b::9\n2::99::b::9\n");
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(report.tagged_items_missing, 2);
        assert_eq!(dataset.catalogue[2].tags, ["a"]);
        assert_eq!(dataset.items.len(), 3);
    }

    #[test]
    fn a_table_of_tags_has_any_shape_and_quotes_hold_line_breaks() {
        let ratings = "userId,movieId,rating\n1,10,4\n1,11,4\n";
        let movies = "movieId,title,genres\n10,Alpha (1990),Drama\n11,Beta (1991),Drama\n";
        let tags = "user;item;tag\r\n1;10;\"slow\r\nand long\"\r\n2;11;\"Tom &amp; Jerry\"\r\n";
        let folder = folder_with(&[("ratings.csv", ratings), ("movies.csv", movies), ("tags.csv", tags)]);
        let (dataset, _) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.catalogue[0].tags, ["slow and long"]);
        assert_eq!(dataset.catalogue[1].tags, ["tom & jerry"]);
    }

    #[test]
    fn an_empty_tag_is_none_and_an_empty_id_is_a_bad_line() {
        let (dataset, _) = read_strictly(folder_with_tags("1::1:: ::9\n").path()).unwrap();
        assert!(dataset.catalogue[0].tags.is_empty());
        let folder = folder_with_tags("1::1::a::9\n::1::a::9\n");
        let bad = bad_line_of(folder.path());
        assert_eq!(bad.to_string(), r#"tags.dat:2: column 1 (user): "" is empty; expected an id"#);
        assert_eq!(read_skipping(folder.path()).1.bad_lines, 1);
    }
}
