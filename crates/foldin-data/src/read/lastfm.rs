//! Last.fm 2k: who played which artist how often, and tags. There are no stars and no times.

use std::collections::HashMap;

use super::DatasetError;
use super::catalogue::{Catalogue, title_in};
use super::detect::Found;
use super::events::{Layout, read_events};
use super::lines::{LineReader, lines_of, read_text};
use super::numbers::Scale;
use super::report::ReadLog;
use super::rows::{Fields, Row, Separator, Table};
use super::tags::{TagLayout, read_tags};
use crate::dataset::{Dataset, Ids, ItemRecord};
use crate::files::DataFile;

pub(super) fn read(found: &Found<'_>, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let mut catalogue = read_artists(&found.event_file().sibling("artists.dat"), log)?;
    let n_catalogue = catalogue.items.len();
    let layout = Layout {
        table: Table::new("user_artists.dat", &["userID", "artistID", "weight"]),
        separator: Separator::Tab,
        user: 0,
        item: 1,
        rating: Some((2, Scale::Plays)),
        time: None,
        names_may_lead: true,
    };
    let mut users = Ids::new();
    let events = read_events(LineReader::open(found.event_file())?, &layout, &mut users, &mut catalogue.items, log)?;
    let mut dataset = catalogue.into_dataset(users, events);
    let (given, names) = (found.event_file().sibling("user_taggedartists.dat"), found.event_file().sibling("tags.dat"));
    if given.exists() && names.exists() {
        let layout = TagLayout {
            table: Table::new("user_taggedartists.dat", &["userID", "artistID", "tagID", "day", "month", "year"]),
            separator: Separator::Tab,
            user: 0,
            item: 1,
            tag: 2,
            names: Some(read_tag_names(&names, log)?),
        };
        read_tags(&given, &layout, n_catalogue, &mut dataset, log)?;
    }
    Ok(dataset)
}

/// Reads the catalogue, `artists.dat`.
pub(super) fn read_artists(file: &DataFile<'_>, log: &mut ReadLog) -> Result<Catalogue, DatasetError> {
    let table = Table::new("artists.dat", &["id", "name", "url", "pictureURL"]);
    let text = read_text(file, log)?;
    let mut fields = Fields::default();
    let mut catalogue = Catalogue::default();
    for (index, line) in lines_of(&text).enumerate() {
        let row = table.split(line.number, line.text, Separator::Tab, &mut fields);
        if index == 0 && row.as_ref().is_ok_and(|row| leads_with(row, "id", "name")) {
            continue;
        }
        let artist = row.and_then(|row| {
            let id = row.id(0)?;
            let (title, year) = title_in(&row, 1, |name| (name.to_owned(), None))?;
            Ok((id, ItemRecord { title, year, url: row.get(2).to_owned(), ..ItemRecord::default() }))
        });
        catalogue.add(artist, log)?;
    }
    Ok(catalogue)
}

/// The tags by their numbers. Few lines are not UTF-8, so each has its own encoding. A first line of names is a tag
/// like others, whose number no line has.
fn read_tag_names(file: &DataFile<'_>, log: &mut ReadLog) -> Result<HashMap<String, String>, DatasetError> {
    let table = Table::new("tags.dat", &["tagID", "tagValue"]);
    let mut lines = LineReader::open(file)?;
    let mut fields = Fields::default();
    let mut names = HashMap::new();
    while let Some(line) = lines.next_line()? {
        let row = table.split(line.number, line.text, Separator::Tab, &mut fields);
        let parsed = row.and_then(|row| Ok((row.id(0)?, row.get(1))));
        if let Some((number, name)) = log.keep_good(parsed)? {
            names.entry(number.to_owned()).or_insert_with(|| name.to_owned());
        }
    }
    if !lines.all_utf8() {
        log.not_utf8(file.name());
    }
    Ok(names)
}

fn leads_with(row: &Row<'_>, first: &str, second: &str) -> bool {
    row.get(0).eq_ignore_ascii_case(first) && row.get(1).eq_ignore_ascii_case(second)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use crate::read::Format;
    use crate::read::fixtures::{bad_line_of, folder_with, read_strictly};

    const ARTISTS: &str = "id\tname\turl\tpictureURL\n\
        51\tDuran Duran\thttp://x\thttp://y\n52\tOomph! - Defekt (1995)\thttp://x\t\n";

    fn folder_with_plays(plays: &str) -> TempDir {
        folder_with::<[u8]>(&[
            ("user_artists.dat", plays.as_bytes()),
            ("artists.dat", ARTISTS.as_bytes()),
            ("tags.dat", b"tagID\ttagValue\r\n1\tPop\r\n2\trock fran\xe7ais\r\n3\tpop\r\n"),
            (
                "user_taggedartists.dat",
                b"userID\tartistID\ttagID\tday\tmonth\tyear\r\n2\t51\t2\t1\t4\t2009\r\n3\t51\t1\t1\t4\t2009\r\n\
                  4\t51\t3\t1\t4\t2009\n2\t99\t1\t1\t4\t2009\r\n2\t51\t77\t1\t4\t2009\r\n",
            ),
        ])
    }

    #[test]
    fn plays_artists_and_tags_are_read_without_their_first_lines() {
        let folder = folder_with_plays("userID\tartistID\tweight\r\n2\t51\t13883\r\n2\t52\t1\n");
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(report.format, Format::LastFm2k);
        assert_eq!((dataset.events.ratings, dataset.users.len()), (vec![13_883.0, 1.0], 1));
        assert!(dataset.events.times.is_empty() && report.times_missing);
        assert_eq!(dataset.catalogue[0].title, "Duran Duran");
        assert_eq!(dataset.catalogue[0].tags, ["pop", "rock français"]);
        assert!(dataset.catalogue[0].genres.is_empty());
        assert_eq!((report.tagged_items_missing, report.tags_without_name), (1, 1));
        assert_eq!(report.not_utf8, ["tags.dat"]);
    }

    #[test]
    fn a_year_in_the_name_of_an_artist_stays() {
        let (dataset, _) = read_strictly(folder_with_plays("2\t52\t1\n").path()).unwrap();
        let artist = &dataset.catalogue[1];
        assert_eq!((artist.title.as_str(), artist.year), ("Oomph! - Defekt (1995)", None));
    }

    #[test]
    fn the_first_line_may_be_an_event() {
        let (dataset, _) = read_strictly(folder_with_plays("2\t51\t13883\n3\t51\t2\n").path()).unwrap();
        assert_eq!(dataset.events.len(), 2);
    }

    #[test]
    fn no_plays_are_a_bad_line() {
        let folder = folder_with_plays("userID\tartistID\tweight\n2\t51\t0\n");
        let expected =
            r#"user_artists.dat:2: column 3 (weight): "0" is not above 0; expected a number of plays such as 12"#;
        assert_eq!(bad_line_of(folder.path()).to_string(), expected);
    }
}
