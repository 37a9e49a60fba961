//! `foldin build`: a complete static site around a model.
//!
//! A site is written in place, because people keep other files in it (`CNAME`, `.git`): what is not ours stays. The
//! manifest changes after the model files that it names are there, and files of an earlier model go last, so that a
//! build that fails leaves a site that works.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_train::store::{self, Manifest, VersionEntry};

use crate::args::BuildArguments;
use crate::site::{is_site, write_page};
use crate::talk;

/// Where the model lies in a site.
const MODEL: &str = "model";

pub fn run(arguments: &BuildArguments) -> anyhow::Result<()> {
    let (model, out) = (&arguments.model.model, &arguments.out);
    let stored = store::read(model)?;
    let place = out.join(MODEL);
    refuse_strange_folder(out)?;
    refuse_own_model(model, &place)?;
    let earlier = store::read_manifest(&place).ok();
    refuse_trained_model(&place, earlier.as_ref())?;
    write_page(out)?;
    // Files of the current version alone: a site needs no history.
    for file in stored.entry.files.values() {
        let to = place.join(&file.path);
        let folder = to.parent().unwrap_or(&place);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::copy(model.join(&file.path), &to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    let manifest = Manifest { versions: vec![stored.entry.clone()], ..stored.manifest };
    store::write_manifest(&place, &manifest)?;
    if let Some(earlier) = earlier {
        remove_earlier(&place, &earlier, &stored.entry).with_context(|| format!("cannot tidy {}", place.display()))?;
    }
    talk::result(&out.display().to_string())?;
    if let Some(users) = &stored.users {
        talk::note(&format!(
            "the site holds what {} liked, for everybody to read; train without --with-users to leave that out",
            talk::count(users.len(), "user")
        ));
    }
    let site = talk::shell(out);
    talk::step(&format!("copy the folder to any static host, or see it now: foldin serve {site}"));
    Ok(())
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
    if versions.iter().any(|version| place.join(&version.version).join("metadata.json").exists()) {
        bail!(
            "{} holds a model that was trained there, and a site keeps its copy in that place; \
             name another folder with --out, or move the model",
            place.display()
        );
    }
    Ok(())
}

/// Removes the files that the site's earlier manifest names and this version does not, and folders that are then
/// empty: what nobody's manifest names is not ours.
fn remove_earlier(place: &Path, earlier: &Manifest, entry: &VersionEntry) -> std::io::Result<()> {
    let wanted: Vec<&str> = entry.files.values().map(|file| file.path.as_str()).collect();
    for file in earlier.versions.iter().flat_map(|version| version.files.values()) {
        let path = place.join(&file.path);
        if wanted.contains(&file.path.as_str()) || !path.is_file() {
            continue;
        }
        fs::remove_file(&path)?;
        // Refused where something else lies in the folder, and then it stays.
        let _ = path.parent().map(fs::remove_dir);
    }
    Ok(())
}
