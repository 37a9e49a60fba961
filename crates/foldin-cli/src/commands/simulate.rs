//! `foldin simulate`: a replay of events in time, with two systems side by side.

use foldin_data::split::Split;
use foldin_data::text::grouped;
use foldin_train::evaluate::ShippedModel;
use foldin_train::evaluate::simulate::{Match, Replay, simulate};
use foldin_train::fit::{fit_split, like_threshold};

use super::evaluate::refuse_missing;
use super::{note_what_is_a_like, read_dataset};
use crate::args::SimulateArguments;
use crate::output::{self, count};
use crate::progress::Progress;
use crate::settings;
use crate::tables;
use crate::training_output::TrainingOutput;

pub(crate) fn run(arguments: &SimulateArguments) -> anyhow::Result<()> {
    let config = settings::resolve(&arguments.settings, &arguments.data.reading)?;
    let dataset = read_dataset(&arguments.data, &config)?;
    note_what_is_a_like(&dataset, config.data.threshold);
    let threshold = like_threshold(&dataset, config.data.threshold)?;
    let mut replay = Replay::new(&dataset, arguments.until, threshold)?;
    let counts = replay.counts;
    if counts.of_unknown_items > 0 {
        let skipped = count(counts.of_unknown_items, "event");
        output::note(&format!("skipping {skipped} on items that do not occur before the cut"));
    }
    if counts.likes > arguments.events {
        let (kept, all) = (grouped(arguments.events as u64), grouped(counts.likes as u64));
        output::note(&format!("asking at {kept} of {all} likes, drawn at random; --events changes how many"));
    }
    replay.keep(arguments.events, arguments.replay_seed);
    let (train, about) = (replay.train.clone(), "before the cut".to_owned());
    let before = Split { train, threshold, validation: Vec::new(), test: Vec::new(), about };
    let mut training = TrainingOutput::new(!arguments.settings.no_auto, &config);
    let (_, model) = fit_split(&dataset, &before, &config, &mut training)?;
    refuse_missing(&[arguments.a, arguments.b], &model)?;
    let model = ShippedModel::new(&model, &dataset)?;
    let settings = Match { a: arguments.a, b: arguments.b, k: arguments.k, seed: arguments.replay_seed };
    let progress = Progress::new("replaying", replay.trials.len());
    let simulation = simulate(&replay, &model, &settings, |done| {
        progress.set(done);
        Ok(())
    })?;
    progress.end(&format!("asked both systems at {}", count(replay.trials.len(), "like")));
    if arguments.json {
        return Ok(output::result(&serde_json::to_string_pretty(&simulation)?)?);
    }
    Ok(output::result(&tables::simulation(&dataset.name, &simulation))?)
}
