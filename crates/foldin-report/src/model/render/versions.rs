//! The section about all versions of the model folder.

use foldin_data::text::{grouped, size};

use super::super::metric::NDCG_AT_10;
use super::super::{ModelFacts, VersionFacts, prose};
use crate::chart::Table;
use crate::page::{Block, Section, TableBlock};

/// `None` where no manifest lists the version.
pub(super) fn section(facts: &ModelFacts) -> Option<Section> {
    if facts.versions.is_empty() {
        return None;
    }
    let are_measured = facts.versions.iter().any(|version| version.ndcg_at_10.is_some());
    let row = |version: &VersionFacts| {
        let current = if version.is_current { " (current)" } else { "" };
        let this = if version.version == facts.version { " (this card)" } else { "" };
        let mut cells = vec![
            format!("{}{current}{this}", version.version),
            version.data.clone(),
            grouped(version.users),
            grouped(version.items),
            grouped(version.likes),
            size(version.bytes),
        ];
        if are_measured {
            cells.push(version.ndcg_at_10.map_or("–".to_owned(), |ndcg| format!("{ndcg:.4}")));
        }
        cells
    };
    let mut head = ["version", "data", "users", "items", "likes", "files"].map(str::to_owned).to_vec();
    if are_measured {
        head.push(NDCG_AT_10.to_string());
    }
    let table = TableBlock {
        heading: "Versions in this folder".to_owned(),
        caption: prose::versions(facts),
        table: Table { head, rows: facts.versions.iter().map(row).collect() },
        ..TableBlock::default()
    };
    Some(Section::new("versions", "Versions", vec![Block::Table(table)]))
}
