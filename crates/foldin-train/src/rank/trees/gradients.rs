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

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(gradients: &[Gradient], expected: &[(f64, f64)]) {
        assert_eq!(gradients.len(), expected.len());
        for (gradient, expected) in gradients.iter().zip(expected) {
            let differences = [f64::from(gradient.first) - expected.0, f64::from(gradient.second) - expected.1];
            assert!(differences.iter().all(|difference| difference.abs() < 2e-6), "{gradients:?} {expected:?}");
        }
    }

    #[test]
    fn gradients_are_those_of_the_pairs_and_add_up_to_nothing() {
        // The second of three is liked. Beside the first: NDCG changes by 1 - 1/log2(3) = .36907, the scores are 1
        // apart, 1 / (1 + e) = .26894. Beside the third: 1/log2(3) - 1/2 = .13093, 1 / (1 + 1/e) = .73106.
        let pairs: [(f64, f64); 2] =
            [(0.36907 / 1.01 * 0.73106, 0.36907 / 1.01), (0.13093 / 1.01 * 0.26894, 0.13093 / 1.01)];
        let seconds = pairs.map(|pair| 2.0 * 0.196_612 * pair.1);
        let total = 2.0 * (pairs[0].0 + pairs[1].0);
        let scale = (1.0 + total).log2() / total;
        let expected = [
            (pairs[0].0 * scale, seconds[0] * scale),
            (-(pairs[0].0 + pairs[1].0) * scale, (seconds[0] + seconds[1]) * scale),
            (pairs[1].0 * scale, seconds[1] * scale),
        ];
        let gradients = of_group(&[2.0, 1.0, 0.0], &[false, true, false], 10);
        assert_close(&gradients, &expected);
        assert!(gradients.iter().map(|gradient| gradient.first).sum::<f32>().abs() < 1e-6);
    }

    #[test]
    fn pairs_beyond_the_first_count_for_nothing() {
        // Of the first alone: it and each of the two liked ones.
        let gradients = of_group(&[3.0, 2.0, 1.0, 0.0], &[false, true, false, true], 1);
        assert_eq!(gradients[2], Gradient::default());
        assert!(gradients[0].first > 0.0 && gradients[1].first < 0.0 && gradients[3].first < 0.0);
    }

    #[test]
    fn equal_scores_stand_as_given_and_are_not_divided_by_their_distance() {
        let change = 1.0 - 1.0 / 3.0_f64.log2();
        let scale = (1.0 + change).log2() / change;
        let expected = [(0.5 * change * scale, 0.5 * change * scale), (-0.5 * change * scale, 0.5 * change * scale)];
        assert_close(&of_group(&[0.0, -0.0], &[false, true], 10), &expected);
    }

    #[test]
    fn a_group_without_likes_or_of_likes_alone_has_no_gradient() {
        for liked in [false, true] {
            assert_eq!(of_group(&[0.5, 0.25], &[liked; 2], 10), [Gradient::default(); 2]);
        }
    }

    #[test]
    fn groups_do_not_see_each_other() {
        let examples = Examples {
            rows: Vec::new(),
            liked: vec![false, true, true, false, false],
            sizes: vec![2, 3],
            n_relevant: vec![1, 1],
        };
        let scores = [0.3, 0.1, 0.2, 0.9, 0.4];
        let both = gradients(&examples, &scores, 10);
        assert_eq!(both[..2], of_group(&scores[..2], &examples.liked[..2], 10));
        assert_eq!(both[2..], of_group(&scores[2..], &examples.liked[2..], 10));
    }
}
