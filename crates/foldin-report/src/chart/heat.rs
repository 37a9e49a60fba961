//! A matrix of shades.

use maud::html;

use super::{Drawing, NAME_LETTER, Table, WIDTH, clip, coord};
use crate::number::{Unit, trimmed};

/// Letters of a name that are shown.
const LETTERS: usize = 12;
/// The opacity of the highest share: text on it is still legible.
const DARKEST: f64 = 0.5;

/// A square matrix of shares, with the same names for rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heat {
    /// What the names are.
    pub(crate) name: String,
    /// The names.
    pub(crate) names: Vec<String>,
    /// Rows of shares from 0 to 1; `None` is drawn blank.
    pub(crate) shares: Vec<Vec<Option<f64>>>,
}

impl Heat {
    pub(super) fn draw(&self) -> Drawing {
        let longest = self.names.iter().map(|name| name.chars().count().min(LETTERS)).max().unwrap_or(1);
        let left = longest as f64 * NAME_LETTER + 8.0;
        let side = (WIDTH - 2.0 - left) / self.names.len().max(1) as f64;
        let highest = self.shares.iter().flatten().flatten().copied().fold(0.0, f64::max);
        let opacity = |share: f64| if highest > 0.0 { share / highest * DARKEST } else { 0.0 };
        let middle = |place: usize| left + side * (place as f64 + 0.5) + 4.0;
        let body = html! {
            @for (place, name) in self.names.iter().enumerate() {
                @let turned = format!("translate({} {}) rotate(-90)", coord(middle(place)), coord(left - 6.0));
                text.name transform=(turned) { (clip(name, LETTERS)) }
                text.name.end x=(coord(left - 6.0)) y=(coord(middle(place))) { (clip(name, LETTERS)) }
            }
            @for (r, row) in self.shares.iter().enumerate() {
                @for (c, share) in row.iter().enumerate() {
                    @let (x, y) = (left + side * c as f64, left + side * r as f64);
                    rect.cell x=(coord(x)) y=(coord(y)) width=(coord(side)) height=(coord(side)) {}
                    @if let Some(share) = *share {
                        rect.s1 x=(coord(x)) y=(coord(y)) width=(coord(side)) height=(coord(side))
                            fill-opacity=(trimmed(opacity(share), 3)) {
                            title { (self.names[r]) " with " (self.names[c]) ": " (Unit::Share.exact(share)) }
                        }
                        @if side >= 20.0 && share >= 0.005 {
                            text.small.middle x=(coord(x + side / 2.0)) y=(coord(y + side / 2.0 + 3.5)) {
                                (format!("{:.0}", share * 100.0))
                            }
                        }
                    }
                }
            }
        };
        Drawing { height: WIDTH, body }
    }

    pub(super) fn table(&self) -> Table {
        let head = std::iter::once(self.name.clone()).chain(self.names.iter().cloned()).collect();
        let row = |(name, row): (&String, &Vec<Option<f64>>)| {
            let cells = row.iter().map(|share| share.map_or("–".to_owned(), |share| Unit::Share.exact(share)));
            std::iter::once(name.clone()).chain(cells).collect()
        };
        Table { head, rows: self.names.iter().zip(&self.shares).map(row).collect() }
    }
}
