//! Adding a version to a model folder.

use std::path::Path;
use std::{fs, io};

use foldin_core::model::Model;

use crate::disk::Disk;
use crate::error::StoreError;
use crate::file_names::{CARD, CONFIG, DATA, METADATA, METRICS, PENDING, TEMPORARY};
use crate::lock::Lock;
use crate::manifest::{Manifest, VersionEntry, read_manifest, write_manifest_on};
use crate::new_version::{Encoded, NewVersion, VersionArtefacts, name_of};
use crate::recover::recover;

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
    match tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(there) {
        Ok(_) => Ok(version),
        // The whole error would name the folder that was tried and is of no interest.
        Err(error) => refused(there, error.kind()),
    }
}

/// Writes a new version and makes it the current one; `version` of `None` is the next minor version.
///
/// # Errors
/// [`StoreError`]; the folder is then as it was. What a run that is killed leaves behind goes when the next one holds the
/// lock.
pub fn write(
    lock: &Lock,
    model: &Model,
    encoded: &Encoded,
    version: Option<&str>,
    artefacts: &VersionArtefacts,
) -> Result<VersionEntry, StoreError> {
    let dir = lock.dir();
    let (manifest, version) = open(dir, version)?;
    let new = NewVersion::new(manifest, Some(&version), model, encoded, artefacts)?;
    write_version(lock, &new)?;
    if let Err(error) = write_manifest_on(lock.disk(), dir, &new.manifest) {
        recover(dir, lock.disk());
        return Err(error);
    }
    // Left there it does no harm: the version is listed now.
    let _ = lock.disk().remove_file(&dir.join(PENDING));
    Ok(new.entry)
}

/// The manifest that is to be replaced, and the name of the version that is to be added.
fn open(dir: &Path, version: Option<&str>) -> Result<(Manifest, String), StoreError> {
    let manifest = match read_manifest(dir) {
        Err(StoreError::NoModel { .. }) => Manifest::default(),
        manifest => manifest?,
    };
    let version = name_of(&manifest, version)?;
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

/// Writes a whole version folder under a temporary name, then renames it. On an error nothing of it is left.
fn write_version(lock: &Lock, new: &NewVersion) -> Result<(), StoreError> {
    // Its own name a process: where the file system knows no locks, two may write at a time.
    let temporary = lock.dir().join(format!("{TEMPORARY}{}", std::process::id()));
    let written = write_files(lock.disk(), &temporary, new)
        .and_then(|()| put_in_place(lock.disk(), lock.dir(), &temporary, &new.entry.version));
    if written.is_err() {
        recover(lock.dir(), lock.disk());
    }
    written
}

/// Writes the files of a version into a folder that is yet to be made.
fn write_files(disk: &dyn Disk, folder: &Path, new: &NewVersion) -> Result<(), StoreError> {
    disk.make_folder(folder).map_err(io_error("write into", folder))?;
    for (name, content) in &new.files {
        let path = folder.join(name);
        disk.write(&path, content).map_err(io_error("write", &path))?;
    }
    disk.sync_folder(folder).map_err(io_error("write", folder))
}

/// Gives a whole version its place, where the manifest is to name it.
fn put_in_place(disk: &dyn Disk, dir: &Path, temporary: &Path, version: &str) -> Result<(), StoreError> {
    let place = dir.join(version);
    // A whole version that no manifest names, of a manifest that was lost. It is put aside, and not for everybody to
    // read, since nobody but its owner can tell what it is.
    if place.exists() {
        let aside = dir.join(format!("unlisted-{version}"));
        if aside.exists() {
            disk.remove_folder(&aside).map_err(io_error("replace", &aside))?;
        }
        disk.rename(&place, &aside).map_err(io_error("put aside", &place))?;
        let _ = disk.set_public(&aside, false);
    }
    let pending = dir.join(PENDING);
    disk.write(&pending, version.as_bytes()).map_err(io_error("write", &pending))?;
    disk.sync_folder(dir).map_err(io_error("write into", dir))?;
    disk.rename(temporary, &place).map_err(io_error("write", &place))?;
    // Where this fails the owner can still read it, and the server's message will say what is wrong.
    let _ = disk.set_public(&place, true);
    disk.sync_folder(dir).map_err(io_error("write into", dir))
}

fn io_error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { action, path, source }
}
