//! `foldin evaluate`: metrics of a protocol, beside popularity and random items, and one system against another.

mod opponent;
mod task;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::model::Model;
use foldin_data::Dataset;
use foldin_data::split::{HeldOut, Part, Protocol, write_csv};
use foldin_train::artefacts::{Duel, MetricsFile, RunLine};
use foldin_train::config::{Config, HeldOutBy};
use foldin_train::evaluate::{
    FOLDIN, ItemFacts, Measured, Metric, ScoredList, System, SystemResult, compare, headline, measure, system_metrics,
};
use foldin_train::fit::{HeldOutTask, fit_split, measure_split};

use self::opponent::OpposingLists;
use self::task::Task;
use crate::args::{AskedProtocol, EvaluateArguments, Opponent};
use crate::list_csv::write_recommendations;
use crate::output::{self, count};
use crate::progress::Progress;
use crate::run_log::{self, RunStart};
use crate::settings;
use crate::tables;
use crate::training_output::TrainingOutput;

/// What two systems are compared by.
const COMPARED: [(Metric, usize); 3] = [(Metric::Ndcg, 10), (Metric::Recall, 20), (Metric::Mrr, 10)];

pub(crate) fn run(arguments: &EvaluateArguments) -> anyhow::Result<()> {
    let makes_no_lists = matches!(arguments.protocol, AskedProtocol::Folds | AskedProtocol::Newcomers);
    if arguments.diversity && makes_no_lists {
        bail!("--diversity needs lists for users with likes; use it with --protocol strong, loo, holdout or coldN");
    }
    let start = RunStart::now();
    let mut config = settings::resolve(&arguments.settings, &arguments.data.reading)?;
    if matches!(arguments.protocol, AskedProtocol::One(Protocol::Sessions)) {
        config.evaluate.protocol = HeldOutBy::Sessions;
    }
    match (&arguments.train, arguments.protocol) {
        (None, AskedProtocol::Folds) => super::folds::run(arguments, &config),
        (None, AskedProtocol::Newcomers) => super::newcomers::run(arguments, &config),
        _ => run_task(arguments, &config, &start),
    }
}

fn run_task(arguments: &EvaluateArguments, config: &Config, start: &RunStart) -> anyhow::Result<()> {
    let task = Task::new(arguments, config)?;
    let Task { dataset, start: split, heading, .. } = &task;
    let held_out = split.full.part(heading.part);
    if held_out.is_empty() {
        bail!("the data set is too small for a validation part; use --part test");
    }
    if let Some(folder) = &arguments.write_split {
        write_csv(&split.full, dataset, folder).with_context(|| format!("cannot write {}", folder.display()))?;
        output::step(&format!("wrote the split to {}", folder.display()));
    }
    // Read before the minutes that learning may take, in case something is wrong with it.
    let opposing = match &arguments.against {
        Some(Opponent::File(path)) => Some(OpposingLists::read(path, dataset, held_out)?),
        _ => None,
    };
    let (config, model) = match &task.model {
        Some(model) => (config.clone(), model.clone()),
        None => {
            let mut training = TrainingOutput::new(!arguments.settings.no_auto, config);
            fit_split(dataset, &split.full, config, &mut training)?
        }
    };
    let mut facts = ItemFacts::new(&split.full.train, &dataset.catalogue).with_content_of(&model, dataset);
    let systems = systems(arguments, &model)?;
    let (results, mut file) = measure_all(arguments, &task, &model, &facts, &systems)?;

    if let Some(path) = &arguments.dump {
        let lists = &of(&results, arguments.strategy).lists;
        dump(path, dataset, held_out, lists).with_context(|| format!("cannot write {}", path.display()))?;
        output::step(&format!("wrote the recommendations of {} to {}", arguments.strategy.name(), path.display()));
    }
    let opposing = opposing.map(|opposing| {
        facts.grow(opposing.n_items);
        (opposing.name, measure(&opposing.lists, held_out, &facts))
    });
    if let Some((name, measured)) = &opposing {
        file.protocols[0].systems.push(system_metrics(name, measured, heading.seed));
    }
    file.against = duel(arguments, &results, opposing.as_ref(), heading.seed);

    let line = RunLine {
        measured: Some(match heading.part {
            Part::Test => heading.protocol.clone(),
            Part::Validation => format!("{} (validation)", heading.protocol),
        }),
        metrics: headline(&of(&results, FOLDIN).measured).by_name(),
        ..start.line("evaluate", dataset, &config)
    };
    run_log::append(&arguments.run_log, &line);
    let text = if arguments.json { serde_json::to_string_pretty(&file)? } else { tables::evaluation(&file) };
    Ok(output::result(&text)?)
}

/// Measures systems, the cold-start curve and the price of diversity, as far as they are asked for.
fn measure_all(
    arguments: &EvaluateArguments,
    Task { dataset, start, heading, .. }: &Task,
    model: &Model,
    facts: &ItemFacts,
    systems: &[System],
) -> anyhow::Result<(Vec<SystemResult>, MetricsFile)> {
    let held_out = start.full.part(heading.part);
    let mut progress = None;
    let task = HeldOutTask { dataset, start, heading };
    let (results, file) = measure_split(model, task, facts, systems, arguments.diversity, |done, of| {
        progress.get_or_insert_with(|| Progress::new("recommending", of)).set(done);
        Ok(())
    })?;
    let (systems, users) = (count(systems.len(), "system"), count(held_out.len(), "user"));
    if let Some(progress) = progress {
        progress.end(&format!("recommended to {users} with {systems}"));
    }
    Ok((results, file))
}

/// The systems that are measured; those that are compared or written are among them.
fn systems(arguments: &EvaluateArguments, model: &Model) -> anyhow::Result<Vec<System>> {
    let mut systems =
        if arguments.all { System::all(model) } else { System::beside(arguments.strategies.iter().copied()) };
    let opponent = match &arguments.against {
        Some(Opponent::System(system)) => Some(*system),
        _ => None,
    };
    for system in [Some(arguments.strategy), opponent].into_iter().flatten() {
        if !systems.contains(&system) {
            systems.insert(1, system);
        }
    }
    refuse_missing(&systems, model)?;
    Ok(systems)
}

/// A source that was not learned cannot be asked.
pub(crate) fn refuse_missing(systems: &[System], model: &Model) -> anyhow::Result<()> {
    let Some(missing) = systems.iter().find(|system| !system.is_in(model)) else { return Ok(()) };
    let there: Vec<&str> = System::all(model).into_iter().map(System::name).collect();
    bail!("the model has no {}; it has {}", missing.name(), there.join(", "))
}

fn of(results: &[SystemResult], system: System) -> &SystemResult {
    results.iter().find(|one| one.system == system).expect("systems that are asked for are measured")
}

/// The comparison that is asked for, with a system or with lists from a file.
fn duel(
    arguments: &EvaluateArguments,
    results: &[SystemResult],
    opposing: Option<&(String, Measured)>,
    seed: u64,
) -> Option<Duel> {
    let (second, measured) = match (&arguments.against, opposing) {
        (Some(Opponent::System(system)), _) => (system.name(), &of(results, *system).measured),
        (_, Some((name, measured))) => (name.as_str(), measured),
        _ => return None,
    };
    let first = of(results, arguments.strategy);
    let comparisons =
        COMPARED.into_iter().filter_map(|(metric, k)| compare(&first.measured, measured, metric, k, seed));
    Some(Duel { first: first.system.name().to_owned(), second: second.to_owned(), comparisons: comparisons.collect() })
}

fn dump(path: &Path, dataset: &Dataset, held_out: &[HeldOut], lists: &[ScoredList]) -> anyhow::Result<()> {
    let users = held_out.iter().zip(lists).map(|(one, list)| {
        let items = list.iter().map(|&(item, score)| (&*dataset.items[item.at()], score));
        (&*dataset.users[one.user.at()], items)
    });
    Ok(write_recommendations(BufWriter::new(File::create(path)?), users)?)
}
