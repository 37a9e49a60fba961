//! Items as people read them, and what to say of an id that is none.

use std::io;

use anyhow::anyhow;
use foldin_core::model::{Catalogue, Descriptions, Model};
use foldin_core::{ItemIdx, RequestError, Search};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::output::{self, clip, pad, plain};

/// The widest that a title may be in a table, and the titles that led to it.
const TITLE_COLUMNS: usize = 50;
const REASON_COLUMNS: usize = 30;

/// A second reason is named if it weighs at least this part of the first.
const LEAST_OF_STRONGEST: f32 = 0.25;

/// `Toy Story (1995)`, or the title alone where the year is not known.
pub(crate) fn title(catalogue: &Catalogue, descriptions: &Descriptions, item: ItemIdx) -> String {
    let title = plain(descriptions.title(item));
    catalogue.year(item).map_or_else(|| title.to_string(), |year| format!("{title} ({year})"))
}

/// One line of a list of items.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub rank: usize,
    pub id: String,
    pub title: String,
    pub year: Option<i32>,
    pub genres: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// How many stars the visitor would give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<f32>,
    /// How many like it, where that stands in place of a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
}

/// An item that led to another.
#[derive(Debug, Serialize)]
pub(crate) struct Because {
    pub id: String,
    pub title: String,
    pub share: f32,
    pub contribution: f32,
}

impl Line {
    /// A line about a known item.
    pub(crate) fn new(
        rank: usize,
        item: ItemIdx,
        score: f32,
        catalogue: &Catalogue,
        descriptions: &Descriptions,
    ) -> Self {
        Line { score: Some(score), likes: None, ..Line::of_liked(rank, item, catalogue, descriptions) }
    }

    /// A line about a known item, with how many like it in place of a score.
    pub(crate) fn of_liked(rank: usize, item: ItemIdx, catalogue: &Catalogue, descriptions: &Descriptions) -> Self {
        Line {
            rank,
            id: catalogue.id(item).to_owned(),
            title: descriptions.title(item).to_owned(),
            year: catalogue.year(item),
            genres: catalogue.genre_names_of(item).map(str::to_owned).collect(),
            score: None,
            stars: None,
            likes: Some(catalogue.likes(item)),
            sources: Vec::new(),
            because: Vec::new(),
        }
    }

    fn number(&self) -> String {
        match (self.score, self.likes) {
            (Some(score), _) if self.is_counted() => format!("{score:.0}"),
            // Adding 0 makes -0 what it is.
            (Some(score), _) => format!("{:.3}", score + 0.0),
            (None, likes) => likes.unwrap_or_default().to_string(),
        }
    }

    /// Whether it is here more for being liked by many than for anything the visitor said.
    fn is_popular(&self) -> bool {
        self.sources.first() == Some(&"popular")
    }

    /// Whether its score is the number of people who like it.
    fn is_counted(&self) -> bool {
        self.sources == ["popular"] && self.because.is_empty()
    }

    /// The title, shortened if need be, and the year, which tells apart what is called the same.
    fn title_and_year(&self) -> String {
        let year = self.year.map_or_else(String::new, |year| format!(" ({year})"));
        clip(&plain(&self.title), TITLE_COLUMNS - year.len()) + &year
    }
}

/// A genre as the catalogue spells it: who types `comedy` means `Comedy`.
pub(crate) fn as_spelled(name: &str, catalogue: &Catalogue) -> String {
    let genres = catalogue.genre_names();
    let same = |known: &&str| known.to_lowercase() == name.trim().to_lowercase();
    // What is spelled exactly so comes first, for catalogues that tell genres apart by case.
    let exact = genres.iter().find(|known| *known == name);
    exact.or_else(|| genres.iter().find(same)).unwrap_or(name).to_owned()
}

/// Prints a list that was asked for with filters or without, behind what is to be said of it.
pub(crate) fn print(lines: &[Line], model: &Model, is_filtered: bool) -> io::Result<()> {
    if model.about.simulated {
        output::note("learned from simulated viewers");
    }
    if lines.is_empty() {
        output::step(if is_filtered { "no item passes the filters" } else { "the model has no other item" });
    }
    output::result(&table(lines))
}

/// What `--json` prints: the shape of the package's answers, with ranks, and titles in the reasons.
pub(crate) fn json(lines: &[Line], model: &Model) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&serde_json::json!({ "simulated": model.about.simulated, "items": lines }))
}

/// A table for a terminal: rank, score or likes, id, title and year, and why.
pub(crate) fn table(lines: &[Line]) -> String {
    let widest = |text: &dyn Fn(&Line) -> String| lines.iter().map(|line| text(line).width()).max().unwrap_or(0);
    let rank_width = lines.len().to_string().len().max(3);
    let (id_width, title_width) = (widest(&|line| plain(&line.id).into()), widest(&Line::title_and_year));
    let mut table = String::new();
    for line in lines {
        let row = format!(
            "{:>rank_width$}  {:>6}  {}  {}  {}",
            line.rank,
            line.number(),
            pad(&plain(&line.id), id_width),
            pad(&line.title_and_year(), title_width),
            why(line)
        );
        table.push_str(row.trim_end());
        table.push('\n');
    }
    table
}

fn why(line: &Line) -> String {
    // Two reasons fit on a line, if the second has some weight; what speaks against an item is no reason for it.
    let strongest = line.because.first().map_or(0.0, |because| because.share);
    let reasons: Vec<String> = line
        .because
        .iter()
        .filter(|because| because.share > 0.0 && because.share >= strongest * LEAST_OF_STRONGEST)
        .take(2)
        .map(|because| clip(&plain(&because.title), REASON_COLUMNS))
        .collect();
    match (line.is_popular(), reasons.as_slice()) {
        (true, []) => "popular".to_owned(),
        (true, reasons) => format!("popular, and because of {}", reasons.join(" and ")),
        (_, []) => plain(&line.genres.join(", ")).into(),
        (_, reasons) => format!("because of {}", reasons.join(" and ")),
    }
}

/// The error for a request, with suggestions where an id is unknown.
pub(crate) fn explain(error: RequestError, catalogue: &Catalogue, descriptions: &Descriptions) -> anyhow::Error {
    let id = match &error {
        RequestError::UnknownItem { id } => id,
        RequestError::UnknownGenre { name, .. } if catalogue.genre_names().is_empty() => {
            return anyhow!("no item has the genre \"{name}\": this model knows no genres");
        }
        RequestError::NotInModel { part } => return anyhow!("this model has no {part}: it was not learned"),
        _ => return error.into(),
    };
    let same_number = |known: &str| known.trim_start_matches('0') == id.trim_start_matches('0');
    let mut near: Vec<ItemIdx> = catalogue.items().filter(|&item| same_number(catalogue.id(item))).collect();
    // An id made up from a title may begin with words that the title lacks, such as the name of its series.
    let words = id.replace(['-', '_'], " ");
    let search = Search::new(descriptions);
    let endings = words.char_indices().filter(|&(at, _)| at == 0 || words[..at].ends_with(' '));
    let found = endings.map(|(at, _)| search.find(catalogue, &words[at..], 5)).find(|found| !found.is_empty());
    near.extend(found.unwrap_or_default());
    let mut met = std::collections::HashSet::new();
    near.retain(|item| met.insert(item.at()));
    near.truncate(5);
    if near.is_empty() {
        return anyhow!(
            "{error}, and no title is near it; ids are those of the data set that the model was trained on"
        );
    }
    let id_width = near.iter().map(|&item| plain(catalogue.id(item)).width()).max().unwrap_or(0);
    let near = near.iter().map(|&item| {
        format!("\n  {}  {}", pad(&plain(catalogue.id(item)), id_width), title(catalogue, descriptions, item))
    });
    anyhow!("{error}; did you mean one of these?{}", near.collect::<String>())
}
