//! Lines over an axis: how one thing goes with another.

use maud::{Markup, html};

use super::super::number::Unit;
use super::{LETTER, Scale, Table, WIDTH, colour, label_below, n, name_below, ticks, upright_axis};

const HEIGHT: f64 = 250.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = HEIGHT - 42.0;

/// Lines with so many points or fewer have a dot at each.
const MOST_DOTS: usize = 16;

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// What it shows.
    pub name: String,
    /// The value at each x; none where nothing is known.
    pub values: Vec<Option<f64>>,
    /// The interval at each x; none where nothing is known.
    pub intervals: Vec<Option<(f64, f64)>>,
}

/// Lines with one axis of x in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What x is.
    pub name: String,
    /// The x, ascending.
    pub x: Vec<f64>,
    /// Of x.
    pub x_unit: Unit,
    /// Whether x stand at equal distances, whatever their values.
    pub is_ordinal: bool,
    /// The lines, with as many values each as there are x.
    pub lines: Vec<Line>,
    /// Of the values.
    pub unit: Unit,
    /// Whether the axis begins at 0.
    pub from_zero: bool,
}

impl Lines {
    pub(super) fn draw(&self) -> (f64, Markup) {
        let ends = self.lines.iter().flat_map(|line| {
            let intervals = line.intervals.iter().flatten().flat_map(|&(low, high)| [low, high]);
            line.values.iter().flatten().copied().chain(intervals)
        });
        let (low, high) = ends.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        // An interval may reach below what is possible; the axis does not.
        let is_positive = self.lines.iter().flat_map(|line| &line.values).flatten().all(|value| *value >= 0.0);
        let low = if self.from_zero { low.min(0.0) } else { low };
        let low = if is_positive { low.max(0.0) } else { low };
        let (scale, left, axis) = upright_axis(self.unit, low, high, TOP, BOTTOM);
        let across = self.across(left);
        let body = html! {
            (axis)
            line.base x1=(n(left)) x2=(n(WIDTH - 4.0)) y1=(n(BOTTOM)) y2=(n(BOTTOM)) {}
            @for (x, label) in self.labels(&across) {
                (label_below(&label, x, left, BOTTOM + 15.0))
            }
            @for (s, line) in self.lines.iter().enumerate() {
                g.line.(colour(s)) { (self.draw_line(line, &across, &scale)) }
            }
            (name_below(&self.name, left, HEIGHT - 6.0))
        };
        (HEIGHT, body)
    }

    fn draw_line(&self, line: &Line, across: &Scale, scale: &Scale) -> Markup {
        let at = |place: usize, value: f64| format!("{},{}", n(across.at(self.place(place))), n(scale.at(value)));
        let known = line.values.iter().enumerate().filter_map(|(place, value)| value.map(|value| (place, value)));
        let known: Vec<(usize, f64)> = known.collect();
        let points: Vec<String> = known.iter().map(|&(place, value)| at(place, value)).collect();
        let band = line.intervals.iter().enumerate().filter_map(|(place, ends)| ends.map(|ends| (place, ends)));
        let band: Vec<(usize, (f64, f64))> = band.collect();
        let above = band.iter().map(|&(place, (_, high))| at(place, high));
        let below = band.iter().rev().map(|&(place, (low, _))| at(place, low.max(scale.domain.0)));
        let band: Vec<String> = above.chain(below).collect();
        html! {
            @if band.len() > 2 { polygon.band points=(band.join(" ")) {} }
            polyline points=(points.join(" ")) {}
            @if known.len() <= MOST_DOTS {
                @for &(place, value) in &known {
                    circle cx=(n(across.at(self.place(place)))) cy=(n(scale.at(value))) r="3.2" {
                        title {
                            (line.name) " at " (self.x_unit.exact(self.x[place])) ": " (self.unit.exact(value))
                        }
                    }
                }
            }
        }
    }

    /// Where the x of a place stands, before it is scaled.
    fn place(&self, place: usize) -> f64 {
        if self.is_ordinal { place as f64 } else { self.x[place] }
    }

    fn across(&self, left: f64) -> Scale {
        let last = self.x.len().saturating_sub(1);
        let domain = match (self.is_ordinal, self.x.is_empty()) {
            (_, true) => (0.0, 1.0),
            (true, _) => (0.0, last as f64),
            (false, _) => (self.x[0], self.x[last]),
        };
        let inset = if self.is_ordinal { 18.0 } else { 0.0 };
        Scale { domain, range: (left + inset, WIDTH - 16.0 - inset) }
    }

    /// What stands below the axis, and where.
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
        // A smooth curve has more points than anybody wants to read.
        let every = self.x.len().div_ceil(26).max(1);
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
