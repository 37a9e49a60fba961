//! The section about the people that the model was learned from.

use super::super::privacy::{privacy_line, support_table};
use super::super::{ModelFacts, prose};
use crate::chart::Table;
use crate::page::{Block, Cells, Section, TableBlock};

/// `None` for a version whose `metadata.json` does not tell.
pub(super) fn section(facts: &ModelFacts) -> Option<Section> {
    let figures = facts.metadata.as_ref()?.privacy.as_ref()?;
    let mut rows = support_table(figures);
    let head = rows.remove(0);
    let mut blocks =
        vec![Block::Note(prose::sentence(&privacy_line(figures))), Block::Note(prose::rare_items(figures))];
    let has_users = facts.files.iter().any(|file| file.kind == "users");
    blocks.extend(has_users.then(|| {
        Block::Note("The users file holds every history: anyone who can download it can read them all.".to_owned())
    }));
    blocks.push(Block::Table(TableBlock {
        heading: "Entries by people behind them".to_owned(),
        caption: "How many people like both items of an entry, or passed from one to the other.".to_owned(),
        table: Table { head, rows },
        cells: Cells::Numbers,
        ..TableBlock::default()
    }));
    Some(Section::new("privacy", "Privacy", blocks))
}
