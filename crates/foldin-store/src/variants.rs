//! Variants: versions among which visitors are divided, each by its share, to see which serves them better.
//!
//! A rollback ends the division, since whoever rolls back wants everybody to get that version. A later training leaves it
//! as it is: what it adds is current, and nobody gets it before it is a variant or the division is off.

use std::path::Path;

use crate::error::StoreError;
use crate::file_names::MANIFEST;
use crate::lock::Lock;
use crate::manifest::{Manifest, Variant, VersionEntry, read_manifest, write_manifest_on};
use crate::rollback::{check_whole, find_version};

/// Divides visitors among versions by shares above 0; among none: all get the current version. Names may lack their `v`.
/// Gives the manifest as it now is.
///
/// # Errors
/// [`StoreError`], where a version is not there or not whole, is named twice, or has no share; nothing has changed then.
pub fn set_variants(lock: &Lock, variants: &[(String, f64)]) -> Result<Manifest, StoreError> {
    let mut manifest = read_manifest(lock.dir())?;
    manifest.variants.clear();
    for (name, share) in variants {
        let entry = find_version(lock.dir(), &manifest, name)?;
        check_whole(lock.dir(), entry)?;
        let variant = Variant { version: entry.version.clone(), share: *share };
        manifest.variants.push(variant);
    }
    check(lock.dir(), &manifest)?;
    write_manifest_on(lock.disk(), lock.dir(), &manifest)?;
    Ok(manifest)
}

/// The versions that visitors can get: the current one, and those of all variants.
///
/// # Errors
/// [`StoreError::Manifest`] and [`StoreError::Variant`] where one of them is not there.
pub fn served<'a>(dir: &Path, manifest: &'a Manifest) -> Result<Vec<&'a VersionEntry>, StoreError> {
    check(dir, manifest)?;
    let is_variant = |entry: &VersionEntry| manifest.variants.iter().any(|one| one.version == entry.version);
    let is_current = |entry: &VersionEntry| entry.version == manifest.current;
    if manifest.current_entry().is_none() {
        let what = format!("its current version {} is not among its versions", manifest.current);
        return Err(StoreError::Manifest { path: dir.join(MANIFEST), what });
    }
    Ok(manifest.versions.iter().filter(|entry| is_current(entry) || is_variant(entry)).collect())
}

fn check(dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    for (n, Variant { version, share }) in manifest.variants.iter().enumerate() {
        let what = match () {
            () if !manifest.versions.iter().any(|entry| entry.version == *version) => "none of its versions",
            () if manifest.variants[..n].iter().any(|one| one.version == *version) => "named twice",
            () if !(share.is_finite() && *share > 0.0) => "without a share above 0",
            () => continue,
        };
        return Err(StoreError::Variant { path: dir.to_owned(), version: version.clone(), what });
    }
    Ok(())
}
