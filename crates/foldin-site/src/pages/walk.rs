//! The files of a folder of built HTML.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::PagesError;

/// The HTML files below a folder by their path in it, with `/` between folders, in order. Hidden folders, packages and
/// the folder that foldin writes are left out.
///
/// # Errors
/// [`PagesError::NoFolder`], or a folder cannot be read.
pub fn html_files(folder: &Path, output: &str) -> Result<Vec<String>, PagesError> {
    if !folder.is_dir() {
        return Err(PagesError::NoFolder { path: folder.to_owned() });
    }
    let is_output = |entry: &DirEntry| entry.depth() == 1 && entry.file_name() == output;
    let is_ours = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || is_output(entry))
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_ours) {
        let entry = entry.map_err(|error| PagesError::Walk { path: folder.to_owned(), source: error.into() })?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let is_html = [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end));
        if is_html && entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(files)
}
