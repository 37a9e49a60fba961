//! The section about data quality: duplicates, gaps and oddities.

use foldin_data::text::grouped;

use super::super::{Bursts, DataFacts, Oddities, RatingKind, Ratings};
use crate::chart::Table;
use crate::number::{percent, share, trimmed, whole};
use crate::page::{Block, Cells, Section, TableBlock};

pub(super) fn section(facts: &DataFacts) -> Section {
    let odd = &facts.oddities;
    let mut rows = from_reading(odd);
    rows.extend(items(odd, facts.items));
    rows.extend(odd.users_with_one_rating.map(one_rating));
    rows.extend(bursts(odd.bursts));
    rows.extend(most_active(odd));
    let mut blocks = vec![Block::Table(TableBlock {
        heading: "What to check before you trust the data".to_owned(),
        caption: facts.ratings.as_ref().map(spread).unwrap_or_default(),
        table: Table { head: ["check", "found", "what it means"].map(str::to_owned).to_vec(), rows },
        cells: Cells::Text,
        ..TableBlock::default()
    })];
    blocks.extend(facts.notes.iter().map(|note| Block::Note(format!("While reading: {note}"))));
    Section::new("oddities", "Data quality", blocks)
}

fn row(check: &str, found: String, meaning: impl Into<String>) -> Vec<String> {
    vec![check.to_owned(), found, meaning.into()]
}

fn number(value: usize) -> String {
    grouped(value as u64)
}

fn from_reading(odd: &Oddities) -> Vec<Vec<String>> {
    let found = |found: Option<usize>| found.map_or("not read from files".to_owned(), number);
    vec![
        row(
            "bad lines left out",
            found(odd.bad_lines),
            "Lines that could not be read. Without --skip-bad-lines, reading stops at the first one.",
        ),
        row(
            "repeated events",
            found(odd.duplicate_events),
            "The same user and item occur again. Only the latest event counts.",
        ),
        row("repeated ids in the catalogue", found(odd.duplicate_items), "Only the first line with an id counts."),
    ]
}

fn items(odd: &Oddities, n_items: usize) -> Vec<Vec<String>> {
    let of_items = |value: usize| format!("{} ({})", number(value), percent(share(value, n_items)));
    let examples = match odd.repeated_titles.examples.as_slice() {
        [] => String::new(),
        examples => format!(" For example: {}.", examples.join("; ")),
    };
    vec![
        row("items without a title", of_items(odd.items_without_title), "They are shown by their id."),
        row(
            "items without a genre",
            of_items(odd.items_without_genre),
            "They cannot be filtered or compared by genre.",
        ),
        row(
            "items without a year",
            of_items(odd.items_without_year),
            "They are left out where a visitor filters by year.",
        ),
        row(
            "items without an event",
            of_items(odd.items_without_events),
            "Search and filters find them, but nothing can be learned about them from events.",
        ),
        row(
            "titles of several items",
            number(odd.repeated_titles.count),
            format!("Possibly the same item under two ids: its likes are split, and visitors see it twice.{examples}"),
        ),
    ]
}

fn one_rating(users: usize) -> Vec<String> {
    let meaning = "They have at least five events and rate all of them alike, which does not show what they like more.";
    row("users with a single rating value", number(users), meaning)
}

fn bursts(bursts: Option<Bursts>) -> Vec<Vec<String>> {
    let Some(bursts) = bursts else {
        return vec![row("bursts of events", "unknown".to_owned(), "The events have no times.")];
    };
    let cause = if bursts.users == 0 { "" } else { " Such users are probably imported lists or programs." };
    vec![
        row(
            "users with more than 10 events in one second",
            number(bursts.users),
            format!("The highest number is {}.{cause}", number(bursts.most)),
        ),
        row(
            "events in the same second as another of their user",
            percent(bursts.share_in_same_second),
            "Their order is unknown, so what comes next cannot be learned from them or tested on them.",
        ),
    ]
}

fn most_active(odd: &Oddities) -> [Vec<String>; 2] {
    [
        row(
            "events of the most active user",
            percent(odd.most_active_user),
            "With a large share, the taste of one person shapes the recommendations to all others.",
        ),
        row(
            "events of the most active 1 % of users",
            percent(odd.most_active_percent),
            "These users weigh more, the less the regularisation grows with the number of likes (als.nu).",
        ),
    ]
}

fn spread(ratings: &Ratings) -> String {
    if ratings.kind == RatingKind::Alike {
        return format!("All ratings are {}.", trimmed(ratings.mean, 2));
    }
    let short = |value: f64| if value.fract() == 0.0 { whole(value) } else { trimmed(value, 2) };
    format!(
        "Ratings range from {} to {}, with a mean of {:.2} and a standard deviation of {:.2}.",
        short(ratings.lowest),
        short(ratings.highest),
        ratings.mean,
        ratings.deviation
    )
}
