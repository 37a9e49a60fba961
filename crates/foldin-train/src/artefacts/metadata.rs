//! `metadata.json`: what a version was made from, by what, and how long it took.

use foldin_data::{Dataset, fingerprint};
use serde::{Deserialize, Serialize};

use super::privacy::PrivacyFigures;
use crate::config::Config;

/// The content of `metadata.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// Name of the data set.
    pub data: String,
    /// Whether its events were simulated by a program.
    pub simulated: bool,
    /// [`fingerprint`](foldin_data::fingerprint()) of the data set.
    pub fingerprint: String,
    /// Events of the data set.
    pub events: usize,
    /// Users of the data set.
    pub users: usize,
    /// Items of the data set.
    pub items: usize,
    /// Seed of the factors.
    pub seed: u64,
    /// Name and version of the program.
    pub program: String,
    /// When the training began, as `2030-12-24T18:00:00Z`.
    pub started_at: String,
    /// The same in seconds since 1970.
    pub trained_at: i64,
    /// Seconds that reading the data took.
    pub reading_seconds: f64,
    /// Seconds that the search for settings took.
    pub searching_seconds: f64,
    /// Seconds that learning the ranker took.
    pub ranking_seconds: f64,
    /// Seconds that measuring took.
    pub measuring_seconds: f64,
    /// Seconds that learning all other parts took.
    pub training_seconds: f64,
    /// Seconds that drawing the map took.
    pub mapping_seconds: f64,
    /// Seconds from the start until the files were encoded.
    pub total_seconds: f64,
    /// The version that the training started from, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_from: Option<String>,
    /// What the model gives away about the people that it was learned from; `None` for one that an earlier version of
    /// the program trained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy: Option<PrivacyFigures>,
    /// Threads used.
    pub threads: usize,
    /// Threads that the machine has.
    pub host_threads: usize,
}

impl Metadata {
    /// What is known of a training without a clock: the data, the seed of the settings, the program and its threads.
    pub fn of(dataset: &Dataset, config: &Config, privacy: PrivacyFigures) -> Self {
        Metadata {
            data: dataset.name.clone(),
            simulated: dataset.simulated,
            fingerprint: fingerprint(dataset),
            events: dataset.events.len(),
            users: dataset.users.len(),
            items: dataset.items.len(),
            seed: config.als.seed,
            program: crate::PROGRAM.to_owned(),
            privacy: Some(privacy),
            threads: crate::n_threads(),
            ..Metadata::default()
        }
    }
}
