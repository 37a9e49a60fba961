//! Which files of a folder are the data set: by their names where those are known, else by the columns in them.

use std::collections::BTreeMap;
use std::fmt;

use super::DatasetError;
use super::first_record::is_plain;
use super::roles::Header;
use super::table::TableReader;
use crate::files::{DataFile, Files};

/// The formats that are recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Tables whose columns are found by their names: `events.csv` and `items.csv`, or what looks like them.
    #[default]
    General,
    /// MovieLens 100K.
    MovieLens100k,
    /// MovieLens 1M and 10M, and others with `::` between columns.
    MovieLensDat,
    /// MovieLens latest, 20M, 25M and 32M.
    MovieLensCsv,
    /// Plays of artists on Last.fm (HetRec 2011).
    LastFm2k,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::General => "tables with named columns",
            Self::MovieLens100k => "MovieLens 100K",
            Self::MovieLensDat => "MovieLens 1M/10M",
            Self::MovieLensCsv => "MovieLens latest/20M/25M/32M",
            Self::LastFm2k => "Last.fm 2k",
        })
    }
}

/// The files of a data set.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub format: Format,
    /// None where a catalogue is alone. Formats other than the general one have exactly one.
    pub events: Vec<DataFile<'a>>,
    pub catalogue: Option<DataFile<'a>>,
    pub also_recognised: Vec<Format>,
    /// Files that look like events and are not read.
    pub unread_events: Vec<String>,
    /// How the files were told, where their names did not.
    pub remarks: Vec<String>,
    /// Whether the catalogue is one only because there is no other, so that it may be about something else.
    pub catalogue_is_guess: bool,
}

impl<'a> Found<'a> {
    /// The one file of events of a format that has one.
    pub(super) fn event_file(&self) -> &DataFile<'a> {
        &self.events[0]
    }

    fn general(events: Vec<DataFile<'a>>, catalogue: Option<DataFile<'a>>) -> Self {
        Found { events, catalogue, ..Found::default() }
    }
}

/// Files by which a format of its own is known.
struct Sign {
    format: Format,
    events: &'static str,
    catalogue: &'static str,
}

const SIGNS: [Sign; 4] = [
    Sign { format: Format::MovieLens100k, events: "u.data", catalogue: "u.item" },
    Sign { format: Format::MovieLensDat, events: "ratings.dat", catalogue: "movies.dat" },
    Sign { format: Format::MovieLensCsv, events: "ratings.csv", catalogue: "movies.csv" },
    Sign { format: Format::LastFm2k, events: "user_artists.dat", catalogue: "artists.dat" },
];

/// Endings of files that are no tables, or tell nothing of events and items.
const NOT_TABLES: [&str; 22] = [
    "md", "html", "htm", "xml", "toml", "yaml", "yml", "pdf", "png", "jpg", "jpeg", "gif", "svg", "js", "css", "py",
    "ipynb", "rs", "sh", "db", "sqlite", "foldin",
];

/// Files that are looked into where names do not tell.
const MAX_LOOKED_INTO: usize = 200;

/// Finds the files of a data set.
///
/// Files called `events` and `items`, whatever their ending, come first: who puts them beside others means them. Then
/// the formats that are known by their names. Else each table is looked into.
pub(super) fn detect(files: &dyn Files) -> Result<Found<'_>, DatasetError> {
    let mut names = files.names().map_err(|source| DatasetError::io(files.path(""), source))?;
    names.sort();
    if let Some(what) = names.iter().find(|name| *name == "events.csv").and_then(|name| files.obstacle(name)) {
        return Err(DatasetError::NotAFile { path: files.path("events.csv"), what });
    }
    let named =
        |stem: &str| -> Vec<&String> { names.iter().filter(|name| files.has(name) && is_called(name, stem)).collect() };
    let (events, catalogues) = (named("events"), named("items"));
    let recognised: Vec<&Sign> = SIGNS.iter().filter(|sign| is_of_format(files, sign)).collect();
    if !events.is_empty() {
        let exact: Vec<&String> = events.iter().filter(|name| **name == "events.csv").copied().collect();
        let read = if exact.is_empty() { &events } else { &exact };
        let mut found =
            Found::general(as_files(files, read), catalogues.first().map(|name| DataFile::new(files, name)));
        found.unread_events = events.iter().filter(|name| !read.contains(name)).map(|name| (*name).clone()).collect();
        found.also_recognised = recognised.iter().map(|sign| sign.format).collect();
        return Ok(found);
    }
    if catalogues.is_empty()
        && let Some((sign, others)) = recognised.split_first()
    {
        return of_format(files, sign, others);
    }
    let tables = look_into(files, &names);
    match choose(files, &tables, catalogues.first().map(|name| name.as_str())) {
        Some(found) => Ok(found),
        // Content needs no event.
        None if !catalogues.is_empty() => {
            let mut found = Found::general(Vec::new(), catalogues.first().map(|name| DataFile::new(files, name)));
            found.also_recognised = recognised.iter().map(|sign| sign.format).collect();
            Ok(found)
        }
        None => Err(refusal(files, &names, &tables)),
    }
}

/// The files of a data set of which the file of events was named, if its columns have no names but all its files do: titles
/// and tags lie beside it.
#[cfg(feature = "fs")]
pub(super) fn by_file_of_events<'a>(files: &'a dyn Files, name: &str) -> Option<Found<'a>> {
    let has_names = |sign: &Sign| sign.format == Format::MovieLensCsv;
    let sign = SIGNS.iter().find(|sign| sign.events == name && !has_names(sign) && is_of_format(files, sign))?;
    of_format(files, sign, &[]).ok()
}

/// The files of a data set whose events are in files of any names, with a catalogue that is named or found beside them.
pub(super) fn with_events_in<'a>(files: &'a dyn Files, events: &[String], catalogue: Option<&str>) -> Found<'a> {
    let is_catalogue = |name: &String| {
        header_in(&DataFile::new(files, name)).is_ok_and(|header| header.has_items() && !header.has_events())
    };
    let (catalogues, events): (Vec<&String>, Vec<&String>) =
        events.iter().partition(|name| events.len() > 1 && is_catalogue(name));
    let catalogue = catalogue.map(str::to_owned).or_else(|| catalogues.first().map(|name| (*name).clone()));
    let mut remarks = Vec::new();
    let catalogue = catalogue.or_else(|| {
        let names = files.names().unwrap_or_default();
        let named = names.iter().find(|name| files.has(name) && is_called(name, "items"));
        if let Some(named) = named {
            return Some(named.clone());
        }
        // A pipe can be read once.
        if events.iter().any(|name| files.obstacle(name).is_some()) {
            return None;
        }
        let others: Vec<String> = names.iter().filter(|name| !events.contains(name)).cloned().collect();
        let item = header_in(&DataFile::new(files, events.first()?)).ok()?.item_name()?;
        let tables = look_into(files, &others);
        let same = tables.iter().find(|table| table.is(Header::has_items) && table.names().contains(&item))?;
        remarks.push(format!("Titles were read from {}, which lies beside the events.", same.name));
        Some(same.name.clone())
    });
    let mut found = Found::general(as_files(files, &events), catalogue.map(|name| DataFile::new(files, &name)));
    found.remarks = remarks;
    found
}

fn as_files<'a>(files: &'a dyn Files, names: &[&String]) -> Vec<DataFile<'a>> {
    names.iter().map(|name| DataFile::new(files, name)).collect()
}

/// Whether a name is a stem with endings, a number or a part: `events.csv.gz`, `events-2024.parquet`, `events/part-0.csv`.
fn is_called(name: &str, stem: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let own = lower.rsplit(['/', '\\']).next().unwrap_or_default();
    let begins = |text: &str| {
        text.strip_prefix(stem).is_some_and(|rest| rest.starts_with(|letter: char| !letter.is_alphabetic()))
    };
    (begins(&lower) || begins(own)) && !has_ending_of_no_table(own)
}

fn has_ending_of_no_table(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| NOT_TABLES.contains(&ending)) || name.starts_with('.')
}

/// Whether a folder holds the events of a format. `ratings.csv` is MovieLens only with a column of that name.
fn is_of_format(files: &dyn Files, sign: &Sign) -> bool {
    files.has(sign.events)
        && (sign.format != Format::MovieLensCsv
            || files.has(sign.catalogue)
                && header_in(&DataFile::new(files, sign.events)).is_ok_and(|header| header.has("movieid")))
}

fn of_format<'a>(files: &'a dyn Files, sign: &Sign, others: &[&Sign]) -> Result<Found<'a>, DatasetError> {
    if !files.has(sign.catalogue) {
        return Err(DatasetError::FileMissing {
            folder: files.path(""),
            format: sign.format,
            present: sign.events.to_owned(),
            missing: sign.catalogue.to_owned(),
            content: "titles",
        });
    }
    let mut found = Found::general(vec![DataFile::new(files, sign.events)], Some(DataFile::new(files, sign.catalogue)));
    found.format = sign.format;
    found.also_recognised = others.iter().map(|other| other.format).collect();
    Ok(found)
}

/// A file that was looked into.
struct LookedInto {
    name: String,
    /// Its first line as names of columns, or what is wrong with it where it is no table.
    header: Result<Header, DatasetError>,
    /// Whether it has no header and the shape of events.
    is_plain: bool,
}

impl LookedInto {
    fn is(&self, kind: fn(&Header) -> bool) -> bool {
        self.header.as_ref().is_ok_and(kind)
    }

    fn weight(&self) -> usize {
        self.header.as_ref().map_or(0, Header::weight_of_events)
    }

    fn names(&self) -> &[String] {
        self.header.as_ref().map_or(&[], Header::normalised)
    }
}

fn look_into(files: &dyn Files, names: &[String]) -> Vec<LookedInto> {
    let readable = names.iter().filter(|name| !has_ending_of_no_table(&name.to_ascii_lowercase()) && files.has(name));
    readable
        .take(MAX_LOOKED_INTO)
        .map(|name| {
            let (header, is_plain) = match look(&DataFile::new(files, name)) {
                Ok((header, is_plain)) => {
                    let is_plain = is_plain && !header.has_events() && !header.has_items();
                    (Ok(header), is_plain)
                }
                Err(error) => (Err(error), false),
            };
            LookedInto { name: name.clone(), header, is_plain }
        })
        .collect()
}

fn header_in(file: &DataFile<'_>) -> Result<Header, DatasetError> {
    Ok(look(file)?.0)
}

/// The first line of a file as names of columns, and whether the file has none and is plain.
fn look(file: &DataFile<'_>) -> Result<(Header, bool), DatasetError> {
    let mut reader = TableReader::open(file)?;
    let names = reader.first_names()?.unwrap_or_default();
    Ok((Header::new(file.name(), names), is_plain(&mut reader)?))
}

/// The events and the catalogue among tables: the events that tell most, and the catalogue whose ids they name. Tables
/// of the same columns whose names differ in numbers only are parts of one.
fn choose<'a>(files: &'a dyn Files, tables: &[LookedInto], catalogue: Option<&str>) -> Option<Found<'a>> {
    let mut groups: BTreeMap<(String, &[String]), Vec<&LookedInto>> = BTreeMap::new();
    for table in tables.iter().filter(|table| table.is(Header::has_events) && Some(table.name.as_str()) != catalogue) {
        groups.entry((without_digits(&table.name), table.names())).or_default().push(table);
    }
    // Without any header that tells, one table that is plain is taken for the events.
    let mut plain = tables.iter().filter(|table| table.is_plain);
    if let (true, Some(only), None) = (groups.is_empty(), plain.next(), plain.next()) {
        groups.insert((only.name.clone(), only.names()), vec![only]);
    }
    let (_, best) =
        groups.iter().max_by_key(|(_, group)| (group[0].weight(), std::cmp::Reverse(group[0].name.len())))?;
    let events: Vec<&String> = best.iter().map(|table| &table.name).collect();
    let item = best[0].header.as_ref().ok().and_then(Header::item_name);
    let names_item = |table: &&LookedInto| item.as_ref().is_some_and(|item| table.names().contains(item));
    let candidates = || tables.iter().filter(|table| table.is(Header::has_items) && !events.contains(&&table.name));
    let same = candidates().find(names_item);
    let is_guess = catalogue.is_none() && same.is_none();
    let found_catalogue = same.or_else(|| {
        let mut all = candidates();
        all.next().filter(|_| all.next().is_none())
    });
    let catalogue = catalogue.map(str::to_owned).or_else(|| found_catalogue.map(|table| table.name.clone()));
    let mut found = Found::general(as_files(files, &events), catalogue.as_ref().map(|name| DataFile::new(files, name)));
    found.catalogue_is_guess = is_guess;
    let listed = events.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
    found.remarks.push(match &catalogue {
        Some(catalogue) => format!("Events were read from {listed} and items from {catalogue}, told by their columns."),
        None => format!("Events were read from {listed}, told by its columns."),
    });
    found.unread_events =
        groups.values().flatten().map(|table| &table.name).filter(|name| !events.contains(name)).cloned().collect();
    Some(found)
}

fn without_digits(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

/// Why nothing was found: half of a known format, or what each file is.
fn refusal(files: &dyn Files, names: &[String], tables: &[LookedInto]) -> DatasetError {
    if let Some(sign) = SIGNS.iter().find(|sign| files.has(sign.catalogue)) {
        return DatasetError::FileMissing {
            folder: files.path(""),
            format: sign.format,
            present: sign.catalogue.to_owned(),
            missing: sign.events.to_owned(),
            content: "events",
        };
    }
    let mut found: Vec<String> = names
        .iter()
        .map(|name| match tables.iter().find(|table| table.name == *name) {
            Some(LookedInto { header: Err(problem), .. }) => format!("{name} ({problem})"),
            Some(LookedInto { header: Ok(header), .. }) if !header.normalised().is_empty() => {
                let names = header.normalised();
                format!("{name} (columns {})", names[..names.len().min(6)].join(", "))
            }
            _ => name.clone(),
        })
        .collect();
    let more = found.len().saturating_sub(12);
    found.truncate(12);
    if more > 0 {
        found.push(format!("and {more} more"));
    }
    DatasetError::NotRecognised { path: files.path(""), found }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::files::InMemory;
    use crate::read::fixtures::{folder_with, read_strictly};

    /// Why files with these names are not recognised.
    fn refusal_of(names: &[&str]) -> String {
        detect(&files(names)).unwrap_err().to_string()
    }

    fn files(names: &[&str]) -> InMemory {
        InMemory::new("memory", names.iter().map(|name| (*name, "")))
    }

    #[test]
    fn each_format_is_known_by_its_files() {
        for sign in &SIGNS {
            let content = |name: &str| if name == "ratings.csv" { "userId,movieId,rating\n" } else { "" };
            let names = [sign.events, sign.catalogue, "README"];
            let files = InMemory::new("memory", names.map(|name| (name, content(name))));
            assert_eq!(detect(&files).unwrap().format, sign.format);
        }
    }

    #[test]
    fn tables_of_any_name_are_told_by_their_columns() {
        let files = InMemory::new(
            "books",
            [
                ("BX-Book-Ratings.csv", "\"User-ID\";\"ISBN\";\"Book-Rating\"\n"),
                ("BX-Books.csv", "\"ISBN\";\"Book-Title\";\"Book-Author\"\n"),
                ("BX-Users.csv", "\"User-ID\";\"Location\";\"Age\"\n"),
                ("to_read.csv", "user_id,isbn\n"),
            ],
        );
        let found = detect(&files).unwrap();
        assert_eq!(found.event_file().name(), "BX-Book-Ratings.csv");
        assert_eq!(found.catalogue.unwrap().name(), "BX-Books.csv");
        assert_eq!(found.unread_events, ["to_read.csv"]);
    }

    #[test]
    fn one_plain_table_without_names_is_taken_for_the_events() {
        let line = "A1,B1,4.0,1293854400\nA1,B2,5.0,1293854401\n";
        let files = InMemory::new("books", [("ratings_Books.csv", line), ("notes.md", "")]);
        assert_eq!(detect(&files).unwrap().event_file().name(), "ratings_Books.csv");
        let files = InMemory::new("books", [("one.csv", line), ("two.csv", line)]);
        assert!(detect(&files).is_err(), "which of the two?");
    }

    #[test]
    fn parts_of_one_table_are_read_together() {
        let part = "user,item\n";
        let files = InMemory::new("parts", [("log-2023.csv", part), ("log-2024.csv", part), ("events-old.md", "")]);
        assert_eq!(detect(&files).unwrap().events.len(), 2);
        let files = InMemory::new("parts", [("events-1.csv", part), ("events-2.csv", part)]);
        assert_eq!(detect(&files).unwrap().events.len(), 2);
    }

    #[test]
    fn ratings_csv_is_movielens_only_with_its_column() {
        let files = InMemory::new("mine", [("ratings.csv", "user,item,rating\n"), ("items.csv", "id,title\n")]);
        let found = detect(&files).unwrap();
        assert_eq!((found.format, found.event_file().name()), (Format::General, "ratings.csv"));
    }

    #[test]
    fn events_csv_goes_before_other_formats_and_the_others_are_named() {
        let files = files(&["ratings.dat", "movies.dat", "events.csv", "u.data"]);
        let found = detect(&files).unwrap();
        assert_eq!(found.format, Format::General);
        assert_eq!(found.also_recognised, [Format::MovieLens100k, Format::MovieLensDat]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = read_strictly(Path::new("no/such/folder")).unwrap_err();
        assert!(error.to_string().starts_with("there is no file or folder `no/such/folder`; give"), "{error}");
    }

    #[test]
    fn where_nothing_is_recognised_the_message_shows_what_was_found_and_what_is_needed() {
        let message = refusal_of(&["notes.md", "data.bin"]);
        assert!(message.contains("notes.md") && message.contains("user,item,rating,timestamp"), "{message}");
        assert!(message.contains("foldin train FILE") && message.contains("id,title,genres"), "{message}");
        assert!(refusal_of(&[]).contains("found nothing"));
    }

    #[test]
    fn many_files_are_not_all_listed() {
        let names: Vec<String> = (0..40).map(|number| format!("{number}.md")).collect();
        let message = refusal_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(message.contains("and 28 more"), "{message}");
    }

    #[test]
    fn the_titles_of_another_format_without_its_events_are_an_error_that_names_the_missing_file() {
        let message = refusal_of(&["movies.csv"]);
        assert!(message.contains("but `ratings.csv` with the events is missing"), "{message}");
    }

    #[test]
    fn a_catalogue_of_our_own_may_stand_alone() {
        let folder = folder_with(&[("items.csv", "id,title,genres\na,Alpha,Drama\nb,Beta,\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!((dataset.events.len(), dataset.users.len(), dataset.catalogue.len()), (0, 0, 2));
        assert!(report.events_missing && !report.ratings_missing && !report.times_missing);
        assert_eq!(report.notes(), ["There is no events.csv, so nothing can be learnt but what items are about."]);
    }

    #[test]
    fn a_catalogue_alone_without_a_line_is_an_error() {
        let folder = folder_with(&[("items.csv", "id,title\n")]);
        assert!(matches!(read_strictly(folder.path()), Err(DatasetError::EmptyCatalogue { .. })));
    }

    #[test]
    fn movielens_without_titles_is_an_error_that_names_the_missing_file() {
        let message = refusal_of(&["ratings.dat"]);
        assert!(message.contains("but `movies.dat` with the titles is missing"), "{message}");
    }

    #[test]
    fn one_csv_file_is_read_with_the_catalogue_beside_it() {
        let folder = folder_with(&[("mine.csv", "user,item\nu,a\n"), ("items.csv", "id,title\na,Alpha\n")]);
        let (dataset, report) = read_strictly(&folder.path().join("mine.csv")).unwrap();
        assert_eq!((dataset.catalogue[0].title.as_str(), report.format), ("Alpha", Format::General));
    }
}
