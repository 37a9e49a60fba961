//! By how much neighbours damp popular items, for profiles of each length: decided when somebody is served, so that
//! trying it takes no training.

use foldin_core::file::FileError;
use foldin_core::{Damping, Model, Source, Strategy};

use super::lengths::{Length, lengths};
use super::routes::WORTHWHILE;
use super::task::ndcg;
use crate::dataset::Dataset;
use crate::evaluate::as_shipped;
use crate::split::HeldOut;

/// The dampings that are tried.
const EIGHTHS: [u8; 6] = [0, 2, 3, 4, 5, 6];

/// Gives the neighbours of a model the dampings that serve held-out users of each length best. A damping takes over
/// from that of shorter profiles where it is better by [`WORTHWHILE`]: less is chance. Neighbours stay as they are where
/// there is nobody to try them on.
///
/// # Errors
/// Where the model cannot be encoded.
pub(super) fn choose_damping(
    model: &mut Model,
    dataset: &Dataset,
    held_out: &[HeldOut],
    seed: u64,
) -> Result<(), FileError> {
    let lengths = lengths(held_out, seed);
    let Some(neighbours) = model.neighbours.as_ref().filter(|_| !lengths.is_empty()) else { return Ok(()) };
    let mut alone = Model::new(model.about.clone(), model.catalogue.clone());
    // One row of figures a damping, one column a length.
    let mut figures = Vec::new();
    for eighths in EIGHTHS {
        let mut tried = neighbours.clone();
        tried.weighting.damping = vec![Damping { from: 0, eighths }];
        alone.neighbours = Some(tried);
        let recommender = as_shipped(&alone)?;
        let strategy = Some(Strategy::Only(Source::Neighbours));
        let at = |length: &Length| ndcg(&recommender, dataset, &length.held_out, strategy);
        figures.push(lengths.iter().map(at).collect::<Vec<f64>>());
    }
    let best = schedule(&lengths.iter().map(|length| length.shown as u32).collect::<Vec<_>>(), &figures);
    model.neighbours.as_mut().expect("it is there").weighting.damping = best;
    Ok(())
}

fn schedule(lengths: &[u32], figures: &[Vec<f64>]) -> Vec<Damping> {
    let mut schedule: Vec<Damping> = Vec::new();
    let mut now = 0;
    for (n, &from) in lengths.iter().enumerate() {
        let best = (0..figures.len()).max_by(|&a, &b| figures[a][n].total_cmp(&figures[b][n])).unwrap_or(0);
        if figures[best][n] > figures[now][n] * (1.0 + WORTHWHILE) {
            now = best;
            schedule.push(Damping { from, eighths: EIGHTHS[best] });
        }
    }
    schedule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damping_takes_over_where_it_is_worth_it() {
        let figures = [
            vec![0.50, 0.400, 0.3, 0.3],
            vec![0.49, 0.403, 0.4, 0.3],
            vec![0.40, 0.390, 0.2, 0.5],
            vec![0.0; 4],
            vec![0.0; 4],
            vec![0.0; 4],
        ];
        let schedule = schedule(&[1, 3, 5, 10], &figures);
        assert_eq!(schedule, [(5, 2), (10, 3)].map(|(from, eighths)| Damping { from, eighths }));
    }
}
