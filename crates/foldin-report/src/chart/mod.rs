//! Charts as SVG.
//!
//! A chart is data. Drawing it gives an SVG that fills its column, and a table of the same values for readers who cannot
//! see it. Colours and fonts are classes of the page's style sheet, so that charts follow light and dark, and print dark
//! on white. An SVG is 400 units wide, about as many as a phone has pixels, so that text keeps its size there.

mod axis;
mod bars;
mod heat;
mod lines;
mod rows;

use maud::{Markup, html};

pub(crate) use self::bars::Bars;
pub(crate) use self::heat::Heat;
pub(crate) use self::lines::{Line, Lines};
pub(crate) use self::rows::{Mark, Row, Rows};
use crate::number::trimmed;

/// The width of every chart.
const WIDTH: f64 = 400.0;
/// The width of a letter of an axis, rather too large than too small.
const LETTER: f64 = 6.3;
/// The width of a letter of a name, which is written larger.
const NAME_LETTER: f64 = 7.5;
/// The number of colours in the style sheet.
const N_COLOURS: usize = 6;

/// A chart of any kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Chart {
    /// Upright bars over an axis.
    Bars(Bars),
    /// Names with a bar or a dot beside each.
    Rows(Rows),
    /// Lines over an axis.
    Lines(Lines),
    /// A matrix of shades.
    Heat(Heat),
}

/// A table of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// The headings of the columns.
    pub(crate) head: Vec<String>,
    /// The rows; the first cell of each is its name.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Values with a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    /// What the values are of.
    pub(crate) name: String,
    /// One value per label of the chart.
    pub(crate) values: Vec<f64>,
}

/// The drawn body of a chart, without the `svg` element around it.
struct Drawing {
    height: f64,
    body: Markup,
}

impl Chart {
    /// The chart as an `svg` element, whose id begins with `id`; `title` and `description` are read out by screen
    /// readers.
    pub(crate) fn draw(&self, id: &str, title: &str, description: &str) -> Markup {
        let Drawing { height, body } = match self {
            Chart::Bars(chart) => chart.draw(),
            Chart::Rows(chart) => chart.draw(),
            Chart::Lines(chart) => chart.draw(),
            Chart::Heat(chart) => chart.draw(),
        };
        html! {
            svg viewBox=(format!("0 0 {WIDTH} {}", coord(height))) role="img" aria-labelledby=(format!("{id}-t {id}-d")) {
                title id=(format!("{id}-t")) { (title) }
                desc id=(format!("{id}-d")) { (description) }
                (body)
            }
        }
    }

    /// The values of the chart as text.
    pub(crate) fn table(&self) -> Table {
        match self {
            Chart::Bars(chart) => chart.table(),
            Chart::Rows(chart) => chart.table(),
            Chart::Lines(chart) => chart.table(),
            Chart::Heat(chart) => chart.table(),
        }
    }

    /// The names of the series; empty unless there are several to tell apart.
    pub(crate) fn legend(&self) -> Vec<&str> {
        let names: Vec<&str> = match self {
            Chart::Bars(chart) => chart.series.iter().map(|series| series.name.as_str()).collect(),
            Chart::Lines(chart) => chart.lines.iter().map(|line| line.name.as_str()).collect(),
            Chart::Rows(_) | Chart::Heat(_) => Vec::new(),
        };
        if names.len() > 1 { names } else { Vec::new() }
    }
}

/// The class of a series' colour.
pub(crate) fn colour(series: usize) -> String {
    format!("s{}", series % N_COLOURS + 1)
}

/// A coordinate, to a tenth of a unit.
fn coord(value: f64) -> String {
    trimmed(value, 1)
}

/// Text of at most so many letters, with an ellipsis where it was cut.
fn clip(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut() {
        assert_eq!([clip("Drama", 5), clip("Adventure", 5), clip("Film noir", 6)], ["Drama", "Adve…", "Film…"]);
    }
}
