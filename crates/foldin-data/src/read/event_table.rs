//! Events out of a table of any shape, whose columns are found by their names.

use indexmap::IndexMap;

use super::event_types::Weights;
use super::numbers::{self, Given};
use super::options::{Columns, ReadOptions};
use super::report::ReadLog;
use super::roles::{EventColumns, Header, RatingKind, normalised};
use super::table::{BrokenRecord, OwnedRecord, Record, Separator, Shape, TableReader};
use super::times::{NumericDates, Time, time};
use super::{BadLine, DatasetError, words};
use crate::dataset::{Ids, ItemNo, UserNo};
use crate::files::DataFile;

/// Indices are 32 bits wide.
const MAX_COUNT: usize = u32::MAX as usize - 1;

/// Records that are looked at before the first is read.
const PEEKED: usize = 100;

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
    names: Vec<String>,
    has_header: bool,
    numbers: numbers::Style,
}

impl<'a> EventTable<'a> {
    /// Opens a file and finds its columns.
    pub(super) fn open(file: &DataFile<'a>, options: &ReadOptions, log: &mut ReadLog) -> Result<Self, DatasetError> {
        let mut reader = TableReader::open(file)?;
        let name = reader.name().to_owned();
        let own = reader.own_names().map(<[String]>::to_vec);
        let peeked = reader.peek(PEEKED)?;
        if peeked.is_empty() {
            return Err(DatasetError::Empty { path: file.path(), bad_lines: log.report.bad_lines });
        }
        let (names, has_header) = match own {
            Some(names) => (names, false),
            None => header_of(&name, peeked, &options.columns)?,
        };
        if !has_header && reader.own_names().is_none() {
            log.note(format!("`{name}` has no line of column names; its columns were read as {}.", names.join(", ")));
        }
        let mut header = Header::new(&name, names);
        let mut columns = header.events(&options.columns)?;
        let rows = &reader.peek(PEEKED)?[usize::from(has_header)..];
        settle_event_column(&mut columns, rows, options);
        header.report_unused(log);
        let decimal_comma = !matches!(reader.shape(), Shape::Delimited(Separator::Comma));
        Ok(EventTable {
            reader,
            file: file.clone(),
            columns,
            names: header.names().to_vec(),
            has_header,
            numbers: numbers::Style { decimal_comma },
        })
    }

    /// The name of the column of items, for finding the same in a catalogue.
    pub(super) fn item_name(&self) -> String {
        normalised(&self.names[self.columns.item])
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
        events.kind = events.kind.max_with(kind);
        let row = RowReader { file: self.reader.name().to_owned(), names: &self.names, columns: &self.columns };
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
                    log.keep_good::<()>(Err(row.broken(&broken)))?;
                    continue;
                }
            };
            if row.repeats_header(&record) {
                log.report.repeated_headers += 1;
                continue;
            }
            let parsed = row.event(&record, &weights, self.numbers, events);
            let Some(event) = log.keep_good(parsed)? else { continue };
            match event {
                Parsed::NoUser => log.report.events_without_user += 1,
                Parsed::NoItem => log.report.events_without_item += 1,
                Parsed::UnknownType(name) => *log.report.unknown_event_types.entry(name).or_default() += 1,
                Parsed::Event(event) => {
                    let user = cleaned(event.user, &mut scratch_user, users, log);
                    let user = number_of(users, user, events.users.last().map(|user| user.0));
                    let item = cleaned(event.item, &mut scratch_item, items, log);
                    let item = ItemNo(number_of(items, item, None));
                    events.users.push(UserNo(user));
                    events.items.push(item);
                    events.ratings.push(event.rating);
                    events.times.push(event.time);
                    if let Some(column) = self.columns.title
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
        let column = self.names[self.columns.item].clone();
        Err(DatasetError::RowNumbers { file: self.reader.name().to_owned(), column, found: self.names.clone() })
    }
}

trait Larger {
    fn max_with(self, other: Self) -> Self;
}

impl Larger for Option<ValueKind> {
    /// Files that are read together have one kind of values: that of the first that has any.
    fn max_with(self, other: Self) -> Self {
        self.or(other)
    }
}

/// The names in the first record, or those of a plain table without names; and whether the first record names columns.
fn header_of(file: &str, peeked: &[OwnedRecord], said: &Columns) -> Result<(Vec<String>, bool), DatasetError> {
    let first: Vec<String> = peeked[0].as_record().cells().map(str::to_owned).collect();
    if Header::new(file, first.clone()).events(said).is_ok() && !said_by_number(said, &first) {
        return Ok((first, true));
    }
    if said_by_number(said, &first) {
        let is_data = |name: &Option<String>| {
            let column = name.as_deref().and_then(|name| name.parse::<usize>().ok()).map(|number| number - 1);
            column.is_none_or(|column| is_number(&first[column]) || time(&first[column]).is_ok())
        };
        if is_data(&said.rating)
            && is_data(&said.time)
            && !(said.rating.is_none() && said.time.is_none() && looks_like_names(&first))
        {
            return Ok(((1..=first.len()).map(|number| number.to_string()).collect(), false));
        }
        return Ok((first, true));
    }
    if let Some(names) = plain_names(peeked) {
        return Ok((names, false));
    }
    Header::new(file, first.clone()).events(said).map(|_| (first, true))
}

/// Whether columns were chosen by their numbers alone.
fn said_by_number(said: &Columns, first: &[String]) -> bool {
    let said: Vec<&str> = [&said.user, &said.item, &said.rating, &said.time, &said.event]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let is_number = |name: &&str| name.parse::<usize>().is_ok_and(|number| (1..=first.len()).contains(&number));
    !said.is_empty() && said.iter().all(is_number) && !said.iter().any(|name| first.iter().any(|own| own == name))
}

fn looks_like_names(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && !cell.bytes().any(|byte| byte.is_ascii_digit()))
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether a table has no header and is plain, so that it can be read without being told its columns.
pub(super) fn is_plain(reader: &mut TableReader<'_>) -> Result<bool, DatasetError> {
    Ok(reader.own_names().is_none() && {
        let peeked = reader.peek(PEEKED)?;
        // Two columns of anything would be too little to go by.
        peeked.first().is_some_and(|first| first.as_record().len() > 2) && plain_names(peeked).is_some()
    })
}

/// The names of a table without a header that is plain: user, item, then perhaps a rating, then perhaps a time.
fn plain_names(peeked: &[OwnedRecord]) -> Option<Vec<String>> {
    let rows: Vec<Record<'_>> = peeked.iter().map(OwnedRecord::as_record).collect();
    let n = rows[0].len();
    let fits = |record: &Record<'_>| {
        record.len() == n
            && !record.get(0).is_empty()
            && !record.get(1).is_empty()
            && (n < 3 || is_number(record.get(2)) || n == 3 && time(record.get(2)).is_ok())
            && (n < 4 || time(record.get(3)).is_ok())
    };
    if !(2..=4).contains(&n) || !rows.iter().all(fits) {
        return None;
    }
    if n == 2 {
        // Names do not come again, and are no numbers.
        let first = &rows[0];
        let again = |column| rows[1..].iter().any(|row| row.get(column) == first.get(column));
        let numbers = is_number(first.get(0)) || is_number(first.get(1));
        return (numbers || again(0) || again(1)).then(|| vec!["user".to_owned(), "item".to_owned()]);
    }
    let is_time = |row: &Record<'_>| row.get(2).parse::<f64>().map_or(true, |value| value >= 1e8);
    let third = if n == 3 && rows.iter().all(is_time) { "time" } else { "rating" };
    Some(["user", "item", third, "time"][..n].iter().map(|name| (*name).to_owned()).collect())
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

struct RowReader<'a> {
    file: String,
    names: &'a [String],
    columns: &'a EventColumns,
}

impl RowReader<'_> {
    fn event<'r>(
        &self,
        record: &Record<'r>,
        weights: &Weights,
        style: numbers::Style,
        events: &mut RawEvents,
    ) -> Result<Parsed<'r>, Box<BadLine>> {
        self.check_width(record)?;
        let columns = self.columns;
        let user = record.get(columns.user);
        let item = record.get(columns.item);
        if words::is_none(user) {
            return Ok(Parsed::NoUser);
        }
        if words::is_none(item) {
            return Ok(Parsed::NoItem);
        }
        self.check_id(record, columns.user)?;
        self.check_id(record, columns.item)?;
        let mut rating = 1.0;
        if let Some(column) = columns.event {
            let name = record.get(column);
            match weights.of(name) {
                Some(weight) => rating = weight,
                None => return Ok(Parsed::UnknownType(name.to_owned())),
            }
        }
        if let Some((column, kind)) = columns.rating {
            let text = record.get(column);
            let given = numbers::rating(text, style)
                .map_err(|refusal| self.bad(record, column, refusal.problem, refusal.expected))?;
            let value = match given {
                Given::Value(value) => value,
                Given::None => f32::NAN,
            };
            if kind == RatingKind::Stars && value < 0.0 && events.first_negative.is_none() {
                events.first_negative = Some(self.bad(record, column, "is negative", "a number such as 4 or 3.5"));
            }
            rating = if columns.event.is_some() { rating * value } else { value };
        }
        let time = match columns.time {
            Some(column) if words::is_none(record.get(column)) => {
                if events.first_without_time.is_none() {
                    let expected = "a time, as other lines have them, or no time in any line";
                    events.first_without_time = Some(self.bad(record, column, "is empty", expected));
                }
                NO_TIME
            }
            Some(column) => match time(record.get(column)) {
                Ok(Time::Seconds { seconds, per_second }) => {
                    events.note_unit(per_second);
                    seconds
                }
                Ok(Time::Ambiguous(date)) => {
                    if events.first_numeric_date.is_none() {
                        let expected = "dates whose day and month can be told apart";
                        events.first_numeric_date =
                            Some(self.bad(record, column, "is a date of either order", expected));
                    }
                    events.dates.add(date)
                }
                Err(refusal) => return Err(self.bad(record, column, refusal.problem, refusal.expected)),
            },
            None => NO_TIME,
        };
        Ok(Parsed::Event(Event { user, item, rating, time }))
    }

    fn check_width(&self, record: &Record<'_>) -> Result<(), Box<BadLine>> {
        let n = self.names.len();
        if record.len() < n {
            // What follows the columns that are needed may be missing.
            let columns = self.columns;
            let optional = [columns.rating.map(|rating| rating.0), columns.time, columns.event];
            let last = optional.into_iter().flatten().chain([columns.user, columns.item]).max().unwrap_or_default();
            if record.len() <= last {
                let problem = format!("is missing, as the line has {} of {n} columns", record.len());
                return Err(self.bad_at(record.line, record.len(), None, &problem, &self.names.join(", ")));
            }
        }
        match (n..record.len()).find(|column| !record.get(*column).is_empty()) {
            Some(column) => {
                let problem = format!("is one value too many, as there are {n} columns");
                Err(self.bad_at(record.line, column, Some(record.get(column)), &problem, &self.names.join(", ")))
            }
            None => Ok(()),
        }
    }

    fn check_id(&self, record: &Record<'_>, column: usize) -> Result<(), Box<BadLine>> {
        let id = record.get(column);
        if id.contains(['\n', '\r']) {
            let problem = "has a line break in it, perhaps from a quote left open";
            return Err(self.bad(record, column, problem, "one line of text"));
        }
        // Only ids that could be numbers are looked at twice.
        if id.as_bytes()[0].is_ascii_digit() && words::is_rounded(id) {
            let problem = "was rounded by a spreadsheet, so that several ids have become one";
            return Err(self.bad(
                record,
                column,
                problem,
                "the whole id; format the column as text and export it again",
            ));
        }
        Ok(())
    }

    fn repeats_header(&self, record: &Record<'_>) -> bool {
        let column = self.columns.user;
        record.get(column) == self.names[column]
            && (0..self.names.len()).all(|column| record.get(column) == self.names[column].trim())
    }

    fn broken(&self, broken: &BrokenRecord) -> Box<BadLine> {
        self.bad_at(broken.line, broken.column, Some(&broken.value), &broken.problem, broken.expected)
    }

    fn bad(&self, record: &Record<'_>, column: usize, problem: &str, expected: &str) -> Box<BadLine> {
        self.bad_at(record.line, column, Some(record.get(column)), problem, expected)
    }

    fn bad_at(&self, line: usize, column: usize, value: Option<&str>, problem: &str, expected: &str) -> Box<BadLine> {
        Box::new(BadLine {
            file: self.file.clone(),
            line,
            column: column + 1,
            column_name: self.names.get(column).cloned().unwrap_or_else(|| "not expected".to_owned()),
            value: value.map(str::to_owned),
            problem: problem.to_owned(),
            expected: expected.to_owned(),
        })
    }
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

/// The number of an id, which joins the set if it is new. Most files keep the events of a user together: `last` is
/// tried first.
fn number_of(ids: &mut Ids, id: &str, last: Option<u32>) -> u32 {
    if let Some(last) = last
        && &*ids[last as usize] == id
    {
        return last;
    }
    ids.get_index_of(id).unwrap_or_else(|| ids.insert_full(id.into()).0) as u32
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
