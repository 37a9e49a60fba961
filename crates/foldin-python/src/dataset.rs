//! A data set that was read.

use std::path::PathBuf;

use foldin_data::sample as built_in;
use foldin_data::{Columns, ColumnsRead, ReadReport};
use foldin_report::data::{DataFacts, data_facts, render};
use foldin_train::config::Config;
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::raised;
use crate::flags::as_arguments;
use crate::output::json;
use crate::settings;
use crate::sources::{Source, Sources};

/// A data set, what was noticed while it was read, and the settings that it was read with.
#[pyclass(frozen)]
pub(crate) struct Dataset {
    pub(crate) dataset: foldin_data::Dataset,
    /// `None` for the built-in sample.
    pub(crate) report: Option<ReadReport>,
    pub(crate) config: Config,
    pub(crate) seconds: f64,
}

/// What was understood.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    #[serde(flatten)]
    facts: DataFacts,
    notes: Vec<String>,
    bad_lines: Vec<String>,
    columns: Vec<FileColumns>,
}

#[derive(Serialize)]
struct FileColumns {
    file: String,
    names: Vec<String>,
    roles: Roles,
}

#[derive(Serialize)]
struct Roles {
    user: Option<String>,
    item: Option<String>,
    rating: Option<String>,
    time: Option<String>,
    event: Option<String>,
}

impl From<&ColumnsRead> for FileColumns {
    fn from(ColumnsRead { file, names, roles }: &ColumnsRead) -> Self {
        let Columns { user, item, rating, time, event } = roles.clone();
        FileColumns { file: file.clone(), names: names.clone(), roles: Roles { user, item, rating, time, event } }
    }
}

#[pymethods]
impl Dataset {
    /// What was understood, as JSON.
    fn facts(&self) -> String {
        let mut facts = data_facts(&self.dataset, self.report.as_ref(), self.config.data.threshold);
        let notes = std::mem::take(&mut facts.notes);
        let report = self.report.as_ref();
        json(&Facts {
            facts,
            notes: notes.iter().map(|note| as_arguments(note)).collect(),
            bad_lines: report.map_or_else(Vec::new, |r| r.first_bad_lines.iter().map(ToString::to_string).collect()),
            columns: report.map_or_else(Vec::new, |r| r.event_columns.iter().map(FileColumns::from).collect()),
        })
    }

    /// The data report, as HTML.
    fn report(&self) -> String {
        render(&data_facts(&self.dataset, self.report.as_ref(), self.config.data.threshold))
    }
}

/// Reads events, a catalogue, or both.
#[pyfunction]
pub(crate) fn read(
    py: Python<'_>,
    name: String,
    events: Option<Source<'_>>,
    items: Option<Source<'_>>,
    config_file: Option<PathBuf>,
    changes: &str,
) -> PyResult<Dataset> {
    let config = settings::config(config_file.as_deref(), changes)?;
    let sources = Sources::new(name, events, items);
    let started = std::time::Instant::now();
    let (dataset, report) = py.detach(|| sources.read(&config.data.read_options())).map_err(raised)?;
    Ok(Dataset { dataset, report: Some(report), config, seconds: started.elapsed().as_secs_f64() })
}

/// The built-in simulated data set.
#[pyfunction]
pub(crate) fn sample(py: Python<'_>) -> Dataset {
    Dataset { dataset: py.detach(built_in::sample), report: None, config: Config::default(), seconds: 0.0 }
}
