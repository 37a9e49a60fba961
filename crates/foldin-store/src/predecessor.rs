//! What the current version of a model folder has, for whoever asks whether a new one is good enough to replace it.

use std::path::Path;

use foldin_train::artefacts::MetricsFile;
use foldin_train::doubts::Predecessor;

use crate::file_names::METRICS;
use crate::manifest::read_manifest;

/// The current version of a model folder, as far as there is one.
pub fn predecessor(dir: &Path) -> Option<Predecessor> {
    let manifest = read_manifest(dir).ok()?;
    let entry = manifest.current_entry()?;
    let metrics = std::fs::read(dir.join(&entry.version).join(METRICS)).ok();
    let metrics = metrics.and_then(|bytes| serde_json::from_slice::<MetricsFile>(&bytes).ok());
    Some(Predecessor { version: entry.version.clone(), likes: entry.trained_on.likes as usize, metrics })
}
