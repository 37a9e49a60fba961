//! Learning to rank: the ranker sees what the sources say of people whom they have not learned from, and learns whom to
//! believe, for profiles of every length.
//!
//! Such people are the validation users of a split, and, where these are strangers, more of them: the training part is
//! cut into folds, and each fold's users are asked about by sources that were learned from all others. (Stacked
//! generalisation, Wolpert 1992.)

mod examples;
mod settings;

use std::collections::HashSet;

use foldin_core::{Blend, Ranker, RequestError};

pub use self::examples::Examples;
use self::examples::{at_many_lengths, examples};
pub use self::settings::{RankerKind, RankerSettings};
use crate::dataset::{Dataset, Events};
use crate::evaluate::as_shipped;
use crate::learn::blend::blend;
use crate::learn::trees::trees;
use crate::split::{HeldOut, Protocol, Split, SplitOptions, folds_of_users, split};
use crate::train::{TrainError, TrainSettings, train};

/// Into so many parts users are cut, and so many users are enough.
const FOLDS: usize = 5;
const ENOUGH_USERS: usize = 1500;

/// Fewer profiles than this say nothing of how to rank.
const LEAST_PROFILES: usize = 50;

/// Up to so many profiles, what was learned has to show on some of them that it is worth it.
const FEW_PROFILES: usize = 1500;

/// What is more than a fixed blend has to be better by this part; less is chance.
const WORTHWHILE: f64 = 0.01;

/// The cutoff of the figure that decides.
const K: usize = 10;

/// Why no ranker was learned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RankError {
    /// The sources cannot be learned.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// Their model cannot be encoded.
    #[error(transparent)]
    File(#[from] foldin_core::file::FileError),
    /// Their model does not answer.
    #[error(transparent)]
    Request(#[from] RequestError),
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
pub struct Learned {
    /// The ranker; `None` where nothing learned was better than the fixed blend.
    pub ranker: Option<Ranker>,
    /// How many profiles it was learned from.
    pub n_profiles: usize,
}

/// Learns a ranker on everybody but the users whom figures are published of, with sources learned with `settings`.
///
/// # Errors
/// [`RankError`].
pub fn learn_ranker(
    dataset: &Dataset,
    given: &Split,
    settings: &TrainSettings,
    mut progress: impl FnMut(RankStep),
) -> Result<Learned, RankError> {
    let nothing = Learned { ranker: None, n_profiles: 0 };
    if settings.ranker.kind == RankerKind::Fixed {
        return Ok(nothing);
    }
    let all = asked(dataset, given, settings, &mut progress)?;
    if all.sizes.len() < LEAST_PROFILES {
        return Ok(nothing);
    }
    let ranker =
        if all.sizes.len() < FEW_PROFILES { proven(&all, &settings.ranker) } else { best(&all, &settings.ranker) };
    Ok(Learned { ranker, n_profiles: all.sizes.len() })
}

/// The profiles that a ranker is learned from.
fn asked(
    dataset: &Dataset,
    given: &Split,
    settings: &TrainSettings,
    progress: &mut impl FnMut(RankStep),
) -> Result<Examples, RankError> {
    let parts = parts(dataset, given);
    let settings = TrainSettings { likes: given.likes, ..settings.clone() };
    let mut all = Examples::default();
    let share =
        |held_out: &[HeldOut]| held_out.len() as f64 / parts.iter().map(|part| part.1.len()).sum::<usize>() as f64;
    for (n, (train_part, held_out)) in parts.iter().enumerate() {
        let recommender = as_shipped(&train(dataset, train_part, &settings, |_| {})?.model)?;
        let profiles = at_many_lengths(held_out, settings.ranker.seed + n as u64);
        // Some of each part, so that all lengths and all parts are among them.
        let most = (settings.ranker.profiles as f64 * share(held_out)).ceil() as usize;
        let every = profiles.len().div_ceil(most.max(1));
        let some: Vec<HeldOut> = profiles.into_iter().step_by(every).collect();
        all.append(examples(&recommender, dataset, &some)?);
        progress(RankStep { number: n + 1, of: parts.len() + 1 });
    }
    Ok(all)
}

fn best(examples: &Examples, settings: &RankerSettings) -> Option<Ranker> {
    let blend = blend(examples);
    Some(match settings.kind {
        RankerKind::Trees => with_trees(examples, blend, settings),
        _ => Ranker { blend, trees: None },
    })
}

/// Trees are learned from the candidates that they will be asked about: the best by the blend.
fn with_trees(examples: &Examples, blend: Blend, settings: &RankerSettings) -> Ranker {
    let trees = trees(&examples.best_by(&blend), &blend, settings);
    Ranker { blend, trees: Some(trees) }
}

/// What serves best of the fixed blend, a learned one, and one with trees: learned from four fifths of the profiles and
/// judged on the others. Then the same is learned from all.
fn proven(all: &Examples, settings: &RankerSettings) -> Option<Ranker> {
    let (most, others) = all.apart(5);
    let figure = |ranker: &Ranker| others.ndcg(&ranker.scores(&others.rows), K);
    let fixed = figure(&Ranker::default());
    let linear = Ranker { blend: blend(&most), trees: None };
    let learned = figure(&linear);
    let grown = match settings.kind {
        RankerKind::Trees => figure(&with_trees(&most, linear.blend, settings)),
        _ => 0.0,
    };
    let is_better = |figure: f64, than: f64| figure > than * (1.0 + WORTHWHILE);
    if is_better(grown, learned) && is_better(grown, fixed) {
        best(all, settings)
    } else if is_better(learned, fixed) {
        best(all, &RankerSettings { kind: RankerKind::Blend, ..settings.clone() })
    } else {
        None
    }
}

/// Whom to ask about, each with what to learn the sources from: the validation users, and further strangers from folds
/// of the training part where these are strangers. Where they are not and what comes next is asked for, everybody's
/// newest like but one is asked for too.
fn parts(dataset: &Dataset, given: &Split) -> Vec<(Events, Vec<HeldOut>)> {
    let training = dataset.with_events(given.train.clone());
    let options = SplitOptions { threshold: given.likes.threshold(&training).unwrap_or(f32::MIN), seed: 1 };
    let trained: HashSet<u32> = given.train.users.iter().copied().collect();
    let are_strangers = given.validation.iter().all(|one| !trained.contains(&one.user));
    let asks_for_next = given.validation.iter().all(|one| one.relevant.len() == 1);
    let mut parts = vec![(given.train.clone(), given.validation.clone())];
    if are_strangers {
        parts.extend(folds_of_users(&training, &options, FOLDS, ENOUGH_USERS));
    } else if asks_for_next {
        parts.extend(split(&training, Protocol::Loo, &options).map(|inner| (inner.train, inner.test)));
    }
    parts.retain(|(_, held_out)| !held_out.is_empty());
    parts
}
