//! Which version is meant, and what lies in its folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use foldin_core::file::{self, FileKind};
use foldin_core::model::Model;
use serde_json::Value;

use super::render::render;
use super::settings::sections;
use super::{CardError, FileFacts, Measured, ModelFacts, SectionFacts, Setting, VersionFacts};
use crate::store::{MANIFEST, Manifest, StoreError, VersionEntry, read_manifest};

/// One version, and the manifest that lists it.
struct Version {
    name: String,
    folder: PathBuf,
    files: Vec<PathBuf>,
    manifest: Option<Manifest>,
}

/// Whether a path is a model's folder, its manifest, or the folder of one version.
pub fn is_model(path: &Path) -> bool {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST) && path.is_file();
    is_manifest || path.join(MANIFEST).is_file() || !model_files(path).is_empty()
}

/// The model card of the current version of a manifest, from the folder that holds its files.
///
/// # Errors
/// As [`model_facts`].
pub fn card(folder: &Path, manifest: &Manifest) -> Result<String, CardError> {
    let (name, files) = (manifest.current.clone(), model_files(folder));
    read_facts(&Version { name, folder: folder.to_owned(), files, manifest: Some(manifest.clone()) })
        .map(|facts| render(&facts))
}

/// Reads what a model card says: of the version that is asked for, or of the current one.
///
/// # Errors
/// Where the path is no model, has no such version, or a file of it is not sound. Files beside the model files may be
/// absent.
pub fn model_facts(path: &Path, version: Option<&str>) -> Result<ModelFacts, CardError> {
    read_facts(&find(path, version)?)
}

fn read_facts(found: &Version) -> Result<ModelFacts, CardError> {
    let mut files = Vec::new();
    let mut model = None;
    for path in &found.files {
        let bytes = Bytes::from(fs::read(path).map_err(|source| unreadable(path, source))?);
        let unsound = |source| StoreError::File { path: path.clone(), source };
        let (kind, sections) = file::list_sections(&bytes).map_err(unsound)?;
        let section = |info: &file::SectionInfo| SectionFacts { name: info.name, bytes: info.bytes as u64 };
        let sections = sections.iter().map(section).collect();
        files.push((path, FileFacts { kind: kind.name(), bytes: bytes.len() as u64, sections }));
        if kind == FileKind::Score {
            model = Some(file::read_score(bytes).map_err(unsound)?);
        }
    }
    let place = |kind: &str| FileKind::ALL.iter().position(|known| known.name() == kind);
    files.sort_by_key(|(path, file)| (place(file.kind), *path));
    let files = files.into_iter().map(|(_, file)| file).collect();
    let model = model.ok_or_else(|| CardError::NoScoreFile { path: found.folder.clone() })?;
    facts(found, &model, files)
}

fn facts(found: &Version, model: &Model, files: Vec<FileFacts>) -> Result<ModelFacts, CardError> {
    let about = &model.about;
    let config = read_text(&found.folder.join("config.toml"), |text| {
        text.parse::<toml::Table>().map_err(|error| error.message().to_owned())
    })?;
    let config = config.map(toml::Value::Table).and_then(|config| serde_json::to_value(config).ok());
    let json = |name: &str| {
        read_text(&found.folder.join(name), |text| {
            serde_json::from_str::<Value>(text).map_err(|error| error.to_string())
        })
    };
    let (metadata, metrics) = (json("metadata.json")?, json("metrics.json")?);
    let manifest = found.manifest.as_ref();
    Ok(ModelFacts {
        version: found.name.clone(),
        is_current: manifest.map(|manifest| manifest.current == found.name),
        data: about.data.clone(),
        simulated: about.simulated,
        users: about.n_users,
        likes: about.n_likes,
        like_threshold: about.like_threshold,
        program: about.program.clone(),
        items: model.catalogue.len(),
        liked_items: model.catalogue.items().filter(|&item| model.catalogue.likes(item) > 0).count(),
        factors: model.factors.as_ref().map(|factors| factors.rows.n_cols()),
        settings: config.map(|config| sections(&config)).unwrap_or_default(),
        metadata: metadata.map(|metadata| named(&metadata)).unwrap_or_default(),
        measured: metrics.map(|metrics| Measured::from_json(&metrics)).unwrap_or_default(),
        files,
        versions: manifest.map(versions).unwrap_or_default(),
    })
}

/// The version that is meant.
fn find(path: &Path, version: Option<&str>) -> Result<Version, CardError> {
    let dir = if path.is_file() { path.parent().unwrap_or(path) } else { path };
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    if dir.join(MANIFEST).is_file() || model_files(dir).is_empty() {
        return listed(dir, read_manifest(dir)?, version);
    }
    // The folder of one version, whose name is its own even where it is given as `.`.
    let whole = fs::canonicalize(dir).map_err(|source| unreadable(dir, source))?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(version) = version.filter(|version| !is_called(&name, version)) {
        return Err(CardError::OneVersion { path: dir.to_owned(), version: version.to_owned() });
    }
    // A manifest above it may be somebody else's: then the version stands alone.
    let manifest = whole.parent().and_then(|parent| read_manifest(parent).ok());
    let manifest = manifest.filter(|manifest| manifest.versions.iter().any(|entry| entry.version == name));
    Ok(Version { name, folder: dir.to_owned(), files: model_files(dir), manifest })
}

fn listed(dir: &Path, manifest: Manifest, version: Option<&str>) -> Result<Version, CardError> {
    let wanted = version.unwrap_or(&manifest.current);
    let entry = manifest.versions.iter().find(|entry| is_called(&entry.version, wanted));
    let entry: &VersionEntry = entry.ok_or_else(|| match version {
        Some(version) => CardError::NoVersion {
            path: dir.to_owned(),
            version: version.to_owned(),
            versions: manifest.versions.iter().map(|entry| entry.version.clone()).collect(),
        },
        None => StoreError::Manifest {
            path: dir.join(MANIFEST),
            what: format!("its current version {wanted} is not among its versions"),
        }
        .into(),
    })?;
    // Paths of a manifest were checked to stay within its folder; names of versions were not.
    let files: Vec<PathBuf> = entry.files.values().map(|file| dir.join(&file.path)).collect();
    let folder = files.first().and_then(|file| file.parent()).unwrap_or(dir).to_owned();
    Ok(Version { name: entry.version.clone(), folder, files, manifest: Some(manifest) })
}

/// Versions are typed with or without their `v`.
fn is_called(name: &str, typed: &str) -> bool {
    name == typed || name.strip_prefix('v') == Some(typed)
}

/// The model files that lie in a folder, by name.
fn model_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_ours = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "foldin");
    let mut files: Vec<PathBuf> = entries.filter(is_ours).collect();
    files.sort();
    files
}

/// What a file holds; none where there is no such file.
fn read_text<T>(path: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, CardError> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(unreadable(path, source)),
        Ok(text) => match parse(&text) {
            Ok(content) => Ok(Some(content)),
            Err(what) => Err(CardError::Malformed { path: path.to_owned(), what }),
        },
    }
}

fn unreadable(path: &Path, source: io::Error) -> CardError {
    StoreError::Io { action: "read", path: path.to_owned(), source }.into()
}

/// Names and values, those within an object behind its name and a dot.
fn named(value: &Value) -> Vec<Setting> {
    let mut found = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Object(_) => found.extend(
                named(value).into_iter().map(|inner| Setting { name: format!("{name}.{}", inner.name), ..inner }),
            ),
            Value::Null => {}
            Value::String(text) => found.push(Setting { name: name.clone(), value: text.clone() }),
            other => found.push(Setting { name: name.clone(), value: other.to_string() }),
        }
    }
    found
}

fn versions(manifest: &Manifest) -> Vec<VersionFacts> {
    let facts = |entry: &VersionEntry| VersionFacts {
        version: entry.version.clone(),
        is_current: entry.version == manifest.current,
        data: entry.trained_on.data.clone(),
        users: entry.trained_on.users,
        items: entry.trained_on.items,
        likes: entry.trained_on.likes,
        bytes: entry.files.values().map(|file| file.bytes).sum(),
        ndcg_at_10: entry.metrics.as_ref().and_then(|metrics| metrics.get("foldin")?.get("ndcg@10")?.as_f64()),
    };
    manifest.versions.iter().map(facts).collect()
}
