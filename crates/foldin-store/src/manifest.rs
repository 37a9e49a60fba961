//! The manifest: which versions a model folder holds, which is current, and the files of each.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::{fs, io};

use foldin_train::artefacts::MetricsSummary;
use serde::{Deserialize, Serialize};

use crate::disk::{Disk, RealDisk, replace};
use crate::error::StoreError;
use crate::file_names::MANIFEST;

/// The form of the manifest that is written, and the newest that is read.
pub(crate) const MANIFEST_FORMAT: u32 = 1;

/// What a model folder holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this manifest.
    pub format: u32,
    /// The version to use.
    pub current: String,
    /// All versions, the oldest first.
    pub versions: Vec<VersionEntry>,
    /// The versions among which visitors are divided; where there are none, all get the current one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
}

/// A version that a share of the visitors gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name.
    pub version: String,
    /// Its share beside those of the others, above 0.
    pub share: f64,
}

/// One version in a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionEntry {
    /// Its name, as `v1.0.0`.
    pub version: String,
    /// Its files by their kind: `score`, `show` and perhaps `users`.
    pub files: BTreeMap<String, FileEntry>,
    /// What it was trained on.
    pub trained_on: TrainedOn,
    /// The metrics by which versions are compared; `None` where nothing was measured.
    pub metrics: Option<MetricsSummary>,
    /// The paths of its reports, from the manifest's folder: `metrics`, `card` and `data`, as far as there are any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reports: BTreeMap<String, String>,
}

/// That of a folder without a version.
impl Default for Manifest {
    fn default() -> Self {
        Manifest { format: MANIFEST_FORMAT, current: String::new(), versions: Vec::new(), variants: Vec::new() }
    }
}

impl Manifest {
    /// The entry of the current version; `None` where no version has its name.
    pub fn current_entry(&self) -> Option<&VersionEntry> {
        self.versions.iter().find(|entry| entry.version == self.current)
    }
}

impl VersionEntry {
    /// The paths of all that a site needs of a version, from the manifest's folder: its files, then its reports.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(|file| file.path.as_str()).chain(self.reports.values().map(String::as_str))
    }
}

/// One file in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path from the manifest's folder, with `/` between names.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
}

/// What a version was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainedOn {
    /// Name of the data set.
    pub data: String,
    /// Whether its events were simulated.
    pub simulated: bool,
    /// Users with at least one like.
    pub users: u64,
    /// Items of the catalogue.
    pub items: u64,
    /// Likes.
    pub likes: u64,
}

/// Reads the manifest of a model folder.
///
/// # Errors
/// [`StoreError::NoModel`] where there is none, [`StoreError::Manifest`] where it cannot be understood.
pub fn read_manifest(dir: &Path) -> Result<Manifest, StoreError> {
    let path = dir.join(MANIFEST);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::NoModel { path: dir.to_owned() });
        }
        text => text.map_err(|source| StoreError::Io { action: "read", path: path.clone(), source })?,
    };
    let malformed = |what: String| StoreError::Manifest { path: path.clone(), what };
    // The format comes first: a later one may have another shape.
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let Head { format } = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
    if format > MANIFEST_FORMAT {
        return Err(malformed(format!("it has format {format}, newer than {MANIFEST_FORMAT}; update foldin")));
    }
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
    // Whoever copies or tidies these files must not be led out of the folder.
    let leaves = |path: &str| !Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if let Some(path) = manifest.versions.iter().flat_map(VersionEntry::paths).find(|path| leaves(path)) {
        return Err(malformed(format!("the path \"{path}\" leads out of the folder")));
    }
    Ok(manifest)
}

/// Writes the manifest of a model folder, as a whole or not at all.
///
/// # Errors
/// [`StoreError::Io`]; the earlier manifest is then still there.
pub fn write_manifest(dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    write_manifest_on(&RealDisk, dir, manifest)
}

pub(crate) fn write_manifest_on(disk: &dyn Disk, dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    let path = dir.join(MANIFEST);
    replace(disk, &path, to_json(manifest).as_bytes()).map_err(|source| StoreError::Io {
        action: "write",
        path,
        source,
    })
}

/// A value as indented JSON with a line end.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("the value has string keys only");
    text + "\n"
}
