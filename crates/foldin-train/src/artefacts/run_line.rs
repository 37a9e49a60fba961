//! A line of `runs.jsonl`: what was run with which settings, and what came of it.

use std::collections::BTreeMap;

use foldin_data::{Dataset, fingerprint};
use serde::{Deserialize, Serialize};

use crate::config::{Config, FlatSettings};

/// One run of the program.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunLine {
    /// What was run: `train`, `evaluate`.
    pub command: String,
    /// When it began, as `2030-12-24T18:00:00Z`.
    pub time: String,
    /// What the data set is called.
    pub data: String,
    /// The data set's [`fingerprint`](foldin_data::fingerprint()).
    pub fingerprint: String,
    /// The settings that were not the default, by `section.key`.
    #[serde(default)]
    pub settings: FlatSettings,
    /// All settings, by `section.key`.
    #[serde(default)]
    pub config: FlatSettings,
    /// How it was measured, as `strong (validation)`; nothing where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<String>,
    /// Metrics by their names, as `ndcg@10`.
    #[serde(default)]
    pub metrics: BTreeMap<String, f64>,
    /// How long it took.
    pub seconds: f64,
    /// Name and version of the program.
    pub program: String,
    /// Folder of the model that it wrote, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Version of the model that it wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

impl RunLine {
    /// What is known of a run without a clock; the caller adds the times, and what was measured and written.
    pub fn of(command: &str, dataset: &Dataset, config: &Config) -> Self {
        RunLine {
            command: command.to_owned(),
            data: dataset.name.clone(),
            fingerprint: fingerprint(dataset),
            settings: config.changed(),
            config: config.flat(),
            program: crate::PROGRAM.to_owned(),
            ..RunLine::default()
        }
    }
}
