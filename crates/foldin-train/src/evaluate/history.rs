//! Accuracy by history length: whether a recommender serves newcomers or only those it knows well.

use serde::Serialize;

use super::metrics::{Measured, Metric};

/// Shown items, from and to, and how people read it. Nobody with a history is left out.
const LENGTHS: [(usize, usize, &str); 7] = [
    (0, 0, "0"),
    (1, 4, "1-4"),
    (5, 9, "5-9"),
    (10, 19, "10-19"),
    (20, 49, "20-49"),
    (50, 99, "50-99"),
    (100, usize::MAX, "100+"),
];

/// The users whose recommender could see about as much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryBucket {
    /// How many items were shown of each: `1-4`, `5-9`, `10-19`, `20-49`, `50-99` or `100+`; `0` where none of the
    /// shown items occurs in training.
    pub shown: &'static str,
    /// How many such users there are, at least 1.
    pub users: usize,
    /// Their mean ndcg@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// Their mean recall@10.
    #[serde(rename = "recall@10")]
    pub recall_at_10: f64,
}

/// Breaks figures down by history length, short histories first. Buckets without users are left out.
pub fn by_history(measured: &Measured) -> Vec<HistoryBucket> {
    let per_user = |metric| measured.per_user(metric, 10).expect("10 is a cutoff and users have these figures");
    let (ndcg, recall) = (per_user(Metric::Ndcg), per_user(Metric::Recall));
    let bucket = |&(from, to, shown)| {
        let users: Vec<usize> =
            (0..measured.n_shown.len()).filter(|&user| (from..=to).contains(&measured.n_shown[user])).collect();
        let mean = |figures: &[f64]| users.iter().map(|&user| figures[user]).sum::<f64>() / users.len() as f64;
        (!users.is_empty()).then(|| HistoryBucket {
            shown,
            users: users.len(),
            ndcg_at_10: mean(&ndcg),
            recall_at_10: mean(&recall),
        })
    };
    LENGTHS.iter().filter_map(bucket).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};
    use crate::split::HeldOut;

    #[test]
    fn users_count_in_the_bucket_of_what_was_shown_of_them() {
        let held_out: Vec<HeldOut> = [4, 5, 99, 100, 1_000]
            .map(|n_shown| HeldOut { user: 0, shown: vec![3; n_shown], relevant: vec![0] })
            .into();
        let lists = [vec![0], vec![1, 0], vec![0], vec![], vec![0]];
        let facts =
            ItemFacts { likes: vec![1; 4], most_popular: (0..4).collect(), n_users: 1, genres: vec![Vec::new(); 4] };
        let buckets = by_history(&measure(&lists, &held_out, &facts));
        let bucket = |shown, users, ndcg_at_10, recall_at_10| HistoryBucket { shown, users, ndcg_at_10, recall_at_10 };
        assert_eq!(
            buckets,
            [
                bucket("1-4", 1, 1.0, 1.0),
                bucket("5-9", 1, 1.0 / 3f64.log2(), 1.0),
                bucket("50-99", 1, 1.0, 1.0),
                bucket("100+", 2, 0.5, 0.5),
            ]
        );
    }
}
