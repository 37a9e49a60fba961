//! Where the files of a data set are: in a folder, or in memory.

#[cfg(feature = "fs")]
mod chosen;
#[cfg(feature = "fs")]
mod folder;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;

#[cfg(feature = "fs")]
pub use self::chosen::Chosen;
#[cfg(feature = "fs")]
pub(crate) use self::chosen::obstacle;
#[cfg(feature = "fs")]
pub use self::folder::Folder;

/// A flat collection of named files.
pub trait Files {
    /// What the collection is called: the name of its folder, for example.
    fn name(&self) -> String;

    /// A file as error messages name it; the collection itself for an empty name.
    fn path(&self, file: &str) -> PathBuf;

    /// The names of all files.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Whether there is a file with this name.
    fn has(&self, file: &str) -> bool;

    /// Opens a file.
    ///
    /// # Errors
    /// If it does not exist or cannot be read.
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + '_>>;

    /// Why something that is there by this name is no file: a folder, a dangling link. `None`: it is a file, or nothing
    /// is there.
    fn obstacle(&self, _file: &str) -> Option<&'static str> {
        None
    }

    /// Where the file is in the file system, if it is there and can be read from any place.
    fn local_path(&self, _file: &str) -> Option<PathBuf> {
        None
    }
}

/// Files in memory: what a browser was given, for example.
///
/// ```
/// use foldin_data::{InMemory, ReadOptions, read_files};
///
/// let files = InMemory::new("films", [("events.csv", "user,item,rating\nann,alien,5\nbob,alien,4\n")]);
/// let (dataset, _) = read_files(&files, &ReadOptions::default())?;
/// assert_eq!((dataset.users.len(), dataset.items.len()), (2, 1));
/// # Ok::<(), foldin_data::DatasetError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct InMemory {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl InMemory {
    /// Collects named files.
    pub fn new<N: Into<String>, B: Into<Vec<u8>>>(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (N, B)>,
    ) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes.into())).collect();
        InMemory { name: name.into(), files }
    }

    /// The names of the files, ascending.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The name of the collection, and the files by their names.
    #[cfg(feature = "compression")]
    pub(crate) fn into_parts(self) -> (String, BTreeMap<String, Vec<u8>>) {
        (self.name, self.files)
    }
}

impl Files for InMemory {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn path(&self, file: &str) -> PathBuf {
        PathBuf::from(if file.is_empty() { &self.name } else { file })
    }

    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }

    fn has(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn Read + '_>> {
        let bytes = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.as_slice()))
    }
}

/// One file of a collection.
#[derive(Clone)]
pub(crate) struct DataFile<'a> {
    files: &'a dyn Files,
    name: String,
}

impl fmt::Debug for DataFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DataFile").field(&self.path()).finish()
    }
}

impl<'a> DataFile<'a> {
    pub(crate) fn new(files: &'a dyn Files, name: &str) -> Self {
        DataFile { files, name: name.to_owned() }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.files.path(&self.name)
    }

    /// Another file of the same collection.
    pub(crate) fn sibling(&self, name: &str) -> Self {
        DataFile::new(self.files, name)
    }

    pub(crate) fn exists(&self) -> bool {
        self.files.has(&self.name)
    }

    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + 'a>> {
        self.files.open(&self.name)
    }

    pub(crate) fn local_path(&self) -> Option<PathBuf> {
        self.files.local_path(&self.name)
    }
}
