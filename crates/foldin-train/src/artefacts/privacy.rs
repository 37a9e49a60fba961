//! What a version gives away about the people that it was learned from: a part of `metadata.json`.

use serde::{Deserialize, Serialize};

/// What the score file gives away, and what [`assess`](crate::privacy::assess) could name from its bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrivacyFigures {
    /// The setting `min-support`: the fewest people behind what comes from behaviour. 1: no floor.
    pub min_support: usize,
    /// People with at least one like.
    pub people: usize,
    /// Their likes, each pair of a person and an item once.
    pub likes: usize,
    /// Items that somebody likes, but fewer people than `min_support`.
    pub rare_items: usize,
    /// The lists of the model, by how many people are behind their entries.
    pub lists: Vec<ListSupport>,
    /// What could be named from the bytes.
    pub named: NamedLikes,
    /// What could be inferred from the bytes by somebody who knows one rare like of a person.
    pub inferred: InferredLikes,
}

/// The entries of one kind of lists, by how many people are behind them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListSupport {
    /// The source: `neighbours`, `ease` or `sequence`.
    pub source: String,
    /// Numbers of entries, in the order of [`SupportRange::ALL`].
    pub entries: Vec<usize>,
}

/// A range of numbers of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupportRange {
    /// The fewest.
    pub from: usize,
    /// The most; `None` where there is no bound.
    pub to: Option<usize>,
}

impl SupportRange {
    /// The ranges that entries are counted in.
    pub const ALL: [SupportRange; 6] = [
        SupportRange { from: 0, to: Some(0) },
        SupportRange { from: 1, to: Some(1) },
        SupportRange { from: 2, to: Some(2) },
        SupportRange { from: 3, to: Some(4) },
        SupportRange { from: 5, to: Some(9) },
        SupportRange { from: 10, to: None },
    ];

    /// The range of a number of people, as an index into [`ALL`](Self::ALL).
    pub fn of(people: usize) -> usize {
        Self::ALL.iter().rposition(|range| range.from <= people).expect("the first range starts at 0")
    }

    /// As text: `3 to 4`, `10 or more`.
    pub fn text(self) -> String {
        match self.to {
            Some(to) if to == self.from => to.to_string(),
            Some(to) => format!("{} to {to}", self.from),
            None => format!("{} or more", self.from),
        }
    }
}

/// The outcome of a [reconstruction](crate::privacy::reconstruct).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NamedLikes {
    /// Pairs of a person and an item that the attack names.
    pub claims: usize,
    /// Those that are true: the person likes the item.
    pub right: usize,
    /// Different people with a true claim.
    pub people: usize,
}

impl NamedLikes {
    /// The share of the claims that are true; `None` where nothing is claimed.
    pub fn precision(self) -> Option<f64> {
        (self.claims > 0).then(|| self.right as f64 / self.claims as f64)
    }
}

/// The outcome of an [inference](crate::privacy::neighbours_of_rarest).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InferredLikes {
    /// Pairs of a person who likes one of the rarest items, and an item of that item's list.
    pub claims: usize,
    /// Those that are true: the person likes the second item, too.
    pub right: usize,
}

impl InferredLikes {
    /// The share of the claims that are true; `None` where nothing is claimed.
    pub fn precision(self) -> Option<f64> {
        (self.claims > 0).then(|| self.right as f64 / self.claims as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_people_has_its_range() {
        let texts = [0, 1, 2, 3, 4, 5, 9, 10, 999].map(|people| SupportRange::ALL[SupportRange::of(people)].text());
        assert_eq!(texts, ["0", "1", "2", "3 to 4", "3 to 4", "5 to 9", "5 to 9", "10 or more", "10 or more"]);
    }
}
