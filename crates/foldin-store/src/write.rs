//! Adding a version to a model folder.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::{fs, io};

use foldin_core::file::{self, FileKind};
use foldin_core::model::{Descriptions, Model, Users};
use foldin_data::text::hex;
use foldin_train::artefacts::Metadata;
use foldin_train::fit::Metrics;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::file_names::{CARD, CONFIG, DATA, METADATA, METRICS};
use crate::lock::Lock;
use crate::manifest::{
    FileEntry, MANIFEST_FORMAT, Manifest, TrainedOn, VersionEntry, read_manifest, to_json, write_manifest,
};
use crate::version::{format_version, next_version, parse_version};

/// What goes into a version beside its model.
#[derive(Debug, Clone, Default)]
pub struct VersionArtefacts {
    /// Content of `config.toml`.
    pub config: String,
    /// What was measured.
    pub metrics: Option<Metrics>,
    /// Content of `metadata.json`.
    pub metadata: Metadata,
    /// Content of `data.html`, the data report.
    pub data: Option<String>,
    /// What makes `card.html`, the model card.
    pub card: Option<MakeCard>,
}

/// Makes the model card of the current version of a manifest, from the folder that holds the version's files, which have
/// not been moved to their place yet.
pub type MakeCard = fn(&Path, &Manifest) -> Result<String, Box<dyn Error + Send + Sync>>;

/// The encoded files of a model, named by their content.
#[derive(Debug, Clone)]
pub struct Encoded {
    files: Vec<(FileKind, Vec<u8>)>,
}

impl Encoded {
    /// Encodes a model, and users where it is to hold them.
    pub fn new(model: &Model, descriptions: &Descriptions, users: Option<&Users>) -> Self {
        let mut files =
            vec![(FileKind::Score, file::write_score(model)), (FileKind::Show, file::write_show(descriptions))];
        files.extend(users.map(|users| (FileKind::Users, file::write_users(users))));
        Encoded { files }
    }
}

/// Finds out whether [`write()`] would be refused, before the work of learning: gives the name that the version will have.
///
/// # Errors
/// [`StoreError`], as [`write()`].
pub fn check(dir: &Path, version: Option<&str>) -> Result<String, StoreError> {
    let refused = |path: &Path, kind: io::ErrorKind| {
        Err(StoreError::Io { action: "write into", path: path.to_owned(), source: kind.into() })
    };
    if dir.exists() && !dir.is_dir() {
        return refused(dir, io::ErrorKind::NotADirectory);
    }
    let (_, version) = open(dir, version)?;
    // A folder that is yet to be made will be made in the nearest one that is there.
    let parents = dir.ancestors().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    let there = parents.into_iter().find(|parent| parent.exists()).unwrap_or(Path::new("."));
    match tempfile::Builder::new().prefix(".version-").tempdir_in(there) {
        Ok(_) => Ok(version),
        // The whole error would name the folder that was tried and is of no interest.
        Err(error) => refused(there, error.kind()),
    }
}

/// Writes a new version and makes it the current one; `version` of `None` is the next minor version.
///
/// # Errors
/// [`StoreError`]; the folder is then as it was, but for a temporary folder that a killed run may leave behind.
pub fn write(
    lock: &Lock,
    model: &Model,
    encoded: &Encoded,
    version: Option<&str>,
    artefacts: &VersionArtefacts,
) -> Result<VersionEntry, StoreError> {
    let dir = lock.dir();
    let (mut manifest, version) = open(dir, version)?;
    let about = &model.about;
    let entry = VersionEntry {
        files: encoded
            .files
            .iter()
            .map(|(kind, bytes)| (kind.name().to_owned(), file_entry(&version, *kind, bytes)))
            .collect(),
        trained_on: TrainedOn {
            data: about.data.clone(),
            simulated: about.simulated,
            users: about.n_users,
            items: model.catalogue.len() as u64,
            likes: about.n_likes,
        },
        metrics: artefacts.metrics.as_ref().map(|metrics| metrics.summary.clone()),
        reports: reports(&version, artefacts),
        version,
    };
    manifest.current = entry.version.clone();
    manifest.versions.push(entry.clone());
    write_version(dir, &manifest, &entry, encoded, artefacts)?;
    write_manifest(dir, &manifest)?;
    Ok(entry)
}

/// The paths that the reports of a version will have.
fn reports(version: &str, artefacts: &VersionArtefacts) -> BTreeMap<String, String> {
    let all = [
        ("metrics", artefacts.metrics.is_some(), METRICS),
        ("card", artefacts.card.is_some(), CARD),
        ("data", artefacts.data.is_some(), DATA),
    ];
    let there = all.into_iter().filter(|(_, is_there, _)| *is_there);
    there.map(|(name, _, file)| (name.to_owned(), format!("{version}/{file}"))).collect()
}

/// The manifest that is to be replaced, and the name of the version that is to be added.
fn open(dir: &Path, version: Option<&str>) -> Result<(Manifest, String), StoreError> {
    let manifest = match read_manifest(dir) {
        Err(StoreError::NoModel { .. }) => {
            let (current, versions, variants) = (String::new(), Vec::new(), Vec::new());
            Manifest { format: MANIFEST_FORMAT, current, versions, variants }
        }
        manifest => manifest?,
    };
    let version = match version {
        Some(name) => format_version(parse_version(name)?),
        None => next_version(&manifest)?,
    };
    let is_taken = manifest.versions.iter().any(|entry| entry.version == version);
    if is_taken || is_somebody_elses(&dir.join(&version)) {
        return Err(StoreError::VersionExists { path: dir.to_owned(), version });
    }
    Ok((manifest, version))
}

/// Whether a folder holds other files than those of a version: then it is no left-over of a killed run.
fn is_somebody_elses(place: &Path) -> bool {
    let is_ours = |name: &str| name.ends_with(".foldin") || [CONFIG, METADATA, METRICS, CARD, DATA].contains(&name);
    match fs::read_dir(place) {
        Ok(entries) => entries.flatten().any(|entry| !is_ours(&entry.file_name().to_string_lossy())),
        Err(_) => place.exists(),
    }
}

/// Writes a whole version folder under a temporary name, then renames it.
fn write_version(
    dir: &Path,
    manifest: &Manifest,
    entry: &VersionEntry,
    encoded: &Encoded,
    artefacts: &VersionArtefacts,
) -> Result<(), StoreError> {
    let io_error = |action, path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Io { action, path, source }
    };
    let temporary =
        tempfile::Builder::new().prefix(".version-").tempdir_in(dir).map_err(io_error("write into", dir))?;
    let put = |name: &str, content: &[u8]| {
        let path = temporary.path().join(name);
        let mut file = fs::File::create(&path).map_err(io_error("write", &path))?;
        file.write_all(content).and_then(|()| file.sync_all()).map_err(io_error("write", &path))
    };
    for (kind, bytes) in &encoded.files {
        let path = &entry.files[kind.name()].path;
        put(path.rsplit('/').next().unwrap_or(path), bytes)?;
    }
    put(CONFIG, artefacts.config.as_bytes())?;
    put(METADATA, to_json(&artefacts.metadata).as_bytes())?;
    if let Some(metrics) = &artefacts.metrics {
        put(METRICS, to_json(&metrics.file).as_bytes())?;
    }
    if let Some(data) = &artefacts.data {
        put(DATA, data.as_bytes())?;
    }
    if let Some(make_card) = artefacts.card {
        let card = make_card(temporary.path(), manifest).map_err(|source| StoreError::Card { source })?;
        put(CARD, card.as_bytes())?;
    }
    let place = dir.join(&entry.version);
    // A whole version that no manifest names: of a run that was killed at the last moment, or of a manifest that was
    // lost. It is put aside, since nobody but its owner can tell which.
    if place.exists() {
        let aside = dir.join(format!("unlisted-{}", entry.version));
        if aside.exists() {
            fs::remove_dir_all(&aside).map_err(io_error("replace", &aside))?;
        }
        fs::rename(&place, &aside).map_err(io_error("put aside", &place))?;
    }
    fs::rename(temporary.path(), &place).map_err(io_error("write", &place))?;
    // It has its name now; until here it would have been removed.
    let _ = temporary.keep();
    make_readable(&place);
    Ok(())
}

/// Temporary folders are made for their owner alone; a model is to be served.
#[cfg(unix)]
fn make_readable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // Where this fails the owner can still read it, and the server's message will say what is wrong.
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn make_readable(_folder: &Path) {}

fn file_entry(version: &str, kind: FileKind, bytes: &[u8]) -> FileEntry {
    let sha256 = hex(Sha256::digest(bytes));
    let path = format!("{version}/{}-{}.foldin", kind.name(), &sha256[..12]);
    FileEntry { path, bytes: bytes.len() as u64, sha256 }
}
