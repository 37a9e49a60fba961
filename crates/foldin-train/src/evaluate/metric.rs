//! The metrics: their names, what they mean, and the cutoffs that they are taken at.

/// How many items from the top of a list are counted.
pub const CUTOFFS: [usize; 5] = [5, 10, 20, 50, 100];

/// What a metric is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// Whether people get what they turn out to like: a mean of values that every user has.
    Accuracy,
    /// What the lists of all users together are made of.
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

/// Declares the metrics: kind, variant, the name that programs parse, the one that people read, and a description.
macro_rules! metrics {
    ($($kind:ident $metric:ident, $name:literal, $title:literal, $description:literal;)*) => {
        /// A metric of lists of recommendations.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Metric {
            $(#[doc = $description] $metric,)*
        }

        impl Metric {
            /// Every metric, in the order in which people read them.
            pub const ALL: [Metric; [$(Metric::$metric),*].len()] = [$(Metric::$metric),*];

            /// The name in files and on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Metric::$metric => $name,)* }
            }

            /// The name for readers who do not know the metric.
            pub fn title(self) -> &'static str {
                match self { $(Metric::$metric => $title,)* }
            }

            /// What the metric means, in a clause for the reader of a table.
            pub fn description(self) -> &'static str {
                match self { $(Metric::$metric => $description,)* }
            }

            /// What the metric is about.
            pub const fn kind(self) -> MetricKind {
                match self { $(Metric::$metric => MetricKind::$kind,)* }
            }
        }
    };
}

// Those that systems are chosen by come first. The formulas are in `accuracy` and `variety`.
metrics! {
    Accuracy Ndcg, "ndcg", "NDCG", "hits, weighted by rank: the first places count most; 1 is a perfect list";
    Accuracy Recall, "recall", "Recall", "share of what a user likes that is in the list";
    Accuracy CappedRecall, "capped_recall", "Capped recall", "the same, of what a list of k items can hold";
    Accuracy Precision, "precision", "Precision", "share of the list that is liked";
    Accuracy Hits, "hits", "Hits", "liked items in the list";
    Accuracy Map, "map", "MAP", "precision at every hit, averaged over what the list could have held";
    Accuracy Mrr, "mrr", "MRR", "1 / rank of the first hit";
    Variety Coverage, "coverage", "Coverage", "share of the catalogue that anybody is recommended";
    Variety LongTail, "long_tail", "Long tail", "share of recommendations outside the most popular fifth";
    Variety Gini, "gini", "Gini", "0: every item is recommended equally often; 1: a single item is";
    Variety Novelty, "novelty", "Novelty", "how rare recommended items are, in bits: one more is half as popular";
    Variety Ild, "ild", "Variety", "how much the items of a list differ in content, 0 to 1";
}

/// How many metrics every user has at one cutoff.
pub(super) const N_ACCURACY: usize = {
    let mut n = 0;
    while n < Metric::ALL.len() && matches!(Metric::ALL[n].kind(), MetricKind::Accuracy) {
        n += 1;
    }
    n
};

impl Metric {
    /// The metric with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// Name and cutoff, as in tables and files: `ndcg@10`.
    pub fn at(self, k: usize) -> String {
        format!("{}@{k}", self.name())
    }

    /// The place of a metric of accuracy among those, which is its place among all; `None` for others.
    pub(super) fn place(self) -> Option<usize> {
        Some(self as usize).filter(|place| *place < N_ACCURACY)
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
        let n_accuracy = Metric::ALL.into_iter().filter(|metric| metric.kind() == MetricKind::Accuracy).count();
        assert_eq!(n_accuracy, N_ACCURACY, "metrics of accuracy come first");
        assert_eq!((Metric::from_name("nope"), Metric::Ndcg.at(10).as_str()), (None, "ndcg@10"));
    }
}
