//! The features of a candidate: what the ranker knows of it, as numbers in a fixed order.

use crate::source::Source;

/// One feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its name, as in tables and explanations.
    pub name: &'static str,
    /// The source that it is about; `None`: it is about the profile, and the same for all candidates.
    pub source: Option<Source>,
}

/// Declares every feature once: its constant in [`at`], its source, its name, and what it means in a clause.
macro_rules! features {
    ($($place:ident: $source:expr, $name:literal, $description:literal;)*) => {
        /// Every feature, by its place in a row. Files of rankers refer to places: add new features at the end.
        ///
        /// Where a source does not score a candidate, its features are 0.
        pub const FEATURES: [Feature; N_FEATURES] = [$(Feature { name: $name, source: $source }),*];

        /// Apart from [`FEATURES`], so that the wasm module holds no text that it does not show.
        const DESCRIPTIONS: [&str; N_FEATURES] = [$($description),*];

        /// Places of the features in a row.
        pub(crate) mod at {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the constants below")]
            enum Place { $($place),* }
            $(pub(crate) const $place: usize = Place::$place as usize;)*
        }
    };
}

use Source::{Content, Ease, Factors, Neighbours, Popular, Recent, Sequence, TopRated, Transformer};

features! {
    FACTORS_SCORE: Some(Factors), "taste score", "its score there";
    FACTORS_BESIDE_BEST: Some(Factors), "taste beside best", "its score divided by the best one";
    FACTORS_PLACE: Some(Factors), "taste place", "its place there: 1 for the first, 0 beyond the best hundred";
    NEIGHBOURS_SCORE: Some(Neighbours), "neighbours score", "its score there";
    NEIGHBOURS_BESIDE_BEST: Some(Neighbours), "neighbours beside best", "its score divided by the best one";
    NEIGHBOURS_PLACE: Some(Neighbours), "neighbours place", "its place there: 1 for the first, 0 beyond the best hundred";
    NEIGHBOURS_SUPPORT: Some(Neighbours), "neighbours support", "the share of your picks that have it as a neighbour";
    NEIGHBOURS_STRONGEST: Some(Neighbours), "neighbours strongest", "its strongest single tie to one of your picks";
    EASE_SCORE: Some(Ease), "ease score", "its score there";
    EASE_BESIDE_BEST: Some(Ease), "ease beside best", "its score divided by the best one";
    EASE_PLACE: Some(Ease), "ease place", "its place there: 1 for the first, 0 beyond the best hundred";
    SEQUENCE_SCORE: Some(Sequence), "sequence score", "its score there";
    SEQUENCE_BESIDE_BEST: Some(Sequence), "sequence beside best", "its score divided by the best one";
    SEQUENCE_PLACE: Some(Sequence), "sequence place", "its place there: 1 for the first, 0 beyond the best hundred";
    SEQUENCE_NEWEST: Some(Sequence), "sequence newest", "how often it follows what you picked last";
    CONTENT_SCORE: Some(Content), "content score", "its score there";
    CONTENT_PLACE: Some(Content), "content place", "its place there: 1 for the first, 0 beyond the best hundred";
    CONTENT_NEAREST: Some(Content), "content nearest", "how similar it is to the nearest of your picks";
    GENRES: Some(Content), "genres", "how common its genres are among your picks";
    YEARS_APART: Some(Content), "years apart", "years between it and the mean of your picks";
    YEARS_NEWER: Some(Content), "years newer", "by how many years it is newer than the mean of your picks";
    POPULARITY: Some(Popular), "popularity", "binary logarithm of the share of people who like it";
    POPULARITY_PLACE: Some(Popular), "popularity place", "its place by popularity: 0 is the most popular";
    POPULARITY_BESIDE_PROFILE: Some(Popular), "popularity beside profile",
        "binary logarithm of its likes divided by those of your picks";
    RECENT: Some(Recent), "recent beside best", "how much it is liked lately, divided by the best";
    MEAN_RATING: Some(TopRated), "mean stars", "its mean rating, pulled towards the mean of all where ratings are few";
    PREDICTED_RATING: Some(TopRated), "predicted stars", "the rating predicted for you, less the mean of all ratings";
    LIKES: None, "likes", "how many likes are known of you; the same for all candidates";
    PROFILE_POPULARITY: None, "profile popularity", "how popular your picks are; the same for all candidates";
    FACTORS_FIT: None, "taste fits", "how well your picks fit together; the same for all candidates";
    TRANSFORMER_SCORE: Some(Transformer), "transformer score",
        "binary logarithm of how many times as likely it is as by chance";
    TRANSFORMER_BESIDE_BEST: Some(Transformer), "transformer beside best", "its score divided by the best one";
    TRANSFORMER_PLACE: Some(Transformer), "transformer place", "its place there: 1 for the first, 0 beyond the best hundred";
}

/// How many features there are.
pub const N_FEATURES: usize = 33;

impl Feature {
    /// What the feature means, in a clause for the reader of an explanation; empty for a feature that is not one of
    /// [`FEATURES`].
    pub fn description(&self) -> &'static str {
        FEATURES.iter().position(|feature| feature == self).map_or("", |place| DESCRIPTIONS[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rankers in files refer to places: a feature that moves would change what every model recommends.
    #[test]
    fn features_keep_their_places() {
        let named = [
            (0, "taste score"),
            (3, "neighbours score"),
            (8, "ease score"),
            (11, "sequence score"),
            (15, "content score"),
            (18, "genres"),
            (21, "popularity"),
            (24, "recent beside best"),
            (25, "mean stars"),
            (29, "taste fits"),
            (30, "transformer score"),
        ];
        for (place, name) in named {
            assert_eq!(FEATURES[place].name, name);
        }
        assert_eq!((at::FACTORS_SCORE, at::SEQUENCE_NEWEST, at::TRANSFORMER_PLACE), (0, 14, N_FEATURES - 1));
    }

    #[test]
    fn every_feature_has_a_name_of_its_own_and_a_description() {
        for (n, feature) in FEATURES.iter().enumerate() {
            assert!(FEATURES[..n].iter().all(|other| other.name != feature.name), "{}", feature.name);
            assert!(!feature.description().is_empty(), "{}", feature.name);
        }
    }
}
