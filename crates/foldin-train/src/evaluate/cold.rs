//! The cold-start curve: NDCG@10 for visitors of whom one like is known, three, five and so on.
//!
//! All points are measured on the same held-out users, of those who have enough likes, and from one training
//! ([`cold_start`](foldin_data::split::cold_start)).

use foldin_data::split::HeldOut;

use super::EvaluateError;
use super::intervals::{RESAMPLES, interval};
use super::measure::Measured;
use super::metric::Metric;
use super::systems::{Evaluation, System, measure_systems};
use crate::artefacts::{ColdPoint, Estimate, NamedEstimate};
use crate::cancel::Cancelled;

/// The numbers of shown likes that a curve is made of.
pub const COLD_LENGTHS: [u16; 5] = [1, 3, 5, 10, 20];

/// The cutoff of the curve. Lists need not be longer.
const K: usize = 10;

/// The points of the curve, each a number of shown likes with its users, for several systems; `progress` as in
/// [`measure_systems`], over all points. `evaluation` says what to ask, except for the users and the length of lists.
///
/// # Errors
/// As [`measure_systems`].
pub fn cold_curve(
    evaluation: &Evaluation<'_>,
    points: &[(u16, &[HeldOut])],
    systems: &[System],
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Vec<ColdPoint>, EvaluateError> {
    let mut done = 0;
    let mut curve = Vec::new();
    for &(shown, held_out) in points {
        let at_point = Evaluation { k: K, held_out, ..*evaluation };
        let results = measure_systems(&at_point, systems, |n| progress(done + n))?;
        done += held_out.len() * systems.len();
        let named = |one: &super::SystemResult| NamedEstimate {
            name: one.system.name().to_owned(),
            ndcg_at_10: ndcg_at_10(&one.measured, evaluation.seed),
        };
        curve.push(ColdPoint { shown, users: held_out.len(), systems: results.iter().map(named).collect() });
    }
    Ok(curve)
}

/// How many lists a curve takes, for progress.
pub fn lists_of_curve(points: &[(u16, &[HeldOut])], systems: &[System]) -> usize {
    points.iter().map(|(_, held_out)| held_out.len() * systems.len()).sum()
}

/// NDCG@10 with its interval.
pub(super) fn ndcg_at_10(measured: &Measured, seed: u64) -> Estimate {
    let per_user = measured.per_user(Metric::Ndcg, K).expect("10 is a cutoff, and users have this metric");
    let mean = measured.metrics.get(Metric::Ndcg, K).expect("10 is a cutoff");
    Estimate::new(mean, Some(interval(&per_user, seed, RESAMPLES)))
}
