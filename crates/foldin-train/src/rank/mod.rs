//! Learning to rank: the ranker sees what the sources say of people whom they have not learned from, and learns whom to
//! believe, for profiles of every length.
//!
//! Such people are the validation users of a split, and, where these are strangers, more of them: the training part is
//! cut into folds, and each fold's users are asked about by sources that were learned from all others. (Stacked
//! generalisation, Wolpert 1992.)

mod blend;
mod examples;
mod mixture;
mod trees;

use foldin_core::RequestError;
use foldin_core::file::FileError;
use foldin_core::model::ranker::Blend;
use foldin_core::model::{Model, Ranker};
use foldin_data::split::{HeldOut, Protocol, Split, SplitOptions, asks_for_next, folds_of_users, split, users_of};
use foldin_data::{Dataset, Events};

use self::blend::blend;
pub use self::examples::Examples;
pub(crate) use self::examples::at_many_lengths;
use self::examples::examples;
use self::mixture::mixture;
use self::trees::trees;
use crate::assemble::{AssembleError, TrainingData, assemble};
use crate::cancel::Cancelled;
use crate::config::{Config, RankerKind, RankerSettings};
use crate::evaluate::ShippedModel;

/// Into so many parts users are cut, and so many users are enough.
const FOLDS: usize = 5;
const ENOUGH_USERS: usize = 1500;

/// Fewer profiles than this say nothing of how to rank.
const LEAST_PROFILES: usize = 50;

/// Up to so many profiles, what was learned has to show on others of them that it is worth it: on each of so many parts.
const FEW_PROFILES: usize = 1500;
const JUDGED_IN: usize = 3;

/// What has more to learn has to be better by this part; less is chance.
const WORTHWHILE: f64 = 0.01;

/// The cutoff of the figure that decides.
const K: usize = 10;

/// Why no ranker was learned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RankError {
    /// The sources cannot be learned.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// Their model cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
    /// Their model does not answer.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A step of learning a ranker that has just ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankStep {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// A ranker, and what it was learned from.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedRanker {
    /// The ranker; `None` where nothing learned was better than the fixed blend.
    pub ranker: Option<Ranker>,
    /// How many profiles it was learned from.
    pub n_profiles: usize,
}

/// Learns a ranker on everybody but the test users, with sources learned with `config`. `of_training` is the model of the
/// split's training part.
///
/// # Errors
/// [`RankError`].
pub fn learn_ranker(
    dataset: &Dataset,
    given: &Split,
    of_training: &Model,
    config: &Config,
    mut progress: impl FnMut(RankStep) -> Result<(), Cancelled>,
) -> Result<LearnedRanker, RankError> {
    let all = profiles(dataset, given, of_training, config, &mut progress)?;
    if all.sizes.len() < LEAST_PROFILES {
        return Ok(LearnedRanker { ranker: None, n_profiles: 0 });
    }
    let ranker = if all.sizes.len() < FEW_PROFILES { proven(&all, &config.ranker) } else { best(&all, &config.ranker) };
    Ok(LearnedRanker { ranker, n_profiles: all.sizes.len() })
}

/// The profiles that a ranker is learned from.
fn profiles(
    dataset: &Dataset,
    given: &Split,
    of_training: &Model,
    config: &Config,
    progress: &mut impl FnMut(RankStep) -> Result<(), Cancelled>,
) -> Result<Examples, RankError> {
    let parts = parts(dataset, given, config.evaluate.protocol.protocol());
    let mut all = Examples::default();
    let share =
        |held_out: &[HeldOut]| held_out.len() as f64 / parts.iter().map(|part| part.1.len()).sum::<usize>() as f64;
    for (n, (train_part, held_out)) in parts.iter().enumerate() {
        let is_training_part = n == 0 && !given.validation.is_empty();
        let model = if is_training_part {
            ShippedModel::new(of_training, dataset)?
        } else {
            let data = TrainingData { dataset, events: train_part, threshold: given.threshold };
            ShippedModel::new(&assemble(data, config, |_| Ok(()))?.model, dataset)?
        };
        let profiles = if are_strangers(train_part, held_out) {
            at_many_lengths(held_out, config.ranker.seed + n as u64)
        } else {
            held_out.clone()
        };
        // Some of each part, so that all lengths and all parts are among them.
        let most = (config.ranker.profiles as f64 * share(held_out)).ceil() as usize;
        let every = profiles.len().div_ceil(most.max(1));
        let some: Vec<HeldOut> = profiles.into_iter().step_by(every).collect();
        all.append(examples(&model, &some)?);
        progress(RankStep { number: n + 1, of: parts.len() + 1 })?;
    }
    Ok(all)
}

/// How many kinds of rankers the settings allow, as [`rankers`] orders them.
fn n_kinds(settings: &RankerSettings) -> usize {
    if settings.kind == RankerKind::Trees { 4 } else { 3 }
}

/// The first `n` kinds of rankers, those with more to learn later: the fixed blend, a mixture, a blend, and trees on it.
fn rankers(examples: &Examples, settings: &RankerSettings, n: usize) -> Vec<Ranker> {
    let of = |blend: &Blend| Ranker { blend: blend.clone(), trees: None };
    let mut all = vec![Ranker::default()];
    if n > 1 {
        let mixture = mixture(examples);
        all.push(of(&mixture));
        if n > 2 {
            let blend = blend(examples, &mixture);
            all.push(of(&blend));
            if n > 3 {
                all.push(with_trees(examples, blend, settings));
            }
        }
    }
    all
}

/// What the settings ask for.
fn best(examples: &Examples, settings: &RankerSettings) -> Option<Ranker> {
    rankers(examples, settings, n_kinds(settings)).pop()
}

/// Trees are learned from the candidates that they will be asked about: the best by the blend.
fn with_trees(examples: &Examples, blend: Blend, settings: &RankerSettings) -> Ranker {
    let trees = trees(&examples.best_by(&blend), &blend, settings);
    Ranker { blend, trees: Some(trees) }
}

/// The kind that serves best where it has not learned: each part of the profiles is judged by what was learned from the
/// others. Then the same is learned from all; `None` for the fixed blend.
fn proven(all: &Examples, settings: &RankerSettings) -> Option<Ranker> {
    let n_kinds = n_kinds(settings);
    let mut ndcgs = vec![0.0; n_kinds];
    for part in 0..JUDGED_IN {
        let (most, others) = all.apart(JUDGED_IN, part);
        for (ranker, ndcg) in rankers(&most, settings, n_kinds).iter().zip(&mut ndcgs) {
            *ndcg += others.ndcg(&ranker.scores(&others.rows), K) * others.sizes.len() as f64;
        }
    }
    let better = |best: usize, other: usize| if ndcgs[other] > ndcgs[best] * (1.0 + WORTHWHILE) { other } else { best };
    match (0..n_kinds).reduce(better)? {
        0 => None,
        kind => rankers(all, settings, kind + 1).pop(),
    }
}

/// Whom to ask about, each with what to learn the sources from: the validation users, and further strangers from folds
/// of the training part where these are strangers. Where they are not and what comes next is asked for, everybody's
/// newest like but one is asked for too, and, of few people, those before it.
fn parts(dataset: &Dataset, given: &Split, protocol: Protocol) -> Vec<(Events, Vec<HeldOut>)> {
    let training = dataset.with_events(given.train.clone());
    let options = SplitOptions { threshold: given.threshold, seed: 1 };
    let mut parts = vec![(given.train.clone(), given.validation.clone())];
    if are_strangers(&given.train, &given.validation) {
        parts.extend(folds_of_users(&training, protocol, &options, FOLDS, ENOUGH_USERS));
    } else if asks_for_next(&given.validation) {
        let n_asked = |parts: &[(Events, Vec<HeldOut>)]| parts.iter().map(|part| part.1.len()).sum::<usize>();
        while parts.len() < 2 || (parts.len() < FOLDS && n_asked(&parts) < ENOUGH_USERS) {
            let before = dataset.with_events(parts[parts.len() - 1].0.clone());
            let Ok(inner) = split(&before, Protocol::Loo, &options) else { break };
            parts.push((inner.train, inner.test));
        }
    }
    parts.retain(|(_, held_out)| !held_out.is_empty());
    parts
}

/// Whether nobody is asked about of whom there is anything to learn from.
pub(crate) fn are_strangers(train: &Events, held_out: &[HeldOut]) -> bool {
    let trained = users_of(train);
    held_out.iter().all(|one| !trained.contains(&one.user))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::HashSet;

    use foldin_core::Strategy;
    use foldin_data::ItemNo;
    use foldin_data::sample::sample;
    use foldin_data::split::{Protocol, split};

    pub(crate) use super::examples::tests::of_two_kinds;
    use super::*;
    use crate::config::RankerSettings;
    use crate::evaluate::{items_of, mean_ndcg};

    fn config(kind: RankerKind) -> Config {
        let mut config = Config::default();
        config.train.stars = false;
        config.als.factors = 8;
        config.als.iterations = 3;
        config.ranker = RankerSettings { kind, profiles: 400, trees: 10, ..config.ranker };
        config
    }

    fn sample_split() -> (Dataset, Split) {
        let dataset = sample();
        let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold: Some(4.0), seed: 7 }).unwrap();
        (dataset, split)
    }

    fn of_training(dataset: &Dataset, split: &Split, config: &Config) -> Model {
        let data = TrainingData { dataset, events: &split.train, threshold: split.threshold };
        assemble(data, config, |_| Ok(())).unwrap().model
    }

    #[test]
    fn a_learned_ranker_is_better_than_the_fixed_blend_for_strangers() {
        let (dataset, split) = sample_split();
        let config = config(RankerKind::Blend);
        let mut model = of_training(&dataset, &split, &config);
        let learned = learn_ranker(&dataset, &split, &model, &config, |_| Ok(())).unwrap();
        assert!(learned.n_profiles > 300);
        let ndcg = |model: &foldin_core::model::Model| {
            let shipped = ShippedModel::new(model, &dataset).unwrap();
            let lists = shipped.recommend_all(&split.test, Strategy::Hybrid, K).unwrap();
            mean_ndcg(&items_of(&lists), &split.test, K)
        };
        let fixed = ndcg(&model);
        model.ranker = learned.ranker;
        assert!(ndcg(&model) > fixed, "{} {fixed}", ndcg(&model));
    }

    #[test]
    fn a_ranker_never_sees_test_users() {
        let (dataset, mut split) = sample_split();
        let config = config(RankerKind::Trees);
        let model = of_training(&dataset, &split, &config);
        let learned = |split: &Split| learn_ranker(&dataset, split, &model, &config, |_| Ok(())).unwrap();
        let before = learned(&split);
        split.test.truncate(1);
        split.test[0].relevant = vec![ItemNo(0)];
        assert_eq!(learned(&split), before);
    }

    #[test]
    fn folds_hold_every_user_out_once_and_learn_from_all_others() {
        let dataset = sample();
        let options = SplitOptions { threshold: Some(4.0), seed: 1 };
        let folds = folds_of_users(&dataset, Protocol::Strong, &options, FOLDS, usize::MAX);
        assert_eq!(folds.len(), FOLDS);
        let mut met = HashSet::new();
        for (train, held_out) in &folds {
            assert!(are_strangers(train, held_out));
            assert!(held_out.iter().all(|one| met.insert(one.user)));
        }
        assert_eq!(folds_of_users(&dataset, Protocol::Strong, &options, FOLDS, 1).len(), 1);
    }
}
