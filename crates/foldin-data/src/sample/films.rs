//! The catalogue, as the generator sees it.
//!
//! `sample/films.csv` holds one film a line: `id,title,year,genres,tags,fame`. Genres and tags are separated by `|`. A
//! tag says what it is before a colon: `director:`, `series:`, `studio:` or `language:`, the last for films that are
//! mainly spoken in another language than English. Fame, from 1 to 100, is how many of a hundred people would know the
//! film by name; it is an estimate by hand, steers the generator, and is not part of the data set.

use std::ops::RangeInclusive;

use indexmap::IndexSet;

use super::likeness::genre_closeness;
use crate::dataset::ItemRecord;

/// Years that films of the catalogue may be of. The diaries begin after the last one.
pub(super) const YEARS: RangeInclusive<i32> = 1895..=2024;

const CSV: &str = include_str!("films.csv");

/// What the tag of a film says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Director,
    Series,
    Studio,
    Language,
    /// Follows from the language, and is not shown: who likes films in Cantonese is close to those in Japanese.
    Region,
}

/// A tag with every film that has it.
#[derive(Debug)]
pub(super) struct Tag {
    pub kind: Kind,
    pub films: Vec<usize>,
}

impl Tag {
    /// How much it says that two films have it in common, from 0 to 1: twenty-five films of one series are less alike
    /// than three.
    pub(super) fn tightness(&self) -> f64 {
        match self.kind {
            Kind::Director | Kind::Series | Kind::Studio => (8.0 / self.films.len() as f64).sqrt().min(1.0),
            Kind::Language | Kind::Region => 1.0,
        }
    }
}

/// One film of the catalogue.
#[derive(Debug)]
pub(super) struct Film {
    pub id: Box<str>,
    pub record: ItemRecord,
    pub year: i32,
    /// How many of a hundred people know it.
    pub fame: f64,
    /// Index into the rows of [`Films::genre_closeness`].
    pub genre_set: usize,
    /// Indices into [`Films::tags`].
    pub tags: Vec<usize>,
    /// Where it comes from, as far as the language tells: one of its tags. `None` for films in English.
    pub region: Option<usize>,
    pub is_animated: bool,
}

impl Film {
    /// Whether it is mainly spoken in another language than English.
    pub(super) fn is_foreign(&self) -> bool {
        self.region.is_some()
    }
}

/// The whole catalogue.
#[derive(Debug)]
pub(super) struct Films {
    pub films: Vec<Film>,
    pub tags: Vec<Tag>,
    /// How close the genres of two films are, from 0 to 1, by their `genre_set`.
    pub genre_closeness: Vec<Vec<f64>>,
}

impl Films {
    /// Reads the catalogue that is built in.
    ///
    /// # Panics
    /// If it is malformed, which a test would have seen; the message names the line.
    pub(super) fn built_in() -> Self {
        Self::parse(CSV).unwrap_or_else(|problem| panic!("sample/films.csv, {problem}"))
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut films = Vec::new();
        let mut tag_names: IndexSet<String> = IndexSet::new();
        let mut tags: Vec<Tag> = Vec::new();
        let mut genre_sets: IndexSet<Vec<String>> = IndexSet::new();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.map_err(|error| error.to_string())?;
            let line = row.position().map_or(0, csv::Position::line);
            let film = parse_film(&row).map_err(|problem| format!("line {line}: {problem}"))?;
            let mut of_film = Vec::new();
            let languages = film.tags.iter().filter(|(kind, _)| *kind == Kind::Language);
            let region = languages.map(|(_, name)| (Kind::Region, region_of(name).to_owned())).next();
            for (kind, name) in film.tags.iter().chain(&region) {
                let (tag, is_new) = tag_names.insert_full(format!("{kind:?} {name}"));
                if is_new {
                    tags.push(Tag { kind: *kind, films: Vec::new() });
                }
                tags[tag].films.push(films.len());
                of_film.push(tag);
            }
            let mut genres = film.record.genres.clone();
            genres.sort_unstable();
            films.push(Film {
                id: row[0].into(),
                year: film.record.year.unwrap_or_default(),
                fame: film.fame,
                genre_set: genre_sets.insert_full(genres).0,
                region: of_film.last().copied().filter(|&tag| tags[tag].kind == Kind::Region),
                tags: of_film,
                is_animated: film.record.genres.iter().any(|genre| genre == "Animation"),
                record: film.record,
            });
        }
        let genre_closeness = genre_closeness(&genre_sets, &films);
        Ok(Films { films, tags, genre_closeness })
    }
}

struct ParsedFilm {
    record: ItemRecord,
    tags: Vec<(Kind, String)>,
    fame: f64,
}

fn parse_film(row: &csv::StringRecord) -> Result<ParsedFilm, String> {
    let [id, title, year, genres, tags, fame] = [0, 1, 2, 3, 4, 5].map(|column| &row[column]);
    if id.is_empty() || title.is_empty() || genres.is_empty() {
        return Err("id, title and genres are needed".to_owned());
    }
    let year = match year.parse() {
        Ok(year) if YEARS.contains(&year) => year,
        _ => return Err(format!("`{year}` is no year from {} to {}", YEARS.start(), YEARS.end())),
    };
    let fame = match fame.parse() {
        Ok(fame @ 1..=100) => f64::from(fame),
        _ => return Err(format!("`{fame}` is no fame, a whole number from 1 to 100")),
    };
    let tags = tags.split('|').map(parse_tag).collect::<Result<Vec<_>, String>>()?;
    let record = ItemRecord {
        title: title.to_owned(),
        year: Some(year),
        genres: genres.split('|').map(str::to_owned).collect(),
        tags: tags.iter().map(|(_, name)| name.clone()).collect(),
        ..ItemRecord::default()
    };
    Ok(ParsedFilm { record, tags, fame })
}

fn parse_tag(tag: &str) -> Result<(Kind, String), String> {
    let (kind, name) = tag.split_once(':').ok_or_else(|| format!("the tag `{tag}` does not say what it is"))?;
    let kind = match kind {
        "director" => Kind::Director,
        "series" => Kind::Series,
        "studio" => Kind::Studio,
        "language" => Kind::Language,
        _ => return Err(format!("`{kind}` is no kind of tag")),
    };
    Ok((kind, name.to_owned()))
}

/// Where a film comes from, as far as the language tells.
fn region_of(language: &str) -> &'static str {
    match language {
        "Japanese" | "Korean" | "Mandarin" | "Cantonese" | "Thai" | "Indonesian" => "East Asia",
        "Hindi" | "Bengali" | "Tamil" | "Telugu" | "Kannada" | "Malayalam" | "Marathi" => "South Asia",
        "Persian" | "Arabic" | "Turkish" | "Hebrew" => "Middle East",
        "Spanish" | "Portuguese" => "Iberia and Latin America",
        "Wolof" | "Bambara" => "Africa",
        _ => "Europe",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: &str) -> String {
        Films::parse(&format!("id,title,year,genres,tags,fame\n{line}\n")).unwrap_err()
    }

    #[test]
    fn the_built_in_catalogue_is_well_formed() {
        let films = Films::built_in();
        assert!(films.films.len() >= 600, "{}", films.films.len());
        let ids: IndexSet<&str> = films.films.iter().map(|film| &*film.id).collect();
        assert_eq!(ids.len(), films.films.len(), "ids are distinct");
        let names: IndexSet<(&str, i32)> =
            films.films.iter().map(|film| (film.record.title.as_str(), film.year)).collect();
        assert_eq!(names.len(), films.films.len(), "title and year tell films apart");
        for film in &films.films {
            assert!(film.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", film.id);
            assert!(film.record.tags.iter().all(|tag| tag.trim() == tag && !tag.is_empty()), "{}", film.id);
            assert!(film.tags.iter().any(|&tag| films.tags[tag].kind == Kind::Director), "{}", film.id);
        }
    }

    #[test]
    fn a_tag_is_shown_without_its_kind() {
        let films = Films::built_in();
        let alien = films.films.iter().find(|film| &*film.id == "alien").unwrap();
        assert_eq!(alien.record.tags, ["Ridley Scott", "Alien"]);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(problem("a,A,1950,Drama,director:X,101"), "line 2: `101` is no fame, a whole number from 1 to 100");
        assert_eq!(problem("a,A,soon,Drama,director:X,10"), "line 2: `soon` is no year from 1895 to 2024");
        assert_eq!(problem("a,A,1950,Drama,X,10"), "line 2: the tag `X` does not say what it is");
    }
}
