//! What is known of a visitor: an ordered list of events on items.

/// What a visitor said of an item, or did with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// More like this.
    Liked,
    /// Less like this.
    Disliked,
    /// A number of stars on the scale of the training data. From the model's threshold for a like on they count as a
    /// like, up to half of it as a dislike, between the two as seen; where the model has no threshold, as a like.
    Stars(f32),
    /// Known already: not to be recommended, and nothing more.
    Seen,
}

/// One event of a visitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Id of the item.
    pub item: String,
    /// What was said of it.
    pub signal: Signal,
}

/// A visitor's events, oldest first. Of several on one item only the last counts.
///
/// ```
/// use foldin_core::{Profile, Signal};
///
/// let mut profile = Profile::liking(["the-matrix", "alien"]);
/// profile.push("titanic", Signal::Disliked);
/// assert_eq!(profile.events().len(), 3);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    events: Vec<Event>,
}

impl Profile {
    /// A visitor of whom nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// A visitor who likes these items and of whom nothing else is known.
    pub fn liking<I: Into<String>>(items: impl IntoIterator<Item = I>) -> Self {
        let mut profile = Self::new();
        for item in items {
            profile.push(item, Signal::Liked);
        }
        profile
    }

    /// Adds an event that is newer than all others.
    pub fn push(&mut self, item: impl Into<String>, signal: Signal) {
        self.events.push(Event { item: item.into(), signal });
    }

    /// The same profile without any event on an item.
    ///
    /// ```
    /// use foldin_core::Profile;
    ///
    /// assert_eq!(Profile::liking(["alien", "titanic"]).without("titanic"), Profile::liking(["alien"]));
    /// ```
    #[must_use]
    pub fn without(&self, item: &str) -> Self {
        Profile { events: self.events.iter().filter(|event| event.item != item).cloned().collect() }
    }

    /// All events, oldest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}
