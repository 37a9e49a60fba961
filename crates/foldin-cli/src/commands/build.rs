//! `foldin build`: a complete static site around a model.
//!
//! A site is written in place, because people keep other files in it (`CNAME`, `.git`): what is not ours stays. The
//! manifest changes after the model files that it names are there, and files of an earlier model go last, so that a
//! build that fails leaves a site that works.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use foldin_store::{self as store, MANIFEST, METADATA, Manifest, VersionEntry};

use crate::args::BuildArguments;
use crate::output;
use crate::site::{add_preloads, is_site, write_page};

/// Where a site is suggested to be built.
const SITE: &str = "site";
/// Where the model lies in a site.
const MODEL: &str = "model";

pub(crate) fn run(arguments: &BuildArguments) -> anyhow::Result<()> {
    let (model, out) = (&arguments.model.model, &arguments.out);
    let manifest = store::read_manifest(model)?;
    // What visitors can get, and nothing else: a site needs no history. Every file is read, so that a site is not begun
    // around a model that is not sound.
    let served: Vec<VersionEntry> = store::served(model, &manifest)?.into_iter().cloned().collect();
    let mut n_users = None;
    for entry in &served {
        let users = store::read_version(model, &entry.version)?.users;
        n_users = n_users.max(users.map(|users| users.len()));
    }
    let place = out.join(MODEL);
    refuse_strange_folder(out)?;
    refuse_own_model(model, &place)?;
    refuse_trained_model(&place, store::read_manifest(&place).ok().as_ref())?;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let _lock = one_at_a_time(out)?;
    write_page(out)?;
    let manifest = Manifest { versions: served, ..manifest };
    place_model(model, &place, &manifest, !arguments.uncompressed)?;
    add_preloads(out, &preloads(&manifest))?;
    output::result(&out.display().to_string())?;
    if let Some(n_users) = n_users {
        output::note(&format!(
            "the site holds what {} liked, for everybody to read; train without --with-users to leave that out",
            output::count(n_users, "user")
        ));
    }
    let site = output::shell(out);
    output::step(&format!("copy the folder to any static host, or see it now: foldin serve {site}"));
    Ok(())
}

/// Copies the versions of a manifest from a model folder to where a site keeps its model, and removes those of an earlier
/// manifest there; with `is_packed`, model files as gzip.
pub(crate) fn place_model(model: &Path, place: &Path, manifest: &Manifest, is_packed: bool) -> anyhow::Result<()> {
    let earlier = store::read_manifest(place).ok();
    for path in manifest.versions.iter().flat_map(VersionEntry::paths) {
        let (from, to) = (model.join(path), place.join(path));
        let folder = to.parent().unwrap_or(place);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let is_packed = is_packed && to.extension().is_some_and(|extension| extension == "foldin");
        let copied = if is_packed { compress(&from, &to) } else { fs::copy(&from, &to).map(|_| ()) };
        copied.with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    }
    store::write_manifest(place, manifest)?;
    if let Some(earlier) = earlier {
        remove_earlier(place, &earlier, manifest).with_context(|| format!("cannot tidy {}", place.display()))?;
    }
    Ok(())
}

/// The right to change a site, until it is dropped: two builds into one folder would remove each other's files. The lock
/// is on the folder itself, so that nothing of it is published; where the system has no such locks, there is none.
fn one_at_a_time(out: &Path) -> anyhow::Result<Option<File>> {
    let Ok(folder) = File::open(out) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => {
            super::say_waiting(out);
            folder.lock().with_context(|| format!("cannot lock {}", out.display()))?;
            Ok(Some(folder))
        }
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Copies a file as gzip. Its name, and its length and checksum in the manifest, stay those of the content.
fn compress(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&fs::read(from)?)?;
    fs::write(to, packed.finish()?)
}

/// What every visitor needs of the model, so that it comes while the page is still being read. Which of several
/// versions a visitor gets is decided later.
fn preloads(manifest: &Manifest) -> Vec<String> {
    let mut paths = Vec::new();
    // The largest first: it takes longest, and a browser fetches few files at a time.
    if let [only] = &manifest.versions[..] {
        let files = ["score", "show"].into_iter().filter_map(|kind| only.files.get(kind));
        paths.extend(files.map(|file| format!("{MODEL}/{}", file.path)));
    }
    paths.push(format!("{MODEL}/{MANIFEST}"));
    paths
}

/// A folder that holds other things than a site is most likely a slip.
fn refuse_strange_folder(out: &Path) -> anyhow::Result<()> {
    if out.exists() && !out.is_dir() {
        bail!("{} is not a folder; name a new or empty folder with --out", out.display());
    }
    let is_empty =
        fs::read_dir(out).map_or(Ok(true), |mut entries| entries.next().transpose().map(|one| one.is_none()))?;
    if !is_empty && !is_site(out) {
        bail!("{} holds other things than a site; name a new or empty folder with --out", out.display());
    }
    Ok(())
}

/// A folder that a site can be built in: `site`, or one with a number where that holds other things.
pub(crate) fn free_folder() -> String {
    let is_free = |name: &String| refuse_strange_folder(Path::new(name)).is_ok();
    let numbered = (2..100).map(|n| format!("site-{n}"));
    [SITE.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_else(|| SITE.to_owned())
}

/// The model's own folder must not be tidied as if it were the copy in a site.
fn refuse_own_model(model: &Path, place: &Path) -> anyhow::Result<()> {
    if let (Ok(model), Ok(place)) = (fs::canonicalize(model), fs::canonicalize(place))
        && model.starts_with(&place)
    {
        bail!(
            "{} is where the site keeps its copy of the model, so it cannot be the source; train into another folder",
            place.display()
        );
    }
    Ok(())
}

/// A folder that `foldin train` writes to holds how its versions were made, which a site's copy never does.
fn refuse_trained_model(place: &Path, manifest: Option<&Manifest>) -> anyhow::Result<()> {
    let versions = manifest.map_or(&[][..], |manifest| &manifest.versions);
    if versions.iter().any(|version| place.join(&version.version).join(METADATA).exists()) {
        bail!(
            "{} holds a model that was trained there, and a site keeps its copy in that place; \
             name another folder with --out, or move the model",
            place.display()
        );
    }
    Ok(())
}

/// Removes the files that the site's earlier manifest names and this one does not, and folders that are then empty:
/// what nobody's manifest names is not ours.
fn remove_earlier(place: &Path, earlier: &Manifest, manifest: &Manifest) -> std::io::Result<()> {
    let wanted: Vec<&str> = manifest.versions.iter().flat_map(VersionEntry::paths).collect();
    for file in earlier.versions.iter().flat_map(VersionEntry::paths) {
        let path = place.join(file);
        if wanted.contains(&file) || !path.is_file() {
            continue;
        }
        fs::remove_file(&path)?;
        // Refused where something else lies in the folder, and then it stays.
        let _ = path.parent().map(fs::remove_dir);
    }
    Ok(())
}
