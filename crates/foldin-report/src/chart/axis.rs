//! Axes: scales, ticks and labels.

use maud::{Markup, html};

use super::{LETTER, WIDTH, coord};
use crate::number::Unit;

/// Maps values to coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The lowest and the highest value.
    pub(super) domain: (f64, f64),
    /// Their coordinates.
    pub(super) range: (f64, f64),
}

impl Scale {
    /// The coordinate of a value: the middle where all values are equal.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let part = if high > low { (value - low) / (high - low) } else { 0.5 };
        self.range.0 + part * (self.range.1 - self.range.0)
    }
}

/// The lowest and the highest of some values; `None` without values.
pub(super) fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.map(|value| (value, value)).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}

/// About `wanted` round numbers, at least two, from the last one that is not above `low` to the first that is not below
/// `high`.
pub(super) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let rough = span / wanted as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last.max(first + 1)).map(|number| number as f64 * step).collect()
}

/// A vertical axis on the left of a chart, with grid lines across it.
pub(super) struct UprightAxis {
    /// From values to coordinates from the top.
    pub(super) scale: Scale,
    /// Where the axis ends and the chart begins.
    pub(super) left: f64,
    /// The axis.
    pub(super) drawn: Markup,
}

impl UprightAxis {
    /// An axis for values from `low` to `high`, drawn between `bottom` and `top`.
    pub(super) fn new(unit: Unit, (low, high): (f64, f64), (bottom, top): (f64, f64)) -> Self {
        let mut values = ticks(low, high, 4);
        if unit == Unit::Count {
            // There are no halves of a thing.
            values.retain(|value| value.fract() == 0.0);
            if values.last().is_none_or(|last| *last < high) {
                values.push(high.ceil());
            }
        }
        let letters = values.iter().map(|value| unit.short(*value).chars().count()).max().unwrap_or(1);
        let left = letters as f64 * LETTER + 8.0;
        let domain = (values[0], values[values.len() - 1]);
        let scale = Scale { domain, range: (bottom, top) };
        let drawn = html! {
            @for value in &values {
                @let y = scale.at(*value);
                line.grid x1=(coord(left)) x2=(coord(WIDTH - 4.0)) y1=(coord(y)) y2=(coord(y)) {}
                text.tick.end x=(coord(left - 6.0)) y=(coord(y + 4.0)) { (unit.short(*value)) }
            }
        };
        UprightAxis { scale, left, drawn }
    }
}

/// A label below an axis, moved inwards where it would leave the chart.
pub(super) fn label_below(text: &str, x: f64, left: f64, y: f64) -> Markup {
    let half = text.chars().count() as f64 * LETTER / 2.0;
    let x = x.min(WIDTH - half).max(left - 4.0 + half);
    html! { text.tick.middle x=(coord(x)) y=(coord(y)) { (text) } }
}

/// The name of a horizontal axis, below its middle.
pub(super) fn name_below(text: &str, left: f64, y: f64) -> Markup {
    html! { text.axis.middle x=(coord((left + WIDTH) / 2.0)) y=(coord(y)) { (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_all_values() {
        assert_eq!(ticks(0.0, 100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(0.0, 348_971.0, 4), [0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0]);
        assert_eq!(ticks(3.0, 3.0, 4).len(), 2);
        for (low, high) in [(0.0, 1e-3), (0.0, 7.0), (2.3, 4.1), (1900.0, 2018.0)] {
            let values = ticks(low, high, 4);
            assert!(values[0] <= low && *values.last().unwrap() >= high - 1e-9, "{values:?}");
        }
    }

    #[test]
    fn the_range_of_nothing_is_unknown() {
        assert_eq!(range([2.0, -1.0, 5.0].into_iter()), Some((-1.0, 5.0)));
        assert_eq!(range(std::iter::empty()), None);
    }

    #[test]
    fn a_scale_puts_a_single_value_in_the_middle() {
        assert_eq!(Scale { domain: (2.0, 2.0), range: (0.0, 10.0) }.at(2.0), 5.0);
        assert_eq!(Scale { domain: (0.0, 4.0), range: (10.0, 0.0) }.at(1.0), 7.5);
    }
}
