//! Which format a folder is in, told by the names of the files in it.

use std::fmt;

use super::DatasetError;
use crate::files::{DataFile, Files};

/// The formats that are recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// `events.csv` and `items.csv`, whose first lines name the columns.
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
            Self::General => "the general format",
            Self::MovieLens100k => "MovieLens 100K",
            Self::MovieLensDat => "MovieLens 1M/10M",
            Self::MovieLensCsv => "MovieLens latest/20M/25M/32M",
            Self::LastFm2k => "Last.fm 2k",
        })
    }
}

/// A folder whose format is known, and its files.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub format: Format,
    /// Does not exist where a catalogue of the general format is alone.
    pub events: DataFile<'a>,
    pub catalogue: Option<DataFile<'a>>,
    pub also_recognised: Vec<Format>,
}

struct Sign {
    format: Format,
    events: &'static str,
    catalogue: &'static str,
}

/// Our own format comes first: who puts an `events.csv` beside other files means it.
const SIGNS: [Sign; 5] = [
    Sign { format: Format::General, events: "events.csv", catalogue: "items.csv" },
    Sign { format: Format::MovieLens100k, events: "u.data", catalogue: "u.item" },
    Sign { format: Format::MovieLensDat, events: "ratings.dat", catalogue: "movies.dat" },
    Sign { format: Format::MovieLensCsv, events: "ratings.csv", catalogue: "movies.csv" },
    Sign { format: Format::LastFm2k, events: "user_artists.dat", catalogue: "artists.dat" },
];

/// Finds the files of a data set.
pub(super) fn detect(files: &dyn Files) -> Result<Found<'_>, DatasetError> {
    let mut recognised = SIGNS.iter().filter(|sign| files.has(sign.events));
    let Some(sign) = recognised.next() else {
        return without_events(files);
    };
    let catalogue = files.has(sign.catalogue).then(|| DataFile::new(files, sign.catalogue));
    if catalogue.is_none() && sign.format != Format::General {
        return Err(DatasetError::FileMissing {
            folder: files.path(""),
            format: sign.format,
            present: sign.events.to_owned(),
            missing: sign.catalogue.to_owned(),
            content: "titles",
        });
    }
    Ok(Found {
        format: sign.format,
        events: DataFile::new(files, sign.events),
        catalogue,
        also_recognised: recognised.map(|other| other.format).collect(),
    })
}

/// The files of a data set whose events are in a file of any name, with `items.csv` beside it.
#[cfg(feature = "fs")]
pub(super) fn with_events_in<'a>(files: &'a dyn Files, events: &str) -> Found<'a> {
    Found {
        format: Format::General,
        events: DataFile::new(files, events),
        catalogue: files.has("items.csv").then(|| DataFile::new(files, "items.csv")),
        also_recognised: Vec::new(),
    }
}

/// A catalogue in our own format may stand alone: content needs no event. Who has half of another one's files has lost
/// the others.
fn without_events(files: &dyn Files) -> Result<Found<'_>, DatasetError> {
    let catalogues: Vec<&Sign> = SIGNS.iter().filter(|sign| files.has(sign.catalogue)).collect();
    if let [Sign { format: Format::General, events, catalogue }, others @ ..] = catalogues.as_slice() {
        return Ok(Found {
            format: Format::General,
            events: DataFile::new(files, events),
            catalogue: Some(DataFile::new(files, catalogue)),
            also_recognised: others.iter().map(|other| other.format).collect(),
        });
    }
    if let Some(sign) = catalogues.first() {
        return Err(DatasetError::FileMissing {
            folder: files.path(""),
            format: sign.format,
            present: sign.catalogue.to_owned(),
            missing: sign.events.to_owned(),
            content: "events",
        });
    }
    let mut found = files.names().map_err(|source| DatasetError::io(files.path(""), source))?;
    found.sort();
    let more = found.len().saturating_sub(12);
    found.truncate(12);
    if more > 0 {
        found.push(format!("and {more} more"));
    }
    let looked_for = SIGNS.iter().map(|sign| format!("{} ({})", sign.events, sign.format)).collect();
    Err(DatasetError::NotRecognised { path: files.path(""), looked_for, found })
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
            let files = files(&[sign.events, sign.catalogue, "README"]);
            assert_eq!(detect(&files).unwrap().format, sign.format);
        }
    }

    #[test]
    fn events_csv_goes_before_other_formats_and_the_others_are_named() {
        let files = files(&["ratings.csv", "movies.csv", "events.csv", "u.data"]);
        let found = detect(&files).unwrap();
        assert_eq!(found.format, Format::General);
        assert_eq!(found.also_recognised, [Format::MovieLens100k, Format::MovieLensCsv]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = read_strictly(Path::new("no/such/folder")).unwrap_err();
        let expected = "there is no folder `no/such/folder`; give the folder that holds the data set";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_file_that_is_no_csv_is_not_a_folder() {
        let folder = folder_with(&[("u.data", "")]);
        assert!(matches!(read_strictly(&folder.path().join("u.data")), Err(DatasetError::NotAFolder { .. })));
    }

    #[test]
    fn where_nothing_is_recognised_the_message_lists_what_was_sought_and_found() {
        let message = refusal_of(&["notes.txt", "data.json"]);
        assert!(message.contains("events.csv (the general format), u.data (MovieLens 100K)"), "{message}");
        assert!(message.ends_with("found data.json, notes.txt"), "{message}");
        assert!(refusal_of(&[]).ends_with("found nothing"));
    }

    #[test]
    fn many_files_are_not_all_listed() {
        let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
        let message = refusal_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(message.ends_with("and 28 more"), "{message}");
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
