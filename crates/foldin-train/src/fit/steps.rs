//! The steps of a training that others take as well: choosing settings, learning, learning the ranker.

use std::borrow::Cow;
use std::collections::HashSet;

use foldin_core::Source;
use foldin_core::model::{Model, Ranker};
use foldin_data::interactions::is_like;
use foldin_data::split::{HeldOut, Protocol, Split, SplitOptions, asks_for_next, from_events, split, users_of};
use foldin_data::{Dataset, Events, ItemNo, Likes, UserNo};

use super::events::{Event, LearnedFrom, NotSearched, Observer, Phase};
use super::{FitError, no_likes};
use crate::artefacts::AlsLoss;
use crate::assemble::{Assembled, TrainingData, assemble, assemble_from, n_steps};
use crate::cancel::Cancelled;
use crate::config::{Config, RankerKind};
use crate::learn::als::Iteration;
use crate::rank::{LearnedRanker, learn_ranker};
use crate::tune::{SearchOptions, SearchState, Trial, Tuned, tune};

/// Fewer users than this would be learned by heart.
const LEAST_USERS: usize = 30;

/// Larger data are searched on some of their users.
const MOST_LIKES: usize = 1_000_000;

/// Seed of the validation part of a split that has none of its own.
const VALIDATION_SEED: u64 = 1;

/// The rating from which on events of a data set are likes; `None`: every event is.
///
/// # Errors
/// [`FitError::NoLikes`] where there are events and none is a like: such a model must not replace one that knows more.
/// A catalogue alone is another matter: content needs no event.
pub fn like_threshold(dataset: &Dataset, likes: Likes) -> Result<Option<f32>, FitError> {
    let threshold = likes.threshold(dataset);
    no_likes(&dataset.events, threshold)?;
    Ok(threshold)
}

/// The settings with one answer to whether there is enough to learn the transformer from, for all models of one training:
/// their parts differ in size, and a ranker has to know the sources that it will meet.
pub(super) fn with_what_suffices(config: &Config, events: &Events, threshold: Option<f32>) -> Config {
    let mut config = config.clone();
    let n_likes = (0..events.len()).filter(|&row| is_like(events, row, threshold)).count();
    if n_likes < config.transformer.min_likes {
        config.train.sources.retain(|source| *source != Source::Transformer);
    } else {
        config.transformer.min_likes = 0;
    }
    config
}

/// The settings to learn with: those of the configuration, or, where it asks for a search, the best that one finds on
/// the validation users of a split.
///
/// # Errors
/// [`FitError`].
pub fn choose_settings(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Config, FitError> {
    observer.on_event(Event::Started(Phase::Searching))?;
    if !config.search.enabled {
        observer.on_event(Event::NotSearched(NotSearched::Disabled))?;
        return Ok(config.clone());
    }
    if split.validation.len() < LEAST_USERS {
        observer.on_event(Event::NotSearched(NotSearched::TooFewUsers))?;
        return Ok(config.clone());
    }
    let options = SearchOptions {
        trials: config.search.trials,
        patience: config.search.patience,
        seed: config.search.seed,
        keep: config.search.keep.clone(),
        most_likes: Some(MOST_LIKES),
    };
    observer.on_event(Event::SearchStarted { users: split.validation.len() })?;
    let mut on_trial = |trial: &Trial, states: &[SearchState]| observer.on_event(Event::Trial { trial, states });
    let Tuned { config, states } = tune(dataset, split, config, &options, &mut on_trial)?;
    observer.on_event(Event::Searched { states: &states })?;
    Ok(config)
}

/// What was learned from the training part of a split: what ranker and metrics are taken from.
pub(super) struct OfTrainingPart {
    /// The model, without a ranker.
    pub(super) model: Model,
    /// The losses of iALS.
    pub(super) losses: Vec<AlsLoss>,
}

/// Learns every part of a model but the ranker.
pub(super) fn learn(
    data: TrainingData<'_>,
    earlier: Option<&Model>,
    config: &Config,
    from: LearnedFrom,
    observer: &mut dyn Observer,
) -> Result<Assembled, FitError> {
    let of = n_steps(config);
    let assembled =
        assemble_from(data, earlier, config, |step| observer.on_event(Event::Learning { done: step.number, of }))?;
    observer.on_event(Event::Learned { model: &assembled.model, from })?;
    Ok(assembled)
}

/// Learns every part of a model but the ranker from the training part of a split. `progress` may cancel.
pub(super) fn learn_training_part(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<OfTrainingPart, FitError> {
    let mut losses = Vec::new();
    let data = TrainingData { dataset, events: &split.train, threshold: split.threshold };
    let assembled = assemble(data, config, |step| {
        let loss = |iteration: Iteration| AlsLoss { iteration: iteration.number, loss: iteration.loss() };
        losses.extend(step.iteration.map(loss));
        progress(step.number)
    })?;
    Ok(OfTrainingPart { model: assembled.model, losses })
}

/// Learns the ranker on the validation users of a split, and on others from its training part. With it comes what was
/// learned from that part on the way, where the settings ask for a ranker at all.
///
/// # Errors
/// [`FitError`].
pub(super) fn rank(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<(Option<Ranker>, Option<OfTrainingPart>), FitError> {
    observer.on_event(Event::Started(Phase::Ranking))?;
    if config.ranker.kind == RankerKind::Fixed {
        return Ok((None, None));
    }
    let of_training = learn_training_part(dataset, split, config, |_| Ok(()))?;
    let progress = |step: crate::rank::RankStep| -> Result<(), Cancelled> {
        observer.on_event(Event::Ranking { done: step.number, of: step.of })
    };
    let LearnedRanker { ranker, n_profiles } = learn_ranker(dataset, split, &of_training.model, config, progress)?;
    observer.on_event(Event::Ranked { ranker: ranker.as_ref(), profiles: n_profiles })?;
    Ok((ranker, Some(of_training)))
}

/// Learns what a visitor would be served by, from the training part of a split alone: with chosen settings and a
/// ranker. Both are chosen on validation users.
///
/// # Errors
/// [`FitError`].
pub fn fit_split(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<(Config, Model), FitError> {
    no_likes(&split.train, split.threshold)?;
    let config = &with_what_suffices(config, &split.train, split.threshold);
    let chosen_on = with_validation(dataset, split);
    let config = match &chosen_on {
        Some(chosen_on) => choose_settings(dataset, chosen_on, config, observer)?,
        None => config.clone(),
    };
    let (ranker, of_training) = match &chosen_on {
        Some(chosen_on) => rank(dataset, chosen_on, &config, observer)?,
        None => (None, None),
    };
    observer.on_event(Event::Started(Phase::Learning))?;
    // An inner split has another training part.
    let of_training = of_training.filter(|_| matches!(chosen_on, Some(Cow::Borrowed(_))));
    let mut model = training_model(dataset, split, &config, of_training, observer)?.model;
    model.ranker = ranker;
    Ok((config, model))
}

/// What was learned from the training part of a split, if it was, or else learns it.
pub(super) fn training_model(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    learned: Option<OfTrainingPart>,
    observer: &mut dyn Observer,
) -> Result<OfTrainingPart, FitError> {
    let of = n_steps(config);
    let learned = match learned {
        Some(learned) => learned,
        None => {
            let progress = |done| observer.on_event(Event::Learning { done, of });
            learn_training_part(dataset, split, config, progress)?
        }
    };
    observer.on_event(Event::Learned { model: &learned.model, from: LearnedFrom::TrainingPart })?;
    Ok(learned)
}

/// A split with users to make choices on: itself, or, where it has no validation part, a split of its training part that
/// asks what it asks. `None` where the training part is too small for one.
fn with_validation<'a>(dataset: &Dataset, given: &'a Split) -> Option<Cow<'a, Split>> {
    if !given.validation.is_empty() {
        return Some(Cow::Borrowed(given));
    }
    let training = dataset.with_events(given.train.clone());
    let trained = users_of(&given.train);
    let protocol = match given.test.iter().all(|one| trained.contains(&one.user)) {
        false => Protocol::Strong,
        true if asks_for_next(&given.test) => Protocol::Loo,
        true => Protocol::Holdout,
    };
    let options = SplitOptions { threshold: given.threshold, seed: VALIDATION_SEED };
    let mut inner = split(&training, protocol, &options).ok()?;
    // Whom to measure on is decided already.
    let mut test: Vec<HeldOut> = std::mem::take(&mut inner.test);
    if protocol == Protocol::Strong {
        inner.validation.append(&mut test);
    } else {
        inner = asking_for(&given.train, &test, given.threshold)?;
        inner.validation = std::mem::take(&mut inner.test);
    }
    (!inner.validation.is_empty()).then_some(Cow::Owned(inner))
}

/// A split that asks held-out users for the same, and learns and shows all other events.
fn asking_for(events: &Events, held_out: &[HeldOut], threshold: Option<f32>) -> Option<Split> {
    let asked: HashSet<(UserNo, ItemNo)> =
        held_out.iter().flat_map(|one| one.relevant.iter().map(|&item| (one.user, item))).collect();
    let is_asked = |row: usize| asked.contains(&(events.users[row], events.items[row]));
    let train = events.rows(|row| !is_asked(row));
    from_events(train.clone(), &train, &events.rows(is_asked), threshold).ok()
}
