//! Names with a bar or a dot beside each.

use maud::{Markup, html};

use super::super::number::Unit;
use super::{NAME_LETTER, Scale, Table, WIDTH, clip, n, ticks};

/// Height of a row.
const ROW: f64 = 23.0;
/// Letters of a name that are shown; the rest is in the table.
const LETTERS: usize = 24;

/// How a value is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A bar from 0: what is counted.
    Bar,
    /// A dot, with a line over its interval: what is estimated.
    Dot,
}

/// One name and its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The name.
    pub name: String,
    /// The value.
    pub value: f64,
    /// The interval around it.
    pub interval: Option<(f64, f64)>,
    /// Whether it stands out among the others.
    pub marked: bool,
}

/// Names with a bar or a dot beside each, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// What the names are.
    pub name: String,
    /// What the values are.
    pub value_name: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// Of the values.
    pub unit: Unit,
    /// How they are drawn.
    pub mark: Mark,
}

impl Rows {
    pub(super) fn draw(&self) -> (f64, Markup) {
        let bottom = 6.0 + ROW * self.rows.len() as f64;
        let longest = self.rows.iter().map(|row| row.name.chars().count().min(LETTERS)).max().unwrap_or(1);
        let left = longest as f64 * NAME_LETTER + 10.0;
        let widest = self.rows.iter().map(|row| self.unit.exact(row.value).chars().count()).max().unwrap_or(1);
        let right = WIDTH - widest as f64 * NAME_LETTER - 10.0;
        let values = ticks(self.lowest(), self.highest(), 3);
        let scale = Scale { domain: (values[0], values[values.len() - 1]), range: (left, right) };
        let body = html! {
            @for value in &values {
                line.grid x1=(n(scale.at(*value))) x2=(n(scale.at(*value))) y1="4" y2=(n(bottom)) {}
                text.tick.middle x=(n(scale.at(*value))) y=(n(bottom + 15.0)) { (self.unit.short(*value)) }
            }
            @for (place, row) in self.rows.iter().enumerate() {
                @let y = 6.0 + ROW * (place as f64 + 0.5);
                text.name.end x=(n(left - 8.0)) y=(n(y + 4.0)) { (clip(&row.name, LETTERS)) }
                g.(if row.marked || self.mark == Mark::Bar { "s1" } else { "s4" }) {
                    title { (row.name) ": " (self.unit.exact(row.value)) }
                    @match self.mark {
                        Mark::Bar => {
                            rect x=(n(left)) y=(n(y - 7.5)) width=(n((scale.at(row.value) - left).max(0.6))) height="15" {}
                        }
                        Mark::Dot => {
                            @if let Some((low, high)) = row.interval {
                                line.whisker x1=(n(scale.at(low).max(left))) x2=(n(scale.at(high))) y1=(n(y)) y2=(n(y)) {}
                            }
                            circle cx=(n(scale.at(row.value))) cy=(n(y)) r="4.5" {}
                        }
                    }
                }
                text.value.end x=(n(WIDTH - 2.0)) y=(n(y + 4.0)) { (self.unit.exact(row.value)) }
            }
            text.axis.middle x=(n((left + right) / 2.0)) y=(n(bottom + 32.0)) { (self.value_name) }
        };
        (bottom + 38.0, body)
    }

    fn lowest(&self) -> f64 {
        let is_positive = self.rows.iter().all(|row| row.value >= 0.0);
        let lowest = self.ends().map(|(low, _)| low).fold(f64::MAX, f64::min).min(self.highest());
        match self.mark {
            Mark::Bar => 0.0,
            // An interval may reach below what is possible; the axis does not.
            Mark::Dot if is_positive => lowest.max(0.0),
            Mark::Dot => lowest,
        }
    }

    fn highest(&self) -> f64 {
        let least = if self.mark == Mark::Bar { 0.0 } else { f64::MIN };
        let highest = self.ends().map(|(_, high)| high).fold(least, f64::max);
        if highest == f64::MIN { 1.0 } else { highest }
    }

    fn ends(&self) -> impl Iterator<Item = (f64, f64)> {
        self.rows.iter().map(|row| {
            let (low, high) = row.interval.unwrap_or((row.value, row.value));
            (low.min(row.value), high.max(row.value))
        })
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
