//! What a training tells its observer.

use foldin_core::model::{Model, Ranker};
use foldin_data::split::SplitError;

use crate::artefacts::{MetricsSummary, RatingMetrics};
use crate::cancel::Cancelled;
use crate::evaluate::rating::FoldError;
use crate::tune::{SearchState, Trial};

/// A part of a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Settings are searched on held-out users.
    Searching,
    /// The model is learned from all events.
    Learning,
    /// The ranker is learned.
    Ranking,
    /// The same settings are measured on held-out users.
    Measuring,
    /// The map is drawn.
    Mapping,
}

impl Phase {
    /// The name under which callbacks know it.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Searching => "searching",
            Phase::Learning => "learning",
            Phase::Ranking => "ranking",
            Phase::Measuring => "measuring",
            Phase::Mapping => "mapping",
        }
    }
}

/// What a model was learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LearnedFrom {
    /// All events: this is the model that ships.
    Everything,
    /// The training part of a split, to be measured.
    TrainingPart,
}

/// Something that happened in a training.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A phase begins. Phases come in the order of [`Phase`]; those that the settings leave out do not come.
    Started(Phase),
    /// There are too few users to hold some out: nothing is searched or measured, and no ranker is learned.
    NotHeldOut(&'a SplitError),
    /// Settings are not searched: those of the configuration hold.
    NotSearched(NotSearched),
    /// A search begins, on so many validation users.
    SearchStarted {
        /// The number of users.
        users: usize,
    },
    /// A trial of the search has ended.
    Trial {
        /// The trial.
        trial: &'a Trial,
        /// The states of all learners.
        states: &'a [SearchState],
    },
    /// The search has ended.
    Searched {
        /// The states of all learners.
        states: &'a [SearchState],
    },
    /// A step of learning has ended, of so many.
    Learning {
        /// Steps done.
        done: usize,
        /// Steps in all.
        of: usize,
    },
    /// A model was learned, without its ranker.
    Learned {
        /// The model.
        model: &'a Model,
        /// What from.
        from: LearnedFrom,
    },
    /// A step of learning the ranker has ended, of so many.
    Ranking {
        /// Steps done.
        done: usize,
        /// Steps in all.
        of: usize,
    },
    /// The ranker was learned.
    Ranked {
        /// The ranker; `None` where nothing that was learned is better than the fixed blend.
        ranker: Option<&'a Ranker>,
        /// The number of profiles that it was learned from.
        profiles: usize,
    },
    /// Measuring begins, on so many test users.
    MeasuringStarted {
        /// The number of users.
        users: usize,
    },
    /// Lists of recommendations were made, of so many.
    Asked {
        /// Lists done.
        done: usize,
        /// Lists in all.
        of: usize,
    },
    /// The lists were measured.
    Measured(&'a MetricsSummary),
    /// Predicted ratings were measured.
    RatingsMeasured {
        /// The errors.
        metrics: &'a RatingMetrics,
        /// The number of ratings that were predicted.
        ratings: usize,
    },
    /// Predicted ratings could not be measured.
    RatingsNotMeasured(&'a FoldError),
    /// A map was drawn.
    Mapped {
        /// The number of items on it.
        items: usize,
    },
}

/// Why settings are not searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSearched {
    /// The configuration does not ask for it.
    Disabled,
    /// There are too few users: they would be learned by heart.
    TooFewUsers,
}

/// Follows a training. A closure over [`Event`] is one, and so is `()`, which ignores everything.
pub trait Observer {
    /// Called for everything that happens.
    ///
    /// # Errors
    /// [`Cancelled`] ends the training.
    fn on_event(&mut self, event: Event<'_>) -> Result<(), Cancelled>;
}

impl<F: FnMut(Event<'_>) -> Result<(), Cancelled>> Observer for F {
    fn on_event(&mut self, event: Event<'_>) -> Result<(), Cancelled> {
        self(event)
    }
}

impl Observer for () {
    fn on_event(&mut self, _: Event<'_>) -> Result<(), Cancelled> {
        Ok(())
    }
}
