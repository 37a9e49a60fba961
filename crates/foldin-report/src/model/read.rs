//! From the files of a version to the facts of its card.

use std::path::Path;

use foldin_core::file::{self, FileKind};
use foldin_core::model::Model;
use foldin_store::{CONFIG, METADATA, METRICS, Manifest, NewVersion, StoreError, VersionEntry};
use serde::de::DeserializeOwned;

use super::render::render;
use super::settings::sections;
use super::version::Version;
use super::{CardError, FileFacts, ModelFacts, SectionFacts, VersionFacts};

/// The model card of a version that is not written yet: a [`MakeCard`](foldin_store::MakeCard), but for the type of its
/// error.
///
/// # Errors
/// As [`model_facts`].
pub fn card(version: &NewVersion) -> Result<String, CardError> {
    facts_of(&Version::new(version)).map(|facts| render(&facts))
}

/// Reads the facts of a version. `path` is a model folder, its manifest or the folder of one version; `version` of `None`
/// is the current one, and its name may lack the `v`.
///
/// # Errors
/// [`CardError`]: the path is not a model, it has no such version, or a file of the version cannot be read.
pub fn model_facts(path: &Path, version: Option<&str>) -> Result<ModelFacts, CardError> {
    facts_of(&Version::find(path, version)?)
}

fn facts_of(version: &Version) -> Result<ModelFacts, CardError> {
    let mut files = Vec::new();
    let mut model = None;
    for (path, bytes) in &version.files {
        let unsound = |source| StoreError::File { path: path.clone(), source };
        let (kind, sections) = file::list_sections(bytes).map_err(unsound)?;
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
    let model = model.ok_or_else(|| CardError::NoScoreFile { path: version.folder.clone() })?;
    facts(version, &model, files)
}

fn facts(version: &Version, model: &Model, files: Vec<FileFacts>) -> Result<ModelFacts, CardError> {
    let Version { name, manifest, .. } = version;
    let about = &model.about;
    let config =
        parse(version, CONFIG, |text| text.parse::<toml::Table>().map_err(|error| error.message().to_owned()))?;
    Ok(ModelFacts {
        version: name.clone(),
        is_current: manifest.as_ref().map(|manifest| manifest.current == *name),
        data: about.data.clone(),
        simulated: about.simulated,
        users: about.n_users,
        likes: about.n_likes,
        like_threshold: about.like_threshold,
        program: about.program.clone(),
        items: model.catalogue.len(),
        liked_items: model.catalogue.items().filter(|&item| model.catalogue.likes(item) > 0).count(),
        factors: model.factors.as_ref().map(|factors| factors.rows.n_cols()),
        settings: config.map(sections),
        metadata: parse(version, METADATA, from_json)?,
        measured: parse(version, METRICS, from_json)?,
        files,
        versions: manifest.as_ref().map(versions).unwrap_or_default(),
    })
}

/// Parses a file beside the model files; `None` where there is no such file.
fn parse<T>(version: &Version, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, CardError> {
    let Some(content) = version.beside.get(name) else { return Ok(None) };
    let parsed = str::from_utf8(content).map_err(|error| error.to_string()).and_then(parse);
    parsed.map(Some).map_err(|what| CardError::Malformed { path: version.folder.join(name), what })
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
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
        ndcg_at_10: entry.metrics.as_ref().map(|metrics| metrics.foldin.ndcg_at_10),
    };
    manifest.versions.iter().map(facts).collect()
}
