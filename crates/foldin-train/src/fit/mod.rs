//! The recipe: from a data set to everything that a version of a model holds.
//!
//! ```
//! use foldin_core::{Profile, Recommender, Request};
//! use foldin_data::Dataset;
//! use foldin_train::config::Config;
//! use foldin_train::fit::fit;
//!
//! let likes = [
//!     ("ann", ["alien", "aliens"]),
//!     ("bob", ["alien", "aliens"]),
//!     ("cem", ["alien", "aliens"]),
//!     ("eve", ["amelie", "notting-hill"]),
//! ];
//! let events = likes.iter().flat_map(|(user, items)| items.map(|item| (*user, item, 5.0, 0)));
//! let dataset = Dataset::from_events("films", events);
//!
//! let fitted = fit(&dataset, &Config::default(), &mut ())?;
//! let recommender = Recommender::new(fitted.model);
//! let answer = recommender.recommend(&Profile::liking(["alien"]), &Request::default())?;
//! assert_eq!(recommender.id(answer[0].item), "aliens");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`fit()`] reads as its table of contents: hold users out, choose settings on them, learn from all events, learn the
//! ranker, measure, draw the map, attack the result. It touches no file, clock, environment or terminal; an [`Observer`] is told what
//! happens, and may cancel.

mod events;
mod measure;
mod measure_split;
mod phase_times;
mod plain;
mod refresh;
mod steps;

use bytes::Bytes;
use foldin_core::file::{FileError, write_score};
use foldin_core::model::{Descriptions, Model, Users};
use foldin_data::split::{ColdStart, Protocol, SplitOptions, cold_start, split};
use foldin_data::{Dataset, Events, ReadReport};

pub use self::events::{Event, LearnedFrom, NotSearched, Observer, Phase};
pub use self::measure::Metrics;
use self::measure::measure;
pub use self::measure_split::{HeldOutTask, measure_split};
pub use self::phase_times::PhaseTimes;
pub use self::plain::{PlainEvent, PlainSearchState};
pub use self::refresh::refresh;
pub use self::steps::{choose_settings, fit_split, like_threshold};
use self::steps::{learn, rank, with_what_suffices};
use crate::artefacts::PrivacyFigures;
use crate::assemble::{AssembleError, Assembled, TrainingData, known_users};
use crate::cancel::Cancelled;
use crate::config::{Config, HeldOutBy};
use crate::doubts::{Doubt, Predecessor, doubts};
use crate::evaluate::{COLD_LENGTHS, EvaluateError};
use crate::learn::map::map;
use crate::privacy::assess;
use crate::rank::RankError;
use crate::tune::TuneError;

/// What a training gives.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// All that ranking needs.
    pub model: Model,
    /// The same, encoded: the content of the score file.
    pub score: Bytes,
    /// Titles, tags and the map.
    pub descriptions: Descriptions,
    /// Known users, where the configuration asks for them.
    pub users: Option<Users>,
    /// The settings that were used: with them and the same data, [`fit()`] gives the same model.
    pub config: Config,
    /// What was measured, where there are enough users and the configuration asks for it.
    pub metrics: Option<Metrics>,
    /// What the model gives away about the people that it was learned from.
    pub privacy: PrivacyFigures,
}

impl Fitted {
    /// What speaks against publishing the model, beside the current version where there is one.
    pub fn doubts(&self, dataset: &Dataset, report: Option<&ReadReport>, current: Option<&Predecessor>) -> Vec<Doubt> {
        let threshold = self.config.data.threshold.threshold(dataset);
        doubts(dataset, report, threshold, self.metrics.as_ref().map(|metrics| &metrics.file), current)
    }
}

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// There are events, and none is a like.
    #[error("no rating reaches the threshold {threshold} (the highest is {highest}); lower --threshold")]
    NoLikes {
        /// The threshold.
        threshold: f32,
        /// The highest rating.
        highest: f32,
    },
    /// A part of the model cannot be learned.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// The search for settings failed.
    #[error(transparent)]
    Tune(#[from] TuneError),
    /// The ranker cannot be learned.
    #[error(transparent)]
    Rank(#[from] RankError),
    /// The model cannot be measured.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    /// A model cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
    /// The observer cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl FitError {
    /// Whether the observer asked for the end, at whatever depth.
    pub fn is_cancelled(&self) -> bool {
        matches!(
            self,
            FitError::Cancelled(_)
                | FitError::Assemble(AssembleError::Cancelled(_))
                | FitError::Tune(TuneError::Cancelled(_))
                | FitError::Rank(RankError::Cancelled(_))
                | FitError::Evaluate(EvaluateError::Cancelled(_))
        )
    }
}

/// Learns a model from a data set, with everything that a version of it holds. The same data set, configuration and
/// version of this crate give the same bytes, on any number of threads.
///
/// # Errors
/// [`FitError`].
pub fn fit(dataset: &Dataset, config: &Config, observer: &mut dyn Observer) -> Result<Fitted, FitError> {
    let threshold = like_threshold(dataset, config.data.threshold)?;
    let held_out = hold_out(dataset, threshold, config, observer)?;
    let training_part = held_out.as_ref().map_or(&dataset.events, |held_out| &held_out.full.train);
    let config = &with_what_suffices(config, training_part, threshold);
    let config = match &held_out {
        Some(held_out) => choose_settings(dataset, &held_out.full, config, observer)?,
        None => config.clone(),
    };

    observer.on_event(Event::Started(Phase::Learning))?;
    let data = TrainingData { dataset, events: &dataset.events, threshold };
    let Assembled { mut model, descriptions } = learn(data, None, &config, LearnedFrom::Everything, observer)?;
    // What was left to the data is decided now, and holds for the ranker and the metrics as well.
    let config = config.settled(&model);

    let (ranker, of_training) = match &held_out {
        Some(held_out) => rank(dataset, &held_out.full, &config, observer)?,
        None => (None, None),
    };
    let metrics = match &held_out {
        Some(held_out) if config.evaluate.enabled => {
            Some(measure(dataset, held_out, &config, ranker.as_ref(), of_training, observer)?)
        }
        _ => None,
    };
    model.ranker = ranker;

    finished(data, Assembled { model, descriptions }, config, metrics, observer)
}

/// Draws the map, encodes the model and attacks it.
fn finished(
    data: TrainingData<'_>,
    Assembled { model, mut descriptions }: Assembled,
    config: Config,
    metrics: Option<Metrics>,
    observer: &mut dyn Observer,
) -> Result<Fitted, FitError> {
    observer.on_event(Event::Started(Phase::Mapping))?;
    if let Some(map) = config.map.enabled.then(|| map(&model, &config.map)).flatten() {
        observer.on_event(Event::Mapped { items: map.len() })?;
        descriptions = descriptions.with_map(map);
    }
    let users = config.train.with_users.then(|| known_users(data.dataset, &model));
    let score = Bytes::from(write_score(&model));
    let privacy = assess(&score, data, &config)?;
    Ok(Fitted { model, score, descriptions, users, config, metrics, privacy })
}

/// The users that settings and ranker are chosen on and metrics are taken over, where there are enough of them.
fn hold_out(
    dataset: &Dataset,
    threshold: Option<f32>,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Option<ColdStart>, Cancelled> {
    if dataset.events.is_empty() {
        return Ok(None);
    }
    let options = SplitOptions { threshold, seed: config.evaluate.seed };
    let held_out = match config.evaluate.protocol {
        HeldOutBy::Strong => cold_start(dataset, &COLD_LENGTHS, &options),
        HeldOutBy::Sessions => {
            let split = split(dataset, Protocol::Sessions, &options);
            split.map(|full| ColdStart { full, at: Vec::new() })
        }
    };
    match held_out {
        Ok(held_out) => Ok(Some(held_out)),
        Err(error) => {
            observer.on_event(Event::NotHeldOut(&error))?;
            Ok(None)
        }
    }
}

/// # Errors
/// [`FitError::NoLikes`].
fn no_likes(events: &Events, threshold: Option<f32>) -> Result<(), FitError> {
    let highest = events.ratings.iter().copied().max_by(f32::total_cmp);
    match threshold.zip(highest) {
        Some((threshold, highest)) if threshold > highest => Err(FitError::NoLikes { threshold, highest }),
        _ => Ok(()),
    }
}
