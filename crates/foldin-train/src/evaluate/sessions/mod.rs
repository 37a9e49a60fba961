//! Sessions: how often a page that is read next is among the six that are shown, after one, two and three views.
//!
//! Where events have an order, the page right after the shown ones is asked for; where they have none, any of the
//! others. What the model recommends is measured beside methods that need no model ([`Baseline`]), on the same sessions.
//!
//! Cost: one list a session, system and length.

mod baselines;

use foldin_core::{Source, Strategy};
use foldin_data::split::{HeldOut, Shown};
use foldin_data::{Events, ItemNo};

pub use self::baselines::Baseline;
use self::baselines::History;
use super::EvaluateError;
use super::intervals::{RESAMPLES, interval};
use super::shipped::{ShippedModel, items_of};
use super::systems::System;
use crate::artefacts::{Estimate, SessionPoint, SessionSystem};
use crate::learn::sequence::has_order;

/// How many pages are shown.
pub const SHOWN: usize = 6;

/// After so many views it is asked.
pub const SESSION_LENGTHS: [usize; 3] = [1, 2, 3];

/// Measures a model on held-out sessions, beside every source alone and every [`Baseline`]. `train` is what the model was
/// learned from.
///
/// # Errors
/// [`EvaluateError`]: the recommender refuses a request.
pub fn session_curve(
    model: &ShippedModel<'_>,
    train: &Events,
    held_out: &[HeldOut],
    seed: u64,
) -> Result<Vec<SessionPoint>, EvaluateError> {
    let history = History::new(train, model.dataset());
    let is_ordered = has_order(train);
    let mut points = Vec::new();
    for shown in SESSION_LENGTHS {
        let cut: Vec<HeldOut> = held_out.iter().filter_map(|one| cut(one, shown, is_ordered)).collect();
        if cut.is_empty() {
            continue;
        }
        let mut systems = Vec::new();
        for system in System::all(model.recommender().model()) {
            let System::Only(strategy) = system else { continue };
            // Popular pages are among the baselines, where no floor hides rare ones.
            if strategy != Strategy::Only(Source::Popular) {
                let lists = items_of(&model.recommend_all(&cut, strategy, SHOWN)?);
                systems.push(measured(system.name(), &lists, &cut, seed));
            }
        }
        for baseline in Baseline::ALL {
            let of = |one: &HeldOut| {
                history.list(baseline, &one.shown.iter().map(|shown| shown.item).collect::<Vec<_>>(), SHOWN)
            };
            let lists: Vec<Vec<ItemNo>> = cut.iter().map(of).collect();
            systems.push(measured(baseline.name(), &lists, &cut, seed));
        }
        points.push(SessionPoint { shown: shown as u16, sessions: cut.len(), systems });
    }
    Ok(points)
}

/// A session of which so many views are shown; `None` if it has no more.
fn cut(one: &HeldOut, n_shown: usize, is_ordered: bool) -> Option<HeldOut> {
    let items: Vec<ItemNo> = one.items().collect();
    let rest = items.get(n_shown..).filter(|rest| !rest.is_empty())?;
    let relevant = if is_ordered { &rest[..1] } else { rest };
    let rating = one.shown.first().map_or(1.0, |shown| shown.rating);
    let shown = items[..n_shown].iter().map(|&item| Shown { item, rating }).collect();
    Some(HeldOut { user: one.user, shown, relevant: relevant.to_vec() })
}

fn measured(name: &str, lists: &[Vec<ItemNo>], sessions: &[HeldOut], seed: u64) -> SessionSystem {
    let rank = |(list, one): (&Vec<ItemNo>, &HeldOut)| {
        list.iter().take(SHOWN).position(|item| one.relevant.contains(item)).map(|place| place + 1)
    };
    let ranks: Vec<Option<usize>> = lists.iter().zip(sessions).map(rank).collect();
    let estimate = |of: &dyn Fn(usize) -> f64| {
        let values: Vec<f64> = ranks.iter().map(|rank| rank.map_or(0.0, of)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Estimate::new(mean, Some(interval(&values, seed, RESAMPLES)))
    };
    SessionSystem { name: name.to_owned(), hit: estimate(&|_| 1.0), mrr: estimate(&|rank| 1.0 / rank as f64) }
}
