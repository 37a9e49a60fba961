//! The model card: what a version of a model was made from, with which settings, and its metrics.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use foldin_report::model;
//!
//! let facts = model::model_facts(Path::new("model"), None)?;
//! std::fs::write("model-card.html", model::render(&facts))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A card tells what the version's folder and the manifest hold: the model files, `config.toml`, `metadata.json` and
//! `metrics.json`. Nothing is measured here. All but the model files may be absent; the page then says so. `config.toml`
//! may be that of another version of the program: settings that this one does not know are shown without a description.

mod error;
mod metric;
mod privacy;
mod prose;
mod read;
mod render;
mod settings;
mod version;

use foldin_train::artefacts::{Metadata, MetricsFile};
use serde::Serialize;

pub use self::error::CardError;
pub use self::privacy::{named, privacy_line, support_table};
pub use self::read::{card, model_facts};
pub use self::render::render;
pub use self::version::is_model;

/// The facts of a model card.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelFacts {
    /// Name of the version.
    pub version: String,
    /// Whether the manifest names it as the current one; `None` without a manifest.
    pub is_current: Option<bool>,
    /// Name of the data set.
    pub data: String,
    /// Whether its events were simulated.
    pub simulated: bool,
    /// Number of users with at least one like.
    pub users: u64,
    /// Number of likes.
    pub likes: u64,
    /// Ratings at or above it are likes; `None`: every event is.
    pub like_threshold: Option<f32>,
    /// Name and version of the program that made it.
    pub program: String,
    /// Number of items in the catalogue.
    pub items: usize,
    /// Number of items that somebody likes.
    pub liked_items: usize,
    /// Number of factors per item; `None` for a model without factors.
    pub factors: Option<usize>,
    /// Content of `config.toml`; `None` where there is no such file.
    pub settings: Option<Vec<SettingsSection>>,
    /// Content of `metadata.json`; `None` where there is no such file.
    pub metadata: Option<Metadata>,
    /// Content of `metrics.json`; `None` where nothing was measured.
    pub measured: Option<MetricsFile>,
    /// The model files.
    pub files: Vec<FileFacts>,
    /// All versions of the folder, the oldest first; empty without a manifest.
    pub versions: Vec<VersionFacts>,
}

/// A section of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingsSection {
    /// Its name; `None` for keys outside of any section.
    pub name: Option<String>,
    /// What its settings are about; `None` for a section that this version of the program does not know.
    pub description: Option<&'static str>,
    /// Its settings.
    pub settings: Vec<SettingFacts>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingFacts {
    /// Its key.
    pub key: String,
    /// Its value, as text.
    pub value: String,
    /// Its default, or what happens by default; `None` where the value is the default, or the default is not known.
    pub default: Option<String>,
    /// What it means; `None` for a setting that this version of the program does not know.
    pub description: Option<&'static str>,
}

/// A model file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// `score`, `show` or `users`.
    pub kind: &'static str,
    /// Its length.
    pub bytes: u64,
    /// Its sections.
    pub sections: Vec<SectionFacts>,
}

/// A section of a model file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionFacts {
    /// Its name.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A version of a model folder.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionFacts {
    /// Its name.
    pub version: String,
    /// Whether it is the current one.
    pub is_current: bool,
    /// Name of the data set.
    pub data: String,
    /// Number of users with at least one like.
    pub users: u64,
    /// Number of items in the catalogue.
    pub items: u64,
    /// Number of likes.
    pub likes: u64,
    /// Length of its model files in bytes.
    pub bytes: u64,
    /// NDCG@10, as the manifest has it; `None` where nothing was measured.
    pub ndcg_at_10: Option<f64>,
}

#[cfg(test)]
mod tests;
