//! Gradients of LambdaRank (Burges 2010): what a change of each candidate's score does to NDCG.
//!
//! Every pair of a liked and another candidate, at least one of them among the first `top`, adds the gradient of its
//! logistic loss, weighted by the change of NDCG if the two changed places. As in XGBoost's `rank:ndcg`, the weight is
//! divided by the distance of the two scores, and the sum of a group is reduced to its logarithm.

use std::ops::Range;

use crate::parallel::map_chunks;
use crate::rank::Examples;

/// So many groups are worked on at a time.
const BLOCK: usize = 32;

/// First and second derivative of the loss by one score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Gradient {
    pub(super) first: f32,
    pub(super) second: f32,
}

/// The gradient of every row, `O(groups * top * candidates)`.
pub(super) fn gradients(examples: &Examples, scores: &[f32], top: usize) -> Vec<Gradient> {
    let groups: Vec<Range<usize>> = examples.groups().collect();
    let of_block = |_, groups: &[Range<usize>]| -> Vec<Gradient> {
        let of_group = |range: &Range<usize>| of_group(&scores[range.clone()], &examples.liked[range.clone()], top);
        groups.iter().flat_map(of_group).collect()
    };
    map_chunks(&groups, BLOCK, of_block).concat()
}

/// The gradients of one group.
fn of_group(scores: &[f32], liked: &[bool], top: usize) -> Vec<Gradient> {
    let mut gradients = vec![Gradient::default(); scores.len()];
    let mut order: Vec<usize> = (0..scores.len()).collect();
    // Not by total order: 0 and -0 are equals, which stand as given.
    order.sort_by(|&a, &b| scores[b].partial_cmp(&scores[a]).expect("scores are numbers"));
    let (liked_places, other_places): (Vec<usize>, Vec<usize>) =
        (0..order.len()).partition(|&place| liked[order[place]]);
    if liked_places.is_empty() || other_places.is_empty() {
        return gradients;
    }
    let discounts: Vec<f64> = (0..order.len()).map(|place| 1.0 / ((place + 2) as f64).log2()).collect();
    let ideal: f64 = discounts.iter().take(top.min(liked_places.len())).sum();
    let differ = scores[order[0]] != scores[order[order.len() - 1]];
    let mut total = 0.0;
    for (place, &row) in order.iter().enumerate().take(top) {
        let opposite = if liked[row] { &other_places } else { &liked_places };
        for &other_place in &opposite[opposite.partition_point(|&other| other < place)..] {
            let other = order[other_place];
            let (up, down) = if liked[row] { (row, other) } else { (other, row) };
            let difference = scores[up] - scores[down];
            let mut weight = (discounts[place] - discounts[other_place]) / ideal;
            if differ {
                weight /= f64::from(difference.abs()) + 0.01;
            }
            let chance = f64::from(1.0 / (1.0 + (-difference).exp()));
            let first = ((chance - 1.0) * weight) as f32;
            let second = (2.0 * (chance * (1.0 - chance)).max(1e-16) * weight) as f32;
            gradients[up].first += first;
            gradients[down].first -= first;
            gradients[up].second += second;
            gradients[down].second += second;
            total -= 2.0 * f64::from(first);
        }
    }
    if total > 0.0 {
        let scale = ((1.0 + total).log2() / total) as f32;
        for gradient in &mut gradients {
            gradient.first *= scale;
            gradient.second *= scale;
        }
    }
    gradients
}
