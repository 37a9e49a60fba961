//! The price of diversity: accuracy and variety of lists, by how much similarity counts against an item (`lambda` of
//! maximal marginal relevance, [`Request::diversity`]).
//!
//! All points are measured on the same held-out users, [`MOST_USERS`] at most: differences between points are those of
//! the same people, and 300 of them show the bend of the curve. Coverage counts what these users are recommended, and
//! so is lower than that of everybody.

use std::collections::BTreeMap;

use foldin_core::Request;
use foldin_data::split::HeldOut;

use super::EvaluateError;
use super::cold::ndcg_at_10;
use super::measure::{Measured, measure};
use super::metric::Metric;
use super::shipped::items_of;
use super::systems::Evaluation;
use crate::artefacts::{DiversityPoint, Estimate};
use crate::cancel::Cancelled;

/// The lambdas of a curve.
pub const LAMBDAS: [f64; 6] = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7];

/// So many users are asked about at most, evenly spread over those that were held out.
pub const MOST_USERS: usize = 300;

/// A diversity is free that costs at most this part of NDCG@10: a small part of the interval of any curve.
const FREE: f64 = 0.01;

/// The cutoff of the curve. Lists are not longer.
const K: usize = 10;

/// The metrics of a point.
pub const SHOWN: [Metric; 4] = [Metric::Ndcg, Metric::Ild, Metric::Coverage, Metric::LongTail];

/// The points of the curve, of what visitors get; `progress` is called with the number of lists that are done, of
/// [`lists_of_diversity`]. `evaluation` says what to ask of whom, except for the length of lists.
///
/// # Errors
/// As [`measure_systems`](super::measure_systems).
pub fn diversity_curve(
    evaluation: &Evaluation<'_>,
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Vec<DiversityPoint>, EvaluateError> {
    let asked = some(evaluation.held_out);
    let mut curve = Vec::new();
    for lambda in LAMBDAS {
        let request = Request { k: K, diversity: lambda as f32, reasons: false, ..Request::default() };
        let lists = evaluation.model.answer_all(&asked, &request)?;
        let measured = measure(&items_of(&lists), &asked, evaluation.facts);
        curve.push(DiversityPoint { lambda, users: asked.len(), metrics: metrics_of(&measured, evaluation.seed) });
        progress(curve.len() * asked.len())?;
    }
    Ok(curve)
}

/// The metrics of a point by their names, NDCG with its interval.
fn metrics_of(measured: &Measured, seed: u64) -> BTreeMap<String, Estimate> {
    let estimate = |metric: Metric| match metric {
        Metric::Ndcg => Some(ndcg_at_10(measured, seed)),
        _ => measured.metrics.get(metric, K).map(|value| Estimate::new(value, None)),
    };
    SHOWN.into_iter().filter_map(|metric| Some((metric.at(K), estimate(metric)?))).collect()
}

/// The most diversity of a curve up to which NDCG@10 stays within one hundredth of that of plain lists; `None` for
/// a curve without one.
pub fn free_diversity(curve: &[DiversityPoint]) -> Option<f64> {
    let ndcg = |point: &DiversityPoint| Some(point.metrics.get(&Metric::Ndcg.at(K))?.mean);
    let plain = curve.first().filter(|point| point.lambda == 0.0).and_then(ndcg).filter(|ndcg| *ndcg > 0.0)?;
    let is_free = |point: &&DiversityPoint| ndcg(point).is_some_and(|ndcg| ndcg >= (1.0 - FREE) * plain);
    curve.iter().take_while(is_free).map(|point| point.lambda).last()
}

/// How many lists a curve takes, for progress.
pub fn lists_of_diversity(held_out: &[HeldOut]) -> usize {
    held_out.len().min(MOST_USERS) * LAMBDAS.len()
}

/// As many users as are asked about, evenly spread.
fn some(held_out: &[HeldOut]) -> Vec<HeldOut> {
    let n = held_out.len().min(MOST_USERS);
    (0..n).map(|place| held_out[place * held_out.len() / n].clone()).collect()
}

#[cfg(test)]
mod tests {
    use foldin_core::linalg::SparseRows;
    use foldin_core::model::{About, Catalogue, CatalogueItem, ItemLists, Model, Weighting};
    use foldin_data::{Dataset, ItemNo, ItemRecord};
    use foldin_fixtures::held_out;

    use super::*;
    use crate::evaluate::{ItemFacts, ShippedModel};

    /// Twenty-two items, in tens of one genre. Whoever likes the first gets the others, in their order.
    fn with_evaluation<T>(users: &[HeldOut], what: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        let id = |n: usize| format!("item-{n:02}");
        let genre = |n: usize| vec![["war", "love", "space"][n / 10].to_owned()];
        let item = |n: usize| CatalogueItem { id: id(n), likes: 40 - n as u32, genres: genre(n), ..Default::default() };
        let mut model = Model::new(About::default(), Catalogue::new((0..22).map(item).collect()));
        let list: Vec<(u32, f32)> = (1..22).map(|n| (n, 40.0 - n as f32)).collect();
        let rows = SparseRows::quantise((0..22).map(|n| if n == 0 { list.clone() } else { Vec::new() }));
        model.neighbours = Some(ItemLists { rows, weighting: Weighting::default() });
        let catalogue = (0..22).map(|n| ItemRecord { genres: genre(n), ..ItemRecord::default() }).collect();
        let items = (0..22).map(|n| id(n).into_boxed_str()).collect();
        let dataset = Dataset { items, catalogue, ..Dataset::default() };
        let facts = ItemFacts {
            likes: vec![1; 22],
            most_popular: (0..22).map(ItemNo).collect(),
            n_users: 9,
            ..ItemFacts::new(&dataset.events, &dataset.catalogue)
        };
        what(&Evaluation::new(&ShippedModel::new(&model, &dataset).unwrap(), users, &facts, 7))
    }

    #[test]
    fn what_is_free_ends_where_ndcg_first_falls() {
        let curve = |values: &[(f64, f64)]| -> Vec<DiversityPoint> {
            let point = |&(lambda, ndcg): &(f64, f64)| DiversityPoint {
                lambda,
                users: 300,
                metrics: BTreeMap::from([("ndcg@10".to_owned(), Estimate::new(ndcg, None))]),
            };
            values.iter().map(point).collect()
        };
        // A hundredth of .4 is .004.
        assert_eq!(free_diversity(&curve(&[(0.0, 0.4), (0.1, 0.41), (0.2, 0.3961), (0.3, 0.395)])), Some(0.2));
        assert_eq!(free_diversity(&curve(&[(0.0, 0.4), (0.1, 0.39), (0.2, 0.4)])), Some(0.0));
        assert_eq!(free_diversity(&curve(&[(0.0, 0.0), (0.1, 0.0)])), None);
        assert_eq!((free_diversity(&[]), free_diversity(&curve(&[(0.1, 0.4)]))), (None, None));
    }

    #[test]
    fn variety_grows_with_lambda_and_accuracy_falls() {
        let users = [held_out(0, &[0], &(1..10).collect::<Vec<u32>>())];
        let mut done = Vec::new();
        let curve = with_evaluation(&users, |evaluation| {
            let progress = |n| {
                done.push(n);
                Ok(())
            };
            diversity_curve(evaluation, progress).unwrap()
        });
        assert_eq!(curve.iter().map(|point| point.lambda).collect::<Vec<_>>(), LAMBDAS);
        assert_eq!(done, [1, 2, 3, 4, 5, 6]);
        assert_eq!(lists_of_diversity(&users), 6);
        let values = |name: &str| curve.iter().map(|point| point.metrics[name].mean).collect::<Vec<f64>>();
        let [ndcg, ild] = ["ndcg@10", "ild@10"].map(values);
        // Items 1 to 9 are of one genre, item 10 is of another: 9 of the 45 pairs differ.
        assert!((ild[0] - 9.0 / 45.0).abs() < 1e-12);
        assert_eq!(ndcg[0], 1.0);
        assert!(ndcg.is_sorted_by(|a, b| a >= b), "{ndcg:?}");
        assert!(ild.is_sorted(), "{ild:?}");
        // At last items 10 and 20 follow the first, and all others are equally similar to the list: with 8 of the first
        // genre, 8 + 8 + 1 pairs differ.
        assert!((ild[5] - 17.0 / 45.0).abs() < 1e-12, "{ild:?}");
        assert!(ndcg[5] < 1.0);
        assert!(curve[0].metrics["ndcg@10"].interval().is_some() && curve[0].metrics["ild@10"].interval().is_none());
    }

    #[test]
    fn users_are_spread_over_all_that_were_held_out() {
        let many: Vec<HeldOut> = (0..901).map(|user| held_out(user, &[], &[])).collect();
        let users: Vec<u32> = some(&many).iter().map(|one| one.user.0).collect();
        assert_eq!((users.len(), users[0], users[1], users[299]), (MOST_USERS, 0, 3, 897));
        assert_eq!(some(&many[..4]), many[..4]);
        assert_eq!((some(&[]).len(), lists_of_diversity(&many)), (0, 1800));
    }
}
