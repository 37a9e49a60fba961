//! `descriptions.json`: what strategies, metrics, protocols and features mean, for the page.

use std::collections::BTreeMap;

use foldin_core::Strategy;
use foldin_core::model::ranker::FEATURES;
use foldin_data::split::Protocol;
use foldin_train::evaluate::Metric;
use serde::Serialize;

/// The name of the list that the package makes from the hybrid's with half of the variety.
const DIVERSE: &str = "diverse";

/// The content of `descriptions.json`. All maps are by name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DescriptionsFile {
    /// Strategies, and the list `diverse` of a comparison.
    strategies: BTreeMap<&'static str, Described>,
    /// Metrics, by their name without a cutoff.
    metrics: BTreeMap<&'static str, Described>,
    protocols: BTreeMap<String, DescribedProtocol>,
    /// What features mean, in a clause.
    features: BTreeMap<&'static str, &'static str>,
}

/// A name and a description for readers.
#[derive(Debug, Serialize)]
struct Described {
    title: &'static str,
    description: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DescribedProtocol {
    description: String,
    /// Whether the users that are measured are unknown in training.
    new_users: bool,
}

impl DescriptionsFile {
    /// All descriptions that the crates give.
    pub(crate) fn new() -> Self {
        let strategy = |strategy: Strategy| {
            let (title, description) = (strategy.title(), strategy.description());
            (strategy.name(), Described { title, description })
        };
        let diverse = Described {
            title: "Diverse",
            description: "The hybrid's list with half of the variety: titles similar to those above them move down.",
        };
        let metric =
            |metric: Metric| (metric.name(), Described { title: metric.title(), description: metric.description() });
        let protocol = |protocol: Protocol| {
            let (description, new_users) = (protocol.description(), protocol.asks_about_strangers());
            (protocol.to_string(), DescribedProtocol { description, new_users })
        };
        DescriptionsFile {
            strategies: Strategy::ALL.into_iter().map(strategy).chain([(DIVERSE, diverse)]).collect(),
            metrics: Metric::ALL.into_iter().map(metric).collect(),
            protocols: Protocol::ALL.into_iter().map(protocol).collect(),
            features: FEATURES.iter().map(|feature| (feature.name, feature.description())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn everything_that_the_page_shows_is_described() {
        let file = serde_json::to_value(DescriptionsFile::new()).expect("plain data");
        let text = |pointer: &str| file.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        for strategy in Strategy::ALL.map(Strategy::name).into_iter().chain([DIVERSE]) {
            assert!(!text(&format!("/strategies/{strategy}/title")).is_empty(), "{strategy}");
            assert!(text(&format!("/strategies/{strategy}/description")).ends_with('.'), "{strategy}");
        }
        assert_eq!(text("/metrics/ndcg/title"), "NDCG");
        assert!(text("/protocols/holdout/description").contains("60 %"));
        assert_eq!(file.pointer("/protocols/strong/newUsers"), Some(&Value::Bool(true)));
        assert_eq!(file.pointer("/protocols/loo/newUsers"), Some(&Value::Bool(false)));
        assert!(FEATURES.iter().all(|feature| !file["features"][feature.name].is_null()));
    }
}
