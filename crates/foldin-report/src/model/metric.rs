//! The keys of `metrics.json`: a metric and its cutoff.

use std::collections::BTreeMap;
use std::fmt;

use foldin_train::artefacts::{Estimate, ProtocolMetrics};
use foldin_train::evaluate::Metric;

/// A metric at a cutoff, as `ndcg@10`; displayed as people write it, `NDCG@10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MetricAt {
    pub(super) metric: Metric,
    pub(super) k: usize,
}

pub(super) const NDCG_AT_10: MetricAt = MetricAt { metric: Metric::Ndcg, k: 10 };
pub(super) const RECALL_AT_20: MetricAt = MetricAt { metric: Metric::Recall, k: 20 };
pub(super) const COVERAGE_AT_10: MetricAt = MetricAt { metric: Metric::Coverage, k: 10 };
pub(super) const LONG_TAIL_AT_10: MetricAt = MetricAt { metric: Metric::LongTail, k: 10 };
pub(super) const ILD_AT_10: MetricAt = MetricAt { metric: Metric::Ild, k: 10 };

impl MetricAt {
    /// The metric and cutoff of a key; `None` for keys that this version of the program does not know.
    pub(super) fn from_key(key: &str) -> Option<Self> {
        let (name, k) = key.split_once('@')?;
        Some(MetricAt { metric: Metric::from_name(name)?, k: k.parse().ok()? })
    }

    /// The value among these.
    pub(super) fn value_in(self, metrics: &BTreeMap<String, Estimate>) -> Option<Estimate> {
        metrics.get(&self.metric.at(self.k)).copied()
    }

    /// The value of a system.
    pub(super) fn value_of(self, system: &str, protocol: &ProtocolMetrics) -> Option<Estimate> {
        let system = protocol.systems.iter().find(|one| one.name == system)?;
        self.value_in(&system.metrics)
    }
}

impl fmt::Display for MetricAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.metric.title(), self.k)
    }
}

/// A key as people write it; an unknown one with a capital.
pub(super) fn title(key: &str) -> String {
    let capitalised = || {
        let mut letters = key.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    MetricAt::from_key(key).map_or_else(capitalised, |known| known.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_people_write_them() {
        let titles = ["ndcg@10", "capped_recall@5", "serendipity@10", "ndcg", ""].map(title);
        assert_eq!(titles, ["NDCG@10", "Capped recall@5", "Serendipity@10", "Ndcg", ""]);
    }
}
