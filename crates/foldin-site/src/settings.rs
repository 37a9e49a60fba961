//! Settings for learning from page views.

use foldin_core::Source;
use foldin_data::Likes;
use foldin_train::config::{Config, HeldOutBy};

/// The settings that `foldin site` starts from.
///
/// Every view is a weak like. Sessions are short, so that lists are short too, and few factors are enough: a model of
/// 500 pages stays below 150 kB. For the same reason there is no transformer.
pub fn settings() -> Config {
    let mut config = Config::default();
    config.data.threshold = Likes::All;
    config.train.stars = false;
    config.train.sources.retain(|source| *source != Source::Transformer);
    config.map.enabled = false;
    config.als.factors = 32;
    config.neighbours.per_item = 20;
    config.ease.per_item = 20;
    config.sequence.per_item = 20;
    config.sequence.window = 3;
    config.ranker.trees = 40;
    config.search.trials = 8;
    config.content.title_weight = 0.0;
    config.content.text_weight = 1.0;
    config.content.year_weight = 0.0;
    config.content.max_df = 0.3;
    config.content.sublinear = true;
    config.content.per_item = Some(64);
    config.evaluate.protocol = HeldOutBy::Sessions;
    config
}
