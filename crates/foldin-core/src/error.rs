//! What can go wrong when a recommender is asked.

use thiserror::Error;

/// A request that cannot be answered. Nothing has changed; a better request will be answered.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The profile or the request names an item that the model does not have.
    #[error("no item has the id \"{id}\"")]
    UnknownItem {
        /// The id as given.
        id: String,
    },
    /// The model holds known users, but not this one.
    #[error("no user has the id \"{id}\"")]
    UnknownUser {
        /// The id as given.
        id: String,
    },
    /// No item has this genre.
    #[error("no item has the genre \"{name}\"; there are: {known}")]
    UnknownGenre {
        /// The name as given.
        name: String,
        /// All names, separated by commas.
        known: String,
    },
    /// A number or a name is out of its range.
    #[error("{what} is {value}; expected {expected}")]
    InvalidValue {
        /// Which value.
        what: &'static str,
        /// The value as given.
        value: String,
        /// What would have been right.
        expected: String,
    },
    /// The model was trained without the part that the request needs.
    #[error("this model has no {part}")]
    NotInModel {
        /// The missing part.
        part: &'static str,
    },
}

impl RequestError {
    /// A short name for programs, which stays the same between versions.
    pub fn code(&self) -> &'static str {
        match self {
            RequestError::UnknownItem { .. } => "unknown-item",
            RequestError::UnknownUser { .. } => "unknown-user",
            RequestError::UnknownGenre { .. } => "unknown-genre",
            RequestError::InvalidValue { .. } => "invalid-value",
            RequestError::NotInModel { .. } => "not-in-model",
        }
    }
}
