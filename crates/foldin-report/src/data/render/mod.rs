//! The page of a data set, one file per section.

mod content;
mod events;
mod feasibility;
mod oddities;

use foldin_data::text::grouped;

use super::{DataFacts, prose};
use crate::number::{percent, share};
use crate::page::{Page, Tile};

/// The page of a data report. The same facts give the same bytes.
pub fn render(facts: &DataFacts) -> String {
    let mut sections = vec![events::section(facts)];
    sections.extend(content::section(facts));
    sections.extend([feasibility::section(facts), oddities::section(facts)]);
    let page = Page {
        title: facts.name.clone(),
        kind: "Data report",
        lead: prose::lead(facts),
        summary: summary(facts),
        sections,
    };
    page.render()
}

fn summary(facts: &DataFacts) -> Vec<Tile> {
    let mut tiles = vec![
        Tile::new(grouped(facts.events as u64), "events"),
        Tile::new(grouped(facts.users as u64), "users"),
        Tile::new(grouped(facts.items as u64), "items"),
        Tile::new(percent(facts.density), "of all pairs of user and item have an event"),
        Tile::new(percent(share(facts.likes, facts.events)), "of events are likes"),
    ];
    if let Some(activity) = &facts.user_activity {
        tiles.push(Tile::new(grouped(activity.median.into()), "events of the median user"));
    }
    if let Some(likes) = &facts.likes_on_items {
        tiles.push(Tile::new(percent(likes.half_on_share), "of liked items have half of the likes"));
        tiles.push(Tile::new(format!("{:.2}", likes.gini), "Gini coefficient of likes over items"));
    }
    if let Some(five) = facts.feasibility.liking.iter().find(|row| row.likes == 5) {
        tiles.push(Tile::new(percent(five.share), "of users have 5 or more likes"));
    }
    let without_events = share(facts.oddities.items_without_events, facts.items);
    tiles.push(Tile::new(percent(without_events), "of items have no event"));
    tiles
}
