//! `foldin.toml`: every setting of a training, in one file that people write and every version keeps.
//!
//! A section is the settings struct of the learner with its name. To add one: a field of [`Config`], and a description of
//! each of its keys in `config/descriptions.rs`; a test names the keys that lack theirs. From the same descriptions come
//! the file that `foldin config --print` shows and the messages about wrong values.

mod changes;
mod descriptions;
mod differences;
mod error;
#[cfg(test)]
mod fields;
mod print;
mod ranker;
mod read;
mod sections;
mod size;

use foldin_core::Source;
use foldin_core::model::{Factors, Model};
use foldin_data::Likes;
use serde::{Deserialize, Serialize};

pub use self::descriptions::{Expected, SECTIONS, Section, Setting, Unset};
pub use self::differences::{Difference, FlatSettings, differences, flat_settings};
pub use self::error::{ConfigError, Fault};
pub use self::print::documented;
pub use self::ranker::{RankerKind, RankerSettings};
pub use self::read::parse;
#[cfg(feature = "fs")]
pub use self::read::read;
pub use self::sections::{DataSection, EvaluateSection, HeldOutBy, PrivacySection, SearchSection, TrainSection};
pub use self::size::Size;
use crate::learn::als::AlsSettings;
use crate::learn::content::ContentSettings;
use crate::learn::ease::EaseSettings;
use crate::learn::map::MapSettings;
use crate::learn::neighbours::NeighbourSettings;
use crate::learn::popularity::PopularitySettings;
use crate::learn::ratings::RatingsSettings;
use crate::learn::sequence::SequenceSettings;
use crate::learn::transformer::TransformerSettings;

/// The file that is read where no other is named, from the current folder.
pub const CONFIG: &str = "foldin.toml";

/// The sources that can be learned; how often items are liked is in every model.
pub const LEARNABLE: &[Source] = &[
    Source::Factors,
    Source::Neighbours,
    Source::Ease,
    Source::Sequence,
    Source::Transformer,
    Source::Content,
    Source::Recent,
    Source::TopRated,
];

/// All settings of a training.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Config {
    /// How data are read, and what counts as a like.
    pub data: DataSection,
    /// Which parts are learned.
    pub train: TrainSection,
    /// What is not published of the people learned from.
    pub privacy: PrivacySection,
    /// Whether settings are searched on held-out users.
    pub search: SearchSection,
    /// Whether the model is measured on held-out users.
    pub evaluate: EvaluateSection,
    /// Factors (iALS).
    pub als: AlsSettings,
    /// Weighted co-occurrence counts.
    pub neighbours: NeighbourSettings,
    /// EASE.
    pub ease: EaseSettings,
    /// What is liked next.
    pub sequence: SequenceSettings,
    /// The network that reads likes in their order.
    pub transformer: TransformerSettings,
    /// What items are about.
    pub content: ContentSettings,
    /// Recent popularity and mean ratings.
    pub popularity: PopularitySettings,
    /// The rating model.
    pub ratings: RatingsSettings,
    /// What orders the candidates of all sources.
    pub ranker: RankerSettings,
    /// The map of the catalogue, drawn of the finished model.
    pub map: MapSettings,
}

impl Config {
    /// The same settings for one source alone, without the rating model.
    pub fn only(&self, source: Source) -> Config {
        let train = TrainSection { sources: vec![source], stars: false, ..self.train.clone() };
        Config { train, ..self.clone() }
    }

    /// These settings with what was chosen for the data written down and without a search, so that a model can be made
    /// again from them.
    pub fn settled(&self, model: &Model) -> Config {
        let mut settled = self.clone();
        settled.data.threshold = model.about.like_threshold.map_or(Likes::All, Likes::From);
        let weights = model.factors.as_ref().and_then(Factors::loss_weights);
        settled.als.reg = weights.map_or(self.als.reg, |weights| Some(weights.reg));
        settled.search.enabled = false;
        settled
    }

    /// The settings as a file, which [`parse()`] takes back to the same.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("settings are plain values")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_comes_back_from_the_file_that_was_written() {
        let mut config = Config::default();
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
        config.data = DataSection { threshold: Likes::From(3.5), skip_bad_lines: true, ..DataSection::default() };
        config.train = TrainSection { sources: Vec::new(), most_likes: 7, stars: false, with_users: true };
        config.privacy.min_support = 5;
        config.search = SearchSection { enabled: false, keep: vec![Source::Factors], ..config.search };
        config.evaluate = EvaluateSection { enabled: false, seed: 3, ..config.evaluate };
        config.als = AlsSettings { factors: 7, alpha0: 0.1, reg: Some(0.003_456_789), seed: 9, ..config.als };
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
        config.data.threshold = Likes::All;
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
    }

    /// Whoever writes down settings wants these: they are searched only where the file says so.
    #[test]
    fn what_is_left_out_is_as_by_default_but_for_the_search() {
        let mut default = Config::default();
        assert!(default.search.enabled);
        default.search.enabled = false;
        assert_eq!(parse("x", "").unwrap(), default);
        assert_eq!(parse("x", "[search]\ntrials = 24\n").unwrap(), Config::default());
        let config = parse("x", "[als]\nfactors = 8\n").unwrap();
        assert_eq!(config, Config { als: AlsSettings { factors: 8, ..Default::default() }, ..default });
        assert_eq!(parse("x", "[data]\nthreshold = 4\n").unwrap().data.threshold, Likes::From(4.0));
    }

    #[test]
    fn a_settled_configuration_is_not_searched_again() {
        let settled = Config::default().settled(&Model::default());
        assert_eq!((settled.data.threshold, settled.search.enabled), (Likes::All, false));
    }
}
