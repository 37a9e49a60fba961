//! Versions of a model folder.

use std::path::PathBuf;

use foldin_store::{self as store, CONFIG, METRICS, Stored};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::raised;
use crate::model::Model;
use crate::output::json;

/// What is beside the model in a version.
type Beside = (String, Option<String>, Option<String>);

/// A version as its manifest has it.
#[derive(Serialize)]
struct Version<'a> {
    version: &'a str,
    is_current: bool,
    data: &'a str,
    users: u64,
    items: u64,
    likes: u64,
    protocol: Option<&'a str>,
    metrics: Option<std::collections::BTreeMap<String, f64>>,
}

/// The current version of a folder, or the one of this name; its own name, `metrics.json` and `config.toml` beside it.
#[pyfunction]
pub(crate) fn load(py: Python<'_>, folder: PathBuf, version: Option<&str>) -> PyResult<(Model, Beside)> {
    let stored = py.detach(|| match version {
        Some(name) => store::read_version(&folder, name),
        None => store::read(&folder),
    });
    let Stored { entry, model, descriptions, users, .. } = stored.map_err(raised)?;
    let text = |name: &str| std::fs::read_to_string(folder.join(&entry.version).join(name)).ok();
    let beside = (entry.version.clone(), text(METRICS), text(CONFIG));
    Ok((Model::new(model, descriptions, users, None), beside))
}

/// All versions of a folder, the oldest first, as JSON.
#[pyfunction]
pub(crate) fn versions(folder: PathBuf) -> PyResult<String> {
    let manifest = store::read_manifest(&folder).map_err(raised)?;
    let of = |entry: &'_ store::VersionEntry| -> String {
        let metrics = entry.metrics.as_ref();
        json(&Version {
            version: &entry.version,
            is_current: entry.version == manifest.current,
            data: &entry.trained_on.data,
            users: entry.trained_on.users,
            items: entry.trained_on.items,
            likes: entry.trained_on.likes,
            protocol: metrics.map(|metrics| metrics.protocol.as_str()),
            metrics: metrics.map(|metrics| metrics.foldin.by_name()),
        })
    };
    Ok(format!("[{}]", manifest.versions.iter().map(of).collect::<Vec<_>>().join(",")))
}

/// Makes a version the current one; gives the name of the one before.
#[pyfunction]
pub(crate) fn rollback(py: Python<'_>, folder: PathBuf, version: &str) -> PyResult<String> {
    let before = py.detach(|| {
        // A folder without a model must not get a lock.
        store::read_manifest(&folder)?;
        let lock = store::lock(&folder, || {})?;
        store::rollback(&lock, version)
    });
    Ok(before.map_err(raised)?.current)
}
