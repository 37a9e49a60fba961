//! `foldin.json`: what an exchange folder was made from, and how.

use serde::{Deserialize, Serialize};

/// The content of `foldin.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExchangeAbout {
    /// The version of the format, 1.
    pub format: u32,
    /// Name and version of the program that wrote the folder.
    pub program: String,
    /// Name of the data.
    pub data: String,
    /// Ratings at or above it are likes; `null`: every event is.
    pub threshold: Option<f32>,
    /// The fewest people behind everything in the folder that comes from behaviour, except for the sample.
    pub min_support: usize,
    /// People with at least one like that was learned from: those of the sample are not among them.
    pub users: u64,
    /// Their likes, each pair of a person and an item once.
    pub likes: u64,
    /// Only so many likes of a person count, the newest.
    pub likes_per_user: u32,
    /// How many people have more.
    pub users_with_more: u64,
    /// How the sample was chosen.
    pub sample: SampleOrigin,
    /// How factors were learned; `null` where there are none.
    pub als: Option<AlsOrigin>,
    /// How neighbours were weighted; `null` where there are none.
    pub neighbours: Option<NeighbourCounts>,
    /// How what comes next was weighted; `null` where it was not counted.
    pub next: Option<NextCounts>,
}

/// How the users of the sample were chosen: those whose hash, divided by 1,000,000, leaves less than `share` of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SampleOrigin {
    /// How many there are.
    pub users: u64,
    /// The share of all users, 0 to 1.
    pub share: f64,
    /// The hash of an id, such as `xxhash64`.
    pub hash: String,
    /// Its seed.
    pub seed: u64,
}

/// Settings of MLlib's ALS, by its names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AlsOrigin {
    /// A like counts `1 + alpha`, everything else 1.
    pub alpha: f32,
    /// Strength of the regularisation of a row, for each of its likes.
    pub reg_param: f32,
    /// Number of factors.
    pub rank: usize,
    /// Number of iterations.
    pub max_iter: usize,
    /// Seed of the random start.
    pub seed: u64,
}

/// Settings of the weights of neighbours, by their names in `foldin.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "fields are those of the settings of neighbours")]
pub struct NeighbourCounts {
    pub user_exponent: f32,
    pub count_exponent: f32,
    pub item_exponent: f32,
    pub shrinkage: f32,
    pub rare_shrinkage: f32,
    pub per_item: usize,
}

/// Settings of the weights of what comes next, by their names in `foldin.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "fields are those of the settings of the sequence")]
pub struct NextCounts {
    pub window: usize,
    pub decay: f32,
    pub backward: f32,
    pub length_exponent: f32,
    pub shrinkage: f32,
    pub normalisation: f32,
    pub per_item: usize,
}

impl AlsOrigin {
    /// `alpha0` and `reg` of foldin's loss, in which a row of average length weighs the same.
    ///
    /// MLlib solves `(YtY + alpha sum y yT + regParam n I) x = (1 + alpha) sum y` for a row with `n` likes. Divided by
    /// `alpha`, that is foldin's equation with `alpha0 = 1 / alpha`, but for a factor that all scores share, and for the
    /// regularisation: foldin's is `reg (n + alpha0 N)`, where `N` is the number of rows of the other side. Both are equal at
    /// the average `n` of users and of items if `reg = regParam / alpha / (1 + alpha0 / density)`.
    pub fn loss_weights(&self, n_users: u64, n_items: usize, n_likes: u64) -> (f32, f32) {
        let alpha0 = 1.0 / f64::from(self.alpha);
        let density = n_likes as f64 / (n_users.max(1) as f64 * n_items.max(1) as f64);
        let reg = f64::from(self.reg_param) * alpha0 / (1.0 + alpha0 / density.max(f64::MIN_POSITIVE));
        (alpha0 as f32, reg as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_average_length_weighs_as_in_mllib() {
        let als = AlsOrigin { alpha: 2.5, reg_param: 0.2, ..AlsOrigin::default() };
        let (n_users, n_items, n_likes) = (600, 200, 12_000);
        let (alpha0, reg) = als.loss_weights(n_users, n_items, n_likes);
        assert!((alpha0 - 0.4).abs() < 1e-6);
        // 20 likes a user among 200 items, and 60 likes an item among 600 users.
        for (n, others) in [(20.0, 200.0), (60.0, 600.0)] {
            let (ours, theirs) = (reg * (n + alpha0 * others), 0.2 / 2.5 * n);
            assert!((ours / theirs - 1.0).abs() < 1e-5, "{ours} {theirs}");
        }
    }
}
