//! From a data set to a model.

use std::path::{Path, PathBuf};

use foldin_data::Likes;
use foldin_report::version_artefacts;
use foldin_store::{Encoded, run_log};
use foldin_train::artefacts::{Metadata, RunLine};
use foldin_train::config::Config;
use foldin_train::fit as recipe;
use jiff::Timestamp;
use pyo3::prelude::*;

use crate::dataset::Dataset;
use crate::error::{raised, wrong};
use crate::model::{Model, Trained};
use crate::observer::Caller;
use crate::settings;

/// Trains as `foldin train` does. `on_event` is called with everything that happens, as JSON; it ends the training by
/// returning `False`, or by raising, and then what it has raised is raised here.
#[pyfunction]
pub(crate) fn fit(
    py: Python<'_>,
    data: Py<Dataset>,
    config_file: Option<PathBuf>,
    changes: &str,
    on_event: Option<Py<PyAny>>,
    runs: Option<PathBuf>,
) -> PyResult<Model> {
    let config = with_reading_of(&data, settings::config(config_file.as_deref(), changes)?);
    let started = Started::now();
    let mut caller = Caller::new(on_event);
    let Dataset { dataset, report, seconds, .. } = data.get();
    let mut fitted = match py.detach(|| recipe::fit(dataset, &config, &mut caller)) {
        Ok(fitted) => fitted,
        Err(error) if error.is_cancelled() => return Err(caller.why_cancelled()),
        Err(error) => return Err(raised(error)),
    };
    let mut metadata = Metadata {
        started_at: started.time(),
        trained_at: started.0.as_second(),
        reading_seconds: rounded(*seconds),
        total_seconds: rounded(caller.seconds() + seconds),
        host_threads: std::thread::available_parallelism().map_or(1, usize::from),
        ..Metadata::of(dataset, &fitted.config, fitted.privacy.clone())
    };
    caller.write_times(&mut metadata);
    let artefacts = version_artefacts(dataset, report.as_ref(), config.data.threshold, &fitted, metadata);
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, fitted.users.as_ref());
    if let Some(path) = runs {
        let mut line = started.line("train", dataset, &fitted.config, caller.seconds());
        if let Some(metrics) = &fitted.metrics {
            line.measured = Some(metrics.summary.protocol.clone());
            line.metrics = metrics.summary.foldin.by_name();
        }
        append(&path, &line)?;
    }
    let (model, descriptions) = (std::mem::take(&mut fitted.model), fitted.descriptions.clone());
    let users = fitted.users.take();
    Ok(Model::new(model, descriptions, users, Some(Trained { data, fitted, encoded, artefacts })))
}

/// Settings with those that the data were read with: what was said of columns, dates and so on stays true. What is a like
/// can be said later as well.
pub(crate) fn with_reading_of(data: &Py<Dataset>, mut config: Config) -> Config {
    let threshold = config.data.threshold;
    config.data = data.get().config.data.clone();
    if threshold != Likes::Automatic {
        config.data.threshold = threshold;
    }
    config
}

/// When a run started.
pub(crate) struct Started(Timestamp);

impl Started {
    pub(crate) fn now() -> Self {
        Started(Timestamp::now())
    }

    /// As `2030-12-24T18:00:00Z`, to the second.
    fn time(&self) -> String {
        Timestamp::from_second(self.0.as_second()).expect("whole seconds of a time are a time").to_string()
    }

    /// The line of a run in a run log.
    pub(crate) fn line(&self, command: &str, dataset: &foldin_data::Dataset, config: &Config, seconds: f64) -> RunLine {
        RunLine { time: self.time(), seconds, ..RunLine::of(command, dataset, config) }
    }
}

/// Adds a run to a run log.
pub(crate) fn append(path: &Path, line: &RunLine) -> PyResult<()> {
    let cannot = |error| wrong(&format!("this run cannot be logged in {}: {error}", path.display()));
    run_log::append(path, line).map_err(cannot)
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 1e3).round() / 1e3
}
