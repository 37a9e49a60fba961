//! The section about predicted stars.

use foldin_train::artefacts::{RatingErrors, RatingMetrics};
use foldin_train::evaluate::FOLDIN;

use super::super::prose;
use super::dots;
use crate::chart::Row;
use crate::page::{Block, Section};

pub(super) fn section(ratings: &RatingMetrics) -> Section {
    let rmse = prose::rating_errors(ratings);
    let mae = "Mean absolute error. Lower is better.".to_owned();
    let blocks = vec![
        errors("stars-rmse", "RMSE", rmse, ratings, |errors| errors.rmse),
        errors("stars-mae", "MAE", mae, ratings, |errors| errors.mae),
    ];
    Section::new("stars", "Stars", blocks)
}

fn errors(id: &str, name: &str, caption: String, ratings: &RatingMetrics, value_of: fn(&RatingErrors) -> f64) -> Block {
    let ours = std::iter::once((FOLDIN.name(), &ratings.foldin));
    let all = ours.chain(ratings.baselines.iter().map(|(name, errors)| (name.as_str(), errors)));
    let row = |(name, errors): (&str, &RatingErrors)| Row {
        name: name.to_owned(),
        value: value_of(errors),
        interval: None,
        is_marked: name == FOLDIN.name(),
    };
    Block::chart(id, format!("{name} of predicted stars"), caption, dots(name.to_owned(), all.map(row).collect()))
}
