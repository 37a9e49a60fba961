//! Intervals: how far a mean over users could be off, because these users and no others were asked.
//!
//! Percentile bootstrap (Efron 1979): draw as many users as there are, with replacement; take the mean; do so many
//! times; the middle 95 % of these means are the interval. Cost: `O(resamples * users)`.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Resamples that steady the bounds to about a tenth of the interval's width.
pub const RESAMPLES: usize = 1000;

/// The 95 % interval (low, high) of the mean of one figure a user. Of differences between two recommenders it says
/// whether one is better: it is if 0 lies outside. (0, 0) without users or resamples.
///
/// The same seed gives the same interval, on any number of threads.
pub fn interval(per_user: &[f64], seed: u64, resamples: usize) -> (f64, f64) {
    if per_user.is_empty() || resamples == 0 {
        return (0.0, 0.0);
    }
    let mut means: Vec<f64> =
        (0..resamples as u64).into_par_iter().map(|n| resampled_mean(per_user, seed, n)).collect();
    means.sort_unstable_by(f64::total_cmp);
    (quantile(&means, 0.025), quantile(&means, 0.975))
}

fn resampled_mean(per_user: &[f64], seed: u64, resample: u64) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    // A stream of its own for each resample: no matter which thread draws it, and when.
    random.set_stream(resample);
    let n = per_user.len();
    (0..n).map(|_| per_user[random.random_range(0..n)]).sum::<f64>() / n as f64
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
        let on = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            pool.install(|| interval(&per_user, 3, 200))
        };
        assert_eq!(on(1), on(4));
        assert_ne!(on(1), interval(&per_user, 4, 200));
    }

    #[test]
    fn equal_users_leave_no_doubt_and_no_users_give_zeros() {
        assert_eq!(interval(&[0.5; 9], 1, RESAMPLES), (0.5, 0.5));
        assert_eq!(interval(&[], 1, RESAMPLES), (0.0, 0.0));
    }
}
