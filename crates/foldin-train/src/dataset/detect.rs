//! Which format a folder is in, told by the names of the files in it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::DatasetError;

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
pub(super) struct Found {
    pub format: Format,
    pub folder: PathBuf,
    /// Not there where a catalogue of the general format stands alone.
    pub events: PathBuf,
    pub catalogue: Option<PathBuf>,
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

/// Finds the files of the data set at `path`, which is a folder or a `.csv` file of events.
pub(super) fn detect(path: &Path) -> Result<Found, DatasetError> {
    if !path.exists() {
        return Err(DatasetError::FolderMissing { path: path.to_path_buf() });
    }
    if !path.is_dir() {
        return single_file(path);
    }
    let present = |name: &str| path.join(name).is_file();
    let mut recognised = SIGNS.iter().filter(|sign| present(sign.events));
    let Some(sign) = recognised.next() else {
        return without_events(path);
    };
    let catalogue = present(sign.catalogue).then(|| path.join(sign.catalogue));
    if catalogue.is_none() && sign.format != Format::General {
        return Err(DatasetError::FileMissing {
            folder: path.to_path_buf(),
            format: sign.format,
            present: sign.events.to_owned(),
            missing: sign.catalogue.to_owned(),
            content: "titles",
        });
    }
    Ok(Found {
        format: sign.format,
        folder: path.to_path_buf(),
        events: path.join(sign.events),
        catalogue,
        also_recognised: recognised.map(|other| other.format).collect(),
    })
}

fn single_file(path: &Path) -> Result<Found, DatasetError> {
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    if !is_csv {
        return Err(DatasetError::NotAFolder { path: path.to_path_buf() });
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let items = parent.join("items.csv");
    Ok(Found {
        format: Format::General,
        folder: parent.to_path_buf(),
        events: path.to_path_buf(),
        catalogue: items.is_file().then_some(items),
        also_recognised: Vec::new(),
    })
}

/// A catalogue in our own format may stand alone: content needs no event. Who has half of another one's files has lost
/// the others.
fn without_events(path: &Path) -> Result<Found, DatasetError> {
    let catalogues: Vec<&Sign> = SIGNS.iter().filter(|sign| path.join(sign.catalogue).is_file()).collect();
    if let [Sign { format: Format::General, events, catalogue }, others @ ..] = catalogues.as_slice() {
        return Ok(Found {
            format: Format::General,
            folder: path.to_path_buf(),
            events: path.join(events),
            catalogue: Some(path.join(catalogue)),
            also_recognised: others.iter().map(|other| other.format).collect(),
        });
    }
    if let Some(sign) = catalogues.first() {
        return Err(DatasetError::FileMissing {
            folder: path.to_path_buf(),
            format: sign.format,
            present: sign.catalogue.to_owned(),
            missing: sign.events.to_owned(),
            content: "events",
        });
    }
    let mut found: Vec<String> = match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect(),
        Err(source) => return Err(DatasetError::io(path, source)),
    };
    found.sort();
    let more = found.len().saturating_sub(12);
    found.truncate(12);
    if more > 0 {
        found.push(format!("and {more} more"));
    }
    let looked_for = SIGNS.iter().map(|sign| format!("{} ({})", sign.events, sign.format)).collect();
    Err(DatasetError::NotRecognised { path: path.to_path_buf(), looked_for, found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::fixtures::{folder_with, read_strictly};

    fn format_of(files: &[&str]) -> Result<Found, DatasetError> {
        let files: Vec<(&str, &str)> = files.iter().map(|name| (*name, "")).collect();
        detect(folder_with(&files).path())
    }

    #[test]
    fn each_format_is_known_by_its_files() {
        for sign in &SIGNS {
            assert_eq!(format_of(&[sign.events, sign.catalogue, "README"]).unwrap().format, sign.format);
        }
    }

    #[test]
    fn events_csv_goes_before_other_formats_and_the_others_are_named() {
        let found = format_of(&["ratings.csv", "movies.csv", "events.csv", "u.data"]).unwrap();
        assert_eq!(found.format, Format::General);
        assert_eq!(found.also_recognised, [Format::MovieLens100k, Format::MovieLensCsv]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = detect(Path::new("no/such/folder")).unwrap_err();
        let expected = "there is no folder `no/such/folder`; give the folder that holds the data set";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_file_that_is_no_csv_is_not_a_folder() {
        let folder = folder_with(&[("u.data", "")]);
        assert!(matches!(detect(&folder.path().join("u.data")), Err(DatasetError::NotAFolder { .. })));
    }

    #[test]
    fn where_nothing_is_recognised_the_message_lists_what_was_sought_and_found() {
        let message = format_of(&["notes.txt", "data.json"]).unwrap_err().to_string();
        assert!(message.contains("events.csv (the general format), u.data (MovieLens 100K)"), "{message}");
        assert!(message.ends_with("found data.json, notes.txt"), "{message}");
        assert!(format_of(&[]).unwrap_err().to_string().ends_with("found nothing"));
    }

    #[test]
    fn many_files_are_not_all_listed() {
        let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
        let message = format_of(&names.iter().map(String::as_str).collect::<Vec<_>>()).unwrap_err().to_string();
        assert!(message.ends_with("and 28 more"), "{message}");
    }

    #[test]
    fn the_titles_of_another_format_without_its_events_are_an_error_that_names_the_missing_file() {
        let message = format_of(&["movies.csv"]).unwrap_err().to_string();
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
        let message = format_of(&["ratings.dat"]).unwrap_err().to_string();
        assert!(message.contains("but `movies.dat` with the titles is missing"), "{message}");
    }

    #[test]
    fn one_csv_file_is_read_with_the_catalogue_beside_it() {
        let folder = folder_with(&[("mine.csv", "user,item\nu,a\n"), ("items.csv", "id,title\na,Alpha\n")]);
        let (dataset, report) = read_strictly(&folder.path().join("mine.csv")).unwrap();
        assert_eq!((dataset.catalogue[0].title.as_str(), report.format), ("Alpha", Format::General));
    }
}
