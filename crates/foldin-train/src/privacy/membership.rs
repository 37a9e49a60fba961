//! An attack that guesses who was learned from.
//!
//! Whoever knows somebody's likes, and has the item factors, hides each like in turn, folds the others in, and sees how
//! high the hidden one scores. Likes that were learned from have shaped the factors, so that they score higher. How well
//! that tells people apart is the area under the ROC curve: the chance that of a person learned from and another one the
//! first has the higher mean score. 0.5 is a guess, 1 is certain.

use foldin_core::file::{self, FileError};
use foldin_core::model::Factors;
use foldin_core::score::{FoldIn, WeightedEvent};
use foldin_core::{ItemIdx, Source};
use foldin_data::UserNo;
use serde::Serialize;

use super::known::KnownLikes;
use crate::assemble::{AssembleError, TrainingData, assemble};
use crate::config::Config;
use crate::parallel::map_up_to;

/// Users with fewer likes are left out: there is nothing to see.
const FEWEST_LIKES: usize = 5;

/// At most so many users of either kind, and likes of each.
const MOST_USERS: usize = 1000;
const MOST_LIKES: usize = 50;

/// How well members are told from others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Membership {
    /// Area under the ROC curve, 0 to 1.
    pub auc: f64,
    /// Bounds of its 95 % interval (Hanley and McNeil 1982).
    pub low: f64,
    /// The upper one.
    pub high: f64,
    /// Users learned from.
    pub members: usize,
    /// Users not learned from.
    pub others: usize,
}

/// Why the attack could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MembershipError {
    /// Factors cannot be learned.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// The model cannot be read back.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Learns item factors from half of the users, and tells them from the rest by the factors as they ship. `None` where
/// there are too few users or likes to learn from.
///
/// # Errors
/// [`MembershipError`].
pub fn membership(data: TrainingData<'_>, config: &Config) -> Result<Option<Membership>, MembershipError> {
    // Multiples of the golden ratio fall evenly into the unit interval.
    let is_member = |user: UserNo| (f64::from(user.0) * 0.618_033_988_749_894_9).fract() < 0.5;
    let half = |members: bool| data.events.rows(|row| is_member(data.events.users[row]) == members);
    let (members, others) = (half(true), half(false));
    let learned_from = TrainingData { events: &members, ..data };
    let model = assemble(learned_from, &config.only(Source::Factors), |_| Ok(()))?.model;
    let model = file::read_score(&file::write_score(&model).into())?;
    let Some(factors) = &model.factors else { return Ok(None) };
    let scores = |events| scores(factors, &KnownLikes::new(TrainingData { events, ..data }, &model.catalogue));
    let (members, others) = (scores(&members), scores(&others));
    if members.is_empty() || others.is_empty() {
        return Ok(None);
    }
    let auc = auc(&members, &others);
    let error = standard_error(auc, members.len() as f64, others.len() as f64);
    let (low, high) = ((auc - 1.96 * error).max(0.0), (auc + 1.96 * error).min(1.0));
    Ok(Some(Membership { auc, low, high, members: members.len(), others: others.len() }))
}

/// The mean score of a hidden like, of each user with enough of them.
fn scores(factors: &Factors, known: &KnownLikes) -> Vec<f64> {
    let n_items = factors.rows.n_rows();
    let histories: Vec<Vec<u32>> = known
        .by_user
        .outer_iterator()
        .map(|items| items.indices().iter().copied().filter(|&item| (item as usize) < n_items).collect())
        .filter(|items: &Vec<u32>| items.len() >= FEWEST_LIKES)
        .collect();
    let some: Vec<&Vec<u32>> = histories.iter().step_by(histories.len().div_ceil(MOST_USERS).max(1)).collect();
    let fold_in = FoldIn::new(factors);
    map_up_to(some.len(), |user| hidden_score(factors, &fold_in, some[user]))
}

fn hidden_score(factors: &Factors, fold_in: &FoldIn, items: &[u32]) -> f64 {
    let weight = factors.like_weight();
    let like = |&item: &u32| WeightedEvent { item: ItemIdx(item), weight, target: 1.0 };
    let mut hidden_factors = vec![0.0; factors.rows.n_cols()];
    let hidden: Vec<&u32> = items.iter().step_by(items.len().div_ceil(MOST_LIKES)).collect();
    let score = |&&hidden: &&u32| {
        let others: Vec<WeightedEvent> = items.iter().filter(|item| **item != hidden).map(like).collect();
        factors.rows.dequantise_into(hidden as usize, &mut hidden_factors);
        let visitor = fold_in.visitor(&factors.rows, &others);
        let dot = |vector: Vec<f32>| -> f32 { vector.iter().zip(&hidden_factors).map(|(a, b)| a * b).sum() };
        visitor.map_or(0.0, |visitor| f64::from(dot(visitor.vector)))
    };
    let n = hidden.len() as f64;
    hidden.iter().map(score).sum::<f64>() / n
}

/// The share of pairs of one of each in which the first is higher; ties count half.
fn auc(higher: &[f64], lower: &[f64]) -> f64 {
    let mut lower = lower.to_vec();
    lower.sort_unstable_by(f64::total_cmp);
    let below = |score: &f64| {
        let less = lower.partition_point(|other| other < score);
        let not_more = lower.partition_point(|other| other <= score);
        (less + not_more) as f64 / 2.0
    };
    higher.iter().map(below).sum::<f64>() / (higher.len() * lower.len()) as f64
}

/// The standard error of an AUC (Hanley and McNeil 1982).
fn standard_error(auc: f64, n_higher: f64, n_lower: f64) -> f64 {
    let (q1, q2) = (auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc));
    let square = auc * auc;
    let variance = auc * (1.0 - auc) + (n_higher - 1.0) * (q1 - square) + (n_lower - 1.0) * (q2 - square);
    (variance / (n_higher * n_lower)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_share_of_pairs_in_order() {
        assert_eq!(auc(&[2.0, 3.0], &[0.0, 1.0]), 1.0);
        assert_eq!(auc(&[1.0, 1.0], &[1.0]), 0.5);
        assert_eq!(auc(&[0.0, 2.0], &[1.0, 3.0]), 0.25);
        // Of 100 and 100 with 0.8, by the formula of the paper.
        assert!((standard_error(0.8, 100.0, 100.0) - 0.0315).abs() < 5e-4);
    }
}
