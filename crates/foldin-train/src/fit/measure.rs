//! Measures settings on held-out users, from one training on all others: visitors with long and short histories, what
//! diversity costs, and how far predicted ratings are off.

use foldin_core::model::Ranker;
use foldin_data::split::folds::random_fold;
use foldin_data::split::{ColdStart, HeldOut, Part, Protocol};
use foldin_data::{Dataset, has_stars};

use super::FitError;
use super::events::{Event, Observer, Phase};
use super::steps::{OfTrainingPart, training_model};
use crate::artefacts::{MetricsFile, MetricsSummary, RatingMetrics, TrainingLosses};
use crate::cancel::Cancelled;
use crate::config::Config;
use crate::evaluate::rating::{FoldError, fit_fold};
use crate::evaluate::{
    Evaluation, FOLDIN, Heading, ItemFacts, Measured, POPULARITY, ShippedModel, System, cold_curve, diversity_curve,
    free_diversity, headline, lists_of_curve, lists_of_diversity, measure_systems, metrics_file, session_curve,
};

/// Ratings are predicted of one in so many.
const RATING_FOLDS: usize = 5;

/// With fewer ratings, an error would say more about chance than about the model.
const FEWEST_RATINGS: usize = 100;

/// What was measured of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// The few metrics that go into the manifest.
    pub summary: MetricsSummary,
    /// All of them.
    pub file: MetricsFile,
}

/// Measures settings and ranker on the test users. `learned` is what was learned from the training part, if it was.
pub(super) fn measure(
    dataset: &Dataset,
    held_out: &ColdStart,
    config: &Config,
    ranker: Option<&Ranker>,
    learned: Option<OfTrainingPart>,
    observer: &mut dyn Observer,
) -> Result<Metrics, FitError> {
    observer.on_event(Event::Started(Phase::Measuring))?;
    let ColdStart { full: split, at } = held_out;
    observer.on_event(Event::MeasuringStarted { users: split.test.len() })?;
    let OfTrainingPart { mut model, losses } = training_model(dataset, split, config, learned, observer)?;
    model.ranker = ranker.cloned();

    let shipped = ShippedModel::new(&model, dataset)?;
    let facts = ItemFacts::new(&split.train, &dataset.catalogue).with_content_of(&model, dataset);
    let systems = System::all(&model);
    let points: Vec<(u16, &[HeldOut])> = at.iter().map(|at| (at.shown, at.test.as_slice())).collect();
    let n_full = split.test.len() * systems.len();
    let n_curve = lists_of_curve(&points, &systems);
    let of = n_full + n_curve + lists_of_diversity(&split.test);
    let mut asked = |done: usize| -> Result<(), Cancelled> { observer.on_event(Event::Asked { done, of }) };
    let seed = config.evaluate.seed;
    let evaluation = Evaluation::new(&shipped, &split.test, &facts, seed);
    let full = measure_systems(&evaluation, &systems, &mut asked)?;
    let curve = cold_curve(&evaluation, &points, &systems, |done| asked(n_full + done))?;
    let diversity = diversity_curve(&evaluation, |done| asked(n_full + n_curve + done))?;

    let measured_of = |system| full.iter().find(|one| one.system == system).map(|one| &one.measured);
    let (ours, popular) = measured_of(FOLDIN).zip(measured_of(POPULARITY)).expect("every model has both");
    let protocol = config.evaluate.protocol.protocol();
    let summary = MetricsSummary {
        protocol: protocol.to_string(),
        users: split.test.len(),
        foldin: headline(ours),
        popularity: headline(popular),
        diversity: free_diversity(&diversity),
    };
    observer.on_event(Event::Measured(&summary))?;
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: protocol.to_string(),
        part: Part::Test,
        threshold: split.threshold,
        seed,
    };
    let named: Vec<(&str, &Measured)> = full.iter().map(|one| (one.system.name(), &one.measured)).collect();
    let mut file = metrics_file(&heading, &named, curve);
    if protocol == Protocol::Sessions {
        file.sessions = session_curve(&shipped, &split.train, &split.test, seed)?;
    }
    file.diversity = diversity;
    file.training = (!losses.is_empty()).then_some(TrainingLosses { als: losses });
    file.ratings = measure_ratings(dataset, config, observer)?;
    Ok(Metrics { summary, file })
}

/// Errors of predicted ratings, on a fifth of them, learned from the others; `None` where none are learned, or there are
/// too few.
fn measure_ratings(
    dataset: &Dataset,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Option<RatingMetrics>, FitError> {
    if !config.train.stars || !has_stars(dataset) || dataset.events.len() < FEWEST_RATINGS {
        return Ok(None);
    }
    let fold = random_fold(&dataset.events, RATING_FOLDS, config.evaluate.seed);
    let measured = match fit_fold(dataset, &fold, &config.ratings, config.privacy.min_support)
        .and_then(|fitted| fitted.measure())
    {
        Ok(measured) => measured,
        Err(FoldError::Cancelled(cancelled)) => return Err(cancelled.into()),
        Err(error) => {
            observer.on_event(Event::RatingsNotMeasured(&error))?;
            return Ok(None);
        }
    };
    let baselines = [("biases", measured.biases), ("mean", measured.mean)];
    let baselines = baselines.into_iter().map(|(name, errors)| (name.to_owned(), errors)).collect();
    let metrics = RatingMetrics { foldin: measured.foldin, baselines };
    observer.on_event(Event::RatingsMeasured { metrics: &metrics, ratings: measured.n_test })?;
    Ok(Some(metrics))
}
