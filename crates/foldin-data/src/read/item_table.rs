//! A catalogue out of a table of any shape, whose columns are found by their names.

use super::about;
use super::catalogue::{Catalogue, TitleRule, is_no_genre};
use super::lists::ListStyle;
use super::numbers;
use super::report::ReadLog;
use super::roles::{Header, ItemColumns, normalised};
use super::rows::{Row, Table};
use super::table::{Record, TableReader};
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
    let has_header = reader.own_names().is_none();
    let Some(names) = reader.first_names()? else { return Ok(Catalogue::default()) };
    let mut header = Header::new(reader.name(), names.clone());
    let mut columns = header.items()?;
    if let Some(same) = item_name.and_then(|wanted| names.iter().position(|name| normalised(name) == wanted)) {
        columns.id = same;
    }
    header.report_unused(log);
    let table = Table::new(reader.name(), &names);
    if has_header {
        reader.next()?;
    }
    let mut catalogue = Catalogue::default();
    let mut lists = Lists::default();
    while let Some(record) = reader.next()? {
        let item = match &record {
            Ok(record) => table.row(record.line, *record).and_then(|row| item_in(&row, &columns, title_rule)),
            Err(broken) => Err(table.broken(broken)),
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
                columns.makers.map_or("", |column| record.get(column)),
            );
        }
    }
    log.take_table_notes(&reader);
    lists.give(&mut catalogue, reader.name(), log);
    Ok(catalogue)
}

/// The cells of genres, tags and makers, until it is known how lists are written in them.
#[derive(Default)]
struct Lists {
    genres: Vec<String>,
    tags: Vec<String>,
    makers: Vec<String>,
}

impl Lists {
    /// Entities are decoded first: they end in a semicolon, which may part values.
    fn push(&mut self, genres: &str, tags: &str, makers: &str) {
        self.genres.push(words::title(genres).into_owned());
        self.tags.push(words::title(tags).into_owned());
        self.makers.push(words::title(makers).into_owned());
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
        if self.makers.iter().any(|makers| !makers.is_empty()) {
            let of_makers = style("makers", &self.makers);
            for (record, makers) in catalogue.records.iter_mut().zip(&self.makers) {
                let mut makers = of_makers.values(makers);
                makers.retain(|maker| !words::is_none(maker) && !record.tags.contains(maker));
                record.tags.splice(..0, makers);
            }
        }
    }
}

fn item_in<'a>(
    row: &Row<'a, Record<'a>>,
    columns: &ItemColumns,
    title_rule: TitleRule,
) -> Result<(String, ItemRecord), Box<BadLine>> {
    row.check_one_line(columns.id)?;
    row.check_one_line(columns.title)?;
    let id = words::id(row.get(columns.id)).into_owned();
    row.check_not_rounded(columns.id, &id)?;
    let title = row.get(columns.title);
    let title = if words::is_none(title) && !title.eq_ignore_ascii_case("none") { "" } else { title };
    let title = words::title(title);
    let (cut_title, year_in_title) = title_rule(&title);
    let year_in_column = columns.year.map_or(Ok(None), |column| row.parse(column, numbers::year))?;
    let title_says_more = year_in_column.is_some() && year_in_column != year_in_title;
    let text = words::html(columns.text.map_or("", |column| row.get(column))).into_owned();
    let url = columns.url.map_or("", |column| row.get(column));
    let item = ItemRecord {
        title: if title_says_more { title.into_owned() } else { cut_title },
        year: year_in_column.or(year_in_title),
        about: if columns.text_is_about { about::in_a_line(&text) } else { String::new() },
        url: if words::is_none(url) { String::new() } else { words::title(url).into_owned() },
        text,
        ..ItemRecord::default()
    };
    Ok((id, item))
}
