//! One number per item in two bytes.

use serde::Serialize;

use super::MAX_VALUE;
use crate::codec::decode_fields;

/// A vector of int16 with one scale: value `n` stands for `n * step`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuantisedValues {
    step: f32,
    values: Vec<i16>,
}

decode_fields!(QuantisedValues { step, values });

impl QuantisedValues {
    /// Rounds values to the nearest step of `largest / 32767`.
    ///
    /// # Panics
    /// If a value is not finite or above [`MAX_VALUE`].
    pub fn quantise(values: &[f32]) -> Self {
        let largest = values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        assert!(values.iter().all(|value| value.abs() <= MAX_VALUE), "a value is not finite");
        let step = if largest > 0.0 { largest / 32767.0 } else { 1.0 };
        QuantisedValues { step, values: values.iter().map(|value| (value / step).round() as i16).collect() }
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One value; 0 beyond the last.
    pub fn get(&self, n: usize) -> f32 {
        self.values.get(n).map_or(0.0, |&value| f32::from(value) * self.step)
    }

    /// Whether the step is 0 to 1e6.
    pub(crate) fn has_valid_step(&self) -> bool {
        (0.0..=MAX_VALUE).contains(&self.step)
    }

    /// Whether a value is below 0.
    pub(crate) fn has_negative(&self) -> bool {
        self.values.iter().any(|&value| value < 0)
    }
}

#[cfg(test)]
impl QuantisedValues {
    /// Ones with any step, as only a broken file holds them.
    pub(crate) fn with_step(step: f32, n: usize) -> Self {
        QuantisedValues { step, values: vec![1; n] }
    }
}
