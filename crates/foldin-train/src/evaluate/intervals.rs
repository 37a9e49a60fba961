//! Intervals: how far a mean over users could be off, because these users and no others were asked.
//!
//! Percentile bootstrap (Efron 1979): draw as many users as there are, with replacement; take the mean; do so many
//! times; the middle 95 % of these means are the interval. Cost: `O(resamples * users)`.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::parallel::map_up_to;

/// Resamples that steady the bounds to about a tenth of the interval's width.
pub const RESAMPLES: usize = 1000;

/// The 95 % interval (low, high) of the mean of one figure a user. Of differences between two recommenders it says
/// whether one is better: it is if 0 lies outside. (0, 0) without users or resamples.
///
/// The same seed gives the same interval, on any number of threads.
pub fn interval(per_user: &[f64], seed: u64, resamples: usize) -> (f64, f64) {
    let rows: Vec<[f64; 1]> = per_user.iter().map(|&figure| [figure]).collect();
    intervals_of_ratios(&rows, &vec![1.0; rows.len()], seed, resamples)[0]
}

/// The 95 % intervals of sums over users divided by the sum of the users' weights, `N` at a time. With sums over the
/// events of a user as rows, and their number as weight, these are means over events; users are still drawn as a whole,
/// since the events of one user are no independent witnesses (cluster bootstrap).
///
/// # Panics
/// If there are more or fewer weights than rows.
pub fn intervals_of_ratios<const N: usize>(
    rows: &[[f64; N]],
    weights: &[f64],
    seed: u64,
    resamples: usize,
) -> [(f64, f64); N] {
    assert_eq!(rows.len(), weights.len(), "one weight a row");
    if rows.is_empty() || resamples == 0 {
        return [(0.0, 0.0); N];
    }
    let ratios = map_up_to(resamples, |n| resampled_ratios(rows, weights, seed, n as u64));
    std::array::from_fn(|figure| {
        let mut ratios: Vec<f64> = ratios.iter().map(|ratios| ratios[figure]).collect();
        ratios.sort_unstable_by(f64::total_cmp);
        (quantile(&ratios, 0.025), quantile(&ratios, 0.975))
    })
}

fn resampled_ratios<const N: usize>(rows: &[[f64; N]], weights: &[f64], seed: u64, resample: u64) -> [f64; N] {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    // A stream of its own for each resample: no matter which thread draws it, and when.
    random.set_stream(resample);
    let (mut sums, mut weight) = ([0.0; N], 0.0);
    for _ in 0..rows.len() {
        let user = random.random_range(0..rows.len());
        sums.iter_mut().zip(&rows[user]).for_each(|(sum, figure)| *sum += figure);
        weight += weights[user];
    }
    sums.map(|sum| if weight > 0.0 { sum / weight } else { 0.0 })
}

/// The value below which a share of sorted values lies, interpolated between neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::on_threads;

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[0.0, 1.0, 4.0], 0.5), 1.0);
        assert_eq!(quantile(&[0.0, 1.0, 4.0], 0.75), 2.5);
        assert_eq!(quantile(&[3.0], 0.975), 3.0);
    }

    #[test]
    fn an_interval_is_about_two_standard_errors_to_both_sides() {
        // 400 users, half of them 1, half 0: standard error .5 / sqrt(400) = .025.
        let per_user: Vec<f64> = (0..400).map(|n| f64::from(n % 2)).collect();
        let (low, high) = interval(&per_user, 7, RESAMPLES);
        assert!((low - 0.451).abs() < 0.006 && (high - 0.549).abs() < 0.006, "{low} {high}");
    }

    #[test]
    fn the_seed_alone_decides_whatever_the_number_of_threads() {
        let per_user: Vec<f64> = (0..50).map(f64::from).collect();
        let on = |n_threads| on_threads(n_threads, || interval(&per_user, 3, 200));
        assert_eq!(on(1), on(4));
        assert_ne!(on(1), interval(&per_user, 4, 200));
    }

    #[test]
    fn users_are_drawn_with_all_their_events() {
        // Two users of 1 and of 3 events, all hits of the one and none of the other: the share of hits over both is
        // 1/4, and that of two users drawn with replacement 0, 1/4 or 1.
        let [(low, high)] = intervals_of_ratios(&[[1.0], [0.0]], &[1.0, 3.0], 7, RESAMPLES);
        assert_eq!((low, high), (0.0, 1.0));
        // As many copies of both: between the two, and not around the mean of their shares, 1/2.
        let rows: Vec<[f64; 2]> = (0..400).map(|n| if n % 2 == 0 { [1.0, 1.0] } else { [0.0, 3.0] }).collect();
        let weights: Vec<f64> = (0..400).map(|n| if n % 2 == 0 { 1.0 } else { 3.0 }).collect();
        let [(low, high), all] = intervals_of_ratios(&rows, &weights, 7, RESAMPLES);
        assert!(low > 0.2 && low < 0.25 && high > 0.25 && high < 0.3, "{low} {high}");
        assert_eq!(all, (1.0, 1.0));
    }

    #[test]
    fn equal_users_leave_no_doubt_and_no_users_give_zeros() {
        assert_eq!(interval(&[0.5; 9], 1, RESAMPLES), (0.5, 0.5));
        assert_eq!(interval(&[], 1, RESAMPLES), (0.0, 0.0));
    }
}
