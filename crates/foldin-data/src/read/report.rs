//! What was noticed while a data set was read.

use std::collections::{BTreeMap, HashMap};

use super::meet::NearMiss;
use super::table::TableReader;
use super::{BadLine, Columns, DatasetError, Format, ReadOptions};
use crate::dataset::Dataset;

/// Bad lines that the report quotes; of further ones only the number is kept.
const MAX_QUOTED: usize = 10;

/// The columns of a file of events, and what they were taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnsRead {
    /// The name of the file.
    pub file: String,
    /// The names of all columns, in their order.
    pub names: Vec<String>,
    /// Those that were read, by what they hold.
    pub roles: Columns,
}

/// What was read and what was odd about it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReadReport {
    /// What the folder was recognised as.
    pub format: Format,
    /// Other formats that the folder could have been read as.
    pub also_recognised: Vec<Format>,
    /// The columns of the files of events, where these are tables with named columns.
    pub event_columns: Vec<ColumnsRead>,
    /// Good lines of events, before repeated events were removed.
    pub events_read: usize,
    /// Lines of any file that were left out because they could not be read.
    pub bad_lines: usize,
    /// The first ten of them, in the order of reading.
    pub first_bad_lines: Vec<BadLine>,
    /// Events that were removed because the same user had a later one with the same item.
    pub duplicate_events: usize,
    /// Lines of the catalogue that were left out because their id was there already.
    pub duplicate_items: usize,
    /// Items that have events and no title: absent from the catalogue, or with an empty title there.
    pub items_without_title: usize,
    /// Items that have no event.
    pub items_without_events: usize,
    /// Titles, with their year, that belong to more than one item.
    pub repeated_titles: usize,
    /// Items that have tags and are absent from the catalogue.
    pub tagged_items_missing: usize,
    /// Lines whose tag has a number that the file of tags does not name.
    pub tags_without_name: usize,
    /// Columns that were not used: name of the file and of the column.
    pub ignored_columns: Vec<(String, String)>,
    /// Files that were not UTF-8, or not in every line, and so were read as Windows-1252.
    pub not_utf8: Vec<String>,
    /// Times that were taken for milliseconds, microseconds and nanoseconds.
    pub times_in_parts: [usize; 3],
    /// Lines of events that were left out because they name no user, or a word for none.
    pub events_without_user: usize,
    /// Lines of events that were left out because they name no item, or a word for none.
    pub events_without_item: usize,
    /// Lines of events that were left out for either reason, or because their type is not known.
    pub lines_left_out: usize,
    /// Types of events without a weight, and how many events have each.
    pub unknown_event_types: BTreeMap<String, usize>,
    /// Events without a rating among others that have one.
    pub events_without_rating: usize,
    /// Events whose counts were added to a later one's of the same user and item.
    pub events_summed: usize,
    /// Lines in the middle of a file that repeat its first.
    pub repeated_headers: usize,
    /// Ids that were brought into Unicode's composed form, or lost letters that do not show.
    pub ids_cleaned: usize,
    /// Those of them that became an id that was there already.
    pub ids_joined: usize,
    /// Lines of the catalogue without an id.
    pub items_without_id: usize,
    /// Items of the catalogue.
    pub items_in_catalogue: usize,
    /// Events whose item the catalogue has.
    pub events_with_record: usize,
    /// The difference that keeps most items of the events from being found in the catalogue.
    pub near_miss: Option<NearMiss>,
    /// Files that look like events and were not read.
    pub unread_event_files: Vec<String>,
    /// Further sentences about how the files were understood.
    pub remarks: Vec<String>,
    /// Whether there is no file with titles.
    pub catalogue_missing: bool,
    /// Whether there is no file of events.
    pub events_missing: bool,
    /// Whether the events have no ratings, so that each counts 1.
    pub ratings_missing: bool,
    /// Whether the ratings are counts by the name of their column or by the format.
    pub ratings_are_counts: bool,
    /// Whether the events have no times.
    pub times_missing: bool,
}

impl ReadReport {
    /// One sentence for each thing that was odd, for the program to print.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let mut note = |wanted: bool, text: String| {
            if wanted {
                notes.push(text);
            }
        };
        let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });

        for format in &self.also_recognised {
            note(true, format!("The folder also looks like {format}, which was not read."));
        }
        note(self.bad_lines > 0, {
            let first = self.first_bad_lines.first().map(ToString::to_string).unwrap_or_default();
            format!("Left out {}, the first being {first}.", counted(self.bad_lines, "bad line", "bad lines"))
        });
        note(
            self.duplicate_events > 0,
            format!(
                "Removed {} whose user has a later one with the same item.",
                counted(self.duplicate_events, "event", "events")
            ),
        );
        note(
            self.events_summed > 0,
            format!(
                "Added the counts of {} to a later one of the same user and item.",
                counted(self.events_summed, "event", "events")
            ),
        );
        note(
            self.events_without_user > 0,
            format!("Left out {} that name no user.", counted(self.events_without_user, "event", "events")),
        );
        note(
            self.events_without_item > 0,
            format!("Left out {} that name no item.", counted(self.events_without_item, "event", "events")),
        );
        note(!self.unknown_event_types.is_empty(), {
            let n: usize = self.unknown_event_types.values().sum();
            let names: Vec<&str> = self.unknown_event_types.keys().take(8).map(String::as_str).collect();
            format!(
                "Left out {} of types without a weight ({}); `--event-weights` gives them one.",
                counted(n, "event", "events"),
                names.join(", ")
            )
        });
        note(
            self.events_without_rating > 0,
            format!(
                "Found {} without a rating: they count as neither likes nor dislikes.",
                counted(self.events_without_rating, "event", "events")
            ),
        );
        note(
            self.repeated_headers > 0,
            format!("Left out {} that repeat the column names.", counted(self.repeated_headers, "line", "lines")),
        );
        note(
            self.ids_joined > 0,
            format!(
                "Took {} for others that differ only in Unicode form or in letters that do not show.",
                counted(self.ids_joined, "id", "ids")
            ),
        );
        note(
            self.items_without_id > 0,
            format!("Left out {} of the catalogue without an id.", counted(self.items_without_id, "line", "lines")),
        );
        if let Some(miss) = &self.near_miss {
            note(true, miss.advice());
        }
        note(
            self.duplicate_items > 0,
            format!(
                "Left out {} of the catalogue whose id was there already.",
                counted(self.duplicate_items, "line", "lines")
            ),
        );
        note(self.catalogue_missing, "There is no items.csv, so no item has a title.".to_owned());
        note(
            self.events_missing,
            "There is no events.csv, so nothing can be learnt but what items are about.".to_owned(),
        );
        note(
            self.items_without_title > 0 && !self.catalogue_missing,
            format!("Found {} with events and no title.", counted(self.items_without_title, "item", "items")),
        );
        note(
            self.items_without_events > 0 && !self.events_missing,
            format!("Found {} without any event.", counted(self.items_without_events, "item", "items")),
        );
        note(
            self.repeated_titles > 0,
            format!(
                "Found {} with the same year on more than one item, which stay different items.",
                counted(self.repeated_titles, "title", "titles")
            ),
        );
        note(
            self.tagged_items_missing > 0,
            format!(
                "Found tags of {} that the catalogue does not have.",
                counted(self.tagged_items_missing, "item", "items")
            ),
        );
        note(
            self.tags_without_name > 0,
            format!("Left out {} with a tag that has no name.", counted(self.tags_without_name, "line", "lines")),
        );
        let mut files: Vec<&str> = self.ignored_columns.iter().map(|(file, _)| file.as_str()).collect();
        files.dedup();
        for file in files {
            let names: Vec<&str> =
                self.ignored_columns.iter().filter(|(own, _)| own == file).map(|(_, name)| name.as_str()).collect();
            let (columns, were) = if names.len() == 1 { ("Column", "was") } else { ("Columns", "were") };
            note(true, format!("{columns} `{}` of {file} {were} not used.", names.join("`, `")));
        }
        for file in &self.unread_event_files {
            note(true, format!("{file} looks like events and was not read."));
        }
        for remark in &self.remarks {
            note(true, remark.clone());
        }
        for file in &self.not_utf8 {
            note(true, format!("Text in {file} is not UTF-8 and was read as Windows-1252."));
        }
        for (n, unit) in self.times_in_parts.iter().zip(["milliseconds", "microseconds", "nanoseconds"]) {
            note(*n > 0, format!("Took {} for {unit}.", counted(*n, "time", "times")));
        }
        note(self.ratings_missing, "The events have no ratings, so each counts 1.".to_owned());
        note(self.times_missing, "The events have no times, so they cannot be split by time.".to_owned());
        notes
    }
}

/// The report while it is being made, and what to do about a bad line.
pub(super) struct ReadLog {
    pub report: ReadReport,
    skip_bad_lines: bool,
    any_good: bool,
}

impl ReadLog {
    pub(super) fn new(format: Format, options: &ReadOptions) -> Self {
        let report = ReadReport { format, ..ReadReport::default() };
        Self { report, skip_bad_lines: options.skip_bad_lines, any_good: false }
    }

    /// Passes on what a line gave; none where it was bad and such lines are skipped.
    pub(super) fn keep_good<T>(&mut self, line: Result<T, Box<BadLine>>) -> Result<Option<T>, DatasetError> {
        match line {
            Ok(value) => {
                self.any_good = true;
                Ok(Some(value))
            }
            Err(bad) if !self.skip_bad_lines => Err(DatasetError::BadLine { bad, after_good: self.any_good }),
            Err(bad) => {
                self.report.bad_lines += 1;
                if self.report.first_bad_lines.len() < MAX_QUOTED {
                    self.report.first_bad_lines.push(*bad);
                }
                Ok(None)
            }
        }
    }

    /// Begins anew, because files are read again in another way.
    pub(super) fn forget(&mut self) {
        self.report = ReadReport { format: self.report.format, ..ReadReport::default() };
    }

    /// Adds a sentence to the notes, once.
    pub(super) fn note(&mut self, remark: String) {
        if !self.report.remarks.contains(&remark) {
            self.report.remarks.push(remark);
        }
    }

    /// Takes over what was noticed about the bytes of a table.
    pub(super) fn take_table_notes(&mut self, table: &TableReader<'_>) {
        let (name, notes) = (table.name(), table.notes());
        if !notes.containers.is_empty() {
            self.note(format!("{name} is {}, and was read as such.", notes.containers.join(" in ")));
        }
        if notes.has_separator_line {
            self.note(format!("The first line of {name} names the separator and is no record."));
        }
        if let Some(encoding) = notes.encoding {
            match encoding {
                "windows-1252" => self.not_utf8(name),
                other => self.note(format!(
                    "Text in {name} is not UTF-8 and was read as {}.",
                    other.replace("windows", "Windows")
                )),
            }
        }
    }

    pub(super) fn not_utf8(&mut self, file: &str) {
        if !self.report.not_utf8.iter().any(|known| known == file) {
            self.report.not_utf8.push(file.to_owned());
        }
    }

    /// Counts what can only be known once events and catalogue are both there.
    pub(super) fn count_items(&mut self, dataset: &Dataset) {
        let mut has_events = vec![false; dataset.items.len()];
        for &item in &dataset.events.items {
            has_events[item.at()] = true;
        }
        let mut bearers: HashMap<(&str, Option<i32>), usize> = HashMap::new();
        for (record, has_events) in dataset.catalogue.iter().zip(has_events) {
            self.report.items_without_events += usize::from(!has_events);
            if record.title.is_empty() {
                self.report.items_without_title += usize::from(has_events);
            } else {
                *bearers.entry((&record.title, record.year)).or_default() += 1;
            }
        }
        self.report.repeated_titles = bearers.into_values().filter(|count| *count > 1).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fixtures::{folder_with, read_skipping};

    #[test]
    fn a_report_tells_which_columns_were_read() {
        let folder = folder_with(&[("plays.csv", "when,who_id,track_id,plays\n2020-01-01,u,a,3\n2020-01-02,v,a,1\n")]);
        let options = ReadOptions { columns: "user=who_id,time=1".parse().unwrap(), ..ReadOptions::default() };
        let report = crate::read::read(&folder.path().join("plays.csv"), &options).unwrap().1;
        let [read] = &report.event_columns[..] else { panic!("{report:?}") };
        assert!(read.file.ends_with("plays.csv") && read.names.len() == 4, "{read:?}");
        assert_eq!(read.roles.to_string(), "user=who_id,item=track_id,rating=plays,time=when");
    }

    #[test]
    fn a_report_without_oddities_has_no_notes() {
        assert!(ReadReport::default().notes().is_empty());
    }

    #[test]
    fn each_note_is_one_full_sentence() {
        let report = ReadReport {
            also_recognised: vec![Format::LastFm2k],
            duplicate_events: 1,
            duplicate_items: 2,
            items_without_title: 3,
            items_without_events: 4,
            repeated_titles: 5,
            tagged_items_missing: 6,
            tags_without_name: 7,
            ignored_columns: vec![("events.csv".into(), "colour".into())],
            not_utf8: vec!["tags.dat".into()],
            times_in_parts: [8, 0, 0],
            ratings_missing: true,
            times_missing: true,
            ..ReadReport::default()
        };
        let notes = report.notes();
        assert_eq!(notes.len(), 13);
        assert!(notes.iter().all(|note| note.ends_with('.') && note.starts_with(char::is_uppercase)), "{notes:?}");
        assert_eq!(notes[1], "Removed 1 event whose user has a later one with the same item.");
        assert_eq!(notes[8], "Column `colour` of events.csv was not used.");
    }

    #[test]
    fn skipped_lines_are_all_counted_and_the_first_ten_are_quoted() {
        let bad = "u,a,x\n".repeat(25);
        let folder = folder_with(&[("events.csv", &format!("user,item,rating\nu,a,1\n{bad}"))]);
        let (dataset, report) = read_skipping(folder.path());
        assert_eq!((dataset.events.len(), report.bad_lines, report.first_bad_lines.len()), (1, 25, 10));
        assert_eq!(report.first_bad_lines[9].line, 12);
        let quoted = r#"Left out 25 bad lines, the first being events.csv:3: column 3 (rating): "x" is not a number"#;
        assert!(report.notes()[0].starts_with(quoted), "{:?}", report.notes());
    }
}
