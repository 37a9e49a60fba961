//! Which events are likes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::dataset::Dataset;

/// Which events are likes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Likes {
    /// Four fifths of the highest rating and more (4 of 5 stars, 8 of 10); every event where ratings are counts, are
    /// all equal, or reach beyond [`HIGHEST_SCALE`] and so are hardly stars.
    #[default]
    Automatic,
    /// Every event.
    All,
    /// Ratings from here on.
    From(f32),
}

impl Likes {
    /// The rating from which on events of a data set are likes; `None`: every event is.
    pub fn threshold(self, dataset: &Dataset) -> Option<f32> {
        match self {
            Likes::Automatic => like_threshold(dataset),
            Likes::All => None,
            Likes::From(threshold) => Some(threshold),
        }
    }
}

/// The highest rating of any usual scale of stars.
pub const HIGHEST_SCALE: f32 = 10.0;

/// Whether the ratings of a data set are stars: neither counts, nor all equal, nor beyond [`HIGHEST_SCALE`].
pub fn has_stars(dataset: &Dataset) -> bool {
    let (low, high) = range(&dataset.events.ratings);
    !dataset.ratings_are_counts && low < high && high <= HIGHEST_SCALE
}

fn range(ratings: &[f32]) -> (f32, f32) {
    ratings.iter().fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)))
}

fn like_threshold(dataset: &Dataset) -> Option<f32> {
    let (_, high) = range(&dataset.events.ratings);
    // Rounded to what people write: 0.8 times 9 is otherwise a little more than 7.2.
    has_stars(dataset).then(|| ((f64::from(high) * 0.8 * 1e4).round() / 1e4) as f32)
}

/// In a file of settings: a number of stars, `"automatic"` or `"none"`.
impl Serialize for Likes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Likes::Automatic => serializer.serialize_str("automatic"),
            Likes::All => serializer.serialize_str("none"),
            Likes::From(threshold) => serializer.serialize_f32(*threshold),
        }
    }
}

impl<'de> Deserialize<'de> for Likes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Value {
            Number(f32),
            Word(String),
        }
        match Value::deserialize(deserializer)? {
            Value::Number(threshold) => Ok(Likes::From(threshold)),
            Value::Word(word) if word == "automatic" => Ok(Likes::Automatic),
            Value::Word(word) if word == "none" => Ok(Likes::All),
            Value::Word(word) => Err(de::Error::custom(format!("\"{word}\" is no threshold"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::plain_numbers::events;

    fn threshold(ratings: &[f32], ratings_are_counts: bool) -> Option<f32> {
        let rows: Vec<_> = ratings.iter().map(|&rating| (0, 0, rating, 0)).collect();
        let events = events(&rows);
        Likes::Automatic.threshold(&Dataset { events, ratings_are_counts, ..Dataset::default() })
    }

    #[test]
    fn likes_begin_at_four_fifths_of_a_scale_of_stars() {
        assert_eq!(threshold(&[0.5, 5.0, 3.0], false), Some(4.0));
        assert_eq!(threshold(&[0.0, 10.0], false), Some(8.0));
        for (highest, expected) in [(9.0, 7.2), (4.5, 3.6), (0.9, 0.72)] {
            assert_eq!(threshold(&[0.1, highest], false), Some(expected));
        }
    }

    #[test]
    fn counts_and_events_without_ratings_are_all_likes() {
        assert_eq!(threshold(&[1.0, 9.0], true), None);
        assert_eq!(threshold(&[1.0, 13883.0], false), None);
        assert_eq!(threshold(&[1.0, 1.0], false), None);
        assert_eq!(threshold(&[], false), None);
    }
}
