//! `foldin site --offline`: a service worker at the top of the site, which keeps what a visitor opens.
//!
//! The worker ends itself once the host has no list of its files any more: so a site that is published without it needs
//! nothing in its place, and a site whose generator empties its folder needs no `--remove`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};

use super::{MODEL, SCRIPT, write};
use crate::site::PACKAGE;

/// The worker. It is in charge of the folder that it is in, so it cannot be in the folder of the package.
pub(super) const WORKER: &str = "foldin-service-worker.js";
/// The script that registers it.
pub(super) const REGISTER: &str = "offline.js";
/// The files that the worker fetches in advance: those that every page with a list loads.
const LIST: &str = "offline.json";
/// The first line of the worker.
const MARK: &str =
    "// Made by foldin site --offline: keeps the pages that a visitor opens for use without a network.\n";

/// How service workers are called that sites bring along.
const OTHER_WORKERS: [&str; 6] =
    ["sw.js", "service-worker.js", "serviceworker.js", "service_worker.js", "ngsw-worker.js", "OneSignalSDKWorker.js"];

/// The service worker that a site has of its own, by its name: a folder can have one only.
pub(super) fn other_worker(site: &Path) -> Option<&'static str> {
    OTHER_WORKERS.into_iter().find(|name| site.join(name).is_file())
}

/// Writes the worker and its list.
pub(super) fn add(site: &Path) -> anyhow::Result<()> {
    let list = serde_json::to_string(&[REGISTER, SCRIPT])?;
    write(&site.join(PACKAGE).join(LIST), &(list + "\n"))?;
    let worker = site.join(WORKER);
    if fs::read(&worker).is_ok_and(|content| !content.starts_with(MARK.as_bytes())) {
        bail!("{} is not a file of foldin, and --offline would replace it; rename it", worker.display());
    }
    let script = format!(
        "{MARK}import {{ serve }} from \"./{PACKAGE}/service-worker.js\";\n\nserve({{ manifest: \"{PACKAGE}/{MODEL}/manifest.json\", \
         endpoints: \"{PACKAGE}/\", shell: \"{PACKAGE}/{LIST}\", visited: true }});\n"
    );
    write(&worker, &script)
}

/// Removes both, if they are there.
pub(super) fn remove(site: &Path) -> anyhow::Result<()> {
    let worker = site.join(WORKER);
    if fs::read(&worker).is_ok_and(|content| content.starts_with(MARK.as_bytes())) {
        fs::remove_file(&worker).with_context(|| format!("cannot delete {}", worker.display()))?;
    }
    let list = site.join(PACKAGE).join(LIST);
    match fs::remove_file(&list) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot delete {}", list.display()))
        }
        _ => Ok(()),
    }
}
