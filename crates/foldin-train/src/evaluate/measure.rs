//! Measuring lists: the metrics of every user, and of all lists together.
//!
//! Metrics of accuracy are means over users, and a user who got nothing counts 0. The formulas are in `accuracy` and
//! `variety`.

use foldin_data::ItemNo;
use foldin_data::split::HeldOut;
use serde::Serialize;

use super::accuracy::{UserMetrics, accuracy};
use super::facts::ItemFacts;
use super::intervals::{RESAMPLES, intervals_of_ratios};
use super::metric::{CUTOFFS, Metric, N_ACCURACY};
use super::variety::{intra_list_distances, variety};
use crate::parallel::map_up_to;

/// The cutoffs at which ild is taken, the first ones of [`CUTOFFS`]: it costs the square of the cutoff.
const CUTOFFS_OF_ILD: [usize; 3] = [5, 10, 20];

/// The metrics of one recommender.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// The users that the means are over.
    pub users: usize,
    /// The metrics at each of [`CUTOFFS`].
    pub at: Vec<AtCutoff>,
}

impl Metrics {
    /// A metric at a cutoff; `None` where the cutoff is not one of [`CUTOFFS`] or the metric is not taken there.
    pub fn get(&self, metric: Metric, k: usize) -> Option<f64> {
        self.at.iter().find(|at| at.k == k)?.get(metric)
    }
}

/// The metrics of the first `k` items of every list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each metric is defined at the variant of Metric with its name")]
pub struct AtCutoff {
    pub k: usize,
    pub hits: f64,
    pub precision: f64,
    pub recall: f64,
    pub capped_recall: f64,
    pub ndcg: f64,
    pub map: f64,
    pub mrr: f64,
    pub coverage: f64,
    pub long_tail: f64,
    pub gini: f64,
    pub novelty: f64,
    /// `None` beyond 20, where it would take too long, and where no item has content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ild: Option<f64>,
}

impl AtCutoff {
    /// The value of a metric.
    pub fn get(&self, metric: Metric) -> Option<f64> {
        Some(match metric {
            Metric::Hits => self.hits,
            Metric::Precision => self.precision,
            Metric::Recall => self.recall,
            Metric::CappedRecall => self.capped_recall,
            Metric::Ndcg => self.ndcg,
            Metric::Map => self.map,
            Metric::Mrr => self.mrr,
            Metric::Coverage => self.coverage,
            Metric::LongTail => self.long_tail,
            Metric::Gini => self.gini,
            Metric::Novelty => self.novelty,
            Metric::Ild => return self.ild,
        })
    }
}

/// The metrics of one recommender, and of every user.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Means over users, and metrics of all lists together.
    pub metrics: Metrics,
    /// How many items each user's recommender could see, in the order of the held-out users.
    pub n_shown: Vec<usize>,
    of_users: Vec<UserMetrics>,
}

impl Measured {
    /// The values of every user, in the order of the held-out users: for intervals and, as differences between two
    /// recommenders, for paired comparisons. `None` where the metric is about all lists together
    /// ([`MetricKind::Variety`](super::MetricKind::Variety)) or the cutoff is not one of [`CUTOFFS`].
    pub fn per_user(&self, metric: Metric, k: usize) -> Option<Vec<f64>> {
        let cutoff = CUTOFFS.iter().position(|&cutoff| cutoff == k)?;
        let place = metric.place()?;
        Some(self.of_users.iter().map(|of_user| of_user[cutoff][place]).collect())
    }

    /// The intervals of all metrics that users have: each is what [`interval`](super::interval) gives of
    /// [`per_user`](Self::per_user), but the users are drawn once.
    pub fn intervals(&self, seed: u64) -> Intervals {
        let flat = |of_user: &UserMetrics| of_user.as_flattened().try_into().expect("cutoffs by metrics");
        let rows: Vec<[f64; N_ACCURACY * CUTOFFS.len()]> = self.of_users.iter().map(flat).collect();
        Intervals(intervals_of_ratios(&rows, &vec![1.0; rows.len()], seed, RESAMPLES))
    }
}

/// Intervals of the metrics that every user has.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals([(f64, f64); N_ACCURACY * CUTOFFS.len()]);

impl Intervals {
    /// The 95 % interval (low, high) of a mean; none where [`Measured::per_user`] gives none.
    pub fn get(&self, metric: Metric, k: usize) -> Option<(f64, f64)> {
        let cutoff = CUTOFFS.iter().position(|&cutoff| cutoff == k)?;
        Some(self.0[cutoff * N_ACCURACY + metric.place()?])
    }
}

/// Measures one list per held-out user: items, best first, in the order of `held_out`. An empty list counts 0,
/// items after the hundredth are not looked at. A list should not hold an item twice: it would count twice.
///
/// # Panics
///
/// If there are more or fewer lists than users, or an item is unknown to `facts`.
pub fn measure(lists: &[Vec<ItemNo>], held_out: &[HeldOut], facts: &ItemFacts) -> Measured {
    assert_eq!(lists.len(), held_out.len(), "one list per user");
    let of_users = map_up_to(lists.len(), |user| accuracy(&lists[user], &held_out[user].relevant));
    let mean = |cutoff: usize, metric: Metric| {
        of_users.iter().map(|of_user| of_user[cutoff][metric as usize]).sum::<f64>() / of_users.len().max(1) as f64
    };
    // Without content the distance between items is unknown, and not 1.
    let is_known = facts.about.iter().any(|terms| !terms.is_empty());
    let distances = intra_list_distances(lists, &facts.about, CUTOFFS_OF_ILD);
    let at = (0..CUTOFFS.len()).map(|n| {
        let k = CUTOFFS[n];
        let variety = variety(lists, facts, k);
        AtCutoff {
            k,
            hits: mean(n, Metric::Hits),
            precision: mean(n, Metric::Precision),
            recall: mean(n, Metric::Recall),
            capped_recall: mean(n, Metric::CappedRecall),
            ndcg: mean(n, Metric::Ndcg),
            map: mean(n, Metric::Map),
            mrr: mean(n, Metric::Mrr),
            coverage: variety.coverage,
            long_tail: variety.long_tail,
            gini: variety.gini,
            novelty: variety.novelty,
            ild: distances.get(n).copied().filter(|_| is_known),
        }
    });
    let metrics = Metrics { users: lists.len(), at: at.collect() };
    Measured { metrics, n_shown: held_out.iter().map(|one| one.shown.len()).collect(), of_users }
}

#[cfg(test)]
mod tests {
    use foldin_fixtures::{held_out, items};

    use super::*;
    use crate::evaluate::interval;

    fn user(relevant: &[u32]) -> HeldOut {
        held_out(0, &[9, 8], relevant)
    }

    fn lists<const N: usize>(lists: [&[u32]; N]) -> [Vec<ItemNo>; N] {
        lists.map(items)
    }

    /// Ten items that one of two users likes, all of one genre.
    fn facts() -> ItemFacts {
        ItemFacts {
            likes: vec![1; 10],
            most_popular: (0..10).map(ItemNo).collect(),
            n_users: 2,
            about: vec![vec![(0, 1.0)]; 10],
        }
    }

    #[test]
    fn figures_are_means_over_users_and_who_gets_nothing_counts_nothing() {
        let measured = measure(&lists([&[0, 1], &[]]), &[user(&[1]), user(&[2])], &facts());
        assert_eq!(measured.metrics.users, 2);
        let at = |metric| measured.metrics.get(metric, 5).unwrap();
        assert_eq!((at(Metric::Hits), at(Metric::Precision), at(Metric::Recall)), (0.5, 0.1, 0.5));
        assert_eq!((at(Metric::CappedRecall), at(Metric::Map), at(Metric::Mrr)), (0.5, 0.25, 0.25));
        assert_eq!(at(Metric::Ndcg), 0.5 / 3f64.log2());
        assert_eq!((at(Metric::Coverage), at(Metric::LongTail), at(Metric::Novelty)), (0.2, 0.0, 1.0));
        // Counts 1 1 and eight times 0: (7 + 9) / (9 * 2).
        assert_eq!((at(Metric::Gini), at(Metric::Ild)), (16.0 / 18.0, 0.0));
    }

    #[test]
    fn ild_is_left_out_where_it_is_dear() {
        let metrics = measure(&lists([&[0, 1]]), &[user(&[1])], &facts()).metrics;
        assert_eq!(metrics.at.iter().map(|at| at.ild.is_some()).collect::<Vec<_>>(), [true, true, true, false, false]);
        assert_eq!(metrics.at.iter().map(|at| at.k).collect::<Vec<_>>(), CUTOFFS);
        assert_eq!(&CUTOFFS[..CUTOFFS_OF_ILD.len()], CUTOFFS_OF_ILD);
    }

    #[test]
    fn figures_of_every_user_have_the_mean_that_is_told() {
        let measured = measure(&lists([&[0, 1], &[3, 2]]), &[user(&[1, 4]), user(&[3])], &facts());
        for k in CUTOFFS {
            for metric in [Metric::Hits, Metric::Recall, Metric::Ndcg, Metric::Mrr] {
                let figures = measured.per_user(metric, k).unwrap();
                assert_eq!(Some((figures[0] + figures[1]) / 2.0), measured.metrics.get(metric, k));
            }
        }
        assert_eq!(measured.per_user(Metric::Recall, 10), Some(vec![0.5, 1.0]));
        assert_eq!(measured.per_user(Metric::Coverage, 10), None);
        assert_eq!(measured.per_user(Metric::Recall, 11), None);
        assert_eq!(measured.n_shown, [2, 2]);
    }

    #[test]
    fn intervals_of_all_figures_are_those_of_each() {
        let lists = lists([&[0, 1], &[3, 2], &[], &[5]]);
        let measured = measure(&lists, &[user(&[1, 4]), user(&[3]), user(&[3]), user(&[5])], &facts());
        let intervals = measured.intervals(7);
        for metric in Metric::ALL {
            for k in CUTOFFS {
                let of_one = measured.per_user(metric, k).map(|figures| interval(&figures, 7, RESAMPLES));
                assert_eq!(intervals.get(metric, k), of_one, "{}@{k}", metric.name());
            }
        }
        assert_eq!(intervals.get(Metric::Recall, 11), None);
    }

    #[test]
    fn no_users_give_zeros_and_no_nan() {
        let metrics = measure(&[], &[], &facts()).metrics;
        assert_eq!((metrics.users, metrics.get(Metric::Ndcg, 10)), (0, Some(0.0)));
        assert!(!serde_json::to_string(&metrics).unwrap().contains("null"));
    }
}
