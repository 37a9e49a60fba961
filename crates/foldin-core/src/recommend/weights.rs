//! Weights of sources that a request gives, on top of what the ranker has learned.
//!
//! ```text
//! score + sum over sources s of (w_s - 1) part_s
//! ```
//!
//! `part_s` is by how much the source moves the score: the score, minus what it would be if the features of the source had
//! their means over all candidates. A weight of 1 leaves a source as the ranker has it, 0 takes its part away, 2 counts it
//! twice. Each weight other than 1 costs one more scoring of the candidates.

use crate::error::RequestError;
use crate::linalg::finite::bounded;
use crate::model::ranker::{FEATURES, Row};
use crate::request::Request;
use crate::source::Source;

/// The weights of a request, and the mean of the candidates' features, from which parts are measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights<'a> {
    of: &'a [(Source, f32)],
    pub mean: &'a Row,
}

impl<'a> Weights<'a> {
    pub(crate) fn new(request: &'a Request, mean: &'a Row) -> Self {
        Weights { of: &request.weights, mean }
    }

    /// Whether every source has the weight that the ranker gives it.
    pub(crate) fn change_nothing(&self) -> bool {
        self.of.iter().all(|&(_, weight)| weight == 1.0)
    }

    /// What is to be multiplied with the part of a source.
    pub(crate) fn of(&self, source: Source) -> f32 {
        self.of.iter().filter(|(other, _)| *other == source).fold(1.0, |all, (_, weight)| all * weight)
    }

    /// The scores of rows by `score`, with these weights.
    pub(crate) fn scores(&self, rows: &[Row], score: &dyn Fn(&[Row]) -> Vec<f32>) -> Vec<f32> {
        let own = score(rows);
        if self.change_nothing() {
            return own;
        }
        let mut scores = own.clone();
        for source in Source::ALL {
            let weight = self.of(source);
            if weight == 1.0 {
                continue;
            }
            let rows: Vec<Row> = rows.iter().map(|row| without(source, row, self.mean)).collect();
            for ((sum, own), without) in scores.iter_mut().zip(&own).zip(score(&rows)) {
                *sum = bounded(*sum + (weight - 1.0) * (own - without));
            }
        }
        scores
    }
}

/// A row whose features of a source have their means.
pub(crate) fn without(source: Source, row: &Row, mean: &Row) -> Row {
    let mut without = *row;
    for (n, _) in FEATURES.iter().enumerate().filter(|(_, feature)| feature.source == Some(source)) {
        without[n] = mean[n];
    }
    without
}

/// # Errors
/// [`RequestError::InvalidValue`] for a weight that is not finite.
pub(crate) fn check(request: &Request) -> Result<(), RequestError> {
    if request.weights.iter().all(|(_, weight)| weight.is_finite()) {
        return Ok(());
    }
    let (value, expected) = ("not a finite number".to_owned(), "a number such as 0, 1 or 2".to_owned());
    Err(RequestError::InvalidValue { what: "a weight", value, expected })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ranker::{N_FEATURES, at};

    #[test]
    fn a_weight_multiplies_the_part_of_its_source() {
        let mut row = [0.0; N_FEATURES];
        let mut mean = row;
        (row[at::FACTORS_SCORE], mean[at::FACTORS_SCORE]) = (0.9, 0.4);
        (row[at::CONTENT_SCORE], mean[at::CONTENT_SCORE]) = (0.2, 0.3);
        let score = |rows: &[Row]| -> Vec<f32> {
            rows.iter().map(|row| 2.0 * row[at::FACTORS_SCORE] + 4.0 * row[at::CONTENT_SCORE]).collect()
        };
        let weighted = |weights: &[(Source, f32)]| {
            let request = Request { weights: weights.to_vec(), ..Request::default() };
            Weights::new(&request, &mean).scores(&[row], &score)[0]
        };
        // 1.8 + 0.8; the parts are 2 (0.9 - 0.4) = 1 and 4 (0.2 - 0.3) = -0.4.
        let near = |a: f32, b: f32| (a - b).abs() < 1e-6;
        assert!(near(weighted(&[]), 2.6));
        assert!(near(weighted(&[(Source::Factors, 0.0)]), 1.6));
        assert!(near(weighted(&[(Source::Factors, 2.0), (Source::Content, 0.0)]), 4.0));
        assert!(near(weighted(&[(Source::Ease, 5.0)]), 2.6));
        assert!(weighted(&[(Source::Factors, f32::MAX)]).is_finite());
    }
}
