//! Files of events, line by line, in any format: a layout says which column is what.

use super::lines::LineReader;
use super::numbers::{self, Refusal, Scale};
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::times::{self, Time};
use super::{BadLine, DatasetError};
use crate::dataset::{Events, Ids, ItemNo, MAX_COUNT, number_of, user_no};
use crate::duplicates::remove_repeated_events;
use crate::files::DataFile;

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
    events.users.push(user_no(users, event.user, events.users.last().copied()));
    events.items.push(ItemNo(number_of(items, event.item)));
    events.ratings.push(event.rating);
    events.times.extend(event.time);
}

/// A time that needs no other line to be understood.
fn seconds(text: &str) -> Result<i64, Refusal> {
    match times::time(text)? {
        Time::Seconds { seconds, .. } => Ok(seconds),
        Time::Ambiguous(_) => {
            Err(Refusal { problem: "is not a whole number", expected: "seconds since 1970 such as 978300760" })
        }
    }
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
