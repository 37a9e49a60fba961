//! By how much neighbours damp popular items, for profiles of each length: decided when somebody is served, so that
//! trying it takes no training.

use foldin_core::file::FileError;
use foldin_core::model::{Damping, Eighths, Model};
use foldin_core::{Source, Strategy};

use foldin_data::Dataset;
use foldin_data::split::HeldOut;

use super::task::ndcg;
use crate::evaluate::ShippedModel;

/// Something takes over from something else if it is better by this part: less is chance, and changes nothing for the
/// visitor.
const WORTHWHILE: f64 = 0.01;

/// So many users must have profiles of a length, or it says too little.
const LEAST_USERS: usize = 30;

/// By how many eighths the schedule is shifted, at all lengths alike: a choice of its own at each length would follow the
/// chance of who was held out.
const SHIFTS: [i8; 6] = [0, -2, -1, 1, 2, 3];

/// Profiles of up to so many likes are compared among each other, and so are those that are longer.
const LENGTHS: [usize; 6] = [1, 2, 3, 5, 10, 20];

/// Shifts the dampings of a model's neighbours to where they serve held-out users best, over all lengths of their
/// profiles. They stay as they are where no shift is better by [`WORTHWHILE`], which is chance.
///
/// # Errors
/// Where the model cannot be encoded.
pub(super) fn choose_damping(model: &mut Model, dataset: &Dataset, held_out: &[HeldOut]) -> Result<(), FileError> {
    let Some(neighbours) = &model.neighbours else { return Ok(()) };
    let mut by_length = vec![Vec::new(); LENGTHS.len() + 1];
    for one in held_out {
        by_length[LENGTHS.partition_point(|length| *length < one.shown.len())].push(one.clone());
    }
    by_length.retain(|part: &Vec<HeldOut>| part.len() >= LEAST_USERS);
    if by_length.is_empty() {
        return Ok(());
    }
    let mut alone = Model::new(model.about.clone(), model.catalogue.clone());
    let mut ndcgs = Vec::new();
    for shift in SHIFTS {
        let mut tried = neighbours.clone();
        tried.weighting.damping = shifted(&neighbours.weighting.damping, shift);
        alone.neighbours = Some(tried);
        let shipped = ShippedModel::new(&alone, dataset)?;
        let strategy = Strategy::Only(Source::Neighbours);
        ndcgs.push(by_length.iter().map(|part| ndcg(&shipped, part, strategy)).collect::<Vec<f64>>());
    }
    let damping = shifted(&neighbours.weighting.damping, SHIFTS[best(&ndcgs)]);
    model.neighbours.as_mut().expect("it is there").weighting.damping = damping;
    Ok(())
}

fn shifted(schedule: &[Damping], shift: i8) -> Vec<Damping> {
    let exponent = |one: &Damping| Eighths(one.exponent.0.saturating_add_signed(shift)).min(Eighths::MAX);
    schedule.iter().map(|one| Damping { from: one.from, exponent: exponent(one) }).collect()
}

/// The row whose values are best relative to those of the first, on average over the columns; the first unless another is
/// worth it.
fn best(rows: &[Vec<f64>]) -> usize {
    let beside_first = |row: &Vec<f64>| {
        let ratios = row.iter().zip(&rows[0]).map(|(value, first)| if *first > 0.0 { value / first } else { 1.0 });
        ratios.sum::<f64>() / row.len() as f64
    };
    let ratios: Vec<f64> = rows.iter().map(beside_first).collect();
    let best = (0..ratios.len()).max_by(|&a, &b| ratios[a].total_cmp(&ratios[b])).unwrap_or(0);
    if ratios[best] > 1.0 + WORTHWHILE { best } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_taken_where_it_is_worth_it_over_all_lengths() {
        assert_eq!(best(&[vec![0.5, 0.4, 0.3], vec![0.6, 0.3, 0.3], vec![0.5, 0.42, 0.31]]), 2);
        assert_eq!(best(&[vec![0.5, 0.4], vec![0.502, 0.401]]), 0);
        assert_eq!(best(&[vec![0.0, 0.4], vec![0.1, 0.3]]), 0);
    }

    #[test]
    fn shifts_keep_to_what_a_model_can_hold() {
        let of = |pairs: [(u32, u8); 2]| pairs.map(|(from, n)| Damping { from, exponent: Eighths(n) }).to_vec();
        assert_eq!(shifted(&of([(3, 1), (9, 6)]), -2), of([(3, 0), (9, 4)]));
        assert_eq!(shifted(&of([(3, 1), (9, 15)]), 3), of([(3, 4), (9, 16)]));
    }
}
