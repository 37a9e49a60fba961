//! The section about cold start: users and items with few events.

use foldin_data::text::grouped;

use super::super::{DataFacts, FewerThan, KnownContent, Liking, prose};
use crate::chart::{Chart, Mark, Row, Rows, Table};
use crate::number::{Unit, percent};
use crate::page::{Block, Section, TableBlock};

pub(super) fn section(facts: &DataFacts) -> Section {
    Section::new("cold-start", "Cold start", vec![liking(facts), fewer_than(facts), known_content(facts)])
}

fn liking(facts: &DataFacts) -> Block {
    let row = |row: &Liking| Row { name: format!("{} or more", row.likes), value: row.share, ..Row::default() };
    let chart = Rows {
        name: "likes".to_owned(),
        value_name: "share of users".to_owned(),
        rows: facts.feasibility.liking.iter().map(row).collect(),
        unit: Unit::Share,
        mark: Mark::Bar,
    };
    Block::chart("liking", "Users with enough likes", prose::liking(facts), Chart::Rows(chart))
}

fn fewer_than(facts: &DataFacts) -> Block {
    let row = |row: &FewerThan| {
        vec![
            format!("fewer than {}", row.events),
            grouped(row.users as u64),
            percent(row.users_share),
            grouped(row.items as u64),
            percent(row.items_share),
        ]
    };
    Block::Table(TableBlock {
        heading: "Users and items with few events".to_owned(),
        caption: prose::fewer_than(facts),
        table: Table {
            head: ["events", "users", "of users", "items", "of items"].map(str::to_owned).to_vec(),
            rows: facts.feasibility.fewer_than.iter().map(row).collect(),
        },
        ..TableBlock::default()
    })
}

fn known_content(facts: &DataFacts) -> Block {
    let known = [&facts.feasibility.known_of_liked_items, &facts.feasibility.known_of_likes];
    let row = |name: &str, share_of: fn(&KnownContent) -> f64| {
        std::iter::once(name.to_owned()).chain(known.map(|known| percent(share_of(known)))).collect()
    };
    Block::Table(TableBlock {
        heading: "What is known about liked items".to_owned(),
        caption: prose::known_content(facts),
        table: Table {
            head: ["known", "of liked items", "of likes"].map(str::to_owned).to_vec(),
            rows: vec![
                row("title", |known| known.title),
                row("genres", |known| known.genres),
                row("year", |known| known.year),
                row("tags", |known| known.tags),
            ],
        },
        ..TableBlock::default()
    })
}
