//! Accuracy by history length.

use std::fmt::Write;

use foldin_train::artefacts::{HistoryBucket, ProtocolMetrics};

use super::{SIDE_BY_SIDE, four_decimals};

pub(super) fn table(protocol: &ProtocolMetrics) -> String {
    let mut text = "ndcg@10 by the number of items shown\n".to_owned();
    for systems in protocol.systems.chunks(SIDE_BY_SIDE) {
        let _ = write!(text, "  {:>7}  {:>5}", "shown", "users");
        for system in systems {
            let _ = write!(text, "  {:>12}", system.name);
        }
        text.push('\n');
        let buckets = systems.first().map_or(&[][..], |system| &system.by_history);
        for (n, HistoryBucket { from, to, users, .. }) in buckets.iter().enumerate() {
            let shown = match to {
                Some(0) => "none".to_owned(),
                Some(to) => format!("{from}-{to}"),
                None => format!("{from}+"),
            };
            let _ = write!(text, "  {shown:>7}  {users:>5}");
            for system in systems {
                let value = system.by_history.get(n).map(|bucket| four_decimals(bucket.metrics.ndcg_at_10));
                let _ = write!(text, "  {:>12}", value.unwrap_or_default());
            }
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use foldin_train::artefacts::{HistoryMetrics, SystemMetrics};

    use super::*;

    #[test]
    fn a_bucket_has_a_line_and_a_system_a_column() {
        let bucket = |from, to, ndcg_at_10| HistoryBucket {
            from,
            to,
            users: 2,
            metrics: HistoryMetrics { ndcg_at_10, recall_at_10: 1.0 },
        };
        let by_history = vec![bucket(0, Some(0), 0.25), bucket(1, Some(4), 1.0), bucket(100, None, 0.5)];
        let system = |name: &str| SystemMetrics {
            name: name.to_owned(),
            by_history: by_history.clone(),
            ..SystemMetrics::default()
        };
        let protocol = ProtocolMetrics { systems: vec![system("one"), system("two")], ..ProtocolMetrics::default() };
        let expected = "ndcg@10 by the number of items shown\n\
                        \x20   shown  users           one           two\n\
                        \x20    none      2         .2500         .2500\n\
                        \x20     1-4      2        1.0000        1.0000\n\
                        \x20    100+      2         .5000         .5000\n";
        assert_eq!(table(&protocol), expected);
    }
}
