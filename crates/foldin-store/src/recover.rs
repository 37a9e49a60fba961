//! Removes what runs that were killed have left behind.
//!
//! A version gets its place before the manifest names it. While that is so, the file [`PENDING`] holds its name: a
//! folder of that name that no manifest lists is then half of a change, and goes. A folder that no manifest lists for
//! another reason, such as a manifest that was lost, stays.

use std::fs;
use std::path::Path;

use crate::disk::Disk;
use crate::file_names::{MANIFEST, PENDING, TEMPORARY};
use crate::manifest::read_manifest;
use crate::version::parse_version;

/// Tidies a model folder, whose lock is held. What cannot be removed is left for the next time.
pub(crate) fn recover(dir: &Path, disk: &dyn Disk) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) && entry.path().is_dir() {
            let _ = disk.remove_folder(&entry.path());
        }
    }
    let pending = dir.join(PENDING);
    let Ok(version) = fs::read_to_string(&pending) else { return };
    // Without a manifest that can be read nobody knows what it lists.
    let is_listed = match read_manifest(dir) {
        Ok(manifest) => manifest.versions.iter().any(|entry| entry.version == version),
        Err(_) if dir.join(MANIFEST).exists() => return,
        Err(_) => false,
    };
    let place = dir.join(&version);
    let is_version = parse_version(&version).is_ok();
    if is_version && !is_listed && place.is_dir() && disk.remove_folder(&place).is_err() {
        return;
    }
    let _ = disk.remove_file(&pending);
}
