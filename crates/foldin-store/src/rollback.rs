//! Choosing which version is current, among those that are whole.

use std::path::Path;

use crate::content::read_content;
use crate::error::StoreError;
use crate::lock::Lock;
use crate::manifest::{Manifest, VersionEntry, read_manifest, write_manifest_on};
use crate::version::{format_version, parse_version};

/// The entry of a version; its name may lack the `v`.
///
/// # Errors
/// [`StoreError::VersionName`], [`StoreError::NoVersion`].
pub fn find_version<'a>(dir: &Path, manifest: &'a Manifest, name: &str) -> Result<&'a VersionEntry, StoreError> {
    let version = format_version(parse_version(name)?);
    let found = manifest.versions.iter().find(|entry| entry.version == version);
    found.ok_or_else(|| StoreError::NoVersion {
        path: dir.to_owned(),
        version,
        known: manifest.versions.iter().map(|entry| entry.version.clone()).collect(),
    })
}

/// Finds out whether every file of a version is there and is what was written.
///
/// # Errors
/// [`StoreError::NotWhole`], and [`StoreError::Io`] for a file that is there and cannot be read.
pub fn check_whole(dir: &Path, entry: &VersionEntry) -> Result<(), StoreError> {
    entry.files.values().try_for_each(|file| read_content(dir, &entry.version, file).map(drop))
}

/// Makes a version the one that everybody gets: variants end, and the other versions stay. Gives the manifest as it was.
///
/// # Errors
/// [`StoreError`]; nothing has changed then.
pub fn rollback(lock: &Lock, name: &str) -> Result<Manifest, StoreError> {
    let manifest = read_manifest(lock.dir())?;
    let entry = find_version(lock.dir(), &manifest, name)?;
    check_whole(lock.dir(), entry)?;
    write_manifest_on(
        lock.disk(),
        lock.dir(),
        &Manifest { current: entry.version.clone(), variants: Vec::new(), ..manifest.clone() },
    )?;
    Ok(manifest)
}
