//! Lines over an axis.

use maud::{Markup, html};

use super::axis::{Scale, UprightAxis, label_below, name_below, range, ticks};
use super::{Drawing, LETTER, Table, WIDTH, colour, coord};
use crate::number::Unit;

const HEIGHT: f64 = 250.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = HEIGHT - 42.0;

/// Lines with more points have no dots.
const MOST_DOTS: usize = 16;
/// A smooth curve has more points than anybody reads in a table.
const MOST_ROWS: usize = 26;

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line {
    /// What it shows.
    pub(crate) name: String,
    /// The value at each x, where it is known.
    pub(crate) values: Vec<Option<f64>>,
    /// The interval at each x, where it is known; may be empty.
    pub(crate) intervals: Vec<Option<(f64, f64)>>,
}

/// Lines over the same x axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lines {
    /// What x is.
    pub(crate) name: String,
    /// The values of x, ascending.
    pub(crate) x: Vec<f64>,
    /// The unit of x.
    pub(crate) x_unit: Unit,
    /// Whether the values of x are drawn at equal distances.
    pub(crate) is_ordinal: bool,
    /// The lines; each has as many values as there are x.
    pub(crate) lines: Vec<Line>,
    /// The unit of the values.
    pub(crate) unit: Unit,
    /// Whether the vertical axis begins at 0.
    pub(crate) from_zero: bool,
}

impl Lines {
    pub(super) fn draw(&self) -> Drawing {
        let UprightAxis { scale, left, drawn } = UprightAxis::new(self.unit, self.bounds(), (BOTTOM, TOP));
        let across = self.across(left);
        let body = html! {
            (drawn)
            line.base x1=(coord(left)) x2=(coord(WIDTH - 4.0)) y1=(coord(BOTTOM)) y2=(coord(BOTTOM)) {}
            @for (x, label) in self.labels(&across) {
                (label_below(&label, x, left, BOTTOM + 15.0))
            }
            @for (s, line) in self.lines.iter().enumerate() {
                g.line.(colour(s)) { (self.draw_line(line, &across, &scale)) }
            }
            (name_below(&self.name, left, HEIGHT - 6.0))
        };
        Drawing { height: HEIGHT, body }
    }

    /// The lowest and the highest value that the vertical axis shows.
    fn bounds(&self) -> (f64, f64) {
        let values = || self.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
        let intervals = self.lines.iter().flat_map(|line| line.intervals.iter().flatten());
        let shown = values().chain(intervals.flat_map(|&(low, high)| [low, high]));
        let Some((low, high)) = range(shown) else { return (0.0, 1.0) };
        let low = if self.from_zero { low.min(0.0) } else { low };
        // An interval may reach below what is possible; the axis does not.
        (if values().all(|value| value >= 0.0) { low.max(0.0) } else { low }, high)
    }

    fn draw_line(&self, line: &Line, across: &Scale, scale: &Scale) -> Markup {
        let point_at =
            |place: usize, value: f64| format!("{},{}", coord(across.at(self.position(place))), coord(scale.at(value)));
        let known = line.values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?)));
        let known: Vec<(usize, f64)> = known.collect();
        let points: Vec<String> = known.iter().map(|&(place, value)| point_at(place, value)).collect();
        let band = line.intervals.iter().enumerate().filter_map(|(place, ends)| Some((place, (*ends)?)));
        let band: Vec<(usize, (f64, f64))> = band.collect();
        let above = band.iter().map(|&(place, (_, high))| point_at(place, high));
        let below = band.iter().rev().map(|&(place, (low, _))| point_at(place, low.max(scale.domain.0)));
        let band: Vec<String> = above.chain(below).collect();
        html! {
            @if band.len() > 2 { polygon.band points=(band.join(" ")) {} }
            polyline points=(points.join(" ")) {}
            @if known.len() <= MOST_DOTS {
                @for &(place, value) in &known {
                    circle cx=(coord(across.at(self.position(place)))) cy=(coord(scale.at(value))) r="3.2" {
                        title {
                            (line.name) " at " (self.x_unit.exact(self.x[place])) ": " (self.unit.exact(value))
                        }
                    }
                }
            }
        }
    }

    /// The unscaled position of an x.
    fn position(&self, place: usize) -> f64 {
        if self.is_ordinal { place as f64 } else { self.x[place] }
    }

    fn across(&self, left: f64) -> Scale {
        let domain = match self.x.as_slice() {
            [] => (0.0, 1.0),
            x if self.is_ordinal => (0.0, (x.len() - 1) as f64),
            x => (x[0], x[x.len() - 1]),
        };
        let inset = if self.is_ordinal { 18.0 } else { 0.0 };
        Scale { domain, range: (left + inset, WIDTH - 16.0 - inset) }
    }

    /// The labels below the axis, each with its coordinate.
    fn labels(&self, across: &Scale) -> Vec<(f64, String)> {
        if self.is_ordinal {
            let all = self.x.iter().enumerate().map(|(place, x)| (across.at(place as f64), self.x_unit.short(*x)));
            let all: Vec<(f64, String)> = all.collect();
            let letters = all.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(1);
            let room = (across.range.1 - across.range.0) / all.len().max(1) as f64;
            let every = ((letters as f64 + 1.0) * LETTER / room).ceil().max(1.0) as usize;
            return all.into_iter().step_by(every).collect();
        }
        let (low, high) = across.domain;
        let inside = ticks(low, high, 4).into_iter().filter(|x| (low..=high + 1e-9).contains(x));
        inside.map(|x| (across.at(x), self.x_unit.short(x))).collect()
    }

    pub(super) fn table(&self) -> Table {
        let head = std::iter::once(self.name.clone()).chain(self.lines.iter().map(|line| line.name.clone()));
        let every = self.x.len().div_ceil(MOST_ROWS).max(1);
        let row = |(place, x): (usize, &f64)| {
            let values = self.lines.iter().map(|line| {
                let value = line.values.get(place).copied().flatten().map(|value| self.unit.exact(value));
                let ends = line.intervals.get(place).copied().flatten();
                let ends = ends.map(|(low, high)| format!(" ({} to {})", self.unit.exact(low), self.unit.exact(high)));
                value.unwrap_or_default() + &ends.unwrap_or_default()
            });
            std::iter::once(self.x_unit.exact(*x)).chain(values).collect()
        };
        Table { head: head.collect(), rows: self.x.iter().enumerate().step_by(every).map(row).collect() }
    }
}
