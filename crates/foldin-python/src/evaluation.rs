//! Metrics of a protocol, as `foldin evaluate` has them.

use std::path::PathBuf;

use foldin_core::Strategy;
use foldin_core::model::Model;
use foldin_data::split::{ColdStart, Part, Protocol, SplitError, SplitOptions, cold_start, split};
use foldin_train::artefacts::MetricsFile;
use foldin_train::config::HeldOutBy;
use foldin_train::evaluate::{COLD_LENGTHS, FOLDIN, Heading, ItemFacts, System, headline};
use foldin_train::fit::{Event, FitError, HeldOutTask, Observer, Phase, fit_split, like_threshold, measure_split};
use pyo3::prelude::*;

use crate::dataset::Dataset;
use crate::error::{raised, wrong};
use crate::observer::Caller;
use crate::output::json;
use crate::request::named;
use crate::settings;
use crate::training::{Started, append, with_reading_of};

/// The protocol that is a curve over several.
const COLD: &str = "cold";
/// What stands for all sources of a model.
const ALL: &str = "all";

/// Learns from the training part of a split and measures on the users that are held out; gives the content of
/// `metrics.json`.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "those of the function in Python")]
pub(crate) fn evaluate(
    py: Python<'_>,
    data: Py<Dataset>,
    config_file: Option<PathBuf>,
    changes: &str,
    protocol: &str,
    validation: bool,
    strategies: Vec<String>,
    diversity: bool,
    seed: u64,
    on_event: Option<Py<PyAny>>,
    runs: Option<PathBuf>,
) -> PyResult<String> {
    let mut config = with_reading_of(&data, settings::config(config_file.as_deref(), changes)?);
    let dataset = &data.get().dataset;
    let started = Started::now();
    let threshold = like_threshold(dataset, config.data.threshold).map_err(raised)?;
    let (protocol, start) = held_out(dataset, protocol, &SplitOptions { threshold, seed })?;
    if protocol == Protocol::Sessions {
        config.evaluate.protocol = HeldOutBy::Sessions;
    }
    let part = if validation { Part::Validation } else { Part::Test };
    if start.full.part(part).is_empty() {
        return Err(wrong("the data set is too small for a validation part; use part=\"test\""));
    }
    let heading = Heading { dataset: dataset.name.clone(), protocol: protocol.to_string(), part, threshold, seed };
    let task = HeldOutTask { dataset, start: &start, heading: &heading };
    let mut caller = Caller::new(on_event);
    let measured = py.detach(|| {
        let (config, model) = fit_split(dataset, &start.full, &config, &mut caller)?;
        let systems = match systems(&strategies, &model) {
            Ok(systems) => systems,
            Err(message) => return Ok(Err(message)),
        };
        measured(&model, task, &systems, diversity, &mut caller).map(|measured| Ok((config, measured)))
    });
    let (config, (file, summary)) = match measured {
        Ok(Ok(measured)) => measured,
        Ok(Err(message)) => return Err(wrong(&message)),
        Err(error) if error.is_cancelled() => return Err(caller.why_cancelled()),
        Err(error) => return Err(raised(error)),
    };
    if let Some(path) = runs {
        let mut line = started.line("evaluate", dataset, &config, caller.seconds());
        line.measured = Some(if validation { format!("{protocol} (validation)") } else { protocol.to_string() });
        line.metrics = summary;
        append(&path, &line)?;
    }
    Ok(json(&file))
}

/// The users that a protocol holds out.
fn held_out(dataset: &foldin_data::Dataset, name: &str, options: &SplitOptions) -> PyResult<(Protocol, ColdStart)> {
    if name == COLD {
        return Ok((Protocol::Strong, cold_start(dataset, &COLD_LENGTHS, options).map_err(raised)?));
    }
    let names: Vec<String> = Protocol::ALL.iter().map(ToString::to_string).chain([COLD.to_owned()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let protocol = named("protocol", name, name.parse().ok(), &names)?;
    let full: Result<_, SplitError> = split(dataset, protocol, options);
    Ok((protocol, ColdStart { full: full.map_err(raised)?, at: Vec::new() }))
}

/// The systems to measure: foldin, popularity, random items, and sources by their names.
fn systems(names: &[String], model: &Model) -> Result<Vec<System>, String> {
    if names.iter().any(|name| name == ALL) {
        return Ok(System::all(model));
    }
    let there = || System::all(model).into_iter().map(System::name).collect::<Vec<_>>().join(", ");
    let strategy = |name: &String| {
        let known = Strategy::from_name(name).filter(|strategy| System::Only(*strategy).is_in(model));
        known.ok_or_else(|| format!("strategies names {name:?}, which the model does not have; it has {}", there()))
    };
    Ok(System::beside(names.iter().map(strategy).collect::<Result<Vec<_>, _>>()?))
}

type Summary = std::collections::BTreeMap<String, f64>;

fn measured(
    model: &Model,
    task: HeldOutTask<'_>,
    systems: &[System],
    diversity: bool,
    caller: &mut Caller,
) -> Result<(MetricsFile, Summary), FitError> {
    let facts = ItemFacts::new(&task.start.full.train, &task.dataset.catalogue).with_content_of(model, task.dataset);
    caller.on_event(Event::Started(Phase::Measuring))?;
    let progress = |done, of| caller.on_event(Event::Asked { done, of });
    let (results, file) = measure_split(model, task, &facts, systems, diversity, progress)?;
    let foldin = results.iter().find(|one| one.system == FOLDIN);
    Ok((file, foldin.map(|one| headline(&one.measured).by_name()).unwrap_or_default()))
}
