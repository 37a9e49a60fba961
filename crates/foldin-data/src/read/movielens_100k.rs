//! MovieLens 100K: `u.data`, `u.item` and perhaps `u.genre`. The folds beside them are read one by
//! one, as files of ratings.

use super::catalogue::{Catalogue, is_no_genre, title_in, year_of_date};
use super::detect::Found;
use super::events::{Layout, read_events};
use super::lines::{LineReader, lines_of, read_text};
use super::numbers::Refusal;
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::titles::movielens_title;
use super::{BadLine, DatasetError};
use crate::dataset::{Dataset, Events, Ids, ItemRecord};
use crate::files::DataFile;

/// Columns of `u.item` before the flags of the genres.
const COLUMNS: [&str; 5] = ["item", "title", "release date", "video release date", "address"];

/// The genres where there is no `u.genre`.
const GENRES: [&str; 19] = [
    "unknown",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

pub(super) fn read(found: &Found<'_>, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let mut catalogue = read_catalogue(&found.event_file().sibling("u.item"), log)?;
    let layout = Layout::user_item_rating_time("u.data", Separator::Tab);
    let mut users = Ids::new();
    let events = read_events(LineReader::open(found.event_file())?, &layout, &mut users, &mut catalogue.items, log)?;
    Ok(catalogue.into_dataset(users, events))
}

/// Reads the catalogue, `u.item`, with the names of genres that lie beside it.
pub(super) fn read_catalogue(file: &DataFile<'_>, log: &mut ReadLog) -> Result<Catalogue, DatasetError> {
    let genres = read_genres(&file.sibling("u.genre"), log)?;
    read_items(file, &genres, log)
}

/// Reads one fold, `u1.base` or `u1.test`: a file like `u.data`.
pub(super) fn read_fold(
    file: &DataFile<'_>,
    users: &mut Ids,
    items: &mut Ids,
    log: &mut ReadLog,
) -> Result<Events, DatasetError> {
    let layout = Layout::user_item_rating_time(file.name(), Separator::Tab);
    read_events(LineReader::open(file)?, &layout, users, items, log)
}

/// The names of the genres in the order of their flags, which is that of the lines.
fn read_genres(file: &DataFile<'_>, log: &mut ReadLog) -> Result<Vec<String>, DatasetError> {
    if !file.exists() {
        return Ok(GENRES.map(str::to_owned).to_vec());
    }
    let table = Table::new("u.genre", &["genre", "number"]);
    let text = read_text(file, log)?;
    let mut fields = Fields::default();
    let mut genres: Vec<String> = Vec::new();
    for line in lines_of(&text) {
        let row = table.split(line.number, line.text, Separator::Pipe, &mut fields);
        let name = row.and_then(|row| {
            row.parse(1, |number| match number.parse::<usize>() {
                Ok(number) if genres.len() == number => Ok(row.get(0).to_owned()),
                _ => Err(Refusal { problem: "is not the next number", expected: "numbers from 0 in rising order" }),
            })
        });
        genres.extend(log.keep_good(name)?);
    }
    Ok(genres)
}

fn read_items(file: &DataFile<'_>, genres: &[String], log: &mut ReadLog) -> Result<Catalogue, DatasetError> {
    let columns: Vec<&str> = COLUMNS.into_iter().chain(genres.iter().map(String::as_str)).collect();
    let table = Table::new("u.item", &columns);
    let text = read_text(file, log)?;
    let mut fields = Fields::default();
    let mut catalogue = Catalogue::default();
    for line in lines_of(&text) {
        let row = table.split(line.number, line.text, Separator::Pipe, &mut fields);
        catalogue.add(row.and_then(|row| item_in(&row, genres)), log)?;
    }
    Ok(catalogue)
}

fn item_in<'a>(row: &Row<'a>, genre_names: &[String]) -> Result<(&'a str, ItemRecord), Box<BadLine>> {
    let id = row.id(0)?;
    let (title, year_in_title) = title_in(row, 1, movielens_title)?;
    // Taxi Driver (1976) has the date of its rerelease in 1996: the title knows better.
    let year = year_in_title.or(row.parse(2, year_of_date)?);
    let mut genres = Vec::new();
    for (number, name) in genre_names.iter().enumerate() {
        let has_genre = row.parse(COLUMNS.len() + number, |flag| match flag {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(Refusal { problem: "is not a flag", expected: "0 or 1" }),
        })?;
        if has_genre && !is_no_genre(name) {
            genres.push(name.clone());
        }
    }
    Ok((id, ItemRecord { title, year, genres, ..ItemRecord::default() }))
}

#[cfg(test)]
mod tests {
    use crate::read::fixtures::{bad_line_of, folder_with, read_skipping, read_strictly};

    const NO_FLAGS: &str = "0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0";

    fn folder_with_items(items: &str) -> tempfile::TempDir {
        folder_with(&[("u.data", "196\t1\t3\t881250949\n"), ("u.item", items)])
    }

    #[test]
    fn flags_name_genres_of_the_standard_list() {
        let flags = "0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|1";
        let folder = folder_with_items(&format!("1|Toy Story (1995)|01-Jan-1995||http://x|{flags}\n"));
        let (dataset, _) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.catalogue[0].genres, ["Animation", "Children's", "Comedy", "Western"]);
        assert_eq!((dataset.catalogue[0].title.as_str(), dataset.catalogue[0].year), ("Toy Story", Some(1995)));
        assert_eq!(dataset.events.times, [881_250_949]);
    }

    #[test]
    fn flags_name_genres_of_the_file_where_there_is_one() {
        let folder = folder_with(&[
            ("u.data", "196\t1\t3\t881250949\n"),
            ("u.item", "1|A (1990)|||http://x|1|1\n"),
            ("u.genre", "unknown|0\nNoir|1\n\n"),
        ]);
        assert_eq!(read_strictly(folder.path()).unwrap().0.catalogue[0].genres, ["Noir"]);
    }

    #[test]
    fn the_year_is_that_of_the_title_or_else_of_the_date() {
        let items = format!(
            "1|Taxi Driver (1976)|16-Feb-1996||x|{NO_FLAGS}\n2|Scream|20-Dec-1996||x|{NO_FLAGS}\n267|unknown||||1{}\n",
            &NO_FLAGS[1..]
        );
        let (dataset, _) = read_strictly(folder_with_items(&items).path()).unwrap();
        let years: Vec<_> = dataset.catalogue.iter().map(|item| item.year).collect();
        assert_eq!(years, [Some(1976), Some(1996), None]);
        assert_eq!((dataset.catalogue[2].title.as_str(), dataset.catalogue[2].genres.len()), ("unknown", 0));
    }

    #[test]
    fn bad_lines_of_the_catalogue_name_their_columns() {
        let of = |line: &str| bad_line_of(folder_with_items(line).path()).to_string();
        assert!(of("1|A (1990)|||x|0|1\n").starts_with("u.item:1: column 8 (Adventure) is missing"));
        assert!(of(&format!("1|A|soon||x|{NO_FLAGS}")).starts_with(r#"u.item:1: column 3 (release date): "soon""#));
        assert!(of(&format!("1|A|||x|2{}", &NO_FLAGS[1..])).starts_with(r#"u.item:1: column 6 (unknown): "2" is not"#));
        assert!(of(&format!(" |A|||x|{NO_FLAGS}")).starts_with(r#"u.item:1: column 1 (item): "" is empty"#));
    }

    #[test]
    fn a_skipped_line_of_the_catalogue_leaves_its_item_without_title() {
        let (dataset, report) = read_skipping(folder_with_items("1|A (1990)|||x|0|1\n").path());
        assert_eq!((dataset.items.len(), report.bad_lines, report.items_without_title), (1, 1, 1));
    }
}
