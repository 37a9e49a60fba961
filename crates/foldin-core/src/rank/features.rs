//! What the ranker knows of a candidate: numbers in a fixed order, each about one source or about the profile.

use crate::request::Source;

/// One number of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its name, as in tables and explanations.
    pub name: &'static str,
    /// The source that it is about; `None`: it is about the profile, and the same for all candidates.
    pub source: Option<Source>,
}

const fn of(source: Source, name: &'static str) -> Feature {
    Feature { name, source: Some(source) }
}

const fn of_profile(name: &'static str) -> Feature {
    Feature { name, source: None }
}

/// Every feature, by its place in a row. Files of rankers refer to places: new features are added at the end.
///
/// Where a source has nothing to say of a candidate, its features are 0.
pub const FEATURES: [Feature; N_FEATURES] = [
    // The score itself, beside the best score among the items that may be recommended, and its place: `10 / (10 + n)`
    // for the n-th (from 0) of the best hundred, else 0.
    of(Source::Taste, "taste score"),
    of(Source::Taste, "taste beside best"),
    of(Source::Taste, "taste place"),
    of(Source::Neighbours, "neighbours score"),
    of(Source::Neighbours, "neighbours beside best"),
    of(Source::Neighbours, "neighbours place"),
    // Which part of the likes has the candidate among its neighbours, and the strongest single one beside the best.
    of(Source::Neighbours, "neighbours support"),
    of(Source::Neighbours, "neighbours strongest"),
    of(Source::Ease, "ease score"),
    of(Source::Ease, "ease beside best"),
    of(Source::Ease, "ease place"),
    of(Source::Sequence, "sequence score"),
    of(Source::Sequence, "sequence beside best"),
    of(Source::Sequence, "sequence place"),
    // What follows the newest like alone.
    of(Source::Sequence, "sequence newest"),
    of(Source::Content, "content score"),
    of(Source::Content, "content place"),
    // The cosine to the single like that is nearest.
    of(Source::Content, "content nearest"),
    // How common the candidate's genres are among the likes, 0 to 1.
    of(Source::Content, "genres"),
    // Years between the candidate and the mean of the likes.
    of(Source::Content, "years apart"),
    // Years by which the candidate is newer.
    of(Source::Content, "years newer"),
    // Binary logarithm of the likes, and of the same beside all users.
    of(Source::Popular, "popularity"),
    // Place in order of popularity, 0 to 1.
    of(Source::Popular, "popularity place"),
    // Binary logarithm of the likes beside the geometric mean of the profile's items.
    of(Source::Popular, "popularity beside profile"),
    of(Source::Recent, "recent beside best"),
    // Damped mean of everybody's stars, and the stars that the visitor would give beside the mean of all ratings.
    of(Source::TopRated, "mean stars"),
    of(Source::TopRated, "predicted stars"),
    // Binary logarithm of 1 + likes in the profile.
    of_profile("likes"),
    // Mean binary logarithm of how often the profile's items are liked, beside all users.
    of_profile("profile popularity"),
    // The best score of taste: how well the profile fits the factors.
    of_profile("taste fits"),
];

/// How many features there are.
pub const N_FEATURES: usize = 30;

/// Places of the features in a row.
pub(super) mod at {
    pub const TASTE: usize = 0;
    pub const NEIGHBOURS: usize = 3;
    pub const SUPPORT: usize = 6;
    pub const STRONGEST: usize = 7;
    pub const EASE: usize = 8;
    pub const SEQUENCE: usize = 11;
    pub const NEWEST: usize = 14;
    pub const CONTENT: usize = 15;
    pub const CONTENT_PLACE: usize = 16;
    pub const NEAREST: usize = 17;
    pub const GENRES: usize = 18;
    pub const YEARS_APART: usize = 19;
    pub const YEARS_NEWER: usize = 20;
    pub const POPULARITY: usize = 21;
    pub const POPULARITY_PLACE: usize = 22;
    pub const BESIDE_PROFILE: usize = 23;
    pub const RECENT: usize = 24;
    pub const MEAN_STARS: usize = 25;
    pub const STARS: usize = 26;
    pub const LIKES: usize = 27;
    pub const PROFILE_POPULARITY: usize = 28;
    pub const TASTE_FITS: usize = 29;
}

/// `log2(x)` to 0.0002, for `x` above 0: the exponent's bits, and a curve through the mantissa that is exact at powers of
/// two. Plain sums and products give the same bits everywhere, which the standard library's logarithm does not.
pub(super) fn log2(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let t = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    exponent as f32 + t + t * (1.0 - t) * (0.438_07 + t * (0.080_31 * t - 0.236_69))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_that_of_the_standard_library_and_exact_at_powers_of_two() {
        for x in [1e-30_f32, 0.013, 0.7, 0.999_99, 1.0, 1.3, 1.5, 1.99, 3.0, 1000.0, 7e22] {
            assert!((log2(x) - x.log2()).abs() < 2e-4, "{x}: {} {}", log2(x), x.log2());
        }
        assert_eq!([0.25, 1.0, 2.0, 1024.0].map(log2), [-2.0, 0.0, 1.0, 10.0]);
        assert!(log2(0.0).is_finite());
    }

    #[test]
    fn features_stand_where_their_places_say() {
        let named = [
            (at::TASTE, "taste score"),
            (at::NEIGHBOURS, "neighbours score"),
            (at::SUPPORT, "neighbours support"),
            (at::STRONGEST, "neighbours strongest"),
            (at::EASE, "ease score"),
            (at::SEQUENCE, "sequence score"),
            (at::NEWEST, "sequence newest"),
            (at::CONTENT, "content score"),
            (at::CONTENT_PLACE, "content place"),
            (at::NEAREST, "content nearest"),
            (at::GENRES, "genres"),
            (at::YEARS_APART, "years apart"),
            (at::YEARS_NEWER, "years newer"),
            (at::POPULARITY, "popularity"),
            (at::POPULARITY_PLACE, "popularity place"),
            (at::BESIDE_PROFILE, "popularity beside profile"),
            (at::RECENT, "recent beside best"),
            (at::MEAN_STARS, "mean stars"),
            (at::STARS, "predicted stars"),
            (at::LIKES, "likes"),
            (at::PROFILE_POPULARITY, "profile popularity"),
            (at::TASTE_FITS, "taste fits"),
        ];
        for (place, name) in named {
            assert_eq!(FEATURES[place].name, name);
        }
    }
}
