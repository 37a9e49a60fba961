//! Paired comparison: whether one system is better than another for the same users.
//!
//! The difference is taken user by user, and the interval is that of the mean difference (paired bootstrap). What makes a
//! user easy or hard for both falls out, so that this tells far smaller differences apart than two intervals side by
//! side do. Cost: that of one interval.

use super::intervals::{RESAMPLES, interval};
use super::measure::Measured;
use super::metric::Metric;
use crate::artefacts::Comparison;

/// Compares two systems by a metric that every user has; `None` where [`Measured::per_user`] gives `None`.
///
/// # Panics
/// If the two were measured on different numbers of users.
pub fn compare(first: &Measured, second: &Measured, metric: Metric, k: usize, seed: u64) -> Option<Comparison> {
    let (first, second) = (first.per_user(metric, k)?, second.per_user(metric, k)?);
    assert_eq!(first.len(), second.len(), "both systems have the same users");
    let differences: Vec<f64> = first.iter().zip(&second).map(|(first, second)| first - second).collect();
    let (low, high) = interval(&differences, seed, RESAMPLES);
    let n = differences.len().max(1) as f64;
    let share = |is: fn(&f64) -> bool| differences.iter().filter(|&difference| is(difference)).count() as f64 / n;
    Some(Comparison {
        metric: metric.at(k),
        difference: differences.iter().sum::<f64>() / n,
        low,
        high,
        users: differences.len(),
        better: share(|&difference| difference > 0.0),
        worse: share(|&difference| difference < 0.0),
        equal: share(|&difference| difference == 0.0),
    })
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemNo;
    use foldin_fixtures::held_out;

    use super::*;
    use crate::evaluate::{ItemFacts, measure};

    /// Metrics of users who like item 0 and find it at these ranks, or not at all.
    fn at_ranks(ranks: &[Option<u32>]) -> Measured {
        let list = |rank: &Option<u32>| (0..10).map(|n| ItemNo(if Some(n + 1) == *rank { 0 } else { n + 1 })).collect();
        let lists: Vec<Vec<ItemNo>> = ranks.iter().map(list).collect();
        let facts = ItemFacts {
            likes: vec![1; 11],
            most_popular: (0..11).map(ItemNo).collect(),
            n_users: 2,
            about: vec![vec![]; 11],
        };
        measure(&lists, &vec![held_out(0, &[], &[0]); ranks.len()], &facts)
    }

    #[test]
    fn differences_are_counted_user_by_user() {
        let first = at_ranks(&[Some(1), Some(2), None, Some(1)]);
        let second = at_ranks(&[Some(2), Some(2), Some(4), None]);
        let one = compare(&first, &second, Metric::Mrr, 10, 7).unwrap();
        // .5, 0, -.25 and 1.
        assert_eq!((one.difference, one.better, one.worse, one.equal), (1.25 / 4.0, 0.5, 0.25, 0.25));
        assert_eq!((one.users, one.metric.as_str()), (4, "mrr@10"));
        assert_eq!((one.low, one.high), interval(&[0.5, 0.0, -0.25, 1.0], 7, RESAMPLES));
        assert!(one.low < 0.0 && one.high > 0.0);
        assert_eq!(compare(&first, &second, Metric::Coverage, 10, 7), None);
    }

    #[test]
    fn a_small_difference_that_all_users_share_is_clear_though_users_differ_widely() {
        let ranks =
            |better: u32| (0..50).flat_map(|n| [Some(3 - better), (n % 2 == 0).then_some(1)]).collect::<Vec<_>>();
        let (first, second) = (at_ranks(&ranks(1)), at_ranks(&ranks(0)));
        let one = compare(&first, &second, Metric::Mrr, 10, 7).unwrap();
        assert!((one.difference - 1.0 / 12.0).abs() < 1e-12);
        // Side by side the intervals overlap; in pairs there is no doubt.
        assert!(
            first.intervals(7).get(Metric::Mrr, 10).unwrap().0 < second.intervals(7).get(Metric::Mrr, 10).unwrap().1
        );
        assert!(one.low > 0.0);
        assert!(compare(&second, &first, Metric::Mrr, 10, 7).unwrap().high < 0.0);
        let same = compare(&first, &first, Metric::Mrr, 10, 7).unwrap();
        assert_eq!((same.difference, same.equal), (0.0, 1.0));
    }
}
