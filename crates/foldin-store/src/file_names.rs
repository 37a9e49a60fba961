//! The names of the files in a model folder.

/// Which versions there are, and which is current.
pub const MANIFEST: &str = "manifest.json";
/// Locked while somebody writes.
pub const LOCK: &str = ".lock";
/// The name of the version that is being added, while it has its place and no manifest names it.
pub(crate) const PENDING: &str = ".pending";
/// How the folder begins in which a version is written.
pub(crate) const TEMPORARY: &str = ".version-";
/// The settings that a version was made with.
pub const CONFIG: &str = "config.toml";
/// See [`Metadata`](foldin_train::artefacts::Metadata).
pub const METADATA: &str = "metadata.json";
/// See [`MetricsFile`](foldin_train::artefacts::MetricsFile).
pub const METRICS: &str = "metrics.json";
/// The model card.
pub(crate) const CARD: &str = "card.html";
/// The data report.
pub(crate) const DATA: &str = "data.html";
