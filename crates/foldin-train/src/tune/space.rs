//! What may be turned in a search: the knobs of each learner, and how far.
//!
//! Sizes (factors, lengths of lists) are not among them: they are a choice between bytes and quality, which is the
//! user's.

use foldin_core::Source;

use super::task::Shape;
use crate::learn::als::reg_for;
use crate::learn::ease::ease_reg_for;
use crate::train::TrainSettings;

/// One setting that a search may change.
pub(super) struct Knob {
    /// Its name in the configuration file.
    pub name: &'static str,
    range: Range,
    get: fn(&TrainSettings, Shape) -> f64,
    set: fn(&mut TrainSettings, f64),
}

/// Which values a knob takes.
enum Range {
    /// Between two values, as likely in each part of the logarithm.
    Log(f64, f64),
    /// Between two values.
    Linear(f64, f64),
    /// One of these.
    Steps(&'static [f64]),
}

/// A learner's knobs with their values, by name.
pub type Values = Vec<(&'static str, f64)>;

/// A knob for a field of [`TrainSettings`] that is always set.
macro_rules! knob {
    ($learner:ident . $field:ident : $type:ty, $name:literal, $range:expr) => {
        Knob {
            name: $name,
            range: $range,
            get: |settings, _| settings.$learner.$field as f64,
            set: |settings, value| settings.$learner.$field = value as $type,
        }
    };
}

/// The knobs of the learner behind a source; none where there is nothing to search.
pub(super) fn knobs(source: Source, shape: Shape) -> Vec<Knob> {
    match source {
        Source::Factors => {
            let reg = f64::from(reg_for(shape.n_users, shape.n_items));
            vec![
                knob!(als.alpha0: f32, "alpha0", Range::Log(0.05, 2.0)),
                Knob {
                    name: "reg",
                    range: Range::Log(reg / 6.0, reg * 3.0),
                    get: |settings, shape| {
                        settings.als.reg.unwrap_or_else(|| reg_for(shape.n_users, shape.n_items)).into()
                    },
                    set: |settings, value| settings.als.reg = Some(value as f32),
                },
            ]
        }
        Source::Neighbours => vec![
            knob!(neighbours.user_exponent: f32, "user-exponent", Range::Linear(0.2, 1.0)),
            knob!(neighbours.item_exponent: f32, "item-exponent", Range::Linear(0.5, 1.1)),
            knob!(neighbours.rare_shrinkage: f32, "rare-shrinkage", Range::Log(1.0, 100.0)),
        ],
        Source::Ease => {
            let reg = f64::from(ease_reg_for(shape.n_likes, shape.n_items));
            vec![Knob {
                name: "reg",
                range: Range::Log(reg / 8.0, reg * 4.0),
                get: |settings, shape| {
                    settings.ease.reg.unwrap_or_else(|| ease_reg_for(shape.n_likes, shape.n_items)).into()
                },
                set: |settings, value| settings.ease.reg = Some(value as f32),
            }]
        }
        Source::Sequence => vec![
            knob!(sequence.window: usize, "window", Range::Steps(&[3.0, 5.0, 10.0, 15.0, 20.0])),
            knob!(sequence.shrinkage: f32, "shrinkage", Range::Log(5.0, 200.0)),
            knob!(sequence.profile_decay: f32, "profile-decay", Range::Linear(0.5, 0.95)),
            knob!(sequence.damping: u8, "damping", Range::Steps(&[0.0, 1.0, 2.0, 3.0, 4.0])),
        ],
        Source::Content => vec![
            knob!(content.tag_weight: f32, "tag-weight", Range::Linear(0.0, 2.0)),
            knob!(content.title_weight: f32, "title-weight", Range::Linear(0.0, 2.0)),
            knob!(content.year_weight: f32, "year-weight", Range::Linear(0.0, 2.0)),
        ],
        _ => Vec::new(),
    }
}

/// The values that knobs have in some settings.
pub(super) fn values_of(knobs: &[Knob], settings: &TrainSettings, shape: Shape) -> Values {
    knobs.iter().map(|knob| (knob.name, rounded((knob.get)(settings, shape)))).collect()
}

/// The values at a point of the unit cube.
pub(super) fn values_at(knobs: &[Knob], point: &[f64]) -> Values {
    knobs.iter().zip(point).map(|(knob, &place)| (knob.name, rounded(knob.range.at(place)))).collect()
}

/// Sets knobs to values.
pub(super) fn turn(knobs: &[Knob], values: &Values, settings: &mut TrainSettings) {
    knobs.iter().zip(values).for_each(|(knob, (_, value))| (knob.set)(settings, *value));
}

impl Range {
    fn at(&self, place: f64) -> f64 {
        match *self {
            Range::Log(low, high) => low * (high / low).powf(place),
            Range::Linear(low, high) => low + (high - low) * place,
            Range::Steps(steps) => steps[((place * steps.len() as f64) as usize).min(steps.len() - 1)],
        }
    }
}

/// Three significant digits: as fine as a search can tell, and as a reader of the configuration wants.
fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().expect("it was just printed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_reached_from_end_to_end() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let log = Range::Log(0.01, 1.0);
        assert!(close(log.at(0.0), 0.01) && close(log.at(0.5), 0.1) && close(log.at(1.0), 1.0));
        let linear = Range::Linear(1.0, 3.0);
        assert!(close(linear.at(0.0), 1.0) && close(linear.at(0.75), 2.5));
        let steps = Range::Steps(&[5.0, 7.0]);
        assert_eq!([0.0, 0.49, 0.5, 0.999].map(|place| steps.at(place)), [5.0, 5.0, 7.0, 7.0]);
    }

    #[test]
    fn values_have_three_digits() {
        assert_eq!([0.012_345_6, 123.456, 0.0].map(rounded), [0.0123, 123.0, 0.0]);
    }

    #[test]
    fn turning_knobs_sets_what_reading_them_gives() {
        let shape = Shape { n_users: 1000, n_items: 500, n_likes: 20_000 };
        for source in Source::ALL {
            let knobs = knobs(source, shape);
            let mut settings = TrainSettings::default();
            for place in [0.1, 0.9] {
                let values = values_at(&knobs, &vec![place; knobs.len()]);
                turn(&knobs, &values, &mut settings);
                for ((name, value), (_, read)) in values.iter().zip(values_of(&knobs, &settings, shape)) {
                    assert!((value / read - 1.0).abs() < 1e-6 || *value == read, "{source:?} {name}: {value} {read}");
                }
            }
        }
    }
}
