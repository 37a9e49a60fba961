//! Which source serves profiles of which length.
//!
//! One source for short profiles and one for long ones, with one place where the second takes over: whatever is finer
//! follows the chance of who was held out.

use foldin_core::{Recommender, Route, Source, Strategy};

use super::lengths::lengths;
use super::task::ndcg;
use crate::dataset::Dataset;
use crate::split::HeldOut;

/// Something takes over from something else if it is better by this part: less is chance, and changes nothing for the
/// visitor.
pub(super) const WORTHWHILE: f64 = 0.01;

/// What is the same for everybody has to be better by this part to serve somebody who has said what they like.
const IMPERSONAL: f64 = 0.1;

/// The routes that serve held-out users best over all lengths that enough of them reach, and with what they are shown
/// in full.
pub(super) fn choose_routes(
    recommender: &Recommender,
    dataset: &Dataset,
    held_out: &[HeldOut],
    threshold: Option<f32>,
    seed: u64,
) -> Vec<Route> {
    // What is rated best cannot be judged where only likes are left of the training part.
    let is_candidate = |source: &Source| *source != Source::TopRated && recommender.model().has(*source);
    let sources: Vec<Source> = Source::ALL.into_iter().filter(is_candidate).collect();
    let lengths = lengths(held_out, threshold, seed);
    let shown: Vec<u32> = lengths.iter().map(|length| length.shown as u32).collect();
    let of_source = |&source: &Source| {
        let handicap = if is_personal(source) { 1.0 } else { 1.0 - IMPERSONAL };
        let figure =
            |held_out: &[HeldOut]| ndcg(recommender, dataset, held_out, Some(Strategy::Only(source))) * handicap;
        lengths.iter().map(|length| figure(&length.held_out)).chain([figure(held_out)]).collect::<Vec<f64>>()
    };
    let figures: Vec<Vec<f64>> = sources.iter().map(of_source).collect();
    best(&shown, &figures).into_iter().map(|(from, place)| Route { from, source: sources[place] }).collect()
}

fn is_personal(source: Source) -> bool {
    !matches!(source, Source::Popular | Source::Recent | Source::TopRated)
}

/// From which length on which row of figures serves; figures are by row and length, with those of whole profiles, which
/// go with the longest, at the end. Every length counts the same, measured by the best figure at it.
fn best(shown: &[u32], figures: &[Vec<f64>]) -> Vec<(u32, usize)> {
    let n_figures = shown.len() + 1;
    let top = |n: usize| figures.iter().map(|row| row[n]).fold(f64::MIN_POSITIVE, f64::max);
    let worth = |row: usize, places: std::ops::Range<usize>| places.map(|n| figures[row][n] / top(n)).sum::<f64>();
    let rows = 0..figures.len();
    // Of equals the first, which is what the order of the sources is for; none where nobody gets what they like.
    let alone = rows.clone().rev().max_by(|&a, &b| worth(a, 0..n_figures).total_cmp(&worth(b, 0..n_figures)));
    let Some(alone) = alone.filter(|&alone| worth(alone, 0..n_figures) > 0.0) else { return Vec::new() };
    let mut routes = vec![(shown.first().copied().unwrap_or(1), alone)];
    let mut most = worth(alone, 0..n_figures) + WORTHWHILE * n_figures as f64;
    for switch in 1..shown.len() {
        for (short, long) in rows.clone().flat_map(|short| rows.clone().map(move |long| (short, long))) {
            let both = worth(short, 0..switch) + worth(long, switch..n_figures);
            if both > most {
                most = both;
                routes = vec![(shown[0], short), (shown[switch], long)];
            }
        }
    }
    routes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_takes_over_from_another_where_that_is_worth_it() {
        let figures = [vec![0.5, 0.5, 0.5, 0.3, 0.3], vec![0.3, 0.4, 0.49, 0.5, 0.5], vec![0.1; 5]];
        assert_eq!(best(&[1, 3, 10, 20], &figures), [(1, 0), (20, 1)]);
    }

    #[test]
    fn a_little_better_at_some_length_is_chance() {
        let figures = [vec![0.500, 0.40, 0.50, 0.5], vec![0.503, 0.39, 0.49, 0.5]];
        assert_eq!(best(&[1, 3, 10], &figures), [(1, 0)]);
        // Ups and downs between lengths do not lead to more than one change.
        let figures = [vec![0.5, 0.4, 0.5, 0.4, 0.5], vec![0.4, 0.5, 0.4, 0.5, 0.4]];
        assert!(best(&[1, 2, 3, 5], &figures).len() <= 2);
    }

    #[test]
    fn where_no_length_is_reached_whole_profiles_decide() {
        assert_eq!(best(&[], &[vec![0.1], vec![0.2]]), [(1, 1)]);
        assert_eq!(best(&[], &[]), []);
    }

    #[test]
    fn equals_go_to_the_first_and_zeros_to_nobody() {
        assert_eq!(best(&[1], &[vec![0.2, 0.2], vec![0.2, 0.2]]), [(1, 0)]);
        assert_eq!(best(&[1], &[vec![0.0, 0.0], vec![0.0, 0.0]]), []);
    }
}
