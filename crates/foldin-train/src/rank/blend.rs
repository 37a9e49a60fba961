//! The linear part of a ranker: weights of features, by the gradients of LambdaRank (Burges 2010).
//!
//! Of every pair of candidates of one profile, a liked one `i` and another `j`, weights move by the gradient of
//! `ln(1 + exp(s_j - s_i))`, times what NDCG would change by if the two changed places. So the first places, which are
//! what NDCG is about, are what is learned. Profiles of which many candidates are liked have many more pairs than others;
//! what one of them moves is taken down to the logarithm of it. Adam (Kingma and Ba 2015) takes the steps.

use std::ops::Range;

use foldin_core::model::ranker::{BLEND_LENGTHS, Blend, FEATURES, N_FEATURES};

use super::Examples;
use crate::parallel::map_chunks;

/// How many steps, and how large the first is; later ones become smaller.
const STEPS: usize = 60;
const RATE: f32 = 0.08;

/// The cutoff of the NDCG.
const TOP: usize = 20;

/// Strength of the pull towards the mixture, for features that vary by 1, times the number of profiles: what few of them
/// say is mostly chance.
const RIDGE: f32 = 20.0;

/// More profiles than this say nothing new of so few weights.
const ENOUGH_PROFILES: usize = 2000;

const N_LENGTHS: usize = BLEND_LENGTHS.len();

type Row = [f32; N_FEATURES];

/// Those of each length.
type Weights = [Row; N_LENGTHS];

const ZERO: Weights = [[0.0; N_FEATURES]; N_LENGTHS];

/// Learns the weights of all features, from those of a mixture on.
pub(super) fn blend(examples: &Examples, mixture: &Blend) -> Blend {
    let groups = examples.some_groups(ENOUGH_PROFILES);
    let scale = scales(examples, &groups);
    let ridge = RIDGE / groups.len().max(1) as f32;
    let prior = unscaled(mixture, &scale);
    let (mut weights, mut first, mut second) = (prior, ZERO, ZERO);
    for step in 0..STEPS {
        let gradient = gradient(examples, &groups, &scale, &weights);
        let rate = RATE * (1.0 - step as f32 / STEPS as f32);
        let bias = |beta: f32| 1.0 - beta.powi(step as i32 + 1);
        for (part, n) in (0..N_LENGTHS).flat_map(|part| (0..N_FEATURES).map(move |n| (part, n))) {
            let slope = gradient[part][n] + ridge * (weights[part][n] - prior[part][n]);
            first[part][n] = 0.9 * first[part][n] + 0.1 * slope;
            second[part][n] = 0.99 * second[part][n] + 0.01 * slope * slope;
            weights[part][n] -= rate * (first[part][n] / bias(0.9)) / ((second[part][n] / bias(0.99)).sqrt() + 1e-8);
        }
    }
    let scaled = |weights: Row| weights.iter().zip(&scale).map(|(weight, scale)| weight * scale).collect();
    Blend { weights: weights.map(scaled) }
}

/// The weights of a blend for features that vary by 1.
fn unscaled(blend: &Blend, scale: &Row) -> Weights {
    std::array::from_fn(|length| {
        std::array::from_fn(|n| match scale[n] {
            0.0 => 0.0,
            scale => blend.weights[length][n] / scale,
        })
    })
}

/// What makes every feature vary by 1; 0 for those that are the same for all candidates of a profile, which move none
/// of them.
fn scales(examples: &Examples, groups: &[(Range<usize>, usize)]) -> Row {
    let rows = || groups.iter().flat_map(|(range, _)| &examples.rows[range.clone()]);
    let n_rows = rows().count().max(1) as f64;
    let mut scale = [0.0; N_FEATURES];
    for n in (0..N_FEATURES).filter(|&n| FEATURES[n].source.is_some()) {
        let mean = rows().map(|row| f64::from(row[n])).sum::<f64>() / n_rows;
        let spread = (rows().map(|row| (f64::from(row[n]) - mean).powi(2)).sum::<f64>() / n_rows).sqrt();
        scale[n] = if spread > 1e-9 { (1.0 / spread) as f32 } else { 0.0 };
    }
    scale
}

fn gradient(examples: &Examples, groups: &[(Range<usize>, usize)], scale: &Row, weights: &Weights) -> Weights {
    let of_group = |(range, n_relevant): &(Range<usize>, usize)| {
        let rows = &examples.rows[range.clone()];
        let (length, part) = Blend::place(&rows[0]);
        let mut effective = [0.0; N_FEATURES];
        for n in 0..N_FEATURES {
            effective[n] = scale[n] * ((1.0 - part) * weights[length][n] + part * weights[length + 1][n]);
        }
        let scores: Vec<f32> =
            rows.iter().map(|row| row.iter().zip(&effective).map(|(x, w)| x * w).sum::<f32>()).collect();
        let pulls = pulls(&scores, &examples.liked[range.clone()], *n_relevant);
        let mut sum = [0.0; N_FEATURES];
        for (row, pull) in rows.iter().zip(&pulls).filter(|(_, pull)| **pull != 0.0) {
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum -= pull * x);
        }
        let mut gradient = ZERO;
        for n in 0..N_FEATURES {
            gradient[length][n] = (1.0 - part) * sum[n] * scale[n];
            gradient[length + 1][n] = part * sum[n] * scale[n];
        }
        gradient
    };
    let add = |mut sum: Weights, other: Weights| {
        sum.as_flattened_mut().iter_mut().zip(other.as_flattened()).for_each(|(sum, other)| *sum += other);
        sum
    };
    // Summed in the order of the groups, whichever thread was first.
    let chunks: Vec<Weights> = map_chunks(groups, 64, |_, groups| groups.iter().map(of_group).fold(ZERO, add));
    let mut gradient = chunks.into_iter().fold(ZERO, add);
    gradient.as_flattened_mut().iter_mut().for_each(|sum| *sum /= groups.len().max(1) as f32);
    gradient
}

/// By how much each candidate's score is to rise.
fn pulls(scores: &[f32], liked: &[bool], n_relevant: usize) -> Vec<f32> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    let best_first = |a: &usize, b: &usize| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b));
    // Beyond the first places the order does not matter.
    if order.len() > TOP {
        order.select_nth_unstable_by(TOP - 1, best_first);
    }
    let n_first = TOP.min(order.len());
    order[..n_first].sort_unstable_by(best_first);
    let discount = |place: usize| if place < TOP { 1.0 / ((place + 2) as f32).log2() } else { 0.0 };
    let ideal: f32 = (0..TOP.min(n_relevant)).map(discount).sum();
    let mut pulls = vec![0.0; scores.len()];
    // Whoever is among the first meets everybody; beyond them nothing changes.
    for (place, &one) in order.iter().enumerate().take(TOP) {
        for (other_place, &other) in order.iter().enumerate().skip(place + 1) {
            if liked[one] != liked[other] {
                let gain = (discount(place) - discount(other_place)) / ideal;
                let (up, down) = if liked[one] { (one, other) } else { (other, one) };
                let pull = gain / (1.0 + (scores[up] - scores[down]).exp());
                pulls[up] += pull;
                pulls[down] -= pull;
            }
        }
    }
    let total: f32 = pulls.iter().map(|pull| pull.abs()).sum();
    if total > 0.0 {
        pulls.iter_mut().for_each(|pull| *pull *= (1.0 + total).log2() / total);
    }
    pulls
}

#[cfg(test)]
mod tests {
    use foldin_core::model::Ranker;

    use super::*;
    use crate::parallel::on_threads;
    use crate::rank::tests::of_two_kinds;

    #[test]
    fn weights_are_those_of_what_decides_at_each_length() {
        let (examples, others) = (of_two_kinds(300), of_two_kinds(401));
        let blend = blend(&examples, &Blend::default());
        let [short, _, long, _] = &blend.weights;
        assert!(short[1] > 2.0 * short[4].abs() && long[4] > 2.0 * long[1].abs(), "{short:?} {long:?}");
        let ndcg = others.ndcg(&Ranker { blend, trees: None }.scores(&others.rows), 10);
        assert!(ndcg > 0.95, "{ndcg}");
    }

    #[test]
    fn the_same_examples_give_the_same_weights_on_any_number_of_threads() {
        let examples = of_two_kinds(200);
        let on = |n| on_threads(n, || blend(&examples, &Blend::default()));
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn pulls_are_gradients_of_the_pairs_and_add_up_to_nothing() {
        // Two candidates of equal score, the second liked: it gains 1 - 1/log2(3) by changing places.
        let pulls = pulls(&[0.0, 0.0], &[false, true], 1);
        let pull = (1.0 - 1.0 / 3.0_f32.log2()) / 2.0;
        let scaled = pull * (1.0 + 2.0 * pull).log2() / (2.0 * pull);
        assert!((pulls[1] - scaled).abs() < 1e-6 && (pulls[0] + scaled).abs() < 1e-6, "{pulls:?}");
    }
}
