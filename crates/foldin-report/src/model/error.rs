use std::path::PathBuf;

use crate::store::StoreError;

/// Why there is no model card.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// The folder or a model file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The manifest does not list the version.
    #[error("{} has no version {version}; it has {}", path.display(), versions.join(", "))]
    NoVersion {
        /// The model's folder.
        path: PathBuf,
        /// The version that was asked for.
        version: String,
        /// Those that are there.
        versions: Vec<String>,
    },
    /// A version was asked for in the folder of one version.
    #[error("{} is the folder of one version, not {version}; give the model's folder, or leave --version out", path.display())]
    OneVersion {
        /// The version's folder.
        path: PathBuf,
        /// The version that was asked for.
        version: String,
    },
    /// There is no score file.
    #[error("{} has no score file, without which a model cannot be told; train it again", path.display())]
    NoScoreFile {
        /// The version's folder.
        path: PathBuf,
    },
    /// A file beside the model cannot be understood.
    #[error("{} cannot be understood: {what}; train again, or mend or remove that file", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}
