//! The general format: `events.csv` and `items.csv`, whose first lines name the columns.

use super::catalogue::{Catalogue, TitleRule, genres, list, plain_title, title_in};
use super::columns::{self, Header};
use super::detect::Found;
use super::events::{self, Layout, TimeColumn};
use super::lines::{LineReader, read_text};
use super::numbers::{self, Scale};
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::{BadLine, DatasetError};
use crate::dataset::{Dataset, Events, Ids, ItemRecord};
use crate::files::DataFile;

/// Columns of a catalogue.
struct ItemColumns {
    id: usize,
    title: usize,
    year: Option<usize>,
    genres: Option<usize>,
    tags: Option<usize>,
    text: Option<usize>,
}

pub(super) fn read(found: &Found<'_>, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let mut catalogue = match &found.catalogue {
        Some(file) => read_items(file, plain_title, log)?,
        None => Catalogue::default(),
    };
    log.report.catalogue_missing = found.catalogue.is_none();
    let mut users = Ids::new();
    log.report.events_missing = !found.events.exists();
    let events = match &found.catalogue {
        Some(file) if log.report.events_missing => {
            if catalogue.items.is_empty() {
                return Err(DatasetError::EmptyCatalogue { path: file.path(), bad_lines: log.report.bad_lines });
            }
            Events::default()
        }
        _ => read_events(&found.events, &mut users, &mut catalogue.items, log)?,
    };
    Ok(catalogue.into_dataset(users, events))
}

/// Reads events whose columns are named in the first line.
pub(super) fn read_events(
    file: &DataFile<'_>,
    users: &mut Ids,
    items: &mut Ids,
    log: &mut ReadLog,
) -> Result<Events, DatasetError> {
    let mut lines = LineReader::open(file)?;
    let Some(mut header) = read_header(&mut lines)? else {
        return Err(DatasetError::Empty { path: file.path(), bad_lines: log.report.bad_lines });
    };
    let user = header.require("user", columns::USER)?;
    let item = header.require("item", columns::ITEM)?;
    let stars = header.find(columns::STARS).map(|column| (column, Scale::Stars));
    let rating = stars.or_else(|| header.find(columns::PLAYS).map(|column| (column, Scale::Plays)));
    let time = header.find(columns::TIME).map(|column| TimeColumn { column, may_be_empty: true });
    let table = header.into_table(log);
    let layout = Layout { table, separator: Separator::Comma, user, item, rating, time, names_may_lead: false };
    events::read_events(lines, &layout, users, items, log)
}

/// The names in the first line of a CSV file; none where the file is empty.
pub(super) fn read_header(lines: &mut LineReader<'_>) -> Result<Option<Header>, DatasetError> {
    let file = lines.file().name().to_owned();
    let Some(line) = lines.next_line()? else { return Ok(None) };
    let mut fields = Fields::default();
    if fields.split(line.text, Separator::Comma).is_err() {
        fields.clear();
        fields.push(line.text);
    }
    Ok(Some(header_of(file, &fields)))
}

/// Reads a catalogue whose columns are named in the first line. Values in quotes may span lines.
pub(super) fn read_items(
    file: &DataFile<'_>,
    title_rule: TitleRule,
    log: &mut ReadLog,
) -> Result<Catalogue, DatasetError> {
    let text = read_text(file, log)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut fields = Fields::default();
    let mut catalogue = Catalogue::default();
    let mut known_columns: Option<(Table, ItemColumns)> = None;
    let mut lines = LineCounter { text: &text, counted_to: 0, n_before: 0 };
    loop {
        let start = reader.position().byte() as usize;
        let is_there = reader.read_record(&mut record).map_err(|error| DatasetError::io(file.path(), error.into()))?;
        if !is_there {
            return Ok(catalogue);
        }
        let number = lines.number_at(start);
        if record.len() == 1 && record[0].trim().is_empty() {
            continue;
        }
        fields.clear();
        record.iter().for_each(|field| fields.push(field));
        match &known_columns {
            Some((table, columns)) => {
                let row = table.row(number, &fields);
                catalogue.add(row.and_then(|row| item_in(&row, columns, title_rule)), log)?;
            }
            None => {
                let mut header = header_of(file.name().to_owned(), &fields);
                let columns = ItemColumns {
                    id: header.require("id", columns::ITEM_ID)?,
                    title: header.require("title", columns::TITLE)?,
                    year: header.find(columns::YEAR),
                    genres: header.find(columns::GENRES),
                    tags: header.find(columns::TAGS),
                    text: header.find(columns::TEXT),
                };
                known_columns = Some((header.into_table(log), columns));
            }
        }
    }
}

fn header_of(file: String, fields: &Fields) -> Header {
    let names: Vec<&str> = (0..fields.len()).map(|column| fields.get(column)).collect();
    Header::new(Table::new(file, &names))
}

fn item_in<'a>(
    row: &Row<'a>,
    columns: &ItemColumns,
    title_rule: TitleRule,
) -> Result<(&'a str, ItemRecord), Box<BadLine>> {
    let value = |column: Option<usize>| column.map_or("", |column| row.get(column));
    let id = row.id(columns.id)?;
    let (cut_title, year_in_title) = title_in(row, columns.title, title_rule)?;
    let year_in_column = columns.year.map_or(Ok(None), |column| row.parse(column, numbers::year))?;
    let title_says_more = year_in_column.is_some() && year_in_column != year_in_title;
    let record = ItemRecord {
        title: if title_says_more { row.get(columns.title).to_owned() } else { cut_title },
        year: year_in_column.or(year_in_title),
        genres: genres(value(columns.genres)),
        tags: list(value(columns.tags)),
        text: value(columns.text).to_owned(),
    };
    Ok((id, record))
}

/// Numbers of lines by places in a text, asked for in rising order.
struct LineCounter<'a> {
    text: &'a str,
    counted_to: usize,
    n_before: usize,
}

impl LineCounter<'_> {
    /// The line of the first thing at or after `place` that is not the end of a line.
    fn number_at(&mut self, place: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let n_ends = bytes[place..].iter().take_while(|byte| is_end(byte)).count();
        let counted = &bytes[self.counted_to..place + n_ends];
        self.n_before += counted.iter().filter(|byte| **byte == b'\n').count();
        self.counted_to = place + n_ends;
        self.n_before + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fixtures::{bad_line_of, folder_with, read_skipping, read_strictly};
    use crate::read::{Format, ReadReport};

    const EVENTS: &str = "user,item\nu,a\n";

    fn read_with_items(items: &str) -> (Dataset, ReadReport) {
        read_strictly(folder_with(&[("events.csv", EVENTS), ("items.csv", items)]).path()).unwrap()
    }

    #[test]
    fn all_columns_of_events_and_items_are_read() {
        let folder = folder_with(&[
            ("events.csv", "\u{feff}user,item,rating,timestamp\r\n\"u,1\",0104257,3.5,100\r\nu2,a,0,200"),
            (
                "items.csv",
                "id,title,year,genres,tags,text\n0104257,Good Men,1992,Drama| Law,court||court|navy,\"One\ntwo\"\n",
            ),
        ]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(report.format, Format::General);
        assert_eq!(dataset.users.iter().map(|id| &**id).collect::<Vec<_>>(), ["u,1", "u2"]);
        assert_eq!(dataset.items.iter().map(|id| &**id).collect::<Vec<_>>(), ["0104257", "a"]);
        assert_eq!(dataset.events.ratings, [3.5, 0.0]);
        assert_eq!(dataset.events.times, [100, 200]);
        let expected = ItemRecord {
            title: "Good Men".into(),
            year: Some(1992),
            genres: vec!["Drama".into(), "Law".into()],
            tags: vec!["court".into(), "navy".into()],
            text: "One\ntwo".into(),
        };
        assert_eq!(dataset.catalogue, [expected, ItemRecord::default()]);
        assert_eq!((report.items_without_title, report.items_without_events), (1, 0));
    }

    #[test]
    fn aliases_and_unknown_columns_are_understood() {
        let folder = folder_with(&[("events.csv", "colour,userId,MOVIEID,Plays,ts\nred,u,m,12,5\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!((dataset.events.ratings, dataset.events.times), (vec![12.0], vec![5]));
        assert_eq!(report.ignored_columns, [("events.csv".to_owned(), "colour".to_owned())]);
    }

    #[test]
    fn without_ratings_every_event_counts_one_and_without_times_there_are_none() {
        let (dataset, report) = read_strictly(folder_with(&[("events.csv", EVENTS)]).path()).unwrap();
        assert_eq!(dataset.events.ratings, [1.0]);
        assert!(dataset.events.times.is_empty());
        assert!(report.ratings_missing && report.times_missing && report.catalogue_missing);
    }

    #[test]
    fn a_first_line_without_names_is_an_error() {
        for (header, missing) in
            [("who,item", "user"), ("user;item", "user"), ("user,what", "item"), ("\"user", "user")]
        {
            let error = read_strictly(folder_with(&[("events.csv", &format!("{header}\nu,a\n"))]).path()).unwrap_err();
            assert!(error.to_string().contains(&format!("no column for the {missing}")), "{error}");
        }
        for (items, said) in [("id;title\na;A\n", "by semicolons; acc"), ("id\ttitle\na\tA\n", "by tabs; acc")] {
            let folder = folder_with(&[("events.csv", EVENTS), ("items.csv", items)]);
            let error = read_strictly(folder.path()).unwrap_err().to_string();
            assert!(error.contains(&format!("; part the columns by commas, not {said}")), "{error}");
        }
        let folder = folder_with(&[("events.csv", EVENTS), ("items.csv", "id,year\na,1990\n")]);
        let error = read_strictly(folder.path()).unwrap_err().to_string();
        assert!(error.contains("`items.csv` has no column for the title"), "{error}");
    }

    #[test]
    fn bad_stars_and_bad_plays_are_told_apart_by_the_name_of_the_column() {
        let of = |name: &str, value: &str| {
            bad_line_of(folder_with(&[("events.csv", &format!("user,item,{name}\nu,a,{value}\n"))]).path()).problem
        };
        assert_eq!(of("rating", "1000001"), "is above 1000000");
        assert_eq!(of("plays", "0"), "is not above 0");
        assert_eq!(of("rating", "NaN"), "is not a number");
        assert_eq!(of("rating", "-1"), "is negative");
    }

    #[test]
    fn a_quote_left_open_costs_one_line_of_events() {
        let folder = folder_with(&[("events.csv", "user,item\nu,\"a\nu,b\nv,\"c\"\n")]);
        let (dataset, report) = read_skipping(folder.path());
        assert_eq!((dataset.events.len(), report.bad_lines, report.first_bad_lines[0].line), (2, 1, 2));
    }

    #[test]
    fn the_year_comes_from_the_column_or_else_from_the_title() {
        let items =
            "id,title,year\n1,Toy Story (1995),1995\n2,Heat (1995),\n3,Remake (1995),2010\n4,\"Boot, Das (1981)\",\n";
        let (dataset, _) = read_with_items(items);
        let years: Vec<_> = dataset.catalogue.iter().map(|item| (item.title.as_str(), item.year)).take(4).collect();
        let expected =
            [("Toy Story", Some(1995)), ("Heat", Some(1995)), ("Remake (1995)", Some(2010)), ("Boot, Das", Some(1981))];
        assert_eq!(years, expected);
    }

    #[test]
    fn a_year_that_is_no_whole_number_is_a_bad_line_with_its_number() {
        // The text before spans lines, and ends of lines are mixed.
        let items = "id,title,text,year\r\na,A,\"x\r\ny\n\nz\",1990\r\n\r\n\nb,B,,soon\r\nc,C,,1\n";
        let folder = folder_with(&[("events.csv", EVENTS), ("items.csv", items)]);
        let expected = r#"items.csv:8: column 4 (year): "soon" is not a whole number; "#;
        let bad = bad_line_of(folder.path()).to_string();
        assert!(bad.starts_with(expected), "{bad}");
        let (dataset, report) = read_skipping(folder.path());
        assert_eq!((dataset.items.len(), report.bad_lines), (2, 1));
    }

    #[test]
    fn an_id_that_comes_again_is_left_out_and_equal_titles_are_kept() {
        let (dataset, report) = read_with_items("id,title\na,First\na,Second\nb,First\nc,\n");
        assert_eq!((report.duplicate_items, report.repeated_titles), (1, 1));
        let titles: Vec<_> = dataset.catalogue.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["First", "First", ""]);
        assert_eq!((report.items_without_title, report.items_without_events), (0, 2));
    }

    #[test]
    fn a_title_or_an_id_with_a_line_break_is_a_bad_line() {
        let folder = folder_with(&[("events.csv", EVENTS), ("items.csv", "id,title\na,\"Al\npha\"\n")]);
        assert!(bad_line_of(folder.path()).problem.starts_with("has a line break"));
    }

    #[test]
    fn a_line_of_the_catalogue_with_too_few_columns_is_bad() {
        let folder = folder_with(&[("events.csv", EVENTS), ("items.csv", "id,title,year\na,Alpha\n")]);
        assert!(bad_line_of(folder.path()).to_string().starts_with("items.csv:2: column 3 (year) is missing"));
    }

    #[test]
    fn an_empty_catalogue_is_read_as_no_items() {
        let (dataset, report) = read_with_items("");
        assert_eq!((dataset.items.len(), report.items_without_title), (1, 1));
    }
}
