//! Tables whose columns are found by their names: files of events, and a catalogue.

use super::catalogue::{Catalogue, TitleRule, plain_title};
use super::detect::Found;
use super::event_table::{EventTable, RawEvents};
use super::item_table::read_items;
use super::meet;
use super::options::ReadOptions;
use super::report::ReadLog;
use super::settle::{Settled, settle};
use super::{DatasetError, lastfm, movielens_100k, movielens_dat, titles::title_and_year};
use crate::dataset::{Dataset, Events, Ids, ItemRecord};
use crate::files::DataFile;

/// Reads events and a catalogue, of which one may be absent.
pub(super) fn read(found: &Found<'_>, options: &ReadOptions, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    read_titled(found, plain_title, options, log)
}

/// As [`read`], with a rule for titles.
pub(super) fn read_titled(
    found: &Found<'_>,
    rule: TitleRule,
    options: &ReadOptions,
    log: &mut ReadLog,
) -> Result<Dataset, DatasetError> {
    // The columns of events come first: the catalogue's ids are in the column of the same name.
    let tables = found.events.iter().map(|file| EventTable::open(file, options, log)).collect::<Result<Vec<_>, _>>()?;
    let item_name = tables.first().map(EventTable::item_name);
    let mut catalogue = match &found.catalogue {
        Some(file) => match known_catalogue(file) {
            Some(read) => read(file, log)?,
            None => read_items(file, item_name.as_deref(), rule, log)?,
        },
        None => Catalogue::default(),
    };
    log.report.catalogue_missing = found.catalogue.is_none();
    log.report.events_missing = tables.is_empty();
    if let (true, Some(file)) = (tables.is_empty(), &found.catalogue) {
        if catalogue.items.is_empty() {
            return Err(DatasetError::EmptyCatalogue { path: file.path(), bad_lines: log.report.bad_lines });
        }
        return Ok(catalogue.into_dataset(Ids::new(), Events::default()));
    }
    let n_catalogue = catalogue.items.len();
    log.report.items_in_catalogue = n_catalogue;
    let (mut users, mut raw) = (Ids::new(), RawEvents::default());
    for table in tables {
        table.read(&mut users, &mut catalogue.items, n_catalogue, &mut raw, options, log)?;
    }
    if raw.users.is_empty() {
        let path = found.events.first().map(DataFile::path).unwrap_or_default();
        return Err(DatasetError::Empty { path, bad_lines: log.report.bad_lines + log.report.lines_left_out });
    }
    if n_catalogue > 0 {
        meet::join(&mut catalogue.items, &mut raw.items, n_catalogue, &options.match_ids.0, log);
        if found.catalogue_is_guess && log.report.events_with_record == 0 && log.report.near_miss.is_none() {
            return without_catalogue(found, rule, options, log);
        }
    } else {
        give_titles(&mut catalogue, &raw);
        log.report.catalogue_missing &= raw.titles.is_empty();
    }
    let Settled { events, unrated, ratings_are_counts } = settle(raw, options, log)?;
    if events.is_empty() {
        let path = found.events.first().map(DataFile::path).unwrap_or_default();
        return Err(DatasetError::Empty { path, bad_lines: log.report.bad_lines + log.report.lines_left_out });
    }
    let mut dataset = catalogue.into_dataset(users, events);
    dataset.unrated = unrated;
    dataset.ratings_are_counts = ratings_are_counts;
    Ok(dataset)
}

type ReadCatalogue = fn(&DataFile<'_>, &mut ReadLog) -> Result<Catalogue, DatasetError>;

/// The reader of a catalogue without names of columns, which is known by its own name.
fn known_catalogue(file: &DataFile<'_>) -> Option<ReadCatalogue> {
    match file.name().rsplit(['/', '\\']).next() {
        Some("u.item") => Some(movielens_100k::read_catalogue),
        Some("movies.dat") => Some(movielens_dat::read_movies),
        Some("artists.dat") => Some(lastfm::read_artists),
        _ => None,
    }
}

/// Reads again without a catalogue that was only guessed and has none of the items.
fn without_catalogue(
    found: &Found<'_>,
    rule: TitleRule,
    options: &ReadOptions,
    log: &mut ReadLog,
) -> Result<Dataset, DatasetError> {
    let name = found.catalogue.as_ref().map_or("", |file| file.name());
    log.forget();
    log.note(format!("{name} has none of the items of the events, and was not used."));
    let found = Found { events: found.events.clone(), catalogue: None, ..Found::default() };
    read_titled(&found, rule, options, log)
}

/// Without a catalogue, items are called what the events call them.
fn give_titles(catalogue: &mut Catalogue, raw: &RawEvents) {
    if raw.titles.is_empty() {
        return;
    }
    catalogue.records.resize(catalogue.items.len(), ItemRecord::default());
    for (item, title) in &raw.titles {
        let (title, year) = title_and_year(title);
        catalogue.records[item.at()] = ItemRecord { title: title.to_owned(), year, ..ItemRecord::default() };
    }
}

/// Reads the events of one file alone. Ids that are new join `users` and `items`.
#[cfg(feature = "fs")]
pub(super) fn read_events(
    file: &DataFile<'_>,
    users: &mut Ids,
    items: &mut Ids,
    options: &ReadOptions,
    log: &mut ReadLog,
) -> Result<Events, DatasetError> {
    let mut raw = RawEvents::default();
    let n_known = items.len();
    EventTable::open(file, options, log)?.read(users, items, n_known, &mut raw, options, log)?;
    if raw.users.is_empty() {
        return Err(DatasetError::Empty { path: file.path(), bad_lines: log.report.bad_lines });
    }
    Ok(settle(raw, options, log)?.events)
}
