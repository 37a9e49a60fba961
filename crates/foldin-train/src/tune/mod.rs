//! Tuning: the settings of every learner, searched on held-out validation users, never on test users.
//!
//! A trial sets one learner's parameters (`space`), learns on the training part alone, encodes, and is worth what its own
//! source recommends to the validation users: NDCG@10, that of neighbours over profiles of all lengths. Trial 0 of a
//! learner is the settings that the search began with, so that a search is never worse than none. Further trials follow a
//! sequence that fills the space evenly (`points`), shifted by the seed: trial `n` is always the same, which makes a
//! search repeatable and lets it resume where it stopped ([`SearchObserver::known`]). A learner that has not improved for
//! some trials stops early; the others share what is left, in turn. What was learned elsewhere is measured once, as it is.
//! The transformer is tried once, as it is set, and left out unless it finds what comes next better than the sequence.
//!
//! Then `damping` chooses by how much neighbours damp popular items, on the same users.

mod damping;
mod points;
mod space;
mod task;

use foldin_core::Source;
use foldin_core::file::FileError;
use foldin_data::Dataset;
use foldin_data::split::Split;

use self::damping::choose_damping;
use self::points::point;
pub use self::space::Values;
use self::space::{apply, values_at, values_of};
use self::task::Task;
use crate::assemble::{AssembleError, TrainingData, assemble};
use crate::cancel::Cancelled;
use crate::config::Config;

/// How long to search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// Trials per learner, at most.
    pub trials: usize,
    /// A learner stops after so many trials that have not improved it.
    pub patience: usize,
    /// Seed of the trials.
    pub seed: u64,
    /// Sources whose settings are left as they are.
    pub keep: Vec<Source>,
    /// Trials learn from some of the users where there are more likes than this; a search does not need more.
    pub most_likes: Option<usize>,
}

/// One trial of one learner's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The source that was measured.
    pub source: Source,
    /// Number of the trial among those of its learner; 0 is the settings at the start.
    pub number: usize,
    /// What was tried.
    pub values: Values,
    /// NDCG@10 on the validation users; `None` where nothing could be learned with these settings.
    pub ndcg: Option<f64>,
}

/// How far the search of one learner has come.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchState {
    /// The source that is measured.
    pub source: Source,
    /// Trials so far.
    pub n_trials: usize,
    /// Whether further trials follow.
    pub is_active: bool,
    /// NDCG@10 of the settings at the start.
    pub at_start: Option<f64>,
    /// The best trial.
    pub best: Trial,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// The settings at the start, with the best parameters of every learner, and the best damping of neighbours.
    pub config: Config,
    /// How far each learner has come.
    pub states: Vec<SearchState>,
}

/// Why a search found nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TuneError {
    /// The best settings cannot be learned together.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// The model of the best settings cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Follows a search. A closure that is called after each trial is one.
pub trait SearchObserver {
    /// The NDCG@10 of a trial that was made before; its own value may be missing.
    fn known(&self, _source: Source, _values: &Values) -> Option<Option<f64>> {
        None
    }

    /// Whether no further trial is to begin. The settings at the start are measured in any case.
    fn is_over(&self) -> bool {
        false
    }

    /// Called after each trial, with the states of all learners; `is_new` is false for a trial that was known.
    ///
    /// # Errors
    /// [`Cancelled`] ends the search without a result.
    fn on_trial(&mut self, trial: &Trial, states: &[SearchState], is_new: bool) -> Result<(), Cancelled>;
}

impl<F: FnMut(&Trial, &[SearchState]) -> Result<(), Cancelled>> SearchObserver for F {
    fn on_trial(&mut self, trial: &Trial, states: &[SearchState], _is_new: bool) -> Result<(), Cancelled> {
        self(trial, states)
    }
}

/// Searches the settings of every learner of `start` on the validation users of a split, and then the damping of
/// neighbours.
///
/// # Errors
/// [`TuneError`].
pub fn tune(
    dataset: &Dataset,
    split: &Split,
    start: &Config,
    options: &SearchOptions,
    observer: &mut dyn SearchObserver,
) -> Result<Tuned, TuneError> {
    let task = Task::new(dataset, split, options.most_likes, options.seed);
    let (mut config, states) = search(&task, start, options, observer)?;
    task.scale_to_whole(&mut config, start);
    if !split.validation.is_empty() {
        let mut last = config.clone();
        last.train.stars = false;
        let data = TrainingData { dataset, events: &split.train, threshold: split.threshold };
        let mut model = assemble(data, &last, |_| Ok(()))?.model;
        choose_damping(&mut model, dataset, task.of_all_lengths())?;
        if let Some(neighbours) = &model.neighbours {
            config.neighbours.damping.clone_from(&neighbours.weighting.damping);
        }
    }
    Ok(Tuned { config, states })
}

fn search(
    task: &Task,
    start: &Config,
    options: &SearchOptions,
    observer: &mut dyn SearchObserver,
) -> Result<(Config, Vec<SearchState>), Cancelled> {
    let mut states: Vec<SearchState> = Vec::new();
    let is_searched = |source: &&Source| {
        let has_params = !task.params(**source).is_empty();
        let is_tried = **source == Source::Transformer || has_params || task.is_given(**source);
        !options.keep.contains(source) && is_tried && task.can_measure(**source, start)
    };
    let sources: Vec<Source> = start.train.sources.iter().filter(is_searched).copied().collect();
    for number in 0..options.trials.max(1) {
        if number > 0 && !states.iter().any(|state| state.is_active) {
            break;
        }
        for &source in &sources {
            let place = states.iter().position(|state| state.source == source);
            if number > 0 && observer.is_over() {
                return Ok((with_best(start, task, &states, &options.keep), states));
            }
            if place.is_some_and(|place| !states[place].is_active) {
                continue;
            }
            let (trial, is_new) = try_once(task, start, source, number, options.seed, observer);
            match place {
                Some(place) => states[place].take(&trial, options.patience),
                None => states.push(SearchState::after_first(&trial, !task.params(source).is_empty())),
            }
            observer.on_trial(&trial, &states, is_new)?;
        }
    }
    Ok((with_best(start, task, &states, &options.keep), states))
}

/// Settings with every learner's best parameters. Where nothing beats the start, the start stays as it was, with what it
/// leaves to the learner.
fn with_best(start: &Config, task: &Task, states: &[SearchState], keep: &[Source]) -> Config {
    let mut config = start.clone();
    for SearchState { source, best, .. } in states.iter().filter(|state| state.best.number > 0) {
        apply(&task.params(*source), &best.values, &mut config);
    }
    let best = |source| states.iter().find(|state| state.source == source).and_then(|state| state.best.ndcg);
    // The network costs bytes and time: unless it was seen to say better than counts what comes next, it is left out.
    if !keep.contains(&Source::Transformer) && best(Source::Transformer) <= best(Source::Sequence) {
        config.train.sources.retain(|source| *source != Source::Transformer);
    }
    config
}

/// A trial, and whether it was made now.
fn try_once(
    task: &Task,
    start: &Config,
    source: Source,
    number: usize,
    seed: u64,
    observer: &dyn SearchObserver,
) -> (Trial, bool) {
    let params = task.params(source);
    let mut config = start.clone();
    let values = match number {
        0 => values_of(&params, start, task.shape()),
        _ => values_at(&params, &point(number, params.len(), seed)),
    };
    if number > 0 {
        apply(&params, &values, &mut config);
    }
    let known = observer.known(source, &values);
    // Settings with which nothing can be learned are the worst of all, and no reason to stop.
    let ndcg = known.unwrap_or_else(|| task.ndcg_of(source, &config));
    (Trial { source, number, values, ndcg }, known.is_none())
}

impl SearchState {
    fn after_first(trial: &Trial, is_active: bool) -> Self {
        let best = trial.clone();
        SearchState { source: trial.source, n_trials: 1, is_active, at_start: trial.ndcg, best }
    }

    fn take(&mut self, trial: &Trial, patience: usize) {
        self.n_trials += 1;
        // Any value beats none, and equal values leave the earlier trial in its place.
        if trial.ndcg > self.best.ndcg {
            self.best = trial.clone();
        }
        self.is_active = trial.number - self.best.number < patience;
    }
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemNo;
    use foldin_data::sample::sample;
    use foldin_data::split::{Protocol, SplitOptions, split};

    use super::*;

    fn options(trials: usize) -> SearchOptions {
        SearchOptions { trials, patience: 50, seed: 1, keep: Vec::new(), most_likes: None }
    }

    fn small() -> (Dataset, Split) {
        let dataset = sample();
        let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold: Some(4.0), seed: 7 }).unwrap();
        (dataset, split)
    }

    /// Settings that are quick to learn, and bad enough to be improved.
    fn start() -> Config {
        let mut config = Config::default();
        config.train.sources = vec![Source::Factors];
        config.als.factors = 8;
        config.als.iterations = 3;
        config.als.reg = Some(1.0);
        config
    }

    fn unobserved() -> impl SearchObserver {
        |_: &Trial, _: &[SearchState]| Ok(())
    }

    #[test]
    fn a_search_finds_better_settings_than_bad_ones_and_the_same_again() {
        let (dataset, split) = small();
        let tuned = || tune(&dataset, &split, &start(), &options(5), &mut unobserved()).unwrap();
        let first = tuned();
        let state = &first.states[0];
        assert!(state.best.ndcg > state.at_start && state.best.number > 0);
        assert_eq!(state.n_trials, 5);
        assert!(first.config.als.reg.unwrap() < 1.0);
        assert_eq!(first.config.als.factors, 8);
        assert_eq!(tuned().config, first.config);
    }

    /// Remembers trials, and ends the search after some new ones.
    #[derive(Default)]
    struct Memory {
        trials: Vec<Trial>,
        n_new: usize,
        is_over: bool,
        cancel: bool,
    }

    impl SearchObserver for Memory {
        fn known(&self, source: Source, values: &Values) -> Option<Option<f64>> {
            let same = |trial: &&Trial| trial.source == source && trial.values == *values;
            self.trials.iter().find(same).map(|trial| trial.ndcg)
        }

        fn is_over(&self) -> bool {
            self.is_over
        }

        fn on_trial(&mut self, trial: &Trial, _: &[SearchState], is_new: bool) -> Result<(), Cancelled> {
            self.n_new += usize::from(is_new);
            self.trials.push(trial.clone());
            if self.cancel { Err(Cancelled) } else { Ok(()) }
        }
    }

    #[test]
    fn a_search_resumes_from_known_trials() {
        let (dataset, split) = small();
        let mut memory = Memory::default();
        tune(&dataset, &split, &start(), &options(2), &mut memory).unwrap();
        assert_eq!(memory.n_new, 2);
        let longer = tune(&dataset, &split, &start(), &options(4), &mut memory).unwrap();
        assert_eq!((memory.n_new, longer.states[0].n_trials), (4, 4));
        let whole = tune(&dataset, &split, &start(), &options(4), &mut unobserved()).unwrap();
        assert_eq!(longer.config, whole.config);
    }

    #[test]
    fn a_learner_that_does_not_improve_stops_early() {
        let (dataset, split) = small();
        let options = SearchOptions { patience: 2, ..options(40) };
        let tuned = tune(&dataset, &split, &start(), &options, &mut unobserved()).unwrap();
        let state = &tuned.states[0];
        assert!(!state.is_active && state.n_trials == state.best.number + 3);
    }

    #[test]
    fn a_search_that_is_over_has_measured_the_settings_at_the_start() {
        let (dataset, split) = small();
        let mut memory = Memory { is_over: true, ..Memory::default() };
        let tuned = tune(&dataset, &split, &start(), &options(usize::MAX), &mut memory).unwrap();
        assert_eq!((tuned.states[0].n_trials, tuned.states[0].is_active), (1, true));
    }

    #[test]
    fn a_cancelled_search_has_no_result() {
        let (dataset, split) = small();
        let mut memory = Memory { cancel: true, ..Memory::default() };
        let cancelled = tune(&dataset, &split, &start(), &options(5), &mut memory);
        assert!(matches!(cancelled, Err(TuneError::Cancelled(_))) && memory.n_new == 1);
    }

    #[test]
    fn a_search_never_sees_test_users() {
        let (dataset, mut split) = small();
        let tuned = |split: &Split| tune(&dataset, split, &start(), &options(3), &mut unobserved()).unwrap();
        let before = tuned(&split).config;
        split.test.truncate(1);
        split.test[0].relevant = vec![ItemNo(0)];
        assert_eq!(tuned(&split).config, before);
    }
}
