//! A catalogue out of a table of any shape, whose columns are found by their names.

use super::catalogue::{Catalogue, TitleRule, is_no_genre};
use super::lists::ListStyle;
use super::numbers;
use super::report::ReadLog;
use super::roles::{Header, ItemColumns, normalised};
use super::table::{BrokenRecord, Record, TableReader};
use super::{BadLine, DatasetError, words};
use crate::dataset::ItemRecord;
use crate::files::DataFile;

/// Reads a catalogue. `item_name` is what the events call the column of items: where the catalogue has the same, that
/// holds the ids.
pub(super) fn read_items(
    file: &DataFile<'_>,
    item_name: Option<&str>,
    title_rule: TitleRule,
    log: &mut ReadLog,
) -> Result<Catalogue, DatasetError> {
    let mut reader = TableReader::open(file)?;
    let own = reader.own_names().map(<[String]>::to_vec);
    let has_header = own.is_none();
    let names = match own {
        Some(names) => names,
        None => match reader.peek(1)?.first() {
            Some(first) => first.as_record().cells().map(str::to_owned).collect(),
            None => return Ok(Catalogue::default()),
        },
    };
    let mut header = Header::new(reader.name(), names.clone());
    let mut columns = header.items()?;
    if let Some(same) = item_name.and_then(|wanted| names.iter().position(|name| normalised(name) == wanted)) {
        columns.id = same;
    }
    header.report_unused(log);
    let row = ItemRow { file: reader.name().to_owned(), names: &names, columns: &columns, title_rule };
    if has_header {
        reader.next()?;
    }
    let mut catalogue = Catalogue::default();
    let mut lists = Lists::default();
    while let Some(record) = reader.next()? {
        let item = match &record {
            Ok(record) => row.item(record),
            Err(broken) => Err(row.broken(broken)),
        };
        let Some((id, item)) = log.keep_good(item)? else { continue };
        if words::is_none(&id) {
            log.report.items_without_id += 1;
            continue;
        }
        if catalogue.add_new(&id, item, log)
            && let Ok(record) = &record
        {
            lists.push(
                columns.genres.map_or("", |column| record.get(column)),
                columns.tags.map_or("", |column| record.get(column)),
            );
        }
    }
    log.take_table_notes(&reader);
    lists.give(&mut catalogue, reader.name(), log);
    Ok(catalogue)
}

/// The cells of genres and tags, until it is known how lists are written in them.
#[derive(Default)]
struct Lists {
    genres: Vec<String>,
    tags: Vec<String>,
}

impl Lists {
    /// Entities are decoded first: they end in a semicolon, which may part values.
    fn push(&mut self, genres: &str, tags: &str) {
        self.genres.push(words::title(genres).into_owned());
        self.tags.push(words::title(tags).into_owned());
    }

    fn give(&self, catalogue: &mut Catalogue, file: &str, log: &mut ReadLog) {
        let mut style = |what: &str, cells: &[String]| {
            let style = ListStyle::of(&cells.iter().map(String::as_str).collect::<Vec<_>>());
            if style != ListStyle::Pipes {
                log.note(format!("The {what} of {file} were read as lists in {}.", style.name()));
            }
            style
        };
        let (of_genres, of_tags) = (style("genres", &self.genres), style("tags", &self.tags));
        for ((record, genres), tags) in catalogue.records.iter_mut().zip(&self.genres).zip(&self.tags) {
            record.genres = of_genres.values(genres);
            record.genres.retain(|genre| !is_no_genre(genre) && !words::is_none(genre));
            record.tags = of_tags.values(tags);
            record.tags.retain(|tag| !words::is_none(tag));
        }
    }
}

struct ItemRow<'a> {
    file: String,
    names: &'a [String],
    columns: &'a ItemColumns,
    title_rule: TitleRule,
}

impl ItemRow<'_> {
    fn item(&self, record: &Record<'_>) -> Result<(String, ItemRecord), Box<BadLine>> {
        self.check_width(record)?;
        let columns = self.columns;
        let value = |column: Option<usize>| column.map_or("", |column| record.get(column));
        self.check_one_line(record, columns.id)?;
        self.check_one_line(record, columns.title)?;
        let id = words::id(record.get(columns.id)).into_owned();
        if id.starts_with(|letter: char| letter.is_ascii_digit()) && words::is_rounded(&id) {
            let problem = "was rounded by a spreadsheet, so that several ids have become one";
            return Err(self.bad(
                record,
                columns.id,
                problem,
                "the whole id; format the column as text and export it again",
            ));
        }
        let title = record.get(columns.title);
        let title = if words::is_none(title) && !title.eq_ignore_ascii_case("none") { "" } else { title };
        let title = words::title(title);
        let (cut_title, year_in_title) = (self.title_rule)(&title);
        let year_in_column = match columns.year {
            Some(column) => numbers::year(record.get(column))
                .map_err(|refusal| self.bad(record, column, refusal.problem, refusal.expected))?,
            None => None,
        };
        let title_says_more = year_in_column.is_some() && year_in_column != year_in_title;
        let item = ItemRecord {
            title: if title_says_more { title.into_owned() } else { cut_title },
            year: year_in_column.or(year_in_title),
            text: words::html(value(columns.text)).into_owned(),
            ..ItemRecord::default()
        };
        Ok((id, item))
    }

    fn check_width(&self, record: &Record<'_>) -> Result<(), Box<BadLine>> {
        let n = self.names.len();
        if record.len() < n {
            let problem = format!("is missing, as the line has {} of {n} columns", record.len());
            return Err(self.bad_at(record.line, record.len(), None, &problem, &self.names.join(", ")));
        }
        match (n..record.len()).find(|column| !record.get(*column).is_empty()) {
            Some(column) => {
                let problem = format!("is one value too many, as there are {n} columns");
                Err(self.bad_at(record.line, column, Some(record.get(column)), &problem, &self.names.join(", ")))
            }
            None => Ok(()),
        }
    }

    fn check_one_line(&self, record: &Record<'_>, column: usize) -> Result<(), Box<BadLine>> {
        if record.get(column).contains(['\n', '\r']) {
            let problem = "has a line break in it, perhaps from a quote left open";
            return Err(self.bad(record, column, problem, "one line of text"));
        }
        Ok(())
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
