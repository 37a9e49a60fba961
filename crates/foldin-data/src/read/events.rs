//! Files of events, line by line, in any format: a layout says which column is what.

use super::lines::LineReader;
use super::numbers::{self, Refusal, Scale};
use super::times::{self, Time};
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::{BadLine, DatasetError};
use crate::dataset::{Events, Ids, ItemNo, UserNo};
use crate::duplicates::remove_repeated_events;
use crate::files::DataFile;

/// Indices are 32 bits wide.
const MAX_COUNT: usize = u32::MAX as usize - 1;

/// Where the values of an event stand in a line.
#[derive(Debug)]
pub(super) struct Layout {
    pub table: Table,
    pub separator: Separator,
    pub user: usize,
    pub item: usize,
    pub rating: Option<(usize, Scale)>,
    pub time: Option<TimeColumn>,
    /// Whether the first line may name the columns of a file that is known without it.
    pub names_may_lead: bool,
}

impl Layout {
    /// Stars with times and without a header, as MovieLens writes them.
    pub(super) fn user_item_rating_time(file: &str, separator: Separator) -> Self {
        Layout {
            table: Table::new(file, &["user", "item", "rating", "timestamp"]),
            separator,
            user: 0,
            item: 1,
            rating: Some((2, Scale::Stars)),
            time: Some(TimeColumn { column: 3, may_be_empty: false }),
            names_may_lead: false,
        }
    }
}

/// The column of times.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeColumn {
    pub column: usize,
    /// Whether the column may be empty in all lines.
    pub may_be_empty: bool,
}

struct Event<'a> {
    user: &'a str,
    item: &'a str,
    rating: f32,
    time: Option<i64>,
}

/// Reads all events that `lines` has left, and removes repeated ones. Ids that are new join `users` and `items`.
pub(super) fn read_events(
    mut lines: LineReader<'_>,
    layout: &Layout,
    users: &mut Ids,
    items: &mut Ids,
    log: &mut ReadLog,
) -> Result<Events, DatasetError> {
    let file = lines.file().clone();
    let mut events = Events::default();
    let mut fields = Fields::default();
    let mut is_first = true;
    let mut are_times_there = None;
    while let Some(line) = lines.next_line()? {
        let row = layout.table.split(line.number, line.text, layout.separator, &mut fields);
        let leads = std::mem::take(&mut is_first) && layout.names_may_lead;
        if leads && row.as_ref().is_ok_and(|row| is_line_of_names(row, &layout.table)) {
            continue;
        }
        let row = match log.keep_good(row)? {
            Some(row) => row,
            None => continue,
        };
        if let (Some(time), None) = (layout.time, are_times_there) {
            let there = !time.may_be_empty || !row.get(time.column).is_empty() || any_time(&file, layout, time)?;
            are_times_there = Some(there);
        }
        let event = parse_event(&row, layout, are_times_there.unwrap_or_default());
        let Some(event) = log.keep_good(event)? else { continue };
        push_event(&mut events, &event, users, items);
        if events.len() > MAX_COUNT || users.len() > MAX_COUNT || items.len() > MAX_COUNT {
            return Err(DatasetError::TooMany { path: file.path(), what: "events, users or items", limit: MAX_COUNT });
        }
    }
    if !lines.all_utf8() {
        log.not_utf8(file.name());
    }
    if events.is_empty() {
        return Err(DatasetError::Empty { path: file.path(), bad_lines: log.report.bad_lines });
    }
    log.report.events_read += events.len();
    log.report.ratings_missing = layout.rating.is_none();
    log.report.ratings_are_counts = matches!(layout.rating, Some((_, Scale::Plays)));
    log.report.times_missing = events.times.is_empty();
    log.report.duplicate_events += remove_repeated_events(&mut events);
    Ok(events)
}

fn parse_event<'a>(row: &Row<'a>, layout: &Layout, are_times_there: bool) -> Result<Event<'a>, Box<BadLine>> {
    Ok(Event {
        user: row.id(layout.user)?,
        item: row.id(layout.item)?,
        rating: match layout.rating {
            Some((column, scale)) => row.parse(column, |text| numbers::rating_on(text, scale))?,
            None => 1.0,
        },
        time: match layout.time {
            Some(TimeColumn { column, may_be_empty: true }) if are_times_there && row.get(column).is_empty() => {
                let expected = "seconds since 1970, as other lines have them, or no time in any line";
                return Err(row.refuse(column, Refusal { problem: "is empty", expected }));
            }
            Some(time) if are_times_there => Some(row.parse(time.column, seconds)?),
            _ => None,
        },
    })
}

fn push_event(events: &mut Events, event: &Event<'_>, users: &mut Ids, items: &mut Ids) {
    // Most files keep the events of a user together.
    let last_user = events.users.last().copied().filter(|last| &*users[last.at()] == event.user);
    events.users.push(last_user.unwrap_or_else(|| UserNo(number_of(users, event.user))));
    events.items.push(ItemNo(number_of(items, event.item)));
    events.ratings.push(event.rating);
    events.times.extend(event.time);
}

/// A time that needs no other line to be understood.
fn seconds(text: &str) -> Result<i64, Refusal> {
    match times::time(text)? {
        Time::Seconds { seconds, .. } => Ok(seconds),
        Time::Ambiguous(_) => Err(Refusal { problem: "is not a whole number", expected: "seconds since 1970 such as 978300760" }),
    }
}

/// The number of an id, which joins the set if it is new. How many ids there are is checked by the caller.
fn number_of(ids: &mut Ids, id: &str) -> u32 {
    ids.get_index_of(id).unwrap_or_else(|| ids.insert_full(id.into()).0) as u32
}

/// Whether any line has a time. Asked once, when the first event has none: only then can it not be told from the lines
/// so far whether the others go without as well.
fn any_time(file: &DataFile<'_>, layout: &Layout, time: TimeColumn) -> Result<bool, DatasetError> {
    let mut lines = LineReader::open(file)?;
    let mut fields = Fields::default();
    lines.next_line()?;
    while let Some(line) = lines.next_line()? {
        let row = layout.table.split(line.number, line.text, layout.separator, &mut fields);
        if row.is_ok_and(|row| !row.get(time.column).is_empty()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_line_of_names(row: &Row<'_>, table: &Table) -> bool {
    table.column_names.iter().enumerate().all(|(column, name)| row.get(column).eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fixtures::{bad_line_of, folder_with, read_skipping, read_strictly};

    #[test]
    fn a_bad_line_is_refused_before_its_ids_are_taken_in() {
        let folder = folder_with(&[("events.csv", "user,item,rating\nu1,a,5\nu2,b,oops\nu1,c,3\n")]);
        let (dataset, report) = read_skipping(folder.path());
        assert_eq!((dataset.users.len(), dataset.items.len(), report.bad_lines), (1, 2, 1));
        assert_eq!((report.events_read, dataset.events.ratings), (2, vec![5.0, 3.0]));
    }

    #[test]
    fn an_empty_id_is_a_bad_line() {
        let of = |line: &str| bad_line_of(folder_with(&[("events.csv", &format!("user,item\n{line}\n"))]).path());
        assert_eq!(of(" ,a").to_string(), r#"events.csv:2: column 1 (user): "" is empty; expected an id"#);
        assert_eq!(of("u,\"\"").to_string(), r#"events.csv:2: column 2 (item): "" is empty; expected an id"#);
    }

    #[test]
    fn where_some_times_are_empty_those_lines_are_bad_wherever_they_are() {
        for lines in ["u,a,\nu,b,5\nu,c,6\n", "u,b,5\nu,a,\nu,c,6\n", "u,b,5\nu,c,6\nu,a,\n"] {
            let folder = folder_with(&[("events.csv", &format!("user,item,timestamp\n{lines}"))]);
            let bad = bad_line_of(folder.path());
            assert_eq!((bad.column, bad.problem.as_str()), (3, "is empty"));
            let (dataset, report) = read_skipping(folder.path());
            assert_eq!((dataset.events.times, report.bad_lines), (vec![5, 6], 1), "{lines}");
            assert_eq!(dataset.items.len(), 2);
        }
    }

    #[test]
    fn where_all_times_are_empty_there_are_no_times() {
        let folder = folder_with(&[("events.csv", "user,item,timestamp\nu,a,\nu,b,\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert!(dataset.events.times.is_empty() && report.times_missing);
        assert_eq!(dataset.events.len(), 2);
    }

    #[test]
    fn times_in_milliseconds_are_divided_and_counted() {
        let folder = folder_with(&[("events.csv", "user,item,ts\nu,a,978300760123\nu,b,978300761\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.events.times, [978_300_760, 978_300_761]);
        assert_eq!(report.times_in_milliseconds, 1);
    }

    #[test]
    fn a_file_without_an_event_is_an_error_that_names_it() {
        for content in ["", "user,item\n", "\n\n"] {
            let folder = folder_with(&[("events.csv", content)]);
            let error = read_strictly(folder.path()).unwrap_err();
            assert!(matches!(error, DatasetError::Empty { bad_lines: 0, .. }), "{content:?}: {error}");
            assert!(error.to_string().contains("events.csv` holds no event; "), "{error}");
        }
    }

    #[test]
    fn a_file_of_bad_lines_only_is_empty_and_says_how_many_were_left_out() {
        let folder = folder_with(&[("events.csv", "user,item,rating\nu,a,x\nu,b,y\n")]);
        let options = crate::read::ReadOptions { skip_bad_lines: true };
        let error = crate::read::read(folder.path(), &options).unwrap_err();
        assert!(error.to_string().contains("holds no event apart from bad lines left out (2)"), "{error}");
    }

    #[test]
    fn a_repeated_event_is_counted_and_the_later_stays() {
        let folder = folder_with(&[("events.csv", "user,item,rating,time\nu,a,5,20\nu,b,4,10\nu,a,1,10\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!((report.events_read, report.duplicate_events), (3, 1));
        assert_eq!(
            (&dataset.events.items[..], &dataset.events.ratings[..]),
            (&[ItemNo(0), ItemNo(1)][..], &[5.0, 4.0][..])
        );
    }

    #[test]
    fn one_line_in_another_encoding_does_not_change_the_others() {
        let folder = folder_with::<[u8]>(&[("events.csv", b"user,item\nJos\xc3\xa9,a\nJos\xe9,b\nZo\xc3\xab,a\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.users.iter().map(|id| &**id).collect::<Vec<_>>(), ["José", "Zoë"]);
        assert_eq!(report.not_utf8, ["events.csv"]);
    }
}
