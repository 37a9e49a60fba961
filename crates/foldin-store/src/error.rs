use std::error::Error;
use std::io;
use std::path::PathBuf;

use foldin_core::file::FileError;

use crate::file_names::MANIFEST;

/// Why a model folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// There is no manifest.
    #[error("there is no model in {}: it has no {MANIFEST}; train one with `foldin train --out {}`", path.display(), path.display())]
    NoModel {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest cannot be understood.
    #[error("{} is not a manifest that this version of foldin reads: {what}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A model file is not sound.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: FileError,
    },
    /// A version of this name is there already.
    #[error("{} holds {version} already; choose another --version, or leave it out for the next one", path.display())]
    VersionExists {
        /// The folder.
        path: PathBuf,
        /// The version.
        version: String,
    },
    /// There is no version of this name.
    #[error("{} has no version {version}; it has {}", path.display(), .known.join(", "))]
    NoVersion {
        /// The folder.
        path: PathBuf,
        /// The version.
        version: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A file of a version is not as it was written.
    #[error("{version} is not whole: {} {what}; copy it back, or train again", path.display())]
    NotWhole {
        /// The file.
        path: PathBuf,
        /// The version.
        version: String,
        /// What is wrong with the file.
        what: String,
    },
    /// The model card could not be made.
    #[error("the model card cannot be made: {source}")]
    Card {
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A variant is none.
    #[error("{} names the variant {version}, which is {what}; choose others with `foldin variants`, or none with --off", path.display())]
    Variant {
        /// The folder.
        path: PathBuf,
        /// The version.
        version: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The name is not of the form `v1.2.3`.
    #[error("\"{version}\" is not a version; expected three numbers, as in v1.2.0")]
    VersionName {
        /// The name as given.
        version: String,
    },
}
