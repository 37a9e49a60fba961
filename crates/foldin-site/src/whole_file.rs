//! Files that are replaced as a whole or not at all.
//!
//! A file is written under another name in its folder and then renamed. A run that is killed between the two leaves
//! that other file; [`remove_parts`] finds it by its name, so that a part of a page is never published.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use walkdir::WalkDir;

const PREFIX: &str = ".foldin-";
const SUFFIX: &str = ".part";

/// Writes a file. One that is replaced keeps its permissions.
pub(crate) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder_of(path))?;
    file.write_all(content)?;
    if let Ok(replaced) = fs::metadata(path) {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// Removes what killed runs have left in a folder, and in the folders below it down to `depth`.
pub(crate) fn remove_parts(folder: &Path, depth: usize) -> io::Result<()> {
    for entry in WalkDir::new(folder).follow_links(true).max_depth(depth).into_iter().flatten() {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && entry.file_type().is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
