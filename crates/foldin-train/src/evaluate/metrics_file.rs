//! From measurements to the artefact that tables and programs read.

use std::collections::BTreeMap;

use foldin_data::split::Part;

use super::history::by_history;
use super::measure::Measured;
use super::metric::{CUTOFFS, Metric};
use crate::artefacts::{
    ColdPoint, Estimate, HeadlineMetrics, METRICS_FORMAT, MetricsFile, ProtocolMetrics, SystemMetrics,
};

/// What metrics mean nothing without.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Name of the data set.
    pub dataset: String,
    /// Name of the protocol, or `given files`.
    pub protocol: String,
    /// The part that was measured on.
    pub part: Part,
    /// Ratings at or above it are likes; `None`: every event is, or the given files do not say.
    pub threshold: Option<f32>,
    /// Seed of the split and of the intervals.
    pub seed: u64,
}

/// The metrics of named systems by one protocol, and the cold-start curve, which may be empty.
pub fn metrics_file(heading: &Heading, systems: &[(&str, &Measured)], cold_start: Vec<ColdPoint>) -> MetricsFile {
    let protocol = ProtocolMetrics {
        dataset: heading.dataset.clone(),
        protocol: heading.protocol.clone(),
        part: heading.part.name().to_owned(),
        threshold: heading.threshold,
        seed: heading.seed,
        users: systems.first().map_or(0, |(_, measured)| measured.metrics.users),
        systems: systems.iter().map(|(name, measured)| system_metrics(name, measured, heading.seed)).collect(),
    };
    MetricsFile { format: METRICS_FORMAT, protocols: vec![protocol], cold_start, ..MetricsFile::default() }
}

/// The metrics of one system; `seed` is that of the intervals.
pub fn system_metrics(name: &str, measured: &Measured, seed: u64) -> SystemMetrics {
    let intervals = measured.intervals(seed);
    let mut metrics = BTreeMap::new();
    for metric in Metric::ALL {
        for k in CUTOFFS {
            if let Some(mean) = measured.metrics.get(metric, k) {
                metrics.insert(metric.at(k), Estimate::new(mean, intervals.get(metric, k)));
            }
        }
    }
    SystemMetrics { name: name.to_owned(), metrics, by_history: by_history(measured) }
}

/// The metrics by which versions are compared, to four decimals.
pub fn headline(measured: &Measured) -> HeadlineMetrics {
    let value = |metric, k| (measured.metrics.get(metric, k).unwrap_or_default() * 1e4).round() / 1e4;
    HeadlineMetrics {
        ndcg_at_10: value(Metric::Ndcg, 10),
        recall_at_20: value(Metric::Recall, 20),
        coverage_at_10: value(Metric::Coverage, 10),
    }
}

#[cfg(test)]
mod tests {
    use foldin_data::ItemNo;
    use foldin_fixtures::{held_out, items};

    use super::*;
    use crate::evaluate::{ItemFacts, measure};

    fn measured(lists: [&[u32]; 2]) -> Measured {
        let users = [held_out(0, &[8, 9], &[1]), held_out(1, &[7], &[2])];
        let facts = ItemFacts {
            likes: vec![1; 10],
            most_popular: (0..10).map(ItemNo).collect(),
            n_users: 2,
            about: vec![vec![]; 10],
        };
        measure(&lists.map(items), &users, &facts)
    }

    fn heading() -> Heading {
        let (dataset, protocol) = ("small".to_owned(), "strong".to_owned());
        Heading { dataset, protocol, part: Part::Test, threshold: Some(4.0), seed: 7 }
    }

    #[test]
    fn every_metric_has_its_mean_and_those_of_users_an_interval() {
        let file = metrics_file(&heading(), &[("foldin", &measured([&[1], &[5]]))], Vec::new());
        let protocol = &file.protocols[0];
        assert_eq!((protocol.users, protocol.part.as_str(), protocol.threshold), (2, "test", Some(4.0)));
        let metrics = &protocol.systems[0].metrics;
        assert_eq!((metrics["ndcg@10"].mean, metrics["ndcg@10"].interval()), (0.5, Some((0.0, 1.0))));
        assert_eq!((metrics["coverage@10"].mean, metrics["coverage@10"].interval()), (0.2, None));
        // Without content there is no ild.
        assert!(!metrics.contains_key("ild@10"));
        assert_eq!(protocol.systems[0].by_history[0].users, 2);
    }

    /// Readers and writers share the structs: what is written comes back, and absent parts leave no trace.
    #[test]
    fn a_file_comes_back_from_its_json() {
        let file = metrics_file(&heading(), &[("foldin", &measured([&[1], &[2]]))], vec![ColdPoint::default()]);
        let text = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<MetricsFile>(&text).unwrap(), file);
        assert!(!text.contains("diversity") && !text.contains("stars") && !text.contains("null"), "{text}");
    }

    #[test]
    fn headline_metrics_have_four_decimals() {
        let headline = headline(&measured([&[5, 1], &[5]]));
        // 1 / log2(3) of one of two users.
        assert_eq!((headline.ndcg_at_10, headline.recall_at_20), (0.3155, 0.5));
    }
}
