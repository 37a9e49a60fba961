//! Paired comparison: whether one system is better than another for the same users.
//!
//! The difference is taken user by user, and the interval is that of the mean difference (paired bootstrap). What makes a
//! user easy or hard for both falls out, so that this tells far smaller differences apart than two intervals side by
//! side do. Cost: that of one interval.

use serde::Serialize;

use super::intervals::{RESAMPLES, interval};
use super::metrics::{Measured, Metric};
use super::table::{four_decimals, row_name};
use crate::text::count;

/// One metric of two systems on the same users; differences are those of the first from the second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Name and cutoff, as `ndcg@10`.
    pub metric: String,
    /// Mean over users of the difference; above 0 where the first is better.
    pub difference: f64,
    /// Lower bound of its 95 % interval.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// How many users there are.
    pub users: usize,
    /// Share of users for whom the first is better.
    pub better: f64,
    /// Share of users for whom it is worse.
    pub worse: f64,
    /// Share of users for whom both are the same.
    pub equal: f64,
}

/// Compares two systems by a metric that every user has; none where [`Measured::per_user`] has none.
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
        metric: row_name(metric, k),
        difference: differences.iter().sum::<f64>() / n,
        low,
        high,
        users: differences.len(),
        better: share(|&difference| difference > 0.0),
        worse: share(|&difference| difference < 0.0),
        equal: share(|&difference| difference == 0.0),
    })
}

impl Comparison {
    /// The outcome in words: `better by .0120 [.0040, .0200]`, or that no difference could be shown.
    pub fn verdict(&self) -> String {
        match self.equal == 1.0 {
            true => "no difference for any user".to_owned(),
            false => in_words(self.difference, self.low, self.high, &count(self.users, "user")),
        }
    }
}

/// A difference and its interval in words; `witnesses` are those it was taken over.
pub(super) fn in_words(difference: f64, low: f64, high: f64, witnesses: &str) -> String {
    match (low > 0.0, high < 0.0) {
        (true, _) => format!("better by {} [{}, {}]", signed(difference), signed(low), signed(high)),
        (_, true) => format!("worse by {} [{}, {}]", signed(-difference), signed(-high), signed(-low)),
        _ => format!("no difference that {witnesses} could show [{}, {}]", signed(low), signed(high)),
    }
}

/// Comparisons for a terminal, one line each.
pub fn render_comparisons(first: &str, second: &str, comparisons: &[Comparison]) -> String {
    let mut text = format!("{first} against {second}, on the same users (95 % interval of the difference)\n");
    for one in comparisons {
        let percent = |share: f64| 100.0 * share;
        text += &format!(
            "  {:<12}  {}; better for {:.0} %, worse for {:.0} %, the same for {:.0} %\n",
            one.metric,
            one.verdict(),
            percent(one.better),
            percent(one.worse),
            percent(one.equal),
        );
    }
    text
}

/// Four decimals, without the zero before the point, and without one that is -0.
fn signed(figure: f64) -> String {
    let text = four_decimals(figure.abs());
    if figure < 0.0 && text != ".0000" { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};
    use crate::split::HeldOut;

    /// Figures of users who like item 0 and find it at these ranks, or not at all.
    fn at_ranks(ranks: &[Option<u32>]) -> Measured {
        let list = |rank: &Option<u32>| (0..10).map(|n| if Some(n + 1) == *rank { 0 } else { n + 1 }).collect();
        let lists: Vec<Vec<u32>> = ranks.iter().map(list).collect();
        let one = HeldOut { user: 0, shown: Vec::new(), relevant: vec![0] };
        let facts =
            ItemFacts { likes: vec![1; 11], most_popular: (0..11).collect(), n_users: 2, about: vec![vec![]; 11] };
        measure(&lists, &vec![one; ranks.len()], &facts)
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
        assert!(one.verdict().starts_with("no difference that 4 users could show [-.1"), "{}", one.verdict());
        assert_eq!(compare(&first, &second, Metric::Coverage, 10, 7), None);
    }

    #[test]
    fn a_small_difference_that_all_users_share_is_shown_though_users_differ_widely() {
        let ranks =
            |better: u32| (0..50).flat_map(|n| [Some(3 - better), (n % 2 == 0).then_some(1)]).collect::<Vec<_>>();
        let (first, second) = (at_ranks(&ranks(1)), at_ranks(&ranks(0)));
        let one = compare(&first, &second, Metric::Mrr, 10, 7).unwrap();
        assert!((one.difference - 1.0 / 12.0).abs() < 1e-12);
        // Side by side the intervals overlap; in pairs there is no doubt.
        assert!(
            first.intervals(7).get(Metric::Mrr, 10).unwrap().0 < second.intervals(7).get(Metric::Mrr, 10).unwrap().1
        );
        assert!(one.verdict().starts_with("better by .0833 [.0"), "{}", one.verdict());
        let other = compare(&second, &first, Metric::Mrr, 10, 7).unwrap();
        assert!(other.verdict().starts_with("worse by .0833 [.0"), "{}", other.verdict());
        let same = compare(&first, &first, Metric::Mrr, 10, 7).unwrap();
        assert_eq!(same.verdict(), "no difference for any user");
        let text = render_comparisons("a", "b", &[one]);
        assert!(text.contains("; better for 50 %, worse for 0 %, the same for 50 %\n"), "{text}");
    }
}
