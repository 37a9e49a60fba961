//! A version in memory: its entry in the manifest, and the content of its files. Whoever trains decides where they go: a
//! folder ([`write()`](crate::write())), or whatever a browser has in its place.

use std::collections::BTreeMap;
use std::error::Error;

use bytes::Bytes;
use foldin_core::file::{self, FileKind};
use foldin_core::model::{Descriptions, Model, Users};
use foldin_data::text::hex;
use foldin_train::artefacts::Metadata;
use foldin_train::fit::Metrics;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::file_names::{CARD, CONFIG, DATA, MANIFEST, METADATA, METRICS};
use crate::manifest::{FileEntry, Manifest, TrainedOn, VersionEntry, to_json};
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

/// Makes the model card of a version from all its other files.
pub type MakeCard = fn(&NewVersion) -> Result<String, Box<dyn Error + Send + Sync>>;

/// The encoded files of a model, named by their content.
#[derive(Debug, Clone)]
pub struct Encoded {
    files: Vec<(FileKind, Bytes)>,
}

impl Encoded {
    /// The score file as it is encoded already, and the others of a model: users where it is to hold them.
    pub fn new(score: Bytes, descriptions: &Descriptions, users: Option<&Users>) -> Self {
        let mut files = vec![(FileKind::Score, score), (FileKind::Show, file::write_show(descriptions).into())];
        files.extend(users.map(|users| (FileKind::Users, file::write_users(users).into())));
        Encoded { files }
    }
}

/// A version that is not written yet.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// The manifest with this version as the current one.
    pub manifest: Manifest,
    /// The version in it.
    pub entry: VersionEntry,
    /// The content of its files by their names in the version's folder, in the order in which they are written.
    pub files: Vec<(String, Bytes)>,
}

impl NewVersion {
    /// The next version of a manifest, or the one of this name, which must be free.
    ///
    /// # Errors
    /// [`StoreError::VersionName`] for a name that is none, and [`StoreError::Card`].
    pub fn new(
        mut manifest: Manifest,
        version: Option<&str>,
        model: &Model,
        encoded: &Encoded,
        artefacts: &VersionArtefacts,
    ) -> Result<Self, StoreError> {
        let version = name_of(&manifest, version)?;
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

        let own_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let model_files = encoded.files.iter();
        let mut files: Vec<(String, Bytes)> =
            model_files.map(|(kind, bytes)| (own_name(&entry.files[kind.name()].path), bytes.clone())).collect();
        let mut put = |name: &str, content: String| files.push((name.to_owned(), content.into()));
        put(CONFIG, artefacts.config.clone());
        put(METADATA, to_json(&artefacts.metadata));
        if let Some(metrics) = &artefacts.metrics {
            put(METRICS, to_json(&metrics.file));
        }
        if let Some(data) = &artefacts.data {
            put(DATA, data.clone());
        }
        let mut new = NewVersion { manifest, entry, files };
        if let Some(make_card) = artefacts.card {
            let card = make_card(&new).map_err(|source| StoreError::Card { source })?;
            new.files.push((CARD.to_owned(), card.into()));
        }
        Ok(new)
    }

    /// All files of a model folder that holds this version alone, by their paths in it: the manifest last, as it names the
    /// others.
    pub fn folder(&self) -> impl Iterator<Item = (String, Bytes)> {
        let version = &self.entry.version;
        let files = self.files.iter().map(move |(name, content)| (format!("{version}/{name}"), content.clone()));
        files.chain([(MANIFEST.to_owned(), to_json(&self.manifest).into())])
    }
}

/// The name of a version that is to be added to a manifest; `None` is the next minor one.
pub(crate) fn name_of(manifest: &Manifest, version: Option<&str>) -> Result<String, StoreError> {
    match version {
        Some(name) => Ok(format_version(parse_version(name)?)),
        None => next_version(manifest),
    }
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

fn file_entry(version: &str, kind: FileKind, bytes: &[u8]) -> FileEntry {
    let sha256 = hex(Sha256::digest(bytes));
    let path = format!("{version}/{}-{}.foldin", kind.name(), &sha256[..12]);
    FileEntry { path, bytes: bytes.len() as u64, sha256 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lock, write};

    #[test]
    fn a_version_in_memory_is_what_is_written_to_a_folder() {
        let (model, descriptions) = foldin_fixtures::parity::model();
        let encoded = Encoded::new(file::write_score(&model).into(), &descriptions, None);
        let artefacts = VersionArtefacts {
            config: "# settings\n".to_owned(),
            data: Some("<p>data".to_owned()),
            card: Some(|new| Ok(format!("<p>card of {} with {} files", new.entry.version, new.files.len()))),
            ..VersionArtefacts::default()
        };
        let new = NewVersion::new(Manifest::default(), None, &model, &encoded, &artefacts).unwrap();
        let dir = tempfile::tempdir().unwrap();
        write(&lock(dir.path(), || {}).unwrap(), &model, &encoded, None, &artefacts).unwrap();
        let paths: Vec<String> = new.folder().map(|(path, _)| path).collect();
        assert_eq!(paths.last().map(String::as_str), Some("manifest.json"));
        assert_eq!(paths.iter().filter(|path| path.starts_with("v1.0.0/")).count(), 6);
        for (path, content) in new.folder() {
            assert_eq!(std::fs::read(dir.path().join(&path)).unwrap(), content, "{path}");
        }
        let card = new.files.iter().find(|(name, _)| name == CARD).map(|(_, card)| card.clone());
        assert_eq!(card.unwrap(), "<p>card of v1.0.0 with 5 files");
    }
}
