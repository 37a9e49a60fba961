//! `foldin tune`: the best settings for a data set, searched on its validation users.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use foldin_core::Source;
use foldin_data::fingerprint;
use foldin_data::split::{SplitOptions, split};
use foldin_store::journal::{Journal, JournalError};
use foldin_train::PROGRAM;
use foldin_train::artefacts::RunLine;
use foldin_train::cancel::Cancelled;
use foldin_train::fit::like_threshold;
use foldin_train::tune::{SearchObserver, SearchOptions, SearchState, Trial, Tuned, Values, tune};

use super::{note_what_is_a_like, read_dataset};
use crate::args::TuneArguments;
use crate::output::{self, count};
use crate::run_log::{self, RunStart};
use crate::search_output::{SearchOutput, table};
use crate::settings;

pub(crate) fn run(arguments: &TuneArguments) -> anyhow::Result<()> {
    let start = RunStart::now();
    let config = settings::resolve(&arguments.settings, &arguments.data.reading)?;
    let dataset = read_dataset(&arguments.data, &config)?;
    let threshold = like_threshold(&dataset, config.data.threshold)?;
    note_what_is_a_like(&dataset, config.data.threshold);
    let split = split(&dataset, arguments.protocol, &SplitOptions { threshold, seed: arguments.split_seed })?;
    if split.validation.is_empty() {
        bail!("the data set is too small for a validation part, on which settings are chosen");
    }
    let (data, seed) = (fingerprint(&dataset), arguments.search_seed);
    let task = format!("{PROGRAM} {} {data} {seed} {}", split.about, config.to_toml());
    let journal = Journal::open(&arguments.journal, &task)?;
    let file = arguments.journal.display();
    if !journal.is_empty() {
        output::step(&format!("{} known from {file}", count(journal.len(), "trial")));
    }
    output::step(&format!(
        "searching for up to {} on the held-out likes of {}; trials are kept in {file}, so that a search that was \
         stopped can resume",
        humantime::format_duration(arguments.budget),
        count(split.validation.len(), "user"),
    ));
    let options = SearchOptions {
        trials: usize::MAX,
        patience: arguments.patience,
        seed,
        keep: config.search.keep.clone(),
        most_likes: None,
    };
    let mut search = Search::new(journal, arguments.budget);
    let found = tune(&dataset, &split, &config, &options, &mut search);
    search.output.end();
    if let Some(error) = search.failed {
        return Err(error.into());
    }
    let Tuned { config: mut best, states } = found?;
    // Settings that were searched are not searched again where the file is read.
    best.search.enabled = false;
    fs::write(&arguments.out, best.to_toml()).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    output::result(&table(&states))?;
    let metrics = states.iter().filter_map(|one| Some((format!("{} ndcg@10", one.source.name()), one.best.ndcg?)));
    let line = RunLine {
        measured: Some(format!("{} (validation)", arguments.protocol)),
        metrics: metrics.collect(),
        ..start.line("tune", &dataset, &best)
    };
    run_log::append(&arguments.run_log, &line);
    let data = arguments.data.data.iter().map(|data| format!(" {}", output::shell(data))).collect::<String>();
    let out = output::shell(&arguments.out);
    output::step(&format!("wrote the best settings to {out}; next: foldin train{data} --config {out}"));
    Ok(())
}

/// A search with a journal and a budget.
struct Search {
    journal: Journal,
    /// Why a trial could not be kept.
    failed: Option<JournalError>,
    started: Instant,
    budget: Duration,
    trial_started: Instant,
    output: SearchOutput,
}

impl Search {
    fn new(journal: Journal, budget: Duration) -> Self {
        let now = Instant::now();
        let output = SearchOutput::new(true);
        Search { journal, failed: None, started: now, budget, trial_started: now, output }
    }
}

impl SearchObserver for Search {
    fn known(&self, source: Source, values: &Values) -> Option<Option<f64>> {
        self.journal.find(source, values)
    }

    fn is_over(&self) -> bool {
        self.started.elapsed() >= self.budget
    }

    fn on_trial(&mut self, trial: &Trial, states: &[SearchState], is_new: bool) -> Result<(), Cancelled> {
        if is_new && let Err(error) = self.journal.write(trial, output::elapsed(self.trial_started)) {
            self.failed = Some(error);
            return Err(Cancelled);
        }
        self.output.show(trial, states);
        self.trial_started = Instant::now();
        Ok(())
    }
}
