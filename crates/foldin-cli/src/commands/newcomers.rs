//! `foldin evaluate --protocol newcomers`: how soon answers to questions lead to good lists, by what is asked.

use anyhow::bail;
use foldin_data::split::{Part, Protocol, SplitOptions, split};
use foldin_train::config::Config;
use foldin_train::evaluate::{ShippedModel, newcomers};
use foldin_train::fit::{fit_split, like_threshold};
use serde_json::json;

use super::{note_what_is_a_like, read_dataset};
use crate::args::EvaluateArguments;
use crate::output::{self, count};
use crate::progress::Progress;
use crate::tables;
use crate::training_output::TrainingOutput;

/// The ways of asking, as progress counts them.
const WAYS: usize = 4;

pub(crate) fn run(arguments: &EvaluateArguments, config: &Config) -> anyhow::Result<()> {
    let dataset = read_dataset(&arguments.data, config)?;
    note_what_is_a_like(&dataset, config.data.threshold);
    let threshold = like_threshold(&dataset, config.data.threshold)?;
    let seed = arguments.split_seed;
    let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed })?;
    let part = Part::from(arguments.part);
    let held_out = split.part(part);
    if held_out.is_empty() {
        bail!("the data set is too small for a validation part; use --part test");
    }
    let mut training = TrainingOutput::new(!arguments.settings.no_auto, config);
    let (_, model) = fit_split(&dataset, &split, config, &mut training)?;
    let model = ShippedModel::new(&model, &dataset)?;
    let progress = Progress::new("recommending", WAYS * held_out.len());
    let measured = newcomers(&model, held_out, seed, |done| {
        progress.set(done);
        Ok(())
    })?;
    progress.end(&format!("asked {} in {WAYS} ways", count(held_out.len(), "newcomer")));
    if arguments.json {
        let (dataset, part) = (&dataset.name, part.name());
        let json = json!({
            "dataset": dataset, "protocol": "newcomers", "part": part, "seed": seed, "newcomers": measured,
        });
        return Ok(output::result(&serde_json::to_string_pretty(&json)?)?);
    }
    let part = if part == Part::Validation { " (validation)" } else { "" };
    let heading = format!("newcomers{part} on {}, seed {seed}", dataset.name);
    Ok(output::result(&tables::newcomers(&heading, &measured))?)
}
