//! `foldin.toml`: every setting of a training, in one file that people write and every version keeps.
//!
//! A section is the settings struct of the learner that it is called after. To add one: a field of [`Config`], a line
//! in [`Config::settings`] if the trainer takes it, and a sentence for each of its keys in `config/sentences.rs`; a test
//! names the keys that lack theirs. From the same sentences come the file that `foldin config --print` shows and what a
//! wrong value is told.

mod differences;
mod error;
#[cfg(test)]
mod fields;
pub(crate) mod pairs;
mod print;
mod read;
mod sentences;
mod size;

use foldin_core::Source;
use foldin_core::model::Model;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use self::differences::{Difference, FlatSettings, differences, flat_settings};
pub use self::error::{ConfigError, Fault};
pub use self::print::documented;
pub use self::read::{parse, read};
pub use self::sentences::{Expected, SECTIONS, Section, Setting, Unset};
pub use self::size::Size;
use crate::learn::als::AlsSettings;
use crate::learn::content::ContentSettings;
use crate::learn::ease::EaseSettings;
use crate::learn::map::MapSettings;
use crate::learn::neighbours::NeighbourSettings;
use crate::learn::popularity::PopularitySettings;
use crate::learn::ratings::RatingsSettings;
use crate::learn::sequence::SequenceSettings;
use crate::rank::RankerSettings;
use crate::train::{Likes, TrainSettings};

/// The file that is read where no other is named, from the current folder.
pub const CONFIG: &str = "foldin.toml";

/// All settings of a training.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Config {
    /// What is read.
    pub data: DataSection,
    /// What is learned.
    pub train: TrainSection,
    /// The factors.
    pub als: AlsSettings,
    /// What is liked together.
    pub neighbours: NeighbourSettings,
    /// What predicts likes.
    pub ease: EaseSettings,
    /// What is liked next.
    pub sequence: SequenceSettings,
    /// What items are about.
    pub content: ContentSettings,
    /// What is popular lately, and what is rated well.
    pub popularity: PopularitySettings,
    /// The prediction of stars.
    pub ratings: RatingsSettings,
    /// What puts the candidates of all sources in order.
    pub ranker: RankerSettings,
    /// The map of the catalogue. The trainer does not ask for it: it is drawn of the finished model.
    pub map: MapSettings,
}

/// How data are read, and what counts as a like.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct DataSection {
    /// Which events are likes.
    pub threshold: Likes,
    /// Whether lines that cannot be read are left out and counted.
    pub skip_bad_lines: bool,
}

/// What is learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct TrainSection {
    /// The sources, of [`LEARNABLE`](crate::train::LEARNABLE).
    pub sources: Vec<Source>,
    /// Whether the prediction of stars is learned.
    pub stars: bool,
    /// Whether what every user liked is written into a file of its own.
    pub with_users: bool,
}

impl Default for TrainSection {
    fn default() -> Self {
        let TrainSettings { sources, stars, .. } = TrainSettings::default();
        TrainSection { sources, stars, with_users: false }
    }
}

impl Config {
    /// The settings that the trainer takes.
    pub fn settings(&self) -> TrainSettings {
        TrainSettings {
            likes: self.data.threshold,
            sources: self.train.sources.clone(),
            stars: self.train.stars,
            als: self.als.clone(),
            neighbours: self.neighbours.clone(),
            ease: self.ease.clone(),
            sequence: self.sequence.clone(),
            content: self.content.clone(),
            popularity: self.popularity.clone(),
            ratings: self.ratings.clone(),
            ranker: self.ranker.clone(),
        }
    }

    /// The same with other settings of the trainer.
    pub fn with(&self, settings: &TrainSettings) -> Config {
        let settings = settings.clone();
        let TrainSettings { likes, sources, stars, .. } = settings;
        Config {
            data: DataSection { threshold: likes, ..self.data.clone() },
            train: TrainSection { sources, stars, ..self.train.clone() },
            als: settings.als,
            neighbours: settings.neighbours,
            ease: settings.ease,
            sequence: settings.sequence,
            content: settings.content,
            popularity: settings.popularity,
            ratings: settings.ratings,
            ranker: settings.ranker,
            map: self.map.clone(),
        }
    }

    /// These settings with what was chosen for the data written down, so that a model can be made again from them.
    pub fn settled(&self, model: &Model) -> Config {
        let mut settled = self.clone();
        settled.data.threshold = model.about.like_threshold.map_or(Likes::All, Likes::From);
        settled.als.reg = model.factors.as_ref().map_or(self.als.reg, |factors| Some(factors.weights.reg));
        settled
    }

    /// The settings as a file that [`read()`] takes back to the same.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("settings are plain values")
    }
}

/// Which events are likes, in a file: a number of stars, `"automatic"` or `"none"`.
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

    #[test]
    fn every_setting_comes_back_from_the_file_that_was_written() {
        let mut config = Config::default();
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
        config.data = DataSection { threshold: Likes::From(3.5), skip_bad_lines: true };
        config.train = TrainSection { sources: Vec::new(), stars: false, with_users: true };
        config.als = AlsSettings { factors: 7, alpha0: 0.1, reg: Some(0.003_456_789), seed: 9, ..config.als };
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
        config.data.threshold = Likes::All;
        assert_eq!(parse("x", &config.to_toml()).unwrap(), config);
    }

    #[test]
    fn what_is_left_out_is_as_by_default() {
        assert_eq!(parse("x", "").unwrap(), Config::default());
        let config = parse("x", "[als]\nfactors = 8\n").unwrap();
        assert_eq!(config, Config { als: AlsSettings { factors: 8, ..Default::default() }, ..Default::default() });
        assert_eq!(parse("x", "[data]\nthreshold = 4\n").unwrap().data.threshold, Likes::From(4.0));
    }

    #[test]
    fn the_default_settings_are_those_of_the_trainer() {
        assert_eq!(Config::default().settings(), TrainSettings::default());
    }
}
