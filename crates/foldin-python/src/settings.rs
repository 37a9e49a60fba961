//! Settings: a table of changes over a settings file, or over the defaults.

use std::path::Path;

use foldin_train::config::{self, Config};
use pyo3::prelude::*;
use toml::Table;

use crate::error::{raised, wrong};

/// What the table is called in messages.
const NAME: &str = "config";

/// All settings; `changes` is a table as JSON.
pub(crate) fn config(file: Option<&Path>, changes: &str) -> PyResult<Config> {
    let base = match file {
        Some(path) => config::read(path).map_err(raised)?,
        None => Config::default(),
    };
    let changes: Table = serde_json::from_str(changes)
        .map_err(|error| wrong(&format!("{NAME} cannot be understood: {error}; expected sections with settings")))?;
    base.with_changes(NAME, changes).map_err(raised)
}
