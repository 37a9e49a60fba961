//! Files of the file system that somebody named one by one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Files, Folder};

/// Files by their paths. What lies beside the first can be found as well.
#[derive(Debug, Clone)]
pub struct Chosen {
    paths: Vec<PathBuf>,
    beside: Folder,
}

impl Chosen {
    /// The files at `paths`, and perhaps a catalogue. Of a folder its files are meant.
    pub fn new(paths: &[PathBuf], items: Option<&Path>) -> Self {
        let first = paths.first().map(PathBuf::as_path).or(items).unwrap_or(Path::new("."));
        let parent = first.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = Folder::new(if first.is_dir() { first } else { parent });
        let files = paths.iter().flat_map(|path| if path.is_dir() { files_in(path) } else { vec![path.clone()] });
        Chosen { paths: files.collect(), beside }
    }

    /// The names of the files of events.
    pub fn events(&self) -> Vec<String> {
        self.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut names = Folder::new(folder).names().unwrap_or_default();
    names.sort();
    names.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

impl Files for Chosen {
    fn name(&self) -> String {
        self.beside.name()
    }

    fn path(&self, file: &str) -> PathBuf {
        if file.is_empty() { self.beside.path("") } else { PathBuf::from(file) }
    }

    /// Those beside the first file, by their paths.
    fn names(&self) -> io::Result<Vec<String>> {
        let names = self.beside.names()?;
        Ok(names.iter().map(|name| self.beside.path(name).to_string_lossy().into_owned()).collect())
    }

    fn has(&self, file: &str) -> bool {
        Path::new(file).is_file()
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(file)?))
    }

    fn local_path(&self, file: &str) -> Option<PathBuf> {
        self.has(file).then(|| PathBuf::from(file))
    }

    fn obstacle(&self, file: &str) -> Option<&'static str> {
        obstacle(Path::new(file))
    }
}

/// Why something at a path is no file.
pub(crate) fn obstacle(path: &Path) -> Option<&'static str> {
    let link = fs::symlink_metadata(path).ok()?;
    match fs::metadata(path) {
        Err(_) if link.is_symlink() => Some("a link to nothing"),
        Err(_) => None,
        Ok(target) if target.is_dir() => Some("a folder"),
        Ok(target) if !target.is_file() => Some("a pipe or a device"),
        Ok(_) => None,
    }
}
