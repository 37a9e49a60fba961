//! The search space: the parameters of each learner, and their ranges.
//!
//! Sizes (factors, lengths of lists) are not among them: they are a choice between bytes and quality, which is the
//! user's.

use foldin_core::Source;

use super::task::Shape;
use crate::config::Config;
use crate::learn::als::reg_for;
use crate::learn::ease::ease_reg_for;

/// One setting that a search may change.
pub(super) struct Param {
    /// Its name in the configuration file.
    pub name: &'static str,
    range: Range,
    get: fn(&Config, Shape) -> f64,
    set: fn(&mut Config, f64),
}

/// Which values a parameter takes.
enum Range {
    /// Between two values, as likely in each part of the logarithm.
    Log(f64, f64),
    /// Between two values.
    Linear(f64, f64),
    /// One of these.
    Steps(&'static [f64]),
}

/// A learner's parameters with their values, by name.
pub type Values = Vec<(&'static str, f64)>;

/// A parameter for a field of [`Config`] that is always set.
macro_rules! param {
    ($learner:ident . $field:ident : $type:ty, $name:literal, $range:expr) => {
        Param {
            name: $name,
            range: $range,
            get: |config, _| config.$learner.$field as f64,
            set: |config, value| config.$learner.$field = value as $type,
        }
    };
}

/// The parameters of the learner behind a source; none where there is nothing to search.
pub(super) fn params(source: Source, shape: Shape) -> Vec<Param> {
    match source {
        Source::Factors => {
            let reg = f64::from(reg_for(shape.n_users, shape.n_items));
            vec![
                param!(als.alpha0: f32, "alpha0", Range::Log(0.05, 2.0)),
                Param {
                    name: "reg",
                    range: Range::Log(reg / 6.0, reg * 3.0),
                    get: |config, shape| config.als.reg.unwrap_or_else(|| reg_for(shape.n_users, shape.n_items)).into(),
                    set: |config, value| config.als.reg = Some(value as f32),
                },
            ]
        }
        Source::Neighbours => vec![
            param!(neighbours.user_exponent: f32, "user-exponent", Range::Linear(0.2, 1.0)),
            param!(neighbours.count_exponent: f32, "count-exponent", Range::Linear(0.4, 1.0)),
            param!(neighbours.item_exponent: f32, "item-exponent", Range::Linear(0.5, 1.1)),
            param!(neighbours.rare_shrinkage: f32, "rare-shrinkage", Range::Log(1.0, 100.0)),
        ],
        Source::Ease => {
            let reg = f64::from(ease_reg_for(shape.n_likes, shape.n_items));
            vec![
                Param {
                    name: "reg",
                    range: Range::Log(reg / 8.0, reg * 4.0),
                    get: |config, shape| {
                        config.ease.reg.unwrap_or_else(|| ease_reg_for(shape.n_likes, shape.n_items)).into()
                    },
                    set: |config, value| config.ease.reg = Some(value as f32),
                },
                param!(ease.dropout: f32, "dropout", Range::Linear(0.0, 0.8)),
            ]
        }
        Source::Sequence => vec![
            param!(sequence.window: usize, "window", Range::Steps(&[3.0, 5.0, 10.0, 15.0, 20.0])),
            param!(sequence.shrinkage: f32, "shrinkage", Range::Log(5.0, 200.0)),
            param!(sequence.profile_decay: f32, "profile-decay", Range::Linear(0.5, 0.95)),
            param!(sequence.damping: u8, "damping", Range::Steps(&[0.0, 1.0, 2.0, 3.0, 4.0])),
        ],
        Source::Content => vec![
            param!(content.tag_weight: f32, "tag-weight", Range::Linear(0.0, 2.0)),
            param!(content.title_weight: f32, "title-weight", Range::Linear(0.0, 2.0)),
            param!(content.year_weight: f32, "year-weight", Range::Linear(0.0, 2.0)),
        ],
        _ => Vec::new(),
    }
}

/// The values that parameters have in some settings.
pub(super) fn values_of(params: &[Param], config: &Config, shape: Shape) -> Values {
    params.iter().map(|param| (param.name, rounded((param.get)(config, shape)))).collect()
}

/// The values at a point of the unit cube.
pub(super) fn values_at(params: &[Param], point: &[f64]) -> Values {
    params.iter().zip(point).map(|(param, &place)| (param.name, rounded(param.range.at(place)))).collect()
}

/// Sets parameters to values.
pub(super) fn apply(params: &[Param], values: &Values, config: &mut Config) {
    params.iter().zip(values).for_each(|(param, (_, value))| (param.set)(config, *value));
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

/// Three significant digits: finer differences are noise.
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
    fn applying_params_sets_what_reading_them_gives() {
        let shape = Shape { n_users: 1000, n_items: 500, n_likes: 20_000 };
        for source in Source::ALL {
            let params = params(source, shape);
            let mut config = Config::default();
            for place in [0.1, 0.9] {
                let values = values_at(&params, &vec![place; params.len()]);
                apply(&params, &values, &mut config);
                for ((name, value), (_, read)) in values.iter().zip(values_of(&params, &config, shape)) {
                    assert!((value / read - 1.0).abs() < 1e-6 || *value == read, "{source:?} {name}: {value} {read}");
                }
            }
        }
    }
}
