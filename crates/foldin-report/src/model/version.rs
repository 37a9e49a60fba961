//! Which version of a model a path means.

use std::path::{Path, PathBuf};
use std::{fs, io};

use foldin_store::{MANIFEST, Manifest, StoreError, find_version, read_manifest};

use super::CardError;

/// A version, and the manifest that lists it.
pub(super) struct Version {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// The model files.
    pub(super) files: Vec<PathBuf>,
    /// `None` for a version that no manifest lists.
    pub(super) manifest: Option<Manifest>,
}

/// Whether a path is a model folder, its manifest, or the folder of one version.
pub fn is_model(path: &Path) -> bool {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST) && path.is_file();
    is_manifest || path.join(MANIFEST).is_file() || !model_files(path).is_empty()
}

impl Version {
    /// The current version of a manifest, whose files are in `folder`.
    pub(super) fn current(folder: &Path, manifest: &Manifest) -> Self {
        Version {
            name: manifest.current.clone(),
            folder: folder.to_owned(),
            files: model_files(folder),
            manifest: Some(manifest.clone()),
        }
    }

    /// The version that a path means: of a model folder or its manifest the one with this name, or the current one; of
    /// the folder of one version that one.
    pub(super) fn find(path: &Path, name: Option<&str>) -> Result<Self, CardError> {
        let dir = if path.is_file() { path.parent().unwrap_or(path) } else { path };
        let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        if dir.join(MANIFEST).is_file() || model_files(dir).is_empty() {
            Version::listed(dir, name)
        } else {
            Version::alone(dir, name)
        }
    }

    fn listed(dir: &Path, name: Option<&str>) -> Result<Self, CardError> {
        let manifest = read_manifest(dir)?;
        let entry = match name {
            Some(name) => find_version(dir, &manifest, name)?,
            None => manifest.versions.iter().find(|entry| entry.version == manifest.current).ok_or_else(|| {
                let what = format!("its current version {} is not among its versions", manifest.current);
                StoreError::Manifest { path: dir.join(MANIFEST), what }
            })?,
        };
        // The names of versions may not be those of folders, but the paths of files stay within the model's folder.
        let files: Vec<PathBuf> = entry.files.values().map(|file| dir.join(&file.path)).collect();
        let folder = files.first().and_then(|file| file.parent()).unwrap_or(dir).to_owned();
        Ok(Version { name: entry.version.clone(), folder, files, manifest: Some(manifest) })
    }

    fn alone(dir: &Path, name: Option<&str>) -> Result<Self, CardError> {
        // A path such as `.` does not end in the folder's name.
        let whole = fs::canonicalize(dir).map_err(|source| unreadable(dir, source))?;
        let own_name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_own_name = |name: &str| name == own_name || own_name.strip_prefix('v') == Some(name);
        if let Some(name) = name.filter(|name| !is_own_name(name)) {
            return Err(CardError::OneVersion { path: dir.to_owned(), version: name.to_owned() });
        }
        // The manifest above it may be that of another model, or unreadable: then the version stands alone.
        let manifest = whole.parent().and_then(|parent| read_manifest(parent).ok());
        let manifest = manifest.filter(|manifest| manifest.versions.iter().any(|entry| entry.version == own_name));
        Ok(Version { name: own_name, folder: dir.to_owned(), files: model_files(dir), manifest })
    }
}

/// The model files in a folder, by name.
fn model_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_model_file = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "foldin");
    let mut files: Vec<PathBuf> = entries.filter(is_model_file).collect();
    files.sort();
    files
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> CardError {
    StoreError::Io { action: "read", path: path.to_owned(), source }.into()
}
