//! `foldin report`: one page of HTML about a data set or a model.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use foldin_data::{DatasetError, Likes};
use foldin_report::{data, model};
use foldin_train::config::Config;
use serde::Serialize;

use super::{note_what_is_a_like, read_paths};
use crate::args::ReportArguments;
use crate::output;

pub(crate) fn run(arguments: &ReportArguments) -> anyhow::Result<()> {
    match &arguments.path {
        Some(path) if model::is_model(path) => report_model(arguments, path),
        Some(path) if path.extension().is_some_and(|extension| extension == "foldin") => {
            bail!("{} is one file of a model; give the folder it lies in", path.display())
        }
        _ => report_data(arguments),
    }
}

fn report_data(arguments: &ReportArguments) -> anyhow::Result<()> {
    if let Some(version) = &arguments.version {
        let path =
            arguments.path.as_deref().map_or("the built-in sample".to_owned(), |path| path.display().to_string());
        bail!("{path} is not a model, so it has no version {version}; leave --version out");
    }
    let paths: Vec<PathBuf> = arguments.path.iter().cloned().collect();
    let mut config = Config::default();
    arguments.reading.apply(&mut config.data);
    let (dataset, noticed) = read_paths(&paths, arguments.reading.items.as_deref(), &config).map_err(|error| {
        match error.downcast_ref() {
            // Whoever meant a model is to hear of it too.
            Some(DatasetError::NotRecognised { path, .. }) => {
                let neither = format!("{} is neither a data set nor a model that `foldin train` wrote", path.display());
                error.context(neither)
            }
            _ => error,
        }
    })?;
    let likes = arguments.threshold.map_or(Likes::Automatic, Likes::From);
    note_what_is_a_like(&dataset, likes);
    let facts = data::data_facts(&dataset, noticed.as_ref(), likes);
    give(arguments, "report.html", &facts, data::render)
}

fn report_model(arguments: &ReportArguments, path: &Path) -> anyhow::Result<()> {
    let refused =
        [("--threshold", arguments.threshold.is_some()), ("--skip-bad-lines", arguments.reading.skip_bad_lines)];
    if let Some((flag, _)) = refused.iter().find(|(_, is_given)| *is_given) {
        bail!("{flag} is about data sets, and {} is a model; leave it out", path.display());
    }
    let facts = model::model_facts(path, arguments.version.as_deref())?;
    output::step(&format!("read {} {}", path.display(), facts.version));
    give(arguments, "model-card.html", &facts, model::render)
}

/// Prints the facts, or writes the page of them.
fn give<F: Serialize>(
    arguments: &ReportArguments,
    usual: &str,
    facts: &F,
    render: impl Fn(&F) -> String,
) -> anyhow::Result<()> {
    if arguments.json {
        return Ok(output::result(&serde_json::to_string_pretty(facts)?)?);
    }
    let path = arguments.out.as_deref().unwrap_or(Path::new(usual));
    let page = render(facts);
    fs::write(path, &page).with_context(|| format!("cannot write {}", path.display()))?;
    output::step(&format!("wrote {} ({})", path.display(), output::size(page.len() as u64)));
    Ok(())
}
