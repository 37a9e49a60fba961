//! A folder of the file system.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Files;

/// A folder of the file system.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at a path.
    pub fn new(path: &Path) -> Self {
        Folder { path: path.to_path_buf() }
    }
}

impl Files for Folder {
    /// The folder's own name, also where the path is `.` or ends in `..`.
    fn name(&self) -> String {
        let whole = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        whole.file_name().map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }

    fn path(&self, file: &str) -> PathBuf {
        if file.is_empty() { self.path.clone() } else { self.path.join(file) }
    }

    /// With the files in folders that are parts of a table: `date=2024-01-31`, `events.parquet`.
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        list(&self.path, "", &mut names)?;
        Ok(names)
    }

    fn has(&self, file: &str) -> bool {
        self.path.join(file).is_file()
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.path.join(file))?))
    }

    /// Pipes have no path here, as they can be read once only.
    fn local_path(&self, file: &str) -> Option<PathBuf> {
        self.has(file).then(|| self.path.join(file))
    }

    fn obstacle(&self, file: &str) -> Option<&'static str> {
        super::obstacle(&self.path.join(file))
    }
}

/// The files in `folder`, and those in folders that are parts of a table, by their names below the first.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_part = name.contains('=') || name.ends_with(".parquet");
        if is_part && entry.path().is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), names)?;
        } else {
            names.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
