//! Items as people read them, and what to say of an id that is none.

use anyhow::anyhow;
use foldin_core::{Catalogue, Descriptions, ItemIdx, RequestError, Search};
use serde::Serialize;

/// `Toy Story (1995)`, or the title alone where the year is not known.
pub fn title(catalogue: &Catalogue, descriptions: &Descriptions, item: ItemIdx) -> String {
    let title = descriptions.title(item);
    catalogue.year(item).map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// One line of a list of items.
#[derive(Debug, Serialize)]
pub struct Line {
    pub rank: usize,
    pub id: String,
    pub title: String,
    pub year: Option<i32>,
    pub genres: Vec<String>,
    pub score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
}

/// An item that led to another.
#[derive(Debug, Serialize)]
pub struct Because {
    pub id: String,
    pub title: String,
    pub share: f32,
}

impl Line {
    /// A line about a known item.
    pub fn new(rank: usize, id: &str, score: f32, catalogue: &Catalogue, descriptions: &Descriptions) -> Self {
        let item = catalogue.find(id).expect("the recommender answers with known ids");
        Line {
            rank,
            id: id.to_owned(),
            title: descriptions.title(item).to_owned(),
            year: catalogue.year(item),
            genres: catalogue.genre_names_of(item).map(str::to_owned).collect(),
            score,
            source: None,
            because: Vec::new(),
        }
    }

    fn title_and_year(&self) -> String {
        self.year.map_or_else(|| self.title.clone(), |year| format!("{} ({year})", self.title))
    }
}

/// A table for a terminal: rank, score, id, title and year, and why.
pub fn table(lines: &[Line]) -> String {
    let id_width = lines.iter().map(|line| line.id.chars().count()).max().unwrap_or(0);
    let title_width = lines.iter().map(|line| line.title_and_year().chars().count()).max().unwrap_or(0).min(50);
    let mut table = String::new();
    for line in lines {
        let score =
            if line.source == Some("popular") { format!("{:.0}", line.score) } else { format!("{:.3}", line.score) };
        let row = format!(
            "{:>3}  {score:>6}  {:id_width$}  {:title_width$}  {}",
            line.rank,
            line.id,
            line.title_and_year(),
            why(line)
        );
        table.push_str(row.trim_end());
        table.push('\n');
    }
    table
}

fn why(line: &Line) -> String {
    // Two reasons fit on a line; what speaks against an item is no reason for it.
    let reasons: Vec<&str> = line.because.iter().filter(|b| b.share > 0.0).take(2).map(|b| b.title.as_str()).collect();
    match (line.source, reasons.as_slice()) {
        (Some("popular"), _) => "popular".to_owned(),
        (_, []) => line.genres.join(", "),
        (_, reasons) => format!("because of {}", reasons.join(" and ")),
    }
}

/// The error for a request, with suggestions where an id is unknown.
pub fn explain(error: RequestError, catalogue: &Catalogue, descriptions: &Descriptions) -> anyhow::Error {
    let RequestError::UnknownItem { id } = &error else { return error.into() };
    let same_number = |known: &str| known.trim_start_matches('0') == id.trim_start_matches('0');
    let mut near: Vec<ItemIdx> = catalogue.items().filter(|&item| same_number(catalogue.id(item))).collect();
    near.extend(Search::new(descriptions).find(catalogue, &id.replace(['-', '_'], " "), 5));
    near.truncate(5);
    if near.is_empty() {
        return anyhow!(
            "{error}, and no title is near it; ids are those of the data set that the model was trained on"
        );
    }
    let near = near.iter().map(|&item| format!("\n  {}  {}", catalogue.id(item), title(catalogue, descriptions, item)));
    anyhow!("{error}; did you mean one of these?{}", near.collect::<String>())
}
