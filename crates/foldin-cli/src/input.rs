//! Where data come from: files, folders, patterns such as `logs/*.csv`, and standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use foldin_data::{self as data, Dataset, InMemory, ReadOptions, ReadReport};

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads the data set at `paths`, with titles from `items`.
///
/// # Errors
/// If there is nothing at a path, or what is there cannot be read.
pub(crate) fn read(
    paths: &[PathBuf],
    items: Option<&Path>,
    options: &ReadOptions,
) -> anyhow::Result<(Dataset, ReadReport)> {
    if paths.iter().any(|path| path.as_os_str() == STANDARD_INPUT) {
        if paths.len() > 1 {
            bail!("`-` reads standard input, which is one file; name no other beside it");
        }
        return read_standard_input(items, options).context("standard input cannot be read");
    }
    let paths = expanded(paths)?;
    let named = match paths.as_slice() {
        [path] => path.display().to_string(),
        paths => format!("of {} files", paths.len()),
    };
    data::read_paths(&paths, items, options).with_context(|| format!("the data set {named} cannot be read"))
}

fn read_standard_input(items: Option<&Path>, options: &ReadOptions) -> anyhow::Result<(Dataset, ReadReport)> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let events = "standard input".to_owned();
    let mut files = vec![(events.clone(), bytes)];
    let catalogue = match items {
        Some(path) => {
            let content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push((path.display().to_string(), content));
            Some(path.display().to_string())
        }
        None => None,
    };
    let files = InMemory::new(events.clone(), files);
    Ok(data::read_named(&files, &[events], catalogue.as_deref(), options)?)
}

/// Paths with patterns replaced by what they match: shells do that, but for some.
pub(crate) fn expanded(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if path.exists() || !text.contains(['*', '?', '[']) {
            all.push(path.clone());
            continue;
        }
        let before = all.len();
        let matches = glob::glob(&text).with_context(|| format!("{text} is no pattern"))?;
        all.extend(matches.filter_map(Result::ok));
        if all.len() == before {
            bail!("no file matches {text}");
        }
    }
    Ok(all)
}
