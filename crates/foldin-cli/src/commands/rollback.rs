//! `foldin rollback`: another version becomes the one that everybody gets.

use foldin_store::{self as store, find_version};

use super::variants;
use crate::args::RollbackArguments;
use crate::output;

pub(crate) fn run(arguments: &RollbackArguments) -> anyhow::Result<()> {
    let dir = &arguments.model.model;
    // A folder without a model must not get a lock.
    store::read_manifest(dir)?;
    let lock = super::lock(dir)?;
    let before = store::rollback(&lock, &arguments.version)?;
    let now = &find_version(dir, &before, &arguments.version)?.version;
    if *now == before.current {
        output::note("it was current already");
    } else {
        output::step(&format!("every version stays; to go back: foldin rollback {}", before.current));
    }
    if !before.variants.is_empty() {
        output::note(&format!("visitors are no longer divided among {}", variants::described(&before.variants)));
    }
    Ok(output::result(&format!("{}: {now}", dir.display()))?)
}
