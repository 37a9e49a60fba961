//! Names with a bar or a dot beside each.

use maud::html;

use super::axis::{Scale, range, ticks};
use super::{Drawing, NAME_LETTER, Table, WIDTH, clip, coord};
use crate::number::Unit;

/// The height of a row.
const ROW: f64 = 23.0;
/// Letters of a name that are shown; the rest is in the table.
const LETTERS: usize = 24;

/// How a value is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A bar from 0, for counts.
    Bar,
    /// A dot, with a line over its interval, for estimates.
    Dot,
}

/// One name and its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    /// The name.
    pub(crate) name: String,
    /// The value.
    pub(crate) value: f64,
    /// The interval around it, where it is known.
    pub(crate) interval: Option<(f64, f64)>,
    /// Whether its dot stands out among the others.
    pub(crate) is_marked: bool,
}

/// Names with a bar or a dot beside each, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows {
    /// What the names are.
    pub(crate) name: String,
    /// What the values are.
    pub(crate) value_name: String,
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// The unit of the values.
    pub(crate) unit: Unit,
    /// How the values are drawn.
    pub(crate) mark: Mark,
}

impl Rows {
    pub(super) fn draw(&self) -> Drawing {
        let bottom = 6.0 + ROW * self.rows.len() as f64;
        let longest = self.rows.iter().map(|row| row.name.chars().count().min(LETTERS)).max().unwrap_or(1);
        let left = longest as f64 * NAME_LETTER + 10.0;
        let widest = self.rows.iter().map(|row| self.unit.exact(row.value).chars().count()).max().unwrap_or(1);
        let right = WIDTH - widest as f64 * NAME_LETTER - 10.0;
        let (lowest, highest) = self.bounds();
        let values = ticks(lowest, highest, 3);
        let scale = Scale { domain: (values[0], values[values.len() - 1]), range: (left, right) };
        let body = html! {
            @for value in &values {
                line.grid x1=(coord(scale.at(*value))) x2=(coord(scale.at(*value))) y1="4" y2=(coord(bottom)) {}
                text.tick.middle x=(coord(scale.at(*value))) y=(coord(bottom + 15.0)) { (self.unit.short(*value)) }
            }
            @for (place, row) in self.rows.iter().enumerate() {
                @let y = 6.0 + ROW * (place as f64 + 0.5);
                text.name.end x=(coord(left - 8.0)) y=(coord(y + 4.0)) { (clip(&row.name, LETTERS)) }
                g.(if row.is_marked || self.mark == Mark::Bar { "s1" } else { "s4" }) {
                    title { (row.name) ": " (self.unit.exact(row.value)) }
                    @match self.mark {
                        Mark::Bar => {
                            @let width = (scale.at(row.value) - left).max(0.6);
                            rect x=(coord(left)) y=(coord(y - 7.5)) width=(coord(width)) height="15" {}
                        }
                        Mark::Dot => {
                            @if let Some((low, high)) = row.interval {
                                @let (low, high) = (scale.at(low).max(left), scale.at(high));
                                line.whisker x1=(coord(low)) x2=(coord(high)) y1=(coord(y)) y2=(coord(y)) {}
                            }
                            circle cx=(coord(scale.at(row.value))) cy=(coord(y)) r="4.5" {}
                        }
                    }
                }
                text.value.end x=(coord(WIDTH - 2.0)) y=(coord(y + 4.0)) { (self.unit.exact(row.value)) }
            }
            text.axis.middle x=(coord((left + right) / 2.0)) y=(coord(bottom + 32.0)) { (self.value_name) }
        };
        Drawing { height: bottom + 38.0, body }
    }

    /// The lowest and the highest value that the axis shows.
    fn bounds(&self) -> (f64, f64) {
        let shown = self.rows.iter().flat_map(|row| {
            let (low, high) = row.interval.unwrap_or((row.value, row.value));
            [low, row.value, high]
        });
        let (low, high) = range(shown).unwrap_or((0.0, 1.0));
        match self.mark {
            Mark::Bar => (0.0, high.max(0.0)),
            // An interval may reach below what is possible; the axis does not.
            Mark::Dot if self.rows.iter().all(|row| row.value >= 0.0) => (low.max(0.0), high),
            Mark::Dot => (low, high),
        }
    }

    pub(super) fn table(&self) -> Table {
        let has_intervals = self.rows.iter().any(|row| row.interval.is_some());
        let mut head = vec![self.name.clone(), self.value_name.clone()];
        if has_intervals {
            head.push("95 % interval".to_owned());
        }
        let row = |row: &Row| {
            let mut cells = vec![row.name.clone(), self.unit.exact(row.value)];
            if has_intervals {
                let ends = row.interval.map(|(low, high)| [low, high].map(|end| self.unit.exact(end)).join(" to "));
                cells.push(ends.unwrap_or_default());
            }
            cells
        };
        Table { head, rows: self.rows.iter().map(row).collect() }
    }
}
