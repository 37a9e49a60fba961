//! A matrix of shades: how often two things come together.

use maud::{Markup, html};

use super::super::number::Unit;
use super::{NAME_LETTER, Table, WIDTH, clip, n};

/// Letters of a name that are shown.
const LETTERS: usize = 12;
/// The darkest shade: text on it can still be read.
const DARKEST: f64 = 0.5;

/// A square matrix of shares, with the same names beside and above.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// What the names are.
    pub name: String,
    /// The names.
    pub names: Vec<String>,
    /// Rows of shares from 0 to 1; none is left blank.
    pub shares: Vec<Vec<Option<f64>>>,
}

impl Heat {
    pub(super) fn draw(&self) -> (f64, Markup) {
        let longest = self.names.iter().map(|name| name.chars().count().min(LETTERS)).max().unwrap_or(1);
        let left = longest as f64 * NAME_LETTER + 8.0;
        let side = (WIDTH - 2.0 - left) / self.names.len().max(1) as f64;
        let highest = self.shares.iter().flatten().flatten().copied().fold(0.0, f64::max);
        let shade = |share: f64| if highest > 0.0 { share / highest * DARKEST } else { 0.0 };
        let body = html! {
            @for (place, name) in self.names.iter().enumerate() {
                @let x = left + side * (place as f64 + 0.5) + 4.0;
                text.name transform=(format!("translate({} {}) rotate(-90)", n(x), n(left - 6.0))) {
                    (clip(name, LETTERS))
                }
                text.name.end x=(n(left - 6.0)) y=(n(left + side * (place as f64 + 0.5) + 4.0)) {
                    (clip(name, LETTERS))
                }
            }
            @for (r, row) in self.shares.iter().enumerate() {
                @for (c, share) in row.iter().enumerate() {
                    @let (x, y) = (left + side * c as f64, left + side * r as f64);
                    rect.cell x=(n(x)) y=(n(y)) width=(n(side)) height=(n(side)) {}
                    @if let Some(share) = *share {
                        rect.s1 x=(n(x)) y=(n(y)) width=(n(side)) height=(n(side))
                            fill-opacity=(super::super::number::trimmed(shade(share), 3)) {
                            title { (self.names[r]) " with " (self.names[c]) ": " (Unit::Share.exact(share)) }
                        }
                        @if side >= 20.0 && share >= 0.005 {
                            text.small.middle x=(n(x + side / 2.0)) y=(n(y + side / 2.0 + 3.5)) {
                                (format!("{:.0}", share * 100.0))
                            }
                        }
                    }
                }
            }
        };
        (WIDTH, body)
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
