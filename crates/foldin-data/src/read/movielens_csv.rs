//! MovieLens latest, 20M, 25M and 32M: `ratings.csv`, `movies.csv` and perhaps `tags.csv`.

use super::DatasetError;
use super::columns;
use super::detect::Found;
use super::general;
use super::lines::LineReader;
use super::report::ReadLog;
use super::rows::Separator;
use super::tags::{TagLayout, read_tags};
use super::titles::movielens_title;
use crate::dataset::{Dataset, Ids};

pub(super) fn read(found: &Found<'_>, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let movies = found.events.sibling("movies.csv");
    let mut catalogue = general::read_items(&movies, movielens_title, log)?;
    let n_catalogue = catalogue.items.len();
    let mut users = Ids::new();
    let events = general::read_events(&found.events, &mut users, &mut catalogue.items, log)?;
    let mut dataset = catalogue.into_dataset(users, events);
    let tags = found.events.sibling("tags.csv");
    if tags.exists()
        && let Some(mut header) = general::read_header(&mut LineReader::open(&tags)?)?
    {
        let user = header.require("user", columns::USER)?;
        let item = header.require("item", columns::ITEM)?;
        let tag = header.require("tag", columns::TAG)?;
        // Every edition has times here; that they are not needed is no news.
        header.find(columns::TIME);
        let table = header.into_table(log);
        let layout = TagLayout { table, separator: Separator::Comma, user, item, tag, names: None };
        read_tags(&tags, &layout, n_catalogue, &mut dataset, log)?;
    }
    Ok(dataset)
}

#[cfg(test)]
mod tests {
    use crate::read::Format;
    use crate::read::fixtures::{bad_line_of, folder_with, read_strictly};

    const RATINGS: &str = "userId,movieId,rating,timestamp\r\n1,10,3.5,964982703\r\n2,10,0.5,964982704\r\n";
    const MOVIES: &str = "movieId,title,genres\r\n\
        10,\"City of Lost Children, The (Cité des enfants perdus, La) (1995)\",Adventure|Drama\r\n\
        11,\"\"\"Great Performances\"\" Cats (1998)\",(no genres listed)\r\n";

    #[test]
    fn quotes_carriage_returns_and_half_stars_are_read() {
        let tags = "userId,movieId,tag,timestamp\r\n1,10,\"dark, odd\",1\r\n2,10,Dystopia,2\r\n3,10,dystopia,2\r\n";
        let folder = folder_with(&[("ratings.csv", RATINGS), ("movies.csv", MOVIES), ("tags.csv", tags)]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(report.format, Format::MovieLensCsv);
        assert_eq!((dataset.events.ratings, dataset.events.times), (vec![3.5, 0.5], vec![964_982_703, 964_982_704]));
        let (first, second) = (&dataset.catalogue[0], &dataset.catalogue[1]);
        assert_eq!(first.title, "The City of Lost Children (La Cité des enfants perdus)");
        assert_eq!(first.tags, ["dystopia", "dark, odd"]);
        assert_eq!((second.title.as_str(), second.year), ("\"Great Performances\" Cats", Some(1998)));
        assert!(second.genres.is_empty() && report.ignored_columns.is_empty());
    }

    #[test]
    fn a_bad_line_in_a_file_with_carriage_returns_has_its_number() {
        let folder =
            folder_with(&[("ratings.csv", &format!("{RATINGS}3,11,4..5,9\r\n")), ("movies.csv", &MOVIES.to_owned())]);
        let expected =
            r#"ratings.csv:4: column 3 (rating): "4..5" is not a number; expected a number such as 4 or 3.5"#;
        assert_eq!(bad_line_of(folder.path()).to_string(), expected);
    }

    #[test]
    fn an_empty_file_of_tags_gives_no_tags() {
        let folder = folder_with(&[("ratings.csv", RATINGS), ("movies.csv", MOVIES), ("tags.csv", "")]);
        assert!(read_strictly(folder.path()).unwrap().0.catalogue.iter().all(|item| item.tags.is_empty()));
    }
}
