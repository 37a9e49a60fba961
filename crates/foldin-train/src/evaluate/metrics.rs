//! The figures: their names, and how the figures of lists are put together.
//!
//! Accuracy figures are means over users, and a user who got nothing counts 0. The formulas stand in `accuracy` and
//! `variety`.

use rayon::prelude::*;
use serde::Serialize;

use super::accuracy::{Figures, N_FIGURES, accuracy};
use super::facts::ItemFacts;
use super::intervals::{RESAMPLES, intervals_of_ratios};
use super::variety::{intra_list_distances, variety};
use crate::split::HeldOut;

/// How many items from the top of a list are looked at.
pub const CUTOFFS: [usize; 5] = [5, 10, 20, 50, 100];

/// The cutoffs at which ild is taken, the first ones of [`CUTOFFS`]: it costs the square of the cutoff.
const CUTOFFS_OF_ILD: [usize; 3] = [5, 10, 20];

/// A figure. The first seven are means of figures that every user has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Relevant items in the list.
    Hits,
    /// Hits / k.
    Precision,
    /// Hits / relevant items.
    Recall,
    /// Hits / what can be reached: the smaller of k and the number of relevant items.
    CappedRecall,
    /// Discounted cumulative gain, normalised.
    Ndcg,
    /// Average precision.
    Map,
    /// Reciprocal rank of the first hit.
    Mrr,
    /// Share of the catalogue that anybody is recommended.
    Coverage,
    /// Share of the recommendations outside the most popular fifth.
    LongTail,
    /// How unevenly the catalogue is recommended.
    Gini,
    /// Information of a recommended item, in bits.
    Novelty,
    /// Distance between the items of a list.
    Ild,
}

impl Metric {
    /// Every figure, in the order in which they are listed.
    pub const ALL: [Metric; 12] = [
        Metric::Hits,
        Metric::Precision,
        Metric::Recall,
        Metric::CappedRecall,
        Metric::Ndcg,
        Metric::Map,
        Metric::Mrr,
        Metric::Coverage,
        Metric::LongTail,
        Metric::Gini,
        Metric::Novelty,
        Metric::Ild,
    ];

    /// The name people read and programs parse.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Hits => "hits",
            Metric::Precision => "precision",
            Metric::Recall => "recall",
            Metric::CappedRecall => "capped_recall",
            Metric::Ndcg => "ndcg",
            Metric::Map => "map",
            Metric::Mrr => "mrr",
            Metric::Coverage => "coverage",
            Metric::LongTail => "long_tail",
            Metric::Gini => "gini",
            Metric::Novelty => "novelty",
            Metric::Ild => "ild",
        }
    }
}

/// Figures of one recommender.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// The users the means are taken over.
    pub users: usize,
    /// Figures at each of [`CUTOFFS`].
    pub at: Vec<AtCutoff>,
}

impl Metrics {
    /// A figure at a cutoff; none where the cutoff is not one of [`CUTOFFS`] or the metric is not taken there.
    pub fn get(&self, metric: Metric, k: usize) -> Option<f64> {
        self.at.iter().find(|at| at.k == k)?.get(metric)
    }
}

/// Figures over the first `k` items of every list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each figure is defined at the variant of Metric that has its name")]
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
    /// None beyond 20, where it would cost more than it tells, and where it is not known of any item what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ild: Option<f64>,
}

impl AtCutoff {
    /// A figure by its metric.
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

/// Figures of one recommender, and of every user.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Means over users, and figures of all lists together.
    pub metrics: Metrics,
    /// How many items each user's recommender could see, in the order of the held-out users.
    pub n_shown: Vec<usize>,
    /// Of each user the first metrics of [`Metric`], which are the figures of `accuracy` in the same order.
    of_users: Vec<Figures>,
}

impl Measured {
    /// A figure of every user, in the order of the held-out users: for intervals and, as differences between two
    /// recommenders, for paired comparisons. None where the metric is about all lists together (from
    /// [`Metric::Coverage`] on) or the cutoff is not one of [`CUTOFFS`].
    pub fn per_user(&self, metric: Metric, k: usize) -> Option<Vec<f64>> {
        let cutoff = CUTOFFS.iter().position(|&cutoff| cutoff == k)?;
        let figure = Some(metric as usize).filter(|&figure| figure < N_FIGURES)?;
        Some(self.of_users.iter().map(|of_user| of_user[cutoff][figure]).collect())
    }

    /// The intervals of all figures that users have: each is what [`interval`](super::interval) gives of
    /// [`per_user`](Self::per_user), but the users are drawn once.
    pub fn intervals(&self, seed: u64) -> Intervals {
        let flat = |of_user: &Figures| of_user.as_flattened().try_into().expect("cutoffs by figures");
        let rows: Vec<[f64; N_FIGURES * CUTOFFS.len()]> = self.of_users.iter().map(flat).collect();
        Intervals(intervals_of_ratios(&rows, &vec![1.0; rows.len()], seed, RESAMPLES))
    }
}

/// Intervals of the figures that every user has.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals([(f64, f64); N_FIGURES * CUTOFFS.len()]);

impl Intervals {
    /// The 95 % interval (low, high) of a mean; none where [`Measured::per_user`] gives none.
    pub fn get(&self, metric: Metric, k: usize) -> Option<(f64, f64)> {
        let cutoff = CUTOFFS.iter().position(|&cutoff| cutoff == k)?;
        let figure = Some(metric as usize).filter(|&figure| figure < N_FIGURES)?;
        Some(self.0[cutoff * N_FIGURES + figure])
    }
}

/// Measures one list a held-out user: items by index, best first, in the order of `held_out`. An empty list counts 0,
/// items after the hundredth are not looked at. A list should not name an item twice: it would count twice.
///
/// # Panics
///
/// If there are more or fewer lists than users, or an item is unknown to `facts`.
pub fn measure(lists: &[Vec<u32>], held_out: &[HeldOut], facts: &ItemFacts) -> Measured {
    assert_eq!(lists.len(), held_out.len(), "one list a user");
    let of_users: Vec<Figures> =
        lists.par_iter().zip(held_out).map(|(list, one)| accuracy(list, &one.relevant)).collect();
    let mean = |cutoff: usize, metric: Metric| {
        of_users.iter().map(|of_user| of_user[cutoff][metric as usize]).sum::<f64>() / of_users.len().max(1) as f64
    };
    // Where nothing is known of what items are about, they do not differ by 1: it is not known how they differ.
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
    use super::*;
    use crate::evaluate::interval;
    use crate::split::Shown;

    fn user(relevant: &[u32]) -> HeldOut {
        HeldOut { user: 0, shown: [9, 8].map(|item| Shown { item, rating: 1.0 }).into(), relevant: relevant.to_vec() }
    }

    /// Ten items that one of two users likes, all of one genre.
    fn facts() -> ItemFacts {
        ItemFacts { likes: vec![1; 10], most_popular: (0..10).collect(), n_users: 2, about: vec![vec![(0, 1.0)]; 10] }
    }

    #[test]
    fn figures_are_means_over_users_and_who_gets_nothing_counts_nothing() {
        let measured = measure(&[vec![0, 1], vec![]], &[user(&[1]), user(&[2])], &facts());
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
        let metrics = measure(&[vec![0, 1]], &[user(&[1])], &facts()).metrics;
        assert_eq!(metrics.at.iter().map(|at| at.ild.is_some()).collect::<Vec<_>>(), [true, true, true, false, false]);
        assert_eq!(metrics.at.iter().map(|at| at.k).collect::<Vec<_>>(), CUTOFFS);
        assert_eq!(&CUTOFFS[..CUTOFFS_OF_ILD.len()], CUTOFFS_OF_ILD);
    }

    #[test]
    fn figures_of_every_user_have_the_mean_that_is_told() {
        let measured = measure(&[vec![0, 1], vec![3, 2]], &[user(&[1, 4]), user(&[3])], &facts());
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
        let lists = [vec![0, 1], vec![3, 2], vec![], vec![5]];
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
