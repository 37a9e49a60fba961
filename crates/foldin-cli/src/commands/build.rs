//! `foldin build`: a complete static site around a model.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_train::store::{self, MANIFEST, Manifest};

use crate::args::BuildArguments;
use crate::site::write_page;
use crate::talk;

/// Where the model lies in a site.
const MODEL: &str = "model";

pub fn run(arguments: &BuildArguments) -> anyhow::Result<()> {
    let (model, out) = (&arguments.model.model, &arguments.out);
    let stored = store::read(model)?;
    refuse_strange_folder(out)?;
    write_page(out)?;
    // Files of the current version alone: a site needs no history.
    let place = out.join(MODEL);
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("cannot replace {}", place.display()))?;
    }
    for file in stored.entry.files.values() {
        let to = place.join(&file.path);
        fs::create_dir_all(to.parent().unwrap_or(&place))
            .with_context(|| format!("cannot make {}", place.display()))?;
        fs::copy(model.join(&file.path), &to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    let manifest = Manifest { versions: vec![stored.entry], ..stored.manifest };
    let to = place.join(MANIFEST);
    fs::write(&to, serde_json::to_string_pretty(&manifest)? + "\n")
        .with_context(|| format!("cannot write {}", to.display()))?;
    println!("{}", out.display());
    talk::step(&format!("copy the folder to any static host, or see it now: foldin serve {}", out.display()));
    Ok(())
}

/// A folder that holds other things than a site is most likely a slip.
fn refuse_strange_folder(out: &Path) -> anyhow::Result<()> {
    let is_empty =
        fs::read_dir(out).map_or(Ok(true), |mut entries| entries.next().transpose().map(|one| one.is_none()))?;
    if !is_empty && !out.join("index.html").exists() {
        bail!("{} holds other things than a site; name a new or empty folder with --out", out.display());
    }
    Ok(())
}
