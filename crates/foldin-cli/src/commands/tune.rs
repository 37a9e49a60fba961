//! `foldin tune`: the best settings for a data set, searched on its validation part.

use std::fs;

use anyhow::{Context, bail};
use foldin_train::fingerprint::fingerprint;
use foldin_train::runs::Run;
use foldin_train::split::{SplitOptions, split};
use foldin_train::train::TrainSettings;
use foldin_train::tune::{Journal, SearchOptions, Tuned};

use super::read_dataset;
use crate::args::TuneArguments;
use crate::learning::{note_what_is_liked, refuse_without_likes, searched, table, typed};
use crate::record::{Begun, PROGRAM, record};
use crate::talk;

pub fn run(arguments: &TuneArguments) -> anyhow::Result<()> {
    let begun = Begun::now("tune");
    let config = arguments.settings.config();
    let dataset = read_dataset(&arguments.data)?;
    let likes = config.settings().likes;
    let threshold = likes.threshold(&dataset);
    refuse_without_likes(&dataset.events, threshold)?;
    note_what_is_liked(&dataset, likes);
    let options = SplitOptions { threshold: threshold.unwrap_or(0.0), seed: arguments.split_seed };
    let split = split(&dataset, arguments.protocol, &options)?;
    if split.validation.is_empty() {
        bail!("the data set is too small for a validation part, on which settings are chosen");
    }
    let task =
        format!("{PROGRAM} {} {} {} {}", split.about, fingerprint(&dataset), arguments.search_seed, config.to_toml());
    let mut journal = Journal::open(&arguments.journal, &task)?;
    if !journal.is_empty() {
        let known = talk::count(journal.len(), "trial");
        talk::step(&format!("{known} known from {}", arguments.journal.display()));
    }
    talk::step(&format!(
        "searching for up to {} on the held-out likes of {}; trials are kept in {}: a search that is stopped goes on",
        humantime::format_duration(arguments.budget),
        talk::count(split.validation.len(), "user"),
        arguments.journal.display()
    ));
    let search = SearchOptions {
        trials: usize::MAX,
        patience: arguments.patience,
        budget: Some(arguments.budget),
        seed: arguments.search_seed,
        keep: typed(&arguments.settings),
        most_likes: None,
    };
    let Tuned { settings, standings } = searched(&dataset, &split, config, &search, &mut journal)?;
    let best = config.with(&TrainSettings { likes, ..settings });
    fs::write(&arguments.out, best.to_toml()).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    talk::result(&table(&standings))?;
    let figures = standings.iter().filter_map(|one| Some((format!("{} ndcg@10", one.source.name()), one.best.figure?)));
    let run = Run {
        measured: Some(format!("{} (validation)", arguments.protocol)),
        metrics: figures.collect(),
        ..begun.run(&dataset, &best)
    };
    record(&arguments.record, &run);
    let data = arguments.data.data.as_ref().map_or_else(String::new, |data| format!(" {}", talk::shell(data)));
    let out = talk::shell(&arguments.out);
    talk::step(&format!("wrote the best settings to {out}; next: foldin train{data} --config {out}"));
    Ok(())
}
