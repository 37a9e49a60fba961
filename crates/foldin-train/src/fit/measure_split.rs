//! Everything that is measured of a model by one protocol: systems, the cold-start curve, sessions, and the price of
//! diversity where it is asked for.

use foldin_core::model::Model;
use foldin_data::Dataset;
use foldin_data::split::{ColdStart, Protocol};

use super::FitError;
use crate::artefacts::MetricsFile;
use crate::cancel::Cancelled;
use crate::evaluate::{
    Evaluation, Heading, ItemFacts, Measured, ShippedModel, System, SystemResult, cold_curve, diversity_curve,
    lists_of_curve, lists_of_diversity, measure_systems, metrics_file, session_curve,
};

/// Whom to measure on, and under which heading.
#[derive(Debug, Clone, Copy)]
pub struct HeldOutTask<'a> {
    /// The data set.
    pub dataset: &'a Dataset,
    /// Its split, with the points of the cold-start curve, as far as there are any.
    pub start: &'a ColdStart,
    /// The heading, which names the part to measure on.
    pub heading: &'a Heading,
}

/// Measures systems on the held-out users of a task, with a model that was learned from its training part. `progress` is
/// called with the lists done and the lists in all, and may cancel.
///
/// # Errors
/// [`FitError`].
pub fn measure_split(
    model: &Model,
    HeldOutTask { dataset, start, heading }: HeldOutTask<'_>,
    facts: &ItemFacts,
    systems: &[System],
    with_diversity: bool,
    mut progress: impl FnMut(usize, usize) -> Result<(), Cancelled>,
) -> Result<(Vec<SystemResult>, MetricsFile), FitError> {
    let model = ShippedModel::new(model, dataset)?;
    let held_out = start.full.part(heading.part);
    let points = start.points(heading.part);
    let n_full = held_out.len() * systems.len();
    let n_curve = lists_of_curve(&points, systems);
    let n_diversity = if with_diversity { lists_of_diversity(held_out) } else { 0 };
    let mut set = |done: usize| progress(done, n_full + n_curve + n_diversity);
    let evaluation = Evaluation::new(&model, held_out, facts, heading.seed);
    let results = measure_systems(&evaluation, systems, &mut set)?;
    let cold = cold_curve(&evaluation, &points, systems, |done| set(n_full + done))?;
    let named: Vec<(&str, &Measured)> = results.iter().map(|one| (one.system.name(), &one.measured)).collect();
    let mut file = metrics_file(heading, &named, cold);
    if heading.protocol == Protocol::Sessions.to_string() {
        file.sessions = session_curve(&model, &start.full.train, held_out, heading.seed)?;
    }
    if with_diversity {
        file.diversity = diversity_curve(&evaluation, |done| set(n_full + n_curve + done))?;
    }
    Ok((results, file))
}
