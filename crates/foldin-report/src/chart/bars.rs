//! Upright bars over an axis.

use maud::html;

use super::axis::{UprightAxis, label_below, name_below};
use super::{Drawing, LETTER, Series, Table, WIDTH, colour, coord};
use crate::number::Unit;

const HEIGHT: f64 = 240.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = HEIGHT - 40.0;

/// Upright bars; several series stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bars {
    /// What the labels are.
    pub(crate) name: String,
    /// One label per group of bars.
    pub(crate) labels: Vec<String>,
    /// Each has as many values as there are labels.
    pub(crate) series: Vec<Series>,
    /// The unit of the values.
    pub(crate) unit: Unit,
    /// Bars before this label are drawn faint, such as ratings that are no likes.
    pub(crate) solid_from: Option<usize>,
}

impl Bars {
    pub(super) fn draw(&self) -> Drawing {
        let highest = self.series.iter().flat_map(|series| &series.values).copied().fold(0.0, f64::max);
        let UprightAxis { scale, left, drawn } = UprightAxis::new(self.unit, (0.0, highest), (BOTTOM, TOP));
        let room = (WIDTH - 4.0 - left) / self.labels.len().max(1) as f64;
        let width = room * 0.84 / self.series.len().max(1) as f64;
        let body = html! {
            (drawn)
            @for (s, series) in self.series.iter().enumerate() {
                @for (place, (label, value)) in self.labels.iter().zip(&series.values).enumerate() {
                    @let x = left + room * (place as f64 + 0.08) + width * s as f64;
                    @let y = scale.at(*value);
                    @let faint = self.solid_from.is_some_and(|from| place < from);
                    rect.(colour(s)).faint[faint] x=(coord(x)) y=(coord(y))
                        width=(coord(width.max(0.6))) height=(coord(BOTTOM - y)) {
                        title { (label) ": " (self.unit.exact(*value)) }
                    }
                }
            }
            line.base x1=(coord(left)) x2=(coord(WIDTH - 4.0)) y1=(coord(BOTTOM)) y2=(coord(BOTTOM)) {}
            @for (place, label) in self.labels.iter().enumerate().step_by(self.label_step(room)) {
                (label_below(label, left + room * (place as f64 + 0.5), left, BOTTOM + 15.0))
            }
            (name_below(&self.name, left, HEIGHT - 6.0))
        };
        Drawing { height: HEIGHT, body }
    }

    /// One label in so many is written, so that none touches the next, even if the first moves inwards.
    fn label_step(&self, room: f64) -> usize {
        let letters = self.labels.iter().map(|label| label.chars().count()).max().unwrap_or(1);
        ((letters as f64 * 1.4 + 2.0) * LETTER / room).ceil().max(1.0) as usize
    }

    pub(super) fn table(&self) -> Table {
        let head = std::iter::once(self.name.clone()).chain(self.series.iter().map(|series| series.name.clone()));
        let row = |(place, label): (usize, &String)| {
            let values = self.series.iter().map(|series| self.unit.exact(series.values[place]));
            std::iter::once(label.clone()).chain(values).collect()
        };
        Table { head: head.collect(), rows: self.labels.iter().enumerate().map(row).collect() }
    }
}
