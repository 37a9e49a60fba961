//! `foldin evaluate --protocol newcomers`: how soon answers to questions are worth something, by what is asked.

use anyhow::bail;
use foldin_train::evaluate::{as_shipped, newcomers, render_newcomers};
use foldin_train::split::{Part, Protocol, SplitOptions, split};

use super::read_dataset;
use crate::args::EvaluateArguments;
use crate::learning::{learn_whole, note_what_is_liked};
use crate::progress::Progress;
use crate::talk;

/// The ways of asking, as progress counts them.
const WAYS: usize = 4;

pub fn run(arguments: &EvaluateArguments) -> anyhow::Result<()> {
    let dataset = read_dataset(&arguments.data)?;
    let likes = arguments.settings.settings().likes;
    note_what_is_liked(&dataset, likes);
    let threshold = likes.threshold(&dataset).unwrap_or(0.0);
    let seed = arguments.split_seed;
    let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed })?;
    let part = Part::from(arguments.part);
    let held_out = split.part(part);
    if held_out.is_empty() {
        bail!("the data set is too small for a validation part; use --part test");
    }
    let (_, trained) = learn_whole(&arguments.settings, &dataset, &split)?;
    let recommender = as_shipped(&trained.model)?;
    let progress = Progress::new("asking", WAYS * held_out.len());
    let measured = newcomers(&recommender, &dataset, held_out, seed, |done| progress.set(done))?;
    progress.end(&format!("asked {} in {WAYS} ways", talk::count(held_out.len(), "newcomer")));
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&serde_json::json!({
            "dataset": dataset.name, "protocol": "newcomers", "part": part.name(), "seed": seed, "newcomers": measured,
        }))?,
        false => {
            let part = if part == Part::Validation { " (validation)" } else { "" };
            render_newcomers(&format!("newcomers{part} on {}, seed {seed}", dataset.name), &measured)
        }
    };
    Ok(talk::result(&text)?)
}
