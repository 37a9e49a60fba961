//! The model card: what a version of a model was made from, with what settings, and what it was measured at.
//!
//! Only what lies in the version's folder and in the manifest is read: `config.toml`, `metadata.json`, `metrics.json`
//! and the model files. Every part may be absent, as models made with `--no-evaluate` and by other versions of the
//! program lack some; what is there is drawn, what is not is said. Nothing is measured here.

mod error;
mod folder;
mod measured;
mod render;
mod says;
mod settings;

use serde::Serialize;

pub use self::error::CardError;
pub use self::folder::{card, is_model, model_facts};
pub use self::measured::{ByHistory, ColdStart, Curve, Diversity, Estimate, Measured, Protocol, Stars, System};
pub use self::render::render;

/// All that a model card says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelFacts {
    /// Name of the version.
    pub version: String,
    /// Whether the manifest calls it the current one; none without a manifest.
    pub is_current: Option<bool>,
    /// Name of the data set.
    pub data: String,
    /// Whether its events were simulated.
    pub simulated: bool,
    /// Users with at least one like.
    pub users: u64,
    /// Likes.
    pub likes: u64,
    /// Ratings from here on are likes; none where every event is one.
    pub like_threshold: Option<f32>,
    /// The program that made it.
    pub program: String,
    /// Items of the catalogue.
    pub items: usize,
    /// Items that somebody liked.
    pub liked_items: usize,
    /// Number of factors; none where nothing was learned.
    pub factors: Option<usize>,
    /// Content of `config.toml`.
    pub settings: Vec<SettingsSection>,
    /// Content of `metadata.json` by name, objects joined by dots.
    pub metadata: Vec<Setting>,
    /// Content of `metrics.json`.
    pub measured: Measured,
    /// The model files.
    pub files: Vec<FileFacts>,
    /// All versions of the folder, the oldest first; empty without a manifest.
    pub versions: Vec<VersionFacts>,
}

/// A section of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingsSection {
    /// Its name; empty for keys outside any section.
    pub name: String,
    /// What its settings are about; empty where this program does not know it.
    pub says: &'static str,
    /// Its settings.
    pub settings: Vec<SettingFacts>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingFacts {
    /// Its key.
    pub key: String,
    /// Its value, in plain words.
    pub value: String,
    /// What it would be by default, where that is something else.
    pub default: Option<String>,
    /// What it means; empty where this program does not know it.
    pub says: &'static str,
}

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The name.
    pub name: String,
    /// The value, as text.
    pub value: String,
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

/// A version of the folder.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionFacts {
    /// Its name.
    pub version: String,
    /// Whether it is the current one.
    pub is_current: bool,
    /// Name of the data set.
    pub data: String,
    /// Users with at least one like.
    pub users: u64,
    /// Items of the catalogue.
    pub items: u64,
    /// Likes.
    pub likes: u64,
    /// Length of its model files.
    pub bytes: u64,
    /// NDCG@10 as the manifest has it.
    pub ndcg_at_10: Option<f64>,
}

#[cfg(test)]
mod tests;
