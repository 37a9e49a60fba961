//! What can go wrong when a recommender is asked.

use thiserror::Error;

/// A request that cannot be answered. Nothing has changed; a better request will be answered.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The profile or the request names an item that the model does not have.
    #[error("no item has the id \"{}\"", shortened(id))]
    UnknownItem {
        /// The id as given.
        id: String,
    },
    /// The model holds known users, but not this one.
    #[error("no user has the id \"{}\"", shortened(id))]
    UnknownUser {
        /// The id as given.
        id: String,
    },
    /// No item has this genre.
    #[error("no item has the genre \"{}\"; there are: {known}", shortened(name))]
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

/// As much of a value as a message needs, on one line: whoever asks may send anything.
fn shortened(value: &str) -> String {
    let mut letters = value.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut text: String = letters.by_ref().take(80).collect();
    if letters.next().is_some() {
        text.push('…');
    }
    text
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_hold_a_part_of_long_values() {
        let message = |id: &str| RequestError::UnknownItem { id: id.to_owned() }.to_string();
        assert_eq!(message("a\u{1b}b"), "no item has the id \"a b\"");
        assert_eq!(message(&"é".repeat(80)).chars().count(), 21 + 80);
        assert_eq!(message(&"é".repeat(10_000)).chars().count(), 21 + 81);
    }
}
