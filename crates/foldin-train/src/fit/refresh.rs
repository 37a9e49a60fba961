//! A new version from an earlier one: the same settings and the same ranker on newer events, in a fraction of the time.

use foldin_core::model::Model;
use foldin_data::Dataset;

use super::events::{Event, LearnedFrom, NotSearched, Observer, Phase};
use super::steps::{learn, like_threshold};
use super::{FitError, Fitted, finished};
use crate::assemble::{Assembled, TrainingData};
use crate::config::Config;

/// Iterations of iALS from factors that are nearly right.
const ITERATIONS: usize = 3;

/// The part of the transformer's steps, and of its rate, that suffices to follow newer events.
const STEPS: usize = 10;
const RATE: f32 = 0.25;

/// Learns from all events of a data set, starting from an earlier model that `config` belongs to.
///
/// Counts, EASE, content and ratings are learned anew, since they are as cheap as they are exact. Factors and the transformer
/// go on from where they stood. Settings are not searched, the ranker stays as it is, and nothing is measured: whoever is in
/// the earlier model is a stranger to none that starts from it.
///
/// # Errors
/// [`FitError`].
pub fn refresh(
    dataset: &Dataset,
    earlier: &Model,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Fitted, FitError> {
    let threshold = like_threshold(dataset, config.data.threshold)?;
    observer.on_event(Event::Started(Phase::Searching))?;
    observer.on_event(Event::NotSearched(NotSearched::Disabled))?;
    observer.on_event(Event::Started(Phase::Learning))?;
    let data = TrainingData { dataset, events: &dataset.events, threshold };
    let Assembled { mut model, descriptions } =
        learn(data, Some(earlier), &shortened(config, earlier), LearnedFrom::Everything, observer)?;
    model.ranker.clone_from(&earlier.ranker);
    let config = config.settled(&model);
    finished(data, Assembled { model, descriptions }, config, None, observer)
}

/// The settings, with the steps that are left to do. What the earlier model lacks is learned from the start.
fn shortened(config: &Config, earlier: &Model) -> Config {
    let mut config = config.clone();
    if earlier.factors.is_some() {
        config.als.iterations = config.als.iterations.min(ITERATIONS);
    }
    if earlier.transformer.is_some() {
        config.transformer.steps = config.transformer.steps.div_ceil(STEPS);
        config.transformer.learning_rate *= RATE;
    }
    config
}
