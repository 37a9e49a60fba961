//! Which events are likes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::dataset::Dataset;

/// Which events are likes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Likes {
    /// Four fifths of the highest rating and more (4 of 5 stars, 8 of 10); half of it on a scale around 0 (thumbs, -10
    /// to 10). Every event where ratings are counts, are all equal, or reach beyond [`HIGHEST_SCALE`] and so are hardly
    /// stars; of counts that may be below 0, those above.
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

/// Whether the ratings of a data set are stars: neither counts, nor all equal, nor below 0 or beyond [`HIGHEST_SCALE`].
pub fn has_stars(dataset: &Dataset) -> bool {
    let (low, high) = range(&dataset.events.ratings);
    !dataset.ratings_are_counts && (0.0..high).contains(&low) && high <= HIGHEST_SCALE
}

fn range(ratings: &[f32]) -> (f32, f32) {
    ratings.iter().fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)))
}

fn like_threshold(dataset: &Dataset) -> Option<f32> {
    let ratings = &dataset.events.ratings;
    let (low, high) = range(ratings);
    if low < 0.0 && dataset.ratings_are_counts {
        return Some(ratings.iter().copied().filter(|count| *count > 0.0).fold(f32::MAX, f32::min));
    }
    if low < 0.0 && high > 0.0 && high <= HIGHEST_SCALE {
        return Some(high / 2.0);
    }
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
    fn on_a_scale_around_zero_likes_are_the_upper_half_of_what_is_positive() {
        assert_eq!(threshold(&[-10.0, 9.5, 3.0], false), Some(4.75));
        assert_eq!(threshold(&[-1.0, 0.0, 1.0], false), Some(0.5));
    }

    #[test]
    fn of_counts_that_may_be_negative_those_above_zero_are_likes() {
        assert_eq!(threshold(&[-5.0, 1.0, 6.0], true), Some(1.0));
    }

    #[test]
    fn counts_and_events_without_ratings_are_all_likes() {
        assert_eq!(threshold(&[1.0, 9.0], true), None);
        assert_eq!(threshold(&[1.0, 13883.0], false), None);
        assert_eq!(threshold(&[1.0, 1.0], false), None);
        assert_eq!(threshold(&[], false), None);
    }
}
