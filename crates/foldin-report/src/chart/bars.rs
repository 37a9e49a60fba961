//! Upright bars over an axis: how many of each.

use maud::{Markup, html};

use super::super::number::Unit;
use super::{LETTER, Series, Table, WIDTH, colour, label_below, n, name_below, upright_axis};

const HEIGHT: f64 = 240.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = HEIGHT - 40.0;

/// Upright bars; several series stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What the labels are.
    pub name: String,
    /// One a group of bars.
    pub labels: Vec<String>,
    /// As many values each as there are labels.
    pub series: Vec<Series>,
    /// Of the values.
    pub unit: Unit,
    /// Labels from here on stand out, such as ratings that are likes.
    pub marked_from: Option<usize>,
}

impl Bars {
    pub(super) fn draw(&self) -> (f64, Markup) {
        let values = self.series.iter().flat_map(|series| &series.values);
        let high = values.copied().fold(0.0, f64::max);
        let (scale, left, axis) = upright_axis(self.unit, 0.0, high, TOP, BOTTOM);
        let room = (WIDTH - 4.0 - left) / self.labels.len().max(1) as f64;
        let width = room * 0.84 / self.series.len().max(1) as f64;
        let every = self.every(room);
        let body = html! {
            (axis)
            @for (s, series) in self.series.iter().enumerate() {
                @for (place, (label, value)) in self.labels.iter().zip(&series.values).enumerate() {
                    @let x = left + room * (place as f64 + 0.08) + width * s as f64;
                    @let y = scale.at(*value);
                    @let faint = self.marked_from.is_some_and(|from| place < from);
                    rect.(colour(s)).faint[faint] x=(n(x)) y=(n(y)) width=(n(width.max(0.6))) height=(n(BOTTOM - y)) {
                        title { (label) ": " (self.unit.exact(*value)) }
                    }
                }
            }
            line.base x1=(n(left)) x2=(n(WIDTH - 4.0)) y1=(n(BOTTOM)) y2=(n(BOTTOM)) {}
            @for (place, label) in self.labels.iter().enumerate().step_by(every) {
                (label_below(label, left + room * (place as f64 + 0.5), left, BOTTOM + 15.0))
            }
            (name_below(&self.name, left, HEIGHT - 6.0))
        };
        (HEIGHT, body)
    }

    /// Every how many labels one can be written without touching the next, with room for the first to move inwards.
    fn every(&self, room: f64) -> usize {
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
