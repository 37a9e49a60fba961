use std::path::PathBuf;

use foldin_store::StoreError;

/// Why there is no model card.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// The folder, its manifest or a model file cannot be read, or there is no such version.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The path is the folder of one version, and another version was asked for.
    #[error("{} is the folder of one version, not {version}; give the model's folder, or leave --version out", path.display())]
    OneVersion {
        /// The version's folder.
        path: PathBuf,
        /// The version that was asked for.
        version: String,
    },
    /// The version has no score file.
    #[error("{} has no score file; train the model again", path.display())]
    NoScoreFile {
        /// The version's folder.
        path: PathBuf,
    },
    /// A file beside the model files cannot be parsed.
    #[error("{} cannot be read: {what}; correct or remove that file, or train the model again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}
