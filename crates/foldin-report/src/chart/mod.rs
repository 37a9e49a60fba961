//! Charts as SVG: what they have in common.
//!
//! A chart is data; drawing it gives an SVG 400 units wide that fills its column, and a table of the same figures for
//! whoever cannot see it. Colours and fonts are classes of the page's style sheet, so that a chart follows light and
//! dark and prints in black on white. 400 units are about the width of a phone: letters keep their size there.

mod bars;
mod heat;
mod lines;
mod rows;

use maud::{Markup, html};

pub use self::bars::Bars;
pub use self::heat::Heat;
pub use self::lines::{Line, Lines};
pub use self::rows::{Mark, Row, Rows};
use super::number::Unit;

/// Width of every chart, in its own units.
const WIDTH: f64 = 400.0;
/// Width of a letter, on average and rather too much than too little.
const LETTER: f64 = 6.3;

/// Width of a letter of a name, which is written larger than figures are.
const NAME_LETTER: f64 = 7.5;

/// A chart of any kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Upright bars over an axis.
    Bars(Bars),
    /// Names with a bar or a dot beside each.
    Rows(Rows),
    /// Lines over an axis.
    Lines(Lines),
    /// A matrix of shades.
    Heat(Heat),
}

/// What a chart shows, as rows of text below a heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows; the first cell of each is its name.
    pub rows: Vec<Vec<String>>,
}

/// A name and the figures of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the figures are of.
    pub name: String,
    /// One figure a label.
    pub values: Vec<f64>,
}

impl Chart {
    /// The picture: `id` names its title and description for those who hear it.
    pub fn draw(&self, id: &str, title: &str, description: &str) -> Markup {
        let (height, body) = match self {
            Chart::Bars(chart) => chart.draw(),
            Chart::Rows(chart) => chart.draw(),
            Chart::Lines(chart) => chart.draw(),
            Chart::Heat(chart) => chart.draw(),
        };
        html! {
            svg viewBox=(format!("0 0 {WIDTH} {}", n(height))) role="img" aria-labelledby=(format!("{id}-t {id}-d")) {
                title id=(format!("{id}-t")) { (title) }
                desc id=(format!("{id}-d")) { (description) }
                (body)
            }
        }
    }

    /// The same figures as text.
    pub fn table(&self) -> Table {
        match self {
            Chart::Bars(chart) => chart.table(),
            Chart::Rows(chart) => chart.table(),
            Chart::Lines(chart) => chart.table(),
            Chart::Heat(chart) => chart.table(),
        }
    }

    /// The names of the series, where there are several to be told apart.
    pub fn legend(&self) -> Vec<&str> {
        let names: Vec<&str> = match self {
            Chart::Bars(chart) => chart.series.iter().map(|series| series.name.as_str()).collect(),
            Chart::Lines(chart) => chart.lines.iter().map(|line| line.name.as_str()).collect(),
            Chart::Rows(_) | Chart::Heat(_) => Vec::new(),
        };
        if names.len() > 1 { names } else { Vec::new() }
    }
}

/// A coordinate: a tenth of a unit is finer than anybody sees.
fn n(value: f64) -> String {
    super::number::trimmed(value, 1)
}

/// The class of a series' colour; there are six.
pub fn colour(series: usize) -> String {
    format!("s{}", series % 6 + 1)
}

/// Text cut to so many letters, with an ellipsis where something is missing.
fn clip(text: &str, letters: usize) -> String {
    match text.chars().count() <= letters {
        true => text.to_owned(),
        false => text.chars().take(letters.saturating_sub(1)).collect::<String>().trim_end().to_owned() + "…",
    }
}

/// Where values stand on an axis.
#[derive(Debug, Clone, Copy)]
struct Scale {
    /// The lowest and the highest value.
    domain: (f64, f64),
    /// Where they stand.
    range: (f64, f64),
}

impl Scale {
    fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let part = if high > low { (value - low) / (high - low) } else { 0.5 };
        self.range.0 + part * (self.range.1 - self.range.0)
    }
}

/// About `wanted` round numbers from the first at or below `low` to the last at or above `high`.
fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let rough = span / wanted as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last.max(first + 1)).map(|number| number as f64 * step).collect()
}

/// Lines across the chart with their values on the left, and the scale they belong to.
fn upright_axis(unit: Unit, low: f64, high: f64, top: f64, bottom: f64) -> (Scale, f64, Markup) {
    let mut values = ticks(low, high, 4);
    if unit == Unit::Count {
        // Halves of a thing do not occur.
        values.retain(|value| value.fract() == 0.0);
        if values.last().is_none_or(|last| *last < high) {
            values.push(high.ceil());
        }
    }
    let letters = values.iter().map(|value| unit.short(*value).chars().count()).max().unwrap_or(1);
    let left = letters as f64 * LETTER + 8.0;
    let domain = (values[0], *values.last().expect("there are at least two ticks"));
    let scale = Scale { domain, range: (bottom, top) };
    let drawn = html! {
        @for value in &values {
            line.grid x1=(n(left)) x2=(n(WIDTH - 4.0)) y1=(n(scale.at(*value))) y2=(n(scale.at(*value))) {}
            text.tick.end x=(n(left - 6.0)) y=(n(scale.at(*value) + 4.0)) { (unit.short(*value)) }
        }
    };
    (scale, left, drawn)
}

/// A label below an axis, moved inwards where it would leave the chart.
fn label_below(text: &str, x: f64, left: f64, y: f64) -> Markup {
    let half = text.chars().count() as f64 * LETTER / 2.0;
    let x = x.min(WIDTH - half).max(left - 4.0 + half);
    html! { text.tick.middle x=(n(x)) y=(n(y)) { (text) } }
}

/// What stands below an axis, written in its middle.
fn name_below(text: &str, left: f64, y: f64) -> Markup {
    html! { text.axis.middle x=(n((left + WIDTH) / 2.0)) y=(n(y)) { (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        assert_eq!(ticks(0.0, 100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(0.0, 348_971.0, 4), [0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0]);
        assert_eq!(ticks(3.0, 3.0, 4).len(), 2);
        for (low, high) in [(0.0, 1e-3), (0.0, 7.0), (2.3, 4.1), (1900.0, 2018.0)] {
            let values = ticks(low, high, 4);
            assert!(values[0] <= low && *values.last().unwrap() >= high - 1e-9, "{values:?}");
        }
    }

    #[test]
    fn a_scale_of_one_value_puts_it_in_the_middle() {
        let scale = Scale { domain: (2.0, 2.0), range: (0.0, 10.0) };
        assert_eq!(scale.at(2.0), 5.0);
        assert_eq!(Scale { domain: (0.0, 4.0), range: (10.0, 0.0) }.at(1.0), 7.5);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!([clip("Drama", 5), clip("Adventure", 5)], ["Drama", "Adve…"]);
    }
}
