//! Tuning: every learner's settings searched on users that were held out, and never on those that figures are
//! published of.
//!
//! A trial sets one learner's knobs (`space`), learns on the training part alone, encodes, and is worth what its own
//! source recommends to the validation users: NDCG@10. Trial 0 of a learner is the settings that the search began
//! with, so that a search is never worse than none. Further trials follow a sequence that fills the space evenly
//! (`points`), shifted by the seed: trial `n` is always the same, which makes a search repeatable and lets it go on
//! where it stopped (`journal`). A learner that has not improved for some trials stops early; the others share what is
//! left, in turn.
//!
//! Then `damping` asks by how much neighbours damp popular items, on the same users.

mod damping;
mod journal;
mod lengths;
mod points;
mod space;
mod task;

use std::time::{Duration, Instant};

use foldin_core::Source;
use foldin_core::file::FileError;

use self::damping::choose_damping;
pub use self::journal::{Journal, JournalError};
use self::points::point;
pub use self::space::Values;
use self::space::{knobs, turn, values_at, values_of};
use self::task::Task;
use crate::dataset::Dataset;
use crate::split::Split;
use crate::train::{TrainError, TrainSettings, train};

/// How long to search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// So many trials a learner, at most.
    pub trials: usize,
    /// A learner stops after so many trials that have not improved it.
    pub patience: usize,
    /// No trial begins after this time; `None`: the number of trials alone decides, so that the same data give the same
    /// settings on any machine.
    pub budget: Option<Duration>,
    /// Start of the random numbers.
    pub seed: u64,
    /// Sources whose settings are left as they are.
    pub keep: Vec<Source>,
    /// Trials learn from some users where there are more likes than this, which a search of large data has no need of.
    pub most_likes: Option<usize>,
}

/// One try of one learner's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The source that was asked.
    pub source: Source,
    /// Number of the trial among those of its learner; 0 is the settings at the start.
    pub number: usize,
    /// What was tried.
    pub values: Values,
    /// NDCG@10 on the validation users; `None` where nothing could be learned with these settings.
    pub figure: Option<f64>,
    /// What learning and measuring took.
    pub seconds: f64,
}

/// How far the search of one learner has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The source that is asked.
    pub source: Source,
    /// Trials so far.
    pub n_trials: usize,
    /// Whether it goes on.
    pub goes_on: bool,
    /// Figure of the settings at the start.
    pub at_start: Option<f64>,
    /// The best trial.
    pub best: Trial,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// The settings at the start, with the best knobs of every learner, and the damping of neighbours that serves best.
    pub settings: TrainSettings,
    /// How far each learner has come.
    pub standings: Vec<Standing>,
}

/// Why a search stops.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TuneError {
    /// A trial cannot be written down.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The best settings cannot be learned together.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// The model of the best settings cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Searches the settings of every learner in `start.sources` on the validation users of a split, and then the damping
/// of neighbours; `progress` is told after each trial how far all learners have come.
///
/// # Errors
/// [`TuneError`].
pub fn tune(
    dataset: &Dataset,
    split: &Split,
    start: &TrainSettings,
    options: &SearchOptions,
    journal: &mut Journal,
    progress: impl FnMut(&Trial, &[Standing]),
) -> Result<Tuned, TuneError> {
    let task = Task::new(dataset, split, start.likes, options.most_likes);
    let (mut settings, standings) = search(&task, start, options, journal, progress)?;
    task.fit_to_whole(&mut settings, start);
    if !split.validation.is_empty() {
        let last = TrainSettings { stars: false, likes: start.likes, ..settings.clone() };
        let mut model = train(dataset, &split.train, &last, |_| {})?.model;
        let threshold = start.likes.threshold(dataset);
        choose_damping(&mut model, dataset, &split.validation, threshold, options.seed)?;
        if let Some(neighbours) = &model.neighbours {
            settings.neighbours.damping.clone_from(&neighbours.weighting.damping);
        }
    }
    Ok(Tuned { settings, standings })
}

fn search(
    task: &Task,
    start: &TrainSettings,
    options: &SearchOptions,
    journal: &mut Journal,
    mut progress: impl FnMut(&Trial, &[Standing]),
) -> Result<(TrainSettings, Vec<Standing>), JournalError> {
    let began = Instant::now();
    let mut standings: Vec<Standing> = Vec::new();
    let searched = |source: &&Source| {
        !options.keep.contains(source) && !knobs(**source, task.shape()).is_empty() && task.can_measure(**source)
    };
    let sources: Vec<Source> = start.sources.iter().filter(searched).copied().collect();
    let is_over = |n: usize| n > 0 && options.budget.is_some_and(|budget| began.elapsed() >= budget);
    for number in 0..options.trials.max(1) {
        if number > 0 && !standings.iter().any(|standing| standing.goes_on) {
            break;
        }
        for &source in &sources {
            let place = standings.iter().position(|standing| standing.source == source);
            if is_over(number) {
                return Ok((with_best(start, task, &standings), standings));
            }
            if place.is_some_and(|place| !standings[place].goes_on) {
                continue;
            }
            let trial = try_once(task, start, source, number, options.seed, journal)?;
            match place {
                Some(place) => standings[place].take(&trial, options.patience),
                None => standings.push(Standing::after_first(&trial)),
            }
            progress(&trial, &standings);
        }
    }
    Ok((with_best(start, task, &standings), standings))
}

/// Settings with every learner's best knobs. Where nothing beats the start, the start stays as it was, with what it
/// leaves to the learner.
fn with_best(start: &TrainSettings, task: &Task, standings: &[Standing]) -> TrainSettings {
    let mut settings = start.clone();
    for Standing { source, best, .. } in standings.iter().filter(|standing| standing.best.number > 0) {
        turn(&knobs(*source, task.shape()), &best.values, &mut settings);
    }
    settings
}

fn try_once(
    task: &Task,
    start: &TrainSettings,
    source: Source,
    number: usize,
    seed: u64,
    journal: &mut Journal,
) -> Result<Trial, JournalError> {
    let knobs = knobs(source, task.shape());
    let mut settings = start.clone();
    let values = match number {
        0 => values_of(&knobs, start, task.shape()),
        _ => values_at(&knobs, &point(number, knobs.len(), seed)),
    };
    if number > 0 {
        turn(&knobs, &values, &mut settings);
    }
    if let Some((figure, seconds)) = journal.find(source, &values) {
        return Ok(Trial { source, number, values, figure, seconds });
    }
    let started = Instant::now();
    // Settings with which nothing can be learned are the worst of all, and no reason to stop.
    let figure = task.figure(source, &settings);
    let trial = Trial { source, number, values, figure, seconds: started.elapsed().as_secs_f64() };
    journal.write(&trial)?;
    Ok(trial)
}

impl Standing {
    fn after_first(trial: &Trial) -> Self {
        let best = trial.clone();
        Standing { source: trial.source, n_trials: 1, goes_on: true, at_start: trial.figure, best }
    }

    fn take(&mut self, trial: &Trial, patience: usize) {
        self.n_trials += 1;
        // Any figure beats none, and equal figures leave the earlier trial in its place.
        if trial.figure > self.best.figure {
            self.best = trial.clone();
        }
        self.goes_on = trial.number - self.best.number < patience;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::sample::sample;
    use crate::split::{Protocol, SplitOptions, split};
    use crate::train::Likes;

    fn options(trials: usize) -> SearchOptions {
        SearchOptions { trials, patience: 50, budget: None, seed: 1, keep: Vec::new(), most_likes: None }
    }

    fn small() -> (Dataset, Split) {
        let dataset = sample();
        let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold: 4.0, seed: 7 }).unwrap();
        (dataset, split)
    }

    /// Settings that are quick to learn, and bad enough to be improved.
    fn start() -> TrainSettings {
        let mut settings =
            TrainSettings { likes: Likes::All, sources: vec![Source::Factors], ..TrainSettings::default() };
        settings.als.factors = 8;
        settings.als.iterations = 3;
        settings.als.reg = Some(1.0);
        settings
    }

    #[test]
    fn a_search_finds_better_settings_than_bad_ones_and_the_same_again() {
        let (dataset, split) = small();
        let tuned = || tune(&dataset, &split, &start(), &options(5), &mut Journal::none(), |_, _| {}).unwrap();
        let first = tuned();
        let standing = &first.standings[0];
        assert!(standing.best.figure > standing.at_start && standing.best.number > 0);
        assert_eq!(standing.n_trials, 5);
        assert!(first.settings.als.reg.unwrap() < 1.0);
        assert_eq!(first.settings.als.factors, 8);
        assert_eq!(tuned().settings, first.settings);
    }

    #[test]
    fn a_search_goes_on_where_its_journal_ends() {
        let (dataset, split) = small();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trials.jsonl");
        let run = |trials| {
            let mut journal = Journal::open(&path, "sample").unwrap();
            let known = journal.len();
            let tuned = tune(&dataset, &split, &start(), &options(trials), &mut journal, |_, _| {}).unwrap();
            (known, tuned)
        };
        assert_eq!(run(2).0, 0);
        let (known, longer) = run(4);
        assert_eq!((known, longer.standings[0].n_trials), (2, 4));
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 4);
        let whole = tune(&dataset, &split, &start(), &options(4), &mut Journal::none(), |_, _| {}).unwrap();
        assert_eq!(longer.settings, whole.settings);
    }

    #[test]
    fn a_learner_that_does_not_improve_stops_early() {
        let (dataset, split) = small();
        let options = SearchOptions { patience: 2, ..options(40) };
        let tuned = tune(&dataset, &split, &start(), &options, &mut Journal::none(), |_, _| {}).unwrap();
        let standing = &tuned.standings[0];
        assert!(!standing.goes_on && standing.n_trials == standing.best.number + 3);
    }

    #[test]
    fn a_search_ends_with_its_budget_however_many_trials_are_allowed() {
        let (dataset, split) = small();
        let budget = Some(Duration::from_millis(1));
        let options = SearchOptions { trials: usize::MAX, budget, ..options(1) };
        let tuned = tune(&dataset, &split, &start(), &options, &mut Journal::none(), |_, _| {}).unwrap();
        // The settings at the start are measured in any case.
        assert_eq!(tuned.standings[0].n_trials, 1);
        let options = SearchOptions { trials: usize::MAX, patience: 1, ..options };
        let options = SearchOptions { budget: None, ..options };
        let tuned = tune(&dataset, &split, &start(), &options, &mut Journal::none(), |_, _| {}).unwrap();
        assert!(!tuned.standings[0].goes_on);
    }

    #[test]
    fn a_search_never_sees_whom_figures_are_published_of() {
        let (dataset, mut split) = small();
        let tuned =
            |split: &Split| tune(&dataset, split, &start(), &options(3), &mut Journal::none(), |_, _| {}).unwrap();
        let before = tuned(&split).settings;
        split.test.truncate(1);
        split.test[0].relevant = vec![0];
        assert_eq!(tuned(&split).settings, before);
    }
}
