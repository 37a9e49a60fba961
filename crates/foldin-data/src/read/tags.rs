//! Tags that people gave to items, most given first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::DatasetError;
use super::lines::LineReader;
use super::report::ReadLog;
use super::roles::normalised;
use super::rows::{Fields, Separator, Table};
use crate::dataset::{Dataset, Ids};
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

/// Reads a file of tags and gives them to the items of `dataset`, of which the first `n_catalogue` have a title.
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
    let mut votes = Votes::default();
    let mut missing: HashSet<Box<str>> = HashSet::new();
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
        let index = dataset.items.get_index_of(item);
        if index.is_none_or(|index| index >= n_catalogue) && !missing.contains(item) {
            missing.insert(item.into());
        }
        let tag = match &layout.names {
            None => tag,
            Some(names) => match names.get(tag) {
                Some(name) => name,
                None => {
                    log.report.tags_without_name += 1;
                    continue;
                }
            },
        };
        if let Some(index) = index {
            votes.add(index as u32, tag, user);
        }
    }
    if !lines.all_utf8() {
        log.not_utf8(file.name());
    }
    log.report.tagged_items_missing += missing.len();
    votes.give(dataset);
    Ok(())
}

/// Reads a table of tags whose columns are found by their names: a user, an item and a tag.
pub(super) fn read_tag_table(
    file: &DataFile<'_>,
    n_catalogue: usize,
    dataset: &mut Dataset,
    log: &mut ReadLog,
) -> Result<(), DatasetError> {
    let mut lines = LineReader::open(file)?;
    let Some(line) = lines.next_line()? else { return Ok(()) };
    let mut fields = Fields::default();
    if fields.split(line.text, Separator::Comma).is_err() {
        fields.clear();
        fields.push(line.text);
    }
    let names: Vec<&str> = (0..fields.len()).map(|column| fields.get(column)).collect();
    let column = |wanted: &'static str, accepted: &[&str]| {
        let found = names.iter().position(|name| accepted.contains(&normalised(name).as_str()));
        found.ok_or_else(|| DatasetError::ColumnMissing {
            file: file.name().to_owned(),
            missing: wanted,
            found: names.iter().map(|name| (*name).to_owned()).collect(),
            advice: format!("call it {wanted}"),
        })
    };
    let layout = TagLayout {
        user: column("user", &["userid", "user"])?,
        item: column("item", &["movieid", "item", "itemid"])?,
        tag: column("tag", &["tag"])?,
        table: Table::new(file.name(), &names),
        separator: Separator::Comma,
        names: None,
    };
    read_tags(file, &layout, n_catalogue, dataset, log)
}

impl Votes {
    fn add(&mut self, item: u32, tag: &str, user: &str) {
        let tag = tag.trim().to_lowercase();
        if tag.is_empty() {
            return;
        }
        let user = self.users.get_index_of(user).unwrap_or_else(|| self.users.insert_full(user.into()).0);
        let tag = self.tags.insert_full(tag).0;
        self.votes.push((item, tag as u32, user as u32));
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
    fn an_empty_tag_is_none_and_an_empty_id_is_a_bad_line() {
        let (dataset, _) = read_strictly(folder_with_tags("1::1:: ::9\n").path()).unwrap();
        assert!(dataset.catalogue[0].tags.is_empty());
        let folder = folder_with_tags("1::1::a::9\n::1::a::9\n");
        let bad = bad_line_of(folder.path());
        assert_eq!(bad.to_string(), r#"tags.dat:2: column 1 (user): "" is empty; expected an id"#);
        assert_eq!(read_skipping(folder.path()).1.bad_lines, 1);
    }
}
