//! MovieLens latest, 20M, 25M and 32M: `ratings.csv`, `movies.csv`, and perhaps `tags.csv` and `links.csv`.

use super::DatasetError;
use super::detect::Found;
use super::general;
use super::imdb_links::read_imdb_links;
use super::options::ReadOptions;
use super::report::ReadLog;
use super::tags::read_tag_table;
use super::titles::movielens_title;
use crate::dataset::Dataset;

pub(super) fn read(found: &Found<'_>, options: &ReadOptions, log: &mut ReadLog) -> Result<Dataset, DatasetError> {
    let mut dataset = general::read_titled(found, movielens_title, options, log)?;
    let n_catalogue = log.report.items_in_catalogue;
    let tags = found.event_file().sibling("tags.csv");
    if tags.exists() {
        read_tag_table(&tags, n_catalogue, &mut dataset, log)?;
    }
    let links = found.event_file().sibling("links.csv");
    if links.exists() {
        read_imdb_links(&links, &mut dataset, log)?;
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
    fn numbers_of_the_movie_database_become_addresses() {
        let links = "movieId,imdbId,tmdbId\r\n10,0112682,902\r\n11,,\r\n99,0000001,1\r\n";
        let folder = folder_with(&[("ratings.csv", RATINGS), ("movies.csv", MOVIES), ("links.csv", links)]);
        let (dataset, report) = read_strictly(folder.path()).unwrap();
        assert_eq!(dataset.catalogue[0].url, "https://www.imdb.com/title/tt0112682");
        assert_eq!(dataset.catalogue[1].url, "");
        assert_eq!(report.bad_lines, 0);
    }

    #[test]
    fn an_empty_file_of_tags_gives_no_tags() {
        let folder = folder_with(&[("ratings.csv", RATINGS), ("movies.csv", MOVIES), ("tags.csv", "")]);
        assert!(read_strictly(folder.path()).unwrap().0.catalogue.iter().all(|item| item.tags.is_empty()));
    }
}
