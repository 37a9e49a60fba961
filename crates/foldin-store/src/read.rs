//! Reading a version of a model folder.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use foldin_core::file::{self, FileKind};
use foldin_core::model::{Descriptions, Model, Users};

use crate::content::read_content;
use crate::error::StoreError;
use crate::file_names::MANIFEST;
use crate::manifest::{Manifest, VersionEntry, read_manifest};
use crate::rollback::find_version;

/// A model read back from a folder.
#[derive(Debug)]
pub struct Stored {
    /// The manifest.
    pub manifest: Manifest,
    /// The version's entry.
    pub entry: VersionEntry,
    /// All that ranking needs.
    pub model: Model,
    /// Titles and tags.
    pub descriptions: Descriptions,
    /// Known users, where the version holds them.
    pub users: Option<Users>,
}

/// Reads the current version of a model folder.
///
/// # Errors
/// As [`read_manifest`], [`StoreError::NotWhole`] for a file that is not what was written, and [`StoreError::File`] where
/// a model file is not sound.
pub fn read(dir: &Path) -> Result<Stored, StoreError> {
    let manifest = read_manifest(dir)?;
    let current = manifest.current_entry().cloned();
    let entry = current.ok_or_else(|| StoreError::Manifest {
        path: dir.join(MANIFEST),
        what: format!("its current version {} is not among its versions", manifest.current),
    })?;
    read_files(dir, manifest, entry)
}

/// Reads a version of a model folder, whether it is current or not; its name may lack the `v`.
///
/// # Errors
/// As [`read()`], [`StoreError::VersionName`] and [`StoreError::NoVersion`].
pub fn read_version(dir: &Path, name: &str) -> Result<Stored, StoreError> {
    let manifest = read_manifest(dir)?;
    let entry = find_version(dir, &manifest, name)?.clone();
    read_files(dir, manifest, entry)
}

fn read_files(dir: &Path, manifest: Manifest, entry: VersionEntry) -> Result<Stored, StoreError> {
    let (path, bytes) = read_file(dir, &entry, FileKind::Score)?;
    let model = file::read_score(&bytes).map_err(|source| StoreError::File { path, source })?;
    let (path, bytes) = read_file(dir, &entry, FileKind::Show)?;
    let descriptions = file::read_show(&bytes, &model.catalogue).map_err(|source| StoreError::File { path, source })?;
    let users = if !entry.files.contains_key(FileKind::Users.name()) {
        None
    } else {
        let (path, bytes) = read_file(dir, &entry, FileKind::Users)?;
        let users = file::read_users(&bytes, &model.catalogue);
        Some(users.map_err(|source| StoreError::File { path, source })?)
    };
    Ok(Stored { manifest, entry, model, descriptions, users })
}

fn read_file(dir: &Path, entry: &VersionEntry, kind: FileKind) -> Result<(PathBuf, Bytes), StoreError> {
    let listed = entry.files.get(kind.name()).ok_or_else(|| StoreError::Manifest {
        path: dir.join(MANIFEST),
        what: format!("version {} has no {} file", entry.version, kind.name()),
    })?;
    let (path, bytes) = read_content(dir, &entry.version, listed)?;
    Ok((path, bytes.into()))
}
