//! What is measured: events to learn from, and users to recommend to.

use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::model::Model;
use foldin_data::split::{ColdStart, Part, Protocol, Split, SplitOptions, cold_start, from_events, split};
use foldin_data::{self as data, Dataset, Events, ItemRecord, Likes};
use foldin_store as store;
use foldin_train::config::Config;
use foldin_train::evaluate::{COLD_LENGTHS, Heading};
use foldin_train::fit::like_threshold;

use super::super::{note_what_is_a_like, read_dataset};
use crate::args::{AskedProtocol, EvaluateArguments};

/// A data set and its split.
pub(super) struct Task {
    pub dataset: Dataset,
    /// The split, and where a curve is asked for its further points.
    pub start: ColdStart,
    pub heading: Heading,
    /// The model to measure; `None`: one that is learned from the split.
    pub model: Option<Model>,
}

impl Task {
    /// # Errors
    /// If the data cannot be read or split.
    pub(super) fn new(arguments: &EvaluateArguments, config: &Config) -> anyhow::Result<Self> {
        match &arguments.train {
            Some(train) => Task::of_given_files(arguments, config, train),
            None => Task::by_protocol(arguments, config),
        }
    }

    fn by_protocol(arguments: &EvaluateArguments, config: &Config) -> anyhow::Result<Self> {
        let dataset = read_dataset(&arguments.data, config)?;
        note_what_is_a_like(&dataset, config.data.threshold);
        let threshold = like_threshold(&dataset, config.data.threshold)?;
        let options = SplitOptions { threshold, seed: arguments.split_seed };
        let (protocol, start) = match arguments.protocol {
            AskedProtocol::One(protocol) => (protocol, without_curve(split(&dataset, protocol, &options)?)),
            AskedProtocol::ColdStart => (Protocol::Strong, cold_start(&dataset, &COLD_LENGTHS, &options)?),
            AskedProtocol::Folds => unreachable!("folds of ratings have a command of their own"),
            AskedProtocol::Newcomers => unreachable!("newcomers have a command of their own"),
        };
        let heading = Heading {
            dataset: dataset.name.clone(),
            protocol: protocol.to_string(),
            part: arguments.part.into(),
            threshold,
            seed: arguments.split_seed,
        };
        Ok(Task { dataset, start, heading, model: None })
    }

    /// Three files that somebody else split. The data set, where one is given, adds what is known of the items.
    fn of_given_files(arguments: &EvaluateArguments, config: &Config, train: &Path) -> anyhow::Result<Self> {
        let (Some(shown), Some(test)) = (&arguments.shown, &arguments.test) else {
            bail!("--train needs --shown and --test beside it");
        };
        let mut dataset = if arguments.data.data.is_empty() {
            Dataset { name: train.display().to_string(), ..Dataset::default() }
        } else {
            read_dataset(&arguments.data, config)?
        };
        let model = arguments.model.as_deref().map(store::read).transpose()?.map(|stored| stored.model);
        if let Some(model) = &model {
            // What the model knows can be recommended, wherever else it occurs.
            dataset.items.extend(model.catalogue.items().map(|item| Box::from(model.catalogue.id(item))));
        }
        let options = config.data.read_options();
        let mut read = |path: &Path| {
            let read = data::read_events_csv(path, &options, &mut dataset.users, &mut dataset.items);
            read.map(|(events, _)| events).with_context(|| format!("{} cannot be read", path.display()))
        };
        let (train, shown, test) = (read(train)?, read(shown)?, read(test)?);
        dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
        let threshold = match config.data.threshold {
            Likes::Automatic => threshold_of_given(&dataset, &train, &test),
            typed => typed.threshold(&dataset),
        };
        let heading = Heading {
            dataset: dataset.name.clone(),
            protocol: "given files".to_owned(),
            part: Part::Test,
            threshold,
            seed: arguments.split_seed,
        };
        let split = from_events(train, &shown, &test, threshold)?;
        Ok(Task { dataset, start: without_curve(split), heading, model })
    }
}

/// The files were split by somebody who knew what counts: every event is a like, unless all that is to be found would be
/// likes by the usual threshold, and some of what is learned from would not.
fn threshold_of_given(dataset: &Dataset, train: &Events, test: &Events) -> Option<f32> {
    let threshold = Likes::Automatic.threshold(&dataset.with_events(train.clone()))?;
    let are_likes = |events: &Events| events.ratings.iter().all(|rating| *rating >= threshold);
    (are_likes(test) && !are_likes(train)).then_some(threshold)
}

fn without_curve(full: Split) -> ColdStart {
    ColdStart { full, at: Vec::new() }
}
