//! Accuracy by history length: whether a recommender serves newcomers or only those it knows well.

use std::fmt::Write;

use serde::Serialize;

use super::cold::SIDE_BY_SIDE;
use super::metrics::{Measured, Metric};
use super::table::four_decimals;

/// Shown items, from and to. Nobody with a history is left out.
const LENGTHS: [(usize, Option<usize>); 7] =
    [(0, Some(0)), (1, Some(4)), (5, Some(9)), (10, Some(19)), (20, Some(49)), (50, Some(99)), (100, None)];

/// The users whose recommender could see about as much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryBucket {
    /// The fewest items shown of each. 0 where none of the shown items occurs in training.
    pub from: usize,
    /// The most items shown of each; none where there is no bound.
    pub to: Option<usize>,
    /// How many such users there are, at least 1.
    pub users: usize,
    /// Their means.
    pub metrics: HistoryMetrics,
}

/// Means over the users of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HistoryMetrics {
    /// Mean ndcg@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// Mean recall@10.
    #[serde(rename = "recall@10")]
    pub recall_at_10: f64,
}

/// Breaks figures down by history length, short histories first. Buckets without users are left out.
pub fn by_history(measured: &Measured) -> Vec<HistoryBucket> {
    let per_user = |metric| measured.per_user(metric, 10).expect("10 is a cutoff and users have these figures");
    let (ndcg, recall) = (per_user(Metric::Ndcg), per_user(Metric::Recall));
    let bucket = |&(from, to): &(usize, Option<usize>)| {
        let is_in = |n_shown: usize| n_shown >= from && to.is_none_or(|to| n_shown <= to);
        let users: Vec<usize> = (0..measured.n_shown.len()).filter(|&user| is_in(measured.n_shown[user])).collect();
        let mean = |figures: &[f64]| users.iter().map(|&user| figures[user]).sum::<f64>() / users.len() as f64;
        let metrics = HistoryMetrics { ndcg_at_10: mean(&ndcg), recall_at_10: mean(&recall) };
        (!users.is_empty()).then_some(HistoryBucket { from, to, users: users.len(), metrics })
    };
    LENGTHS.iter().filter_map(bucket).collect()
}

/// A table of ndcg@10: one line a bucket, one column a system. Systems that do not fit next to each other follow below.
pub fn render_histories(systems: &[(&str, &Measured)]) -> String {
    let mut text = "ndcg@10 by the number of items that are shown\n".to_owned();
    for systems in systems.chunks(SIDE_BY_SIDE) {
        let _ = write!(text, "  {:>7}  {:>5}", "shown", "users");
        for (name, _) in systems {
            let _ = write!(text, "  {name:>12}");
        }
        text.push('\n');
        let buckets: Vec<Vec<HistoryBucket>> = systems.iter().map(|(_, measured)| by_history(measured)).collect();
        for (n, HistoryBucket { from, to, users, .. }) in buckets.first().into_iter().flatten().enumerate() {
            let shown = match to {
                Some(0) => "none".to_owned(),
                Some(to) => format!("{from}-{to}"),
                None => format!("{from}+"),
            };
            let _ = write!(text, "  {shown:>7}  {users:>5}");
            for of_system in &buckets {
                let _ = write!(text, "  {:>12}", four_decimals(of_system[n].metrics.ndcg_at_10));
            }
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};
    use crate::split::{HeldOut, Shown};

    #[test]
    fn users_count_in_the_bucket_of_what_was_shown_of_them() {
        let held_out: Vec<HeldOut> = [4, 5, 99, 100, 1_000]
            .map(|n_shown| HeldOut { user: 0, shown: vec![Shown { item: 3, rating: 1.0 }; n_shown], relevant: vec![0] })
            .into();
        let lists = [vec![0], vec![1, 0], vec![0], vec![], vec![0]];
        let facts =
            ItemFacts { likes: vec![1; 4], most_popular: (0..4).collect(), n_users: 1, about: vec![Vec::new(); 4] };
        let measured = measure(&lists, &held_out, &facts);
        let buckets = by_history(&measured);
        let bucket = |from, to, users, ndcg_at_10, recall_at_10| {
            let metrics = HistoryMetrics { ndcg_at_10, recall_at_10 };
            HistoryBucket { from, to, users, metrics }
        };
        assert_eq!(
            buckets,
            [
                bucket(1, Some(4), 1, 1.0, 1.0),
                bucket(5, Some(9), 1, 1.0 / 3f64.log2(), 1.0),
                bucket(50, Some(99), 1, 1.0, 1.0),
                bucket(100, None, 2, 0.5, 0.5),
            ]
        );
        let text = render_histories(&[("one", &measured), ("two", &measured)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "    shown  users           one           two");
        assert_eq!(lines[2], "      1-4      1        1.0000        1.0000");
        assert_eq!(lines[5], "     100+      2         .5000         .5000");
    }
}
