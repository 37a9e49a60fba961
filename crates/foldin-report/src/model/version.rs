//! The files of a version: of one that is in memory, or of the one that a path means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use bytes::Bytes;
use foldin_store::{
    CONFIG, MANIFEST, METADATA, METRICS, Manifest, NewVersion, StoreError, find_version, read_manifest,
};

use super::CardError;

/// A version, and the manifest that lists it.
pub(super) struct Version {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// The model files.
    pub(super) files: Vec<(PathBuf, Bytes)>,
    /// What is told of the model beside them, by name, as far as it is there.
    pub(super) beside: BTreeMap<&'static str, Bytes>,
    /// `None` for a version that no manifest lists.
    pub(super) manifest: Option<Manifest>,
}

/// The files beside the model files that a card tells of.
const BESIDE: [&str; 3] = [CONFIG, METADATA, METRICS];

/// Whether a path is a model folder, its manifest, or the folder of one version.
pub fn is_model(path: &Path) -> bool {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST) && path.is_file();
    is_manifest || path.join(MANIFEST).is_file() || !model_files(path).is_empty()
}

impl Version {
    /// A version that is not written yet.
    pub(super) fn new(new: &NewVersion) -> Self {
        let model_files = new.files.iter().filter(|(name, _)| is_model_file(Path::new(name)));
        let content = |name: &str| new.files.iter().find(|(own, _)| own == name).map(|(_, content)| content.clone());
        Version {
            name: new.entry.version.clone(),
            folder: PathBuf::from(&new.entry.version),
            files: model_files.map(|(name, content)| (PathBuf::from(name), content.clone())).collect(),
            beside: BESIDE.into_iter().filter_map(|name| Some((name, content(name)?))).collect(),
            manifest: Some(new.manifest.clone()),
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
            None => manifest.current_entry().ok_or_else(|| {
                let what = format!("its current version {} is not among its versions", manifest.current);
                StoreError::Manifest { path: dir.join(MANIFEST), what }
            })?,
        };
        // The names of versions may not be those of folders, but the paths of files stay within the model's folder.
        let files: Vec<PathBuf> = entry.files.values().map(|file| dir.join(&file.path)).collect();
        let folder = files.first().and_then(|file| file.parent()).unwrap_or(dir).to_owned();
        Version::read(entry.version.clone(), folder, files, Some(manifest))
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
        Version::read(own_name, dir.to_owned(), model_files(dir), manifest)
    }

    fn read(name: String, folder: PathBuf, files: Vec<PathBuf>, manifest: Option<Manifest>) -> Result<Self, CardError> {
        let read = |path: PathBuf| match fs::read(&path) {
            Ok(content) => Ok((path, Bytes::from(content))),
            Err(source) => Err(unreadable(&path, source)),
        };
        let files = files.into_iter().map(read).collect::<Result<_, _>>()?;
        let mut beside = BTreeMap::new();
        for name in BESIDE {
            let path = folder.join(name);
            match fs::read(&path) {
                Ok(content) => drop(beside.insert(name, content.into())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(unreadable(&path, source)),
            }
        }
        Ok(Version { name, folder, files, beside, manifest })
    }
}

/// The model files in a folder, by name.
fn model_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| is_model_file(path)).collect();
    files.sort();
    files
}

fn is_model_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "foldin")
}

fn unreadable(path: &Path, source: io::Error) -> CardError {
    StoreError::Io { action: "read", path: path.to_owned(), source }.into()
}
