//! MovieLens 1M and 10M, and MovieTweetings: `ratings.dat`, `movies.dat` and perhaps `tags.dat`, with `::` between
//! columns.

use super::catalogue::{Catalogue, genres, title_in};
use super::detect::Found;
use super::events::{Layout, read_events};
use super::lines::{LineReader, lines_of, read_text};
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::tags::{TagLayout, read_tags};
use super::titles::movielens_title;
use super::{BadLine, DatasetError};
use crate::dataset::{Dataset, Ids, ItemRecord};
use crate::files::DataFile;

pub(super) fn read(found: &Found<'_>, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let mut catalogue = read_movies(&found.event_file().sibling("movies.dat"), log)?;
    let n_catalogue = catalogue.items.len();
    let layout = Layout::user_item_rating_time("ratings.dat", Separator::DoubleColon);
    let mut users = Ids::new();
    let events = read_events(LineReader::open(found.event_file())?, &layout, &mut users, &mut catalogue.items, log)?;
    let mut dataset = catalogue.into_dataset(users, events);
    let tags = found.event_file().sibling("tags.dat");
    if tags.exists() {
        let table = Table::new("tags.dat", &["user", "item", "tag", "timestamp"]);
        let layout = TagLayout { table, separator: Separator::DoubleColon, user: 0, item: 1, tag: 2, names: None };
        read_tags(&tags, &layout, n_catalogue, &mut dataset, log)?;
    }
    Ok(dataset)
}

/// Reads the catalogue, `movies.dat`.
pub(super) fn read_movies(file: &DataFile<'_>, log: &mut ReadLog) -> Result<Catalogue, DatasetError> {
    let table = Table::new("movies.dat", &["item", "title", "genres"]);
    let text = read_text(file, log)?;
    let mut fields = Fields::default();
    let mut catalogue = Catalogue::default();
    for line in lines_of(&text) {
        let row = table.split(line.number, line.text, Separator::DoubleColon, &mut fields);
        catalogue.add(row.and_then(|row| movie_in(&row)), log)?;
    }
    Ok(catalogue)
}

fn movie_in<'a>(row: &Row<'a>) -> Result<(&'a str, ItemRecord), Box<BadLine>> {
    let id = row.id(0)?;
    let (title, year) = title_in(row, 1, movielens_title)?;
    Ok((id, ItemRecord { title, year, genres: genres(row.get(2)), ..ItemRecord::default() }))
}

#[cfg(test)]
mod tests {
    use crate::read::Format;
    use crate::read::fixtures::{bad_line_of, folder_with, read_strictly};

    #[test]
    fn titles_in_latin_1_and_zero_padded_ids_are_read() {
        let folder = folder_with::<[u8]>(&[
            ("ratings.dat", b"1::0104257::8::1364690142\r\n1::7::3.5::1364690143\n"),
            ("movies.dat", b"0104257::Mis\xe9rables, Les (1995)::Drama|Musical\n7::Rakudai wa (1930)::\n"),
        ]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(report.format, Format::MovieLensDat);
        assert_eq!(&*dataset.items[0], "0104257");
        assert_eq!((dataset.catalogue[0].title.as_str(), dataset.catalogue[0].year), ("Les Misérables", Some(1995)));
        assert_eq!(dataset.catalogue[0].genres, ["Drama", "Musical"]);
        assert!(dataset.catalogue[1].genres.is_empty());
        assert_eq!(dataset.events.ratings, [8.0, 3.5]);
        assert_eq!(report.not_utf8, ["movies.dat"]);
    }

    #[test]
    fn titles_in_utf_8_are_read() {
        let folder = folder_with(&[("ratings.dat", "1::7::8::1\n"), ("movies.dat", "7::Fantômas (1913)::Crime\n")]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!((dataset.catalogue[0].title.as_str(), report.not_utf8.len()), ("Fantômas", 0));
    }

    #[test]
    fn a_comma_in_a_number_is_a_bad_line() {
        let folder = folder_with(&[("ratings.dat", "1::7::4,5::1\n"), ("movies.dat", "7::A (1913)::Crime\n")]);
        let expected = r#"ratings.dat:1: column 3 (rating): "4,5" is not a number; expected a number such as 4 or 3.5"#;
        assert_eq!(bad_line_of(folder.path()).to_string(), expected);
    }

    #[test]
    fn a_time_must_be_there() {
        let of = |line: &str| {
            bad_line_of(folder_with(&[("ratings.dat", line), ("movies.dat", "7::A (1913)::Crime\n")]).path())
                .to_string()
        };
        assert!(of("1::7::4\n").starts_with("ratings.dat:1: column 4 (timestamp) is missing"));
        assert!(of("1::7::4::\n").starts_with(r#"ratings.dat:1: column 4 (timestamp): "" is empty"#));
    }
}
