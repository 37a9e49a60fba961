//! The metrics: their names, what they mean, and the cutoffs that they are taken at.

/// How many items from the top of a list are counted.
pub const CUTOFFS: [usize; 5] = [5, 10, 20, 50, 100];

/// A metric of lists of recommendations. The first seven are means of values that every user has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Relevant items in the list.
    Hits,
    /// Hits / k.
    Precision,
    /// Hits / relevant items.
    Recall,
    /// Hits / the smaller of k and the number of relevant items.
    CappedRecall,
    /// Normalised discounted cumulative gain.
    Ndcg,
    /// Average precision.
    Map,
    /// Reciprocal rank of the first hit.
    Mrr,
    /// Share of the catalogue that anybody is recommended.
    Coverage,
    /// Share of the recommendations outside the most popular fifth.
    LongTail,
    /// How unevenly the catalogue is recommended.
    Gini,
    /// Information of a recommended item, in bits.
    Novelty,
    /// Distance between the items of a list.
    Ild,
}

/// What a metric is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// Whether people get what they turn out to like.
    Accuracy,
    /// What the lists are made of.
    Variety,
}

impl MetricKind {
    /// The question that metrics of this kind answer.
    pub fn description(self) -> &'static str {
        match self {
            MetricKind::Accuracy => "accuracy: do people get what they turn out to like?",
            MetricKind::Variety => "variety: what are the lists made of?",
        }
    }
}

impl Metric {
    /// Every metric, in the order in which they are listed.
    pub const ALL: [Metric; 12] = [
        Metric::Hits,
        Metric::Precision,
        Metric::Recall,
        Metric::CappedRecall,
        Metric::Ndcg,
        Metric::Map,
        Metric::Mrr,
        Metric::Coverage,
        Metric::LongTail,
        Metric::Gini,
        Metric::Novelty,
        Metric::Ild,
    ];

    /// The name that people read and programs parse.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Hits => "hits",
            Metric::Precision => "precision",
            Metric::Recall => "recall",
            Metric::CappedRecall => "capped_recall",
            Metric::Ndcg => "ndcg",
            Metric::Map => "map",
            Metric::Mrr => "mrr",
            Metric::Coverage => "coverage",
            Metric::LongTail => "long_tail",
            Metric::Gini => "gini",
            Metric::Novelty => "novelty",
            Metric::Ild => "ild",
        }
    }

    /// The metric with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// Name and cutoff, as in tables and files: `ndcg@10`.
    pub fn at(self, k: usize) -> String {
        format!("{}@{k}", self.name())
    }

    /// What the metric is about.
    pub fn kind(self) -> MetricKind {
        match self {
            Metric::Coverage | Metric::LongTail | Metric::Gini | Metric::Novelty | Metric::Ild => MetricKind::Variety,
            _ => MetricKind::Accuracy,
        }
    }

    /// The name for readers who do not know the metric.
    pub fn title(self) -> &'static str {
        match self {
            Metric::Hits => "Hits",
            Metric::Precision => "Precision",
            Metric::Recall => "Recall",
            Metric::CappedRecall => "Capped recall",
            Metric::Ndcg => "NDCG",
            Metric::Map => "MAP",
            Metric::Mrr => "MRR",
            Metric::Coverage => "Coverage",
            Metric::LongTail => "Long tail",
            Metric::Gini => "Gini",
            Metric::Novelty => "Novelty",
            Metric::Ild => "Variety",
        }
    }

    /// What the metric means, in a clause for the reader of a table.
    pub fn description(self) -> &'static str {
        match self {
            Metric::Hits => "liked items in the list",
            Metric::Precision => "share of the list that is liked",
            Metric::Recall => "share of what a user likes that is in the list",
            Metric::CappedRecall => "the same, of what a list of k items can hold",
            Metric::Ndcg => "hits, weighted by rank: the first places count most; 1 is a perfect list",
            Metric::Map => "precision at every hit, averaged over what the list could have held",
            Metric::Mrr => "1 / rank of the first hit",
            Metric::Coverage => "share of the catalogue that anybody is recommended",
            Metric::LongTail => "share of recommendations outside the most popular fifth",
            Metric::Gini => "0: every item is recommended equally often; 1: a single item is",
            Metric::Novelty => "how rare recommended items are, in bits: one more is half as popular",
            Metric::Ild => "how much the items of a list differ in content, 0 to 1",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for metric in Metric::ALL {
            assert_eq!(Metric::from_name(metric.name()), Some(metric));
        }
        assert_eq!((Metric::from_name("nope"), Metric::Ndcg.at(10).as_str()), (None, "ndcg@10"));
    }
}
