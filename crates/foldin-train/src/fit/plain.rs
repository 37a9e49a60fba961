//! Events of a training as plain data, for callbacks in other languages: each serialises as an object whose `type` says
//! what happened.

use std::collections::BTreeMap;

use foldin_core::model::Model;
use serde::Serialize;

use super::events::{Event, LearnedFrom, NotSearched, Phase};
use crate::artefacts::MetricsSummary;
use crate::tune::{SearchState, Trial};

/// An [`Event`] as plain data.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
#[allow(missing_docs, reason = "variants and fields are those of `Event`")]
pub enum PlainEvent<'a> {
    Phase {
        phase: &'static str,
    },
    NotHeldOut {
        why: String,
    },
    NotSearched {
        why: &'static str,
    },
    SearchStarted {
        users: usize,
    },
    Trial {
        source: &'static str,
        number: usize,
        ndcg: Option<f64>,
        values: BTreeMap<&'static str, f64>,
        sources: Vec<PlainSearchState>,
    },
    Searched {
        sources: Vec<PlainSearchState>,
    },
    Step {
        phase: &'static str,
        done: usize,
        of: usize,
    },
    Learned {
        from: &'static str,
        likes: u64,
        users: u64,
        items: usize,
        factors: usize,
    },
    Ranked {
        profiles: usize,
        blend: bool,
        trees: usize,
    },
    MeasuringStarted {
        users: usize,
    },
    Measured {
        metrics: &'a MetricsSummary,
    },
    RatingsMeasured {
        rmse: f64,
        ratings: usize,
    },
    Mapped {
        items: usize,
    },
}

/// How far the search of one source has come.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlainSearchState {
    source: &'static str,
    trials: usize,
    is_active: bool,
    at_start: Option<f64>,
    best: Option<f64>,
}

impl<'a> PlainEvent<'a> {
    /// An event in a phase; `None` for one that callbacks are not told of.
    pub fn new(event: &Event<'a>, phase: Option<Phase>) -> Option<Self> {
        let phase = phase.unwrap_or(Phase::Learning).name();
        Some(match *event {
            Event::Started(phase) => PlainEvent::Phase { phase: phase.name() },
            Event::NotHeldOut(error) => PlainEvent::NotHeldOut { why: error.to_string() },
            Event::NotSearched(why) => PlainEvent::NotSearched {
                why: match why {
                    NotSearched::Disabled => "disabled",
                    NotSearched::TooFewUsers => "too-few-users",
                },
            },
            Event::SearchStarted { users } => PlainEvent::SearchStarted { users },
            Event::Trial { trial, states } => of_trial(trial, states),
            Event::Searched { states } => PlainEvent::Searched { sources: searched(states) },
            Event::Learning { done, of } | Event::Ranking { done, of } | Event::Asked { done, of } => {
                PlainEvent::Step { phase, done, of }
            }
            Event::Learned { model, from } => learned(model, from),
            Event::Ranked { ranker, profiles } => PlainEvent::Ranked {
                profiles,
                blend: ranker.is_some(),
                trees: ranker.and_then(|ranker| ranker.trees.as_ref()).map_or(0, |trees| trees.len()),
            },
            Event::MeasuringStarted { users } => PlainEvent::MeasuringStarted { users },
            Event::Measured(metrics) => PlainEvent::Measured { metrics },
            Event::RatingsMeasured { metrics, ratings } => {
                PlainEvent::RatingsMeasured { rmse: metrics.foldin.rmse, ratings }
            }
            Event::RatingsNotMeasured(_) => return None,
            Event::Mapped { items } => PlainEvent::Mapped { items },
        })
    }
}

fn searched(states: &[SearchState]) -> Vec<PlainSearchState> {
    let of = |state: &SearchState| PlainSearchState {
        source: state.source.name(),
        trials: state.n_trials,
        is_active: state.is_active,
        at_start: state.at_start,
        best: state.best.ndcg,
    };
    states.iter().map(of).collect()
}

fn of_trial<'a>(trial: &Trial, states: &[SearchState]) -> PlainEvent<'a> {
    let Trial { source, number, ndcg, values } = trial;
    PlainEvent::Trial {
        source: source.name(),
        number: *number,
        ndcg: *ndcg,
        values: values.iter().copied().collect(),
        sources: searched(states),
    }
}

fn learned<'a>(model: &Model, from: LearnedFrom) -> PlainEvent<'a> {
    PlainEvent::Learned {
        from: match from {
            LearnedFrom::Everything => "everything",
            LearnedFrom::TrainingPart => "training-part",
        },
        likes: model.about.n_likes,
        users: model.about.n_users,
        items: model.catalogue.len(),
        factors: model.factors.as_ref().map_or(0, |factors| factors.rows.n_cols()),
    }
}
