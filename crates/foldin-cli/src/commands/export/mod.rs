//! `foldin export`: the parts of a model as files that other programs read.

mod numpy;
mod parquet;
mod tables;

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::Source;
use foldin_store::{self as store, Stored};

use self::tables::Tables;
use crate::args::{ExportArguments, ExportFormat};
use crate::output::{self, count};

pub(crate) fn run(arguments: &ExportArguments) -> anyhow::Result<()> {
    let Stored { model, descriptions, .. } = store::read(&arguments.model.model)?;
    let tables = Tables::of(&model, &descriptions);
    let out = &arguments.out;
    make_empty_folder(out)?;
    let files = match arguments.to {
        ExportFormat::Parquet => parquet::write(&tables, out)?,
        ExportFormat::Npy => numpy::write(&tables, out)?,
    };
    for file in &files {
        output::result(&out.join(file).display().to_string())?;
    }
    output::step(&format!("wrote {} of {}", count(files.len(), "file"), count(model.catalogue.len(), "item")));
    let kept = [Source::Transformer, Source::Content].into_iter().filter(|source| model.has(*source));
    let kept: Vec<&str> = kept.map(Source::name).chain(model.ranker.as_ref().map(|_| "ranker")).collect();
    if !kept.is_empty() {
        output::note(&format!("{} stay in the model, since no other program reads them", kept.join(", ")));
    }
    Ok(())
}

/// Nothing that is there is overwritten.
fn make_empty_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))?;
    let mut entries = fs::read_dir(path).with_context(|| format!("cannot list the folder {}", path.display()))?;
    if entries.next().is_some() {
        bail!("{} is not empty; name another folder with --out", path.display());
    }
    Ok(())
}
