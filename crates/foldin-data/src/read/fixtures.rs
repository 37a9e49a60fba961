//! Folders for tests: made on the spot, or real data sets where the environment says they lie.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{BadLine, DatasetError, ReadOptions, ReadReport, read};
use crate::dataset::Dataset;

/// A folder with these files.
pub(crate) fn folder_with<T: AsRef<[u8]> + ?Sized>(files: &[(&str, &T)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// The folder of a real data set, or none and a line that says so.
pub(crate) fn real_data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FOLDIN_DATA_DIR").map(|all| PathBuf::from(all).join(name));
    let folder = folder.filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: FOLDIN_DATA_DIR has no {name}");
    }
    folder
}

pub(crate) fn read_strictly(folder: &Path) -> Result<(Dataset, ReadReport), DatasetError> {
    read(folder, &ReadOptions::default())
}

pub(crate) fn read_skipping(folder: &Path) -> (Dataset, ReadReport) {
    read(folder, &ReadOptions { skip_bad_lines: true, ..ReadOptions::default() }).unwrap()
}

/// The line that keeps a folder from being read.
pub(crate) fn bad_line_of(folder: &Path) -> BadLine {
    match read_strictly(folder) {
        Err(DatasetError::BadLine { bad, .. }) => *bad,
        other => panic!("expected a bad line, got {other:?}"),
    }
}
