//! Events out of a table of any shape, whose columns are found by their names.

use indexmap::IndexMap;

use super::event_types::Weights;
use super::first_record::{PEEKED, header_of, is_number};
use super::numbers::{self, Given, Refusal};
use super::options::ReadOptions;
use super::report::ReadLog;
use super::roles::{EventColumns, Header, RatingKind, normalised};
use super::rows::{Row, Table};
use super::table::{OwnedRecord, Record, Separator, Shape, TableReader};
use super::times::{NumericDates, Time, time};
use super::{BadLine, DatasetError, words};
use crate::dataset::{Ids, ItemNo, MAX_COUNT, UserNo, number_of, user_no};
use crate::files::DataFile;

/// The time of an event that has none.
pub(super) const NO_TIME: i64 = i64::MIN;

/// From so many lines on, an id that is another on every line numbers the lines.
const NUMBERED_FROM: usize = 4;

/// Events as they were read, before it is decided what their values mean.
#[derive(Debug, Default)]
pub(super) struct RawEvents {
    pub users: Vec<UserNo>,
    pub items: Vec<ItemNo>,
    /// Not a number where the event has no rating.
    pub ratings: Vec<f32>,
    /// [`NO_TIME`] where the event has none; dates such as `1/2/2011` as [`NumericDates`] packs them.
    pub times: Vec<i64>,
    pub dates: NumericDates,
    /// What ratings count, as far as the columns tell.
    pub kind: Option<ValueKind>,
    /// The first line with a value that all lines together may turn out to refuse.
    pub first_without_time: Option<Box<BadLine>>,
    pub first_numeric_date: Option<Box<BadLine>>,
    pub first_negative: Option<Box<BadLine>>,
    /// Titles that the events themselves give: the first of each item.
    pub titles: IndexMap<ItemNo, String>,
    /// Times that were in milliseconds, microseconds and nanoseconds.
    pub units: [usize; 3],
}

impl RawEvents {
    fn note_unit(&mut self, per_second: i64) {
        match per_second {
            1_000 => self.units[0] += 1,
            1_000_000 => self.units[1] += 1,
            1_000_000_000 => self.units[2] += 1,
            _ => {}
        }
    }
}

/// What the values of events are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Stars,
    /// Plays, quantities, weights of event types: summed where they repeat.
    Counts,
}

/// A file of events whose columns are known.
pub(super) struct EventTable<'a> {
    reader: TableReader<'a>,
    file: DataFile<'a>,
    columns: EventColumns,
    table: Table,
    has_header: bool,
    numbers: numbers::Style,
}

impl<'a> EventTable<'a> {
    /// Opens a file and finds its columns.
    pub(super) fn open(file: &DataFile<'a>, options: &ReadOptions, log: &mut ReadLog) -> Result<Self, DatasetError> {
        let mut reader = TableReader::open(file)?;
        let name = reader.name().to_owned();
        let own = reader.own_names().map(<[String]>::to_vec);
        let has_own_names = own.is_some();
        let peeked = reader.peek(PEEKED)?;
        if peeked.is_empty() {
            return Err(DatasetError::Empty { path: file.path(), bad_lines: log.report.bad_lines });
        }
        let (names, has_header) = match own {
            Some(names) => (names, false),
            None => header_of(&name, peeked, &options.columns)?,
        };
        if !has_header && !has_own_names {
            log.note(format!("`{name}` has no line of column names; its columns were read as {}.", names.join(", ")));
        }
        let mut header = Header::new(&name, names);
        let mut columns = header.events(&options.columns)?;
        let rows = &reader.peek(PEEKED)?[usize::from(has_header)..];
        settle_event_column(&mut columns, rows, options);
        header.report_unused(log);
        log.report.event_columns.push(columns.read(&name, header.names()));
        let decimal_comma = !matches!(reader.shape(), Shape::Delimited(Separator::Comma));
        Ok(EventTable {
            reader,
            file: file.clone(),
            columns,
            table: Table::new(&*name, header.names()),
            has_header,
            numbers: numbers::Style { decimal_comma },
        })
    }

    /// The name of the column of items, for finding the same in a catalogue.
    pub(super) fn item_name(&self) -> String {
        normalised(&self.table.column_names[self.columns.item])
    }

    /// Adds the events of the file. Ids that are new join `users` and `items`; the first `n_catalogue` items have a
    /// record in the catalogue.
    pub(super) fn read(
        mut self,
        users: &mut Ids,
        items: &mut Ids,
        n_catalogue: usize,
        events: &mut RawEvents,
        options: &ReadOptions,
        log: &mut ReadLog,
    ) -> Result<(), DatasetError> {
        let weights = Weights::new(&options.event_weights);
        let kind = match (self.columns.event, self.columns.rating) {
            (Some(_), _) | (None, Some((_, RatingKind::Count))) => Some(ValueKind::Counts),
            (None, Some((_, RatingKind::Stars))) => Some(ValueKind::Stars),
            (None, None) => None,
        };
        // Files that are read together have one kind of values: that of the first that has any.
        events.kind = events.kind.or(kind);
        let (table, columns) = (&self.table, &self.columns);
        let n_needed = columns.n_needed();
        let n_before = events.users.len();
        let mut n_left_out = 0;
        if self.has_header {
            self.reader.next()?;
        }
        let (mut scratch_user, mut scratch_item) = (String::new(), String::new());
        while let Some(record) = self.reader.next()? {
            let record = match record {
                Ok(record) => record,
                Err(broken) => {
                    log.keep_good::<()>(Err(table.broken(&broken)))?;
                    continue;
                }
            };
            if repeats_header(&record, table, columns.user) {
                log.report.repeated_headers += 1;
                continue;
            }
            let row = table.row_of(record.line, record, n_needed);
            let parsed = row.and_then(|row| event_in(&row, columns, &weights, self.numbers, events));
            let Some(event) = log.keep_good(parsed)? else { continue };
            match event {
                Parsed::NoUser => log.report.events_without_user += 1,
                Parsed::NoItem => log.report.events_without_item += 1,
                Parsed::UnknownType(name) => *log.report.unknown_event_types.entry(name).or_default() += 1,
                Parsed::Event(event) => {
                    let user = cleaned(event.user, &mut scratch_user, users, log);
                    let user = user_no(users, user, events.users.last().copied());
                    let item = cleaned(event.item, &mut scratch_item, items, log);
                    let item = ItemNo(number_of(items, item));
                    events.users.push(user);
                    events.items.push(item);
                    events.ratings.push(event.rating);
                    events.times.push(event.time);
                    if let Some(column) = columns.title
                        && item.at() >= n_catalogue
                        && !events.titles.contains_key(&item)
                    {
                        let title = words::title(record.get(column)).into_owned();
                        if !words::is_none(&title) {
                            events.titles.insert(item, title);
                        }
                    }
                    if events.users.len() > MAX_COUNT {
                        let (path, what) = (self.file.path(), "events");
                        return Err(DatasetError::TooMany { path, what, limit: MAX_COUNT });
                    }
                    continue;
                }
            }
            n_left_out += 1;
        }
        log.take_table_notes(&self.reader);
        let n_read = events.users.len() - n_before;
        log.report.events_read += n_read;
        log.report.lines_left_out += n_left_out;
        self.refuse_row_numbers(&events.items[n_before..], n_catalogue)
    }

    /// A column that is only called `id` and has another value on every line numbers the lines.
    fn refuse_row_numbers(&self, read: &[ItemNo], n_catalogue: usize) -> Result<(), DatasetError> {
        if !self.columns.item_is_plain_id || read.len() < NUMBERED_FROM {
            return Ok(());
        }
        let mut distinct = read.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let known = distinct.iter().filter(|item| item.at() < n_catalogue).count();
        if distinct.len() < read.len() || 2 * known >= read.len() {
            return Ok(());
        }
        let found = self.table.column_names.clone();
        let column = found[self.columns.item].clone();
        Err(DatasetError::RowNumbers { file: self.table.file.clone(), column, found })
    }
}

/// Ratings in words (`like`, `dislike`) are event types; a column of event types of which none is known is none. Where
/// events have ratings, those count and not the types.
fn settle_event_column(columns: &mut EventColumns, rows: &[OwnedRecord], options: &ReadOptions) {
    let weights = Weights::new(&options.event_weights);
    let known = |column: usize| {
        let words: Vec<&str> =
            rows.iter().map(|row| row.as_record().get(column)).filter(|word| !words::is_none(word)).collect();
        let n_known = words.iter().filter(|word| !is_number(word) && weights.of(word).is_some()).count();
        n_known > 0 && 2 * n_known >= words.len()
    };
    let said_event = options.columns.event.is_some();
    if let Some((rating, _)) = columns.rating
        && known(rating)
    {
        (columns.rating, columns.event) = (None, Some(rating));
    }
    if let Some(event) = columns.event
        && !said_event
        && (!known(event) || columns.rating.is_some())
    {
        columns.event = None;
    }
    if said_event {
        columns.rating = columns.rating.filter(|_| options.columns.rating.is_some());
    }
}

enum Parsed<'a> {
    Event(Event<'a>),
    NoUser,
    NoItem,
    UnknownType(String),
}

struct Event<'a> {
    user: &'a str,
    item: &'a str,
    rating: f32,
    time: i64,
}

fn event_in<'r>(
    row: &Row<'r, Record<'r>>,
    columns: &EventColumns,
    weights: &Weights,
    style: numbers::Style,
    events: &mut RawEvents,
) -> Result<Parsed<'r>, Box<BadLine>> {
    let (user, item) = (row.get(columns.user), row.get(columns.item));
    if words::is_none(user) {
        return Ok(Parsed::NoUser);
    }
    if words::is_none(item) {
        return Ok(Parsed::NoItem);
    }
    for (column, id) in [(columns.user, user), (columns.item, item)] {
        row.check_one_line(column)?;
        row.check_not_rounded(column, id)?;
    }
    let mut rating = 1.0;
    if let Some(column) = columns.event {
        let name = row.get(column);
        match weights.of(name) {
            Some(weight) => rating = weight,
            None => return Ok(Parsed::UnknownType(name.to_owned())),
        }
    }
    if let Some((column, kind)) = columns.rating {
        let value = match row.parse(column, |text| numbers::rating(text, style))? {
            Given::Value(value) => value,
            Given::None => f32::NAN,
        };
        if kind == RatingKind::Stars && value < 0.0 {
            let refusal = Refusal { problem: "is negative", expected: "a number such as 4 or 3.5" };
            events.first_negative.get_or_insert_with(|| row.refuse(column, refusal));
        }
        rating = if columns.event.is_some() { rating * value } else { value };
    }
    let time = columns.time.map_or(Ok(NO_TIME), |column| time_in(row, column, events))?;
    Ok(Parsed::Event(Event { user, item, rating, time }))
}

fn time_in<'r>(row: &Row<'r, Record<'r>>, column: usize, events: &mut RawEvents) -> Result<i64, Box<BadLine>> {
    if words::is_none(row.get(column)) {
        let expected = "a time, as other lines have them, or no time in any line";
        let refusal = Refusal { problem: "is empty", expected };
        events.first_without_time.get_or_insert_with(|| row.refuse(column, refusal));
        return Ok(NO_TIME);
    }
    match row.parse(column, time)? {
        Time::Seconds { seconds, per_second } => {
            events.note_unit(per_second);
            Ok(seconds)
        }
        Time::Ambiguous(date) => {
            let expected = "dates whose day and month can be told apart";
            let refusal = Refusal { problem: "is a date of either order", expected };
            events.first_numeric_date.get_or_insert_with(|| row.refuse(column, refusal));
            Ok(events.dates.add(date))
        }
    }
}

fn repeats_header(record: &Record<'_>, table: &Table, user: usize) -> bool {
    let names = &table.column_names;
    // The user alone tells of nearly every record that it does not.
    record.get(user) == names[user] && names.iter().enumerate().all(|(column, name)| record.get(column) == name.trim())
}

/// An id as it is compared. Where cleaning it makes it an id that is there already, that is counted.
fn cleaned<'s>(id: &'s str, scratch: &'s mut String, ids: &Ids, log: &mut ReadLog) -> &'s str {
    match words::id(id) {
        std::borrow::Cow::Borrowed(id) => id,
        std::borrow::Cow::Owned(clean) => {
            log.report.ids_cleaned += 1;
            log.report.ids_joined += usize::from(ids.contains(clean.as_str()));
            *scratch = clean;
            scratch
        }
    }
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
    fn where_some_times_are_empty_those_lines_are_bad_wherever_they_are() {
        for lines in ["u,a,\nu,b,5\nu,c,6\n", "u,b,5\nu,a,\nu,c,6\n", "u,b,5\nu,c,6\nu,a,\n"] {
            let folder = folder_with(&[("events.csv", &format!("user,item,timestamp\n{lines}"))]);
            let bad = bad_line_of(folder.path());
            assert_eq!((bad.column, bad.problem.as_str()), (3, "is empty"));
            let (dataset, report) = read_skipping(folder.path());
            assert_eq!((dataset.events.times, report.bad_lines), (vec![5, 6], 1), "{lines}");
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
        assert_eq!(report.times_in_parts, [1, 0, 0]);
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
        let options = crate::read::ReadOptions { skip_bad_lines: true, ..Default::default() };
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
