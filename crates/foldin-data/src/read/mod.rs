//! Readers: files in the shapes that people have, all giving one [`Dataset`].
//!
//! [`read`] takes a folder or a file, [`read_paths`] several files, [`read_files`] and [`read_named`] files in memory.
//!
//! # From bytes to a data set
//!
//! | step | module | what it decides |
//! |---|---|---|
//! | which files | `detect` | events and catalogue, by name or by the columns in them |
//! | containers, encodings, records | `table` | what the bytes are; records of text cells |
//! | columns | `roles` | user, item, rating, time, event type; id, title, year, genres, tags, text |
//! | cells | `words`, `numbers`, `times`, `event_types`, `lists` | one value each |
//! | events | `event_table` | one event per record, or a bad line |
//! | all events together | `settle` | values for "not rated", slips, order of day and month, repeated events |
//! | events and catalogue | `meet` | whether they are about the same ids |
//!
//! Formats that are known by their names have readers of their own: [`Format::MovieLens100k`] (`u.data`),
//! [`Format::MovieLensDat`] (`ratings.dat`), [`Format::LastFm2k`] (`user_artists.dat`). [`Format::MovieLensCsv`] is a table
//! like others, with rules for its titles and a file of tags.
//!
//! # What becomes of the odd cases
//!
//! A *bad line* ends the reading with an error that names file, line, column, value and what was expected; with
//! [`ReadOptions::skip_bad_lines`] it is left out and counted.
//!
//! | case | outcome |
//! |---|---|
//! | LF, CRLF and CR, UTF-8 byte order mark, no newline at the end, blank lines | read as if they were not there |
//! | bytes that are not UTF-8 | UTF-16, Windows-1252 or 1251; reported |
//! | spaces and letters that do not show around a value | cut off, in quotes too |
//! | a user or an item that is empty or a word for none (`NULL`, `None`, `nan`, `\\N`, `N/A`) | left out and counted |
//! | an id such as `9.78E+12` | bad line: a spreadsheet rounded it |
//! | a column `id` of events that is another on every line | [`DatasetError::RowNumbers`] |
//! | fewer columns than are needed, or more that are not empty | bad line |
//! | a quote that is not closed | one bad record, to the end of the quoted text |
//! | ratings: not finite, or no number | bad line; an empty one or a word for none is no rating |
//! | 0, -1 or 99 outside the scale of the others | no rating, unless [`ReadOptions::zero`] says otherwise; reported |
//! | few ratings far above the others | taken for the top of the scale; reported |
//! | negative ratings | ratings where the scale is about as far below 0 as above; else bad lines |
//! | counts of the same user and item | summed; a sum of 0 says nothing, one below 0 is a dislike |
//! | no column of ratings | every event counts 1; reported |
//! | time: negative, after the year 9999, none | bad line; a fraction of a second is cut off |
//! | time empty in all lines, or no column of times | no times; reported |
//! | time empty in some lines | those are bad lines |
//! | dates such as `1/2/2011` | the order that some date shows, or [`ReadOptions::dates`]; else [`DatasetError::DateOrder`] |
//! | the same user and item twice | the later by time, or by place where times are equal or absent, stays at its place |
//! | the same id twice in a catalogue | the first stays; reported |
//! | different ids with one title | kept, they are different items; reported |
//! | an item in events that the catalogue lacks | kept with an empty title; reported, with what would join it |
//! | an item of the catalogue without events | kept; reported |
//! | genres `unknown` and `(no genres listed)` in any case | no genre |
//! | genres and tags | lists in any usual form; trimmed, empty and repeated ones dropped, order kept |
//! | HTML in titles | entities decoded, tags left out |
//! | year: neither a year nor a date | bad line; 0 is none, `1995.0` is 1995 |
//! | year: no column, or empty | a trailing `(1995)`, `(1995-1997)` or `(1995-)` of 1850 to 2100 leaves the title |
//! | year: a column, and the same year at the end of the title | cut off the title, which otherwise stays |
//! | MovieLens 100K: the title's year and the release date differ | the title's: the date may be that of a rerelease |
//! | MovieLens: `Postino, Il (1994)` | `Il Postino`; only there, and within parentheses too |
//! | artists of Last.fm | names stay as they are: a year in one is not a year of release |
//! | tags that people gave (MovieLens, Last.fm) | lower case, by number of people, then by alphabet; at most 10 an item |
//! | tags of items that the catalogue lacks | given where the item has events; counted in either case |
//! | a tag number that `tags.dat` lacks | left out and counted |
//! | a file without one good event | [`DatasetError::Empty`] |
//! | a catalogue alone, without one good item | [`DatasetError::EmptyCatalogue`] |
//!
//! # Cost
//!
//! Event files are read record by record: `O(n)` time, and 20 bytes an event plus the ids. Finding repeated events takes
//! another 4 bytes an event.

mod about;
mod catalogue;
mod detect;
mod error;
mod event_table;
mod event_types;
mod events;
#[cfg(all(feature = "fs", feature = "parquet"))]
mod exchange;
mod first_record;
#[cfg(test)]
pub(crate) mod fixtures;
mod general;
mod imdb_links;
mod item_table;
mod lastfm;
mod lines;
mod lists;
mod meet;
mod movielens_100k;
mod movielens_csv;
mod movielens_dat;
mod numbers;
mod options;
mod report;
mod roles;
mod rows;
mod settle;
mod table;
mod tags;
mod times;
mod titles;
#[cfg(all(feature = "fs", feature = "vectors"))]
mod vectors;
mod words;

#[cfg(feature = "fs")]
use std::path::{Path, PathBuf};

pub use self::detect::Format;
use self::detect::{Found, detect};
pub use self::error::{BadLine, DatasetError};
pub use self::event_types::event_weight;
#[cfg(all(feature = "fs", feature = "parquet"))]
pub use self::exchange::{
    AlsOrigin, Exchange, ExchangeAbout, ExchangeError, NeighbourCounts, NextCounts, SampleOrigin, read_exchange,
};
pub use self::meet::NearMiss;
pub use self::options::{Columns, DateOrder, EventWeights, IdMatch, IdMatches, ReadOptions, ZeroRating};
use self::report::ReadLog;
pub use self::report::{ColumnsRead, ReadReport};
#[cfg(feature = "compression")]
pub use self::table::{unpacked, with_unpacked_folders};
#[cfg(all(feature = "fs", feature = "vectors"))]
pub use self::vectors::{ImplicitLoss, VectorOptions, Vectors, VectorsError, read_vectors};
use crate::dataset::{Dataset, Events, Ids};
#[cfg(feature = "fs")]
use crate::files::{Chosen, Folder};
use crate::files::{DataFile, Files};

/// Reads the data set at `path`: a folder, or one file of events with the catalogue that lies beside it.
///
/// # Errors
/// [`DatasetError`]: nothing is recognised, a file is missing or cannot be read, a line is bad and `options` do not skip
/// such lines, or no event is left; [`Format::General`] may have none from the start.
#[cfg(feature = "fs")]
pub fn read(path: &Path, options: &ReadOptions) -> Result<(Dataset, ReadReport), DatasetError> {
    read_paths(&[path.to_path_buf()], None, options)
}

/// Reads several files of events as one data set, with a catalogue that is named or lies beside the first. Among several
/// files, one with titles and without users is the catalogue. A single folder is read as [`read`] does.
///
/// # Errors
/// As [`read`].
#[cfg(feature = "fs")]
pub fn read_paths(
    paths: &[PathBuf],
    items: Option<&Path>,
    options: &ReadOptions,
) -> Result<(Dataset, ReadReport), DatasetError> {
    if let Some(missing) = paths.iter().map(PathBuf::as_path).chain(items).find(|path| !path.exists()) {
        return Err(DatasetError::FolderMissing { path: missing.to_path_buf() });
    }
    if let Some((path, what)) = paths.iter().map(PathBuf::as_path).chain(items).find_map(strange) {
        return Err(DatasetError::NotAFile { path: path.to_path_buf(), what });
    }
    if let ([folder], None) = (paths, items)
        && folder.is_dir()
    {
        return read_files(&Folder::new(folder), options);
    }
    if let ([file], None) = (paths, items) {
        let (folder, name) = (folder_of(file), file.file_name().unwrap_or_default().to_string_lossy());
        if let Some(found) = detect::by_file_of_events(&folder, &name) {
            return read_found(&folder, &found, options);
        }
    }
    let files = Chosen::new(paths, items);
    let catalogue = items.map(|path| path.to_string_lossy());
    read_named(&files, &files.events(), catalogue.as_deref(), options)
}

/// Reads files of events by their names in a collection, with a catalogue that is named or found beside them.
///
/// # Errors
/// As [`read`].
pub fn read_named(
    files: &dyn Files,
    events: &[String],
    items: Option<&str>,
    options: &ReadOptions,
) -> Result<(Dataset, ReadReport), DatasetError> {
    read_found(files, &detect::with_events_in(files, events, items), options)
}

/// A path at which reading might never end. What the shell has opened for us, as for `<(zcat events.csv.gz)`, is no such.
#[cfg(feature = "fs")]
fn strange(path: &Path) -> Option<(&Path, &'static str)> {
    let is_open = ["/dev/fd", "/proc/self/fd", "/dev/stdin"].iter().any(|open| path.starts_with(open));
    let what = crate::files::obstacle(path).filter(|_| !is_open && !path.is_dir())?;
    Some((path, what))
}

#[cfg(feature = "fs")]
fn folder_of(path: &Path) -> Folder {
    Folder::new(path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

/// Reads the data set that some files make up, wherever they are.
///
/// # Errors
/// As [`read`].
pub fn read_files(files: &dyn Files, options: &ReadOptions) -> Result<(Dataset, ReadReport), DatasetError> {
    read_found(files, &detect(files)?, options)
}

fn read_found(
    files: &dyn Files,
    found: &Found<'_>,
    options: &ReadOptions,
) -> Result<(Dataset, ReadReport), DatasetError> {
    let mut log = ReadLog::new(found.format, options);
    log.report.also_recognised = found.also_recognised.clone();
    log.report.unread_event_files = found.unread_events.clone();
    found.remarks.iter().for_each(|remark| log.note(remark.clone()));
    let mut dataset = match found.format {
        Format::General => general::read(found, options, &mut log)?,
        Format::MovieLens100k => movielens_100k::read(found, &mut log)?,
        Format::MovieLensDat => movielens_dat::read(found, &mut log)?,
        Format::MovieLensCsv => movielens_csv::read(found, options, &mut log)?,
        Format::LastFm2k => lastfm::read(found, &mut log)?,
    };
    dataset.name = files.name();
    dataset.ratings_are_counts = log.report.ratings_are_counts;
    log.count_items(&dataset);
    Ok((dataset, log.report))
}

/// Reads one file of events by the rules of `events.csv`, for several files that share their ids.
///
/// Ids that `users` and `items` lack are added to them, so that files read with the same two sets give [`Events`] with
/// the same numbers. Repeated events are removed within the file only. The report says nothing of a catalogue, as there
/// is none here.
///
/// # Errors
/// As [`read`]. `users` and `items` may have grown by then.
#[cfg(feature = "fs")]
pub fn read_events_csv(
    path: &Path,
    options: &ReadOptions,
    users: &mut Ids,
    items: &mut Ids,
) -> Result<(Events, ReadReport), DatasetError> {
    let mut log = ReadLog::new(Format::General, options);
    let folder = folder_of(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let events = general::read_events(&DataFile::new(&folder, &name), users, items, options, &mut log)?;
    Ok((events, log.report))
}

/// Reads one fold of MovieLens 100K (`u1.base`, `u1.test`), whose ids are those of a data set; ones it lacks are added.
///
/// # Errors
/// As [`read`]. `users` and `items` may have grown by then.
pub fn read_movielens_fold(
    files: &dyn Files,
    name: &str,
    options: &ReadOptions,
    users: &mut Ids,
    items: &mut Ids,
) -> Result<(Events, ReadReport), DatasetError> {
    let mut log = ReadLog::new(Format::MovieLens100k, options);
    let events = movielens_100k::read_fold(&DataFile::new(files, name), users, items, &mut log)?;
    Ok((events, log.report))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::fixtures::{folder_with, real_data};
    use super::*;
    use crate::dataset::ItemRecord;

    fn read_real(name: &str) -> Option<(Dataset, ReadReport)> {
        let folder = real_data(name)?;
        let started = Instant::now();
        let found = read(&folder, &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        eprintln!("{name}: {:?}\n{}", started.elapsed(), found.1.notes().join("\n"));
        Some(found)
    }

    fn record<'a>(dataset: &'a Dataset, id: &str) -> &'a ItemRecord {
        &dataset.catalogue[dataset.items.get_index_of(id).expect("the item is there")]
    }

    fn assert_columns_agree(dataset: &Dataset) {
        let n_events = dataset.events.len();
        assert_eq!(dataset.events.items.len(), n_events);
        assert_eq!(dataset.events.ratings.len(), n_events);
        assert!(dataset.events.times.is_empty() || dataset.events.times.len() == n_events);
        assert_eq!(dataset.catalogue.len(), dataset.items.len());
    }

    #[test]
    fn a_catalogue_has_addresses_makers_and_a_line_about_each_item() {
        let items = "id,title,year,director,tags,description,url\n\
            a,Alien,1979,Ridley Scott,space|horror,\"A crew wakes. It is not alone.\",https://films.example/a\n\
            b,Amélie,2001,Jean-Pierre Jeunet|N/A,,,none\n";
        let events = "user,item,rating\nu1,a,5\nu2,b,4\n";
        let folder = folder_with(&[("events.csv", events), ("items.csv", items)]);
        let (dataset, report) = read(folder.path(), &ReadOptions::default()).unwrap();
        let (first, second) = (record(&dataset, "a"), record(&dataset, "b"));
        assert_eq!(first.tags, ["Ridley Scott", "space", "horror"]);
        assert_eq!((first.about.as_str(), first.url.as_str()), ("A crew wakes.", "https://films.example/a"));
        assert_eq!(first.text, "A crew wakes. It is not alone.");
        assert_eq!(second.tags, ["Jean-Pierre Jeunet"]);
        assert_eq!((second.about.as_str(), second.url.as_str()), ("", ""));
        assert!(report.ignored_columns.is_empty());
    }

    #[test]
    fn a_known_file_of_events_or_titles_is_read_by_its_name() {
        let folder = folder_with(&[
            ("ratings.dat", "1::7::5::10\n2::8::4::11\n"),
            ("movies.dat", "7::Heat (1995)::Crime\n8::Postino, Il (1994)::Drama\n"),
            ("own.csv", "user,item,rating\n1,7,5\n2,8,4\n"),
        ]);
        let path = |name: &str| folder.path().join(name);
        let options = ReadOptions::default();
        let (dataset, report) = read(&path("ratings.dat"), &options).unwrap();
        assert_eq!((report.format, record(&dataset, "8").title.as_str()), (Format::MovieLensDat, "Il Postino"));
        let (dataset, report) = read_paths(&[path("own.csv")], Some(&path("movies.dat")), &options).unwrap();
        assert_eq!(
            (report.format, record(&dataset, "7").genres.as_slice()),
            (Format::General, &["Crime".to_owned()][..])
        );
    }

    #[test]
    fn three_files_that_share_their_ids_give_events_with_the_same_indices() {
        let folder = folder_with(&[
            ("train.csv", "user,item,rating,timestamp\nu1,a,5,10\nu2,b,4,11\n"),
            ("shown.csv", "user,item,rating,timestamp\nu3,b,4,12\n"),
            ("test.csv", "user,item,rating,timestamp\nu3,c,3,13\nu1,b,3,13\n"),
        ]);
        let (mut users, mut items) = (Ids::new(), Ids::new());
        let mut events_of = |name: &str| {
            let path = folder.path().join(name);
            read_events_csv(&path, &ReadOptions::default(), &mut users, &mut items).unwrap().0
        };
        let (train, shown, test) = (events_of("train.csv"), events_of("shown.csv"), events_of("test.csv"));
        let numbers = |events: &Events| {
            let users: Vec<u32> = events.users.iter().map(|user| user.0).collect();
            (users, events.items.iter().map(|item| item.0).collect::<Vec<u32>>())
        };
        assert_eq!(numbers(&train), (vec![0, 1], vec![0, 1]));
        assert_eq!(numbers(&shown), (vec![2], vec![1]));
        assert_eq!(numbers(&test), (vec![2, 0], vec![2, 1]));
        assert_eq!(test.times, [13, 13]);
        assert_eq!((users.len(), items.len()), (3, 3));
    }

    #[test]
    fn a_data_set_is_called_what_its_folder_is_called() {
        let folder = folder_with(&[("events.csv", "user,item\nu,a\n")]);
        let expected = folder.path().file_name().unwrap().to_string_lossy().into_owned();
        let options = ReadOptions::default();
        assert_eq!(read(folder.path(), &options).unwrap().0.name, expected);
        assert_eq!(read(&folder.path().join("events.csv"), &options).unwrap().0.name, expected);
    }

    #[test]
    fn movielens_100k_is_read_whole() {
        let Some((dataset, report)) = read_real("ml-100k") else { return };
        assert_columns_agree(&dataset);
        assert_eq!(report.format, Format::MovieLens100k);
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.items.len()), (100_000, 943, 1682));
        assert_eq!((report.duplicate_events, report.bad_lines, report.repeated_titles), (0, 0, 18));
        assert_eq!(dataset.events.times[0], 881_250_949);
        let unknown = record(&dataset, "267");
        assert_eq!((unknown.title.as_str(), unknown.year, unknown.genres.len()), ("unknown", None, 0));
        assert_eq!(dataset.catalogue.iter().filter(|item| item.year.is_none()).count(), 1);
        let taxi_driver = record(&dataset, "23");
        assert_eq!((taxi_driver.title.as_str(), taxi_driver.year), ("Taxi Driver", Some(1976)));
        assert_eq!(record(&dataset, "1").genres, ["Animation", "Children's", "Comedy"]);
        assert_eq!(record(&dataset, "1412").title, "Land Before Time III: The Time of the Great Giving");
        assert!(dataset.catalogue.iter().any(|item| item.title == "Les Misérables"));
    }

    #[test]
    fn movielens_1m_is_read_whole() {
        let Some((dataset, _)) = read_real("ml-1m") else { return };
        assert_columns_agree(&dataset);
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.items.len()), (1_000_209, 6040, 3883));
        assert_eq!(dataset.events.times.iter().filter(|time| **time == 0).count(), 310_550);
        assert!(dataset.catalogue.iter().all(|item| item.year.is_some() && !item.genres.is_empty()));
        assert!(dataset.catalogue.iter().any(|item| item.title == "The City of Lost Children"));
    }

    #[test]
    fn the_timed_part_of_movielens_1m_is_read_whole() {
        let Some((dataset, _)) = read_real("ml-1m-timed") else { return };
        assert_columns_agree(&dataset);
        assert_eq!((dataset.events.len(), dataset.users.len()), (487_650, 2999));
        assert!(dataset.events.times.iter().all(|time| *time > 0));
    }

    #[test]
    fn movielens_latest_small_is_read_whole() {
        let Some((dataset, report)) = read_real("ml-latest-small") else { return };
        assert_columns_agree(&dataset);
        assert_eq!(report.format, Format::MovieLensCsv);
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.items.len()), (100_836, 610, 9742));
        assert_eq!(dataset.catalogue.iter().filter(|item| item.genres.is_empty()).count(), 34);
        assert_eq!(dataset.catalogue.iter().filter(|item| item.year.is_none()).count(), 12);
        assert_eq!((report.repeated_titles, report.items_without_events), (5, 18));
        assert!(dataset.events.ratings.contains(&3.5));
        let lost_children = record(&dataset, "29");
        assert_eq!(lost_children.title, "The City of Lost Children (La Cité des enfants perdus)");
        assert_eq!(lost_children.year, Some(1995));
        assert_eq!(record(&dataset, "171749").year, Some(2006));
        assert_eq!(record(&dataset, "7789").title, "11'09\"01 - September 11");
        let tags_of_pulp_fiction = &record(&dataset, "296").tags;
        assert_eq!(tags_of_pulp_fiction[..3], ["cult film", "drugs", "good dialogue"]);
        assert_eq!(tags_of_pulp_fiction[8..], ["1990s", "achronological"]);
        assert!(dataset.catalogue.iter().all(|item| item.tags.len() <= 10));
    }

    #[test]
    fn movietweetings_keeps_its_zero_padded_ids() {
        let Some((dataset, report)) = read_real("movietweetings-100k") else { return };
        assert_columns_agree(&dataset);
        assert_eq!(report.format, Format::MovieLensDat);
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.items.len()), (100_000, 16_554, 10_506));
        assert!(dataset.items.contains("0104257") && !dataset.items.contains("104257"));
        assert_eq!(dataset.catalogue.iter().filter(|item| item.genres.is_empty()).count(), 66);
        assert_eq!(record(&dataset, "0002844").title, "Fantômas - À l'ombre de la guillotine");
        assert!(dataset.events.ratings.iter().all(|rating| (0.0..=10.0).contains(rating)));
    }

    #[test]
    fn lastfm_2k_has_plays_and_tags_and_no_times() {
        let Some((dataset, report)) = read_real("lastfm-2k") else { return };
        assert_columns_agree(&dataset);
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.items.len()), (92_834, 1892, 17_632));
        assert!(dataset.events.times.is_empty());
        assert_eq!(dataset.events.ratings.iter().copied().fold(0.0, f32::max), 352_698.0);
        assert_eq!((report.tagged_items_missing, report.tags_without_name), (390, 0));
        assert_eq!(report.not_utf8, ["tags.dat"]);
        assert!(dataset.catalogue.iter().all(|artist| artist.genres.is_empty() && artist.tags.len() <= 10));
        assert_eq!(record(&dataset, "1").title, "MALICE MIZER");
        assert!(dataset.catalogue.iter().any(|artist| artist.tags.iter().any(|tag| tag == "die ärzte")));
    }
}
