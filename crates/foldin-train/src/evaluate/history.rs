//! Accuracy by history length: whether a recommender serves newcomers or only those it knows well.

use super::measure::Measured;
use super::metric::Metric;
use crate::artefacts::{HistoryBucket, HistoryMetrics};

/// Shown items, from and to. Nobody with a history is left out.
const LENGTHS: [(usize, Option<usize>); 7] =
    [(0, Some(0)), (1, Some(4)), (5, Some(9)), (10, Some(19)), (20, Some(49)), (50, Some(99)), (100, None)];

/// Breaks metrics down by history length, short histories first. Buckets without users are left out.
pub fn by_history(measured: &Measured) -> Vec<HistoryBucket> {
    let per_user = |metric| measured.per_user(metric, 10).expect("10 is a cutoff and users have these metrics");
    let (ndcg, recall) = (per_user(Metric::Ndcg), per_user(Metric::Recall));
    let bucket = |&(from, to): &(usize, Option<usize>)| {
        let is_in = |n_shown: usize| n_shown >= from && to.is_none_or(|to| n_shown <= to);
        let users: Vec<usize> = (0..measured.n_shown.len()).filter(|&user| is_in(measured.n_shown[user])).collect();
        let mean = |values: &[f64]| users.iter().map(|&user| values[user]).sum::<f64>() / users.len() as f64;
        let metrics = HistoryMetrics { ndcg_at_10: mean(&ndcg), recall_at_10: mean(&recall) };
        (!users.is_empty()).then_some(HistoryBucket { from, to, users: users.len(), metrics })
    };
    LENGTHS.iter().filter_map(bucket).collect()
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemNo;
    use foldin_data::split::HeldOut;
    use foldin_fixtures::{held_out, items};

    use super::*;
    use crate::evaluate::{ItemFacts, measure};

    #[test]
    fn users_count_in_the_bucket_of_what_was_shown_of_them() {
        let users: Vec<HeldOut> = [4, 5, 99, 100, 1_000].map(|n_shown| held_out(0, &vec![3; n_shown], &[0])).into();
        let lists = [&[0][..], &[1, 0], &[0], &[], &[0]].map(items);
        let facts = ItemFacts {
            likes: vec![1; 4],
            most_popular: (0..4).map(ItemNo).collect(),
            n_users: 1,
            about: vec![Vec::new(); 4],
        };
        let bucket = |from, to, users, ndcg_at_10, recall_at_10| {
            let metrics = HistoryMetrics { ndcg_at_10, recall_at_10 };
            HistoryBucket { from, to, users, metrics }
        };
        assert_eq!(
            by_history(&measure(&lists, &users, &facts)),
            [
                bucket(1, Some(4), 1, 1.0, 1.0),
                bucket(5, Some(9), 1, 1.0 / 3f64.log2(), 1.0),
                bucket(50, Some(99), 1, 1.0, 1.0),
                bucket(100, None, 2, 0.5, 0.5),
            ]
        );
    }
}
