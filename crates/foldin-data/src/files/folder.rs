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

    fn names(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(&self.path)?;
        Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
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
}
