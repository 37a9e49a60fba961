//! All metrics of a protocol, systems side by side.

use std::fmt::Write;

use foldin_data::split::Part;
use foldin_data::text::count;
use foldin_train::artefacts::{ProtocolMetrics, SystemMetrics};
use foldin_train::evaluate::{Metric, MetricKind};

use super::{WIDTH, four_decimals, with_interval};

/// Cutoffs of every metric.
const CUTOFFS: [usize; 3] = [5, 10, 20];

/// Further cutoffs, at which metrics are usually published.
const CUSTOMARY: [(Metric, usize); 2] = [(Metric::Ndcg, 100), (Metric::CappedRecall, 50)];

/// Where intervals are shown: the two metrics that systems are chosen by.
const WITH_INTERVALS: [(Metric, usize); 2] = [(Metric::Ndcg, 10), (Metric::Recall, 10)];

/// The widest row name, `  capped_recall@100`, and a blank.
const NAME_WIDTH: usize = 20;

/// A mean (7) and its interval (7): ` 9.1234 ±.0087`.
const VALUE_WIDTH: usize = 14;

/// The longest name of a system that is written out.
const SYSTEM_WIDTH: usize = 30;

/// Systems that do not fit next to each other follow below. The last lines say what each metric means.
pub(super) fn table(protocol: &ProtocolMetrics) -> String {
    let mut text = heading(protocol);
    for side_by_side in blocks(&protocol.systems) {
        write_block(&mut text, side_by_side);
    }
    write_meanings(&mut text);
    text
}

fn heading(ProtocolMetrics { dataset, protocol, part, threshold, seed, users, .. }: &ProtocolMetrics) -> String {
    let part = if part == Part::Validation.name() { " (validation)" } else { "" };
    let users = count(*users, "test user");
    let likes = threshold.map(|threshold| format!(", likes are ratings of {threshold} or above")).unwrap_or_default();
    format!("{protocol}{part} on {dataset}: {users}{likes}, seed {seed}\n")
}

/// As many systems at a time as a line holds, but at least one.
fn blocks(systems: &[SystemMetrics]) -> Vec<&[SystemMetrics]> {
    let mut blocks = Vec::new();
    let (mut start, mut width) = (0, NAME_WIDTH);
    for (n, system) in systems.iter().enumerate() {
        let column = 2 + column_width(&system.name);
        if n > start && width + column > WIDTH {
            blocks.push(&systems[start..n]);
            (start, width) = (n, NAME_WIDTH);
        }
        width += column;
    }
    if start < systems.len() {
        blocks.push(&systems[start..]);
    }
    blocks
}

fn column_width(name: &str) -> usize {
    // Names start one place to the right of their column, above the decimal points.
    VALUE_WIDTH.max(2 + name.chars().count().min(SYSTEM_WIDTH))
}

fn write_block(text: &mut String, systems: &[SystemMetrics]) {
    text.push('\n');
    write_line(text, "", systems, |system| format!("  {}", shortened(&system.name)));
    for kind in [MetricKind::Accuracy, MetricKind::Variety] {
        let _ = writeln!(text, "{}", kind.description());
        for metric in Metric::ALL.into_iter().filter(|metric| metric.kind() == kind) {
            let customary = CUSTOMARY.into_iter().filter(|&(of, _)| of == metric).map(|(_, k)| k);
            for k in CUTOFFS.into_iter().chain(customary) {
                let name = metric.at(k);
                // A metric that is not taken at this cutoff has no row.
                if systems.iter().any(|system| system.metrics.contains_key(&name)) {
                    write_line(text, &name, systems, |system| cell(system, metric, k));
                }
            }
        }
    }
}

fn write_line(text: &mut String, name: &str, systems: &[SystemMetrics], cell: impl Fn(&SystemMetrics) -> String) {
    let mut line = format!("{:<NAME_WIDTH$}", format!("  {name}"));
    for system in systems {
        let width = column_width(&system.name);
        let _ = write!(line, "  {:<width$}", cell(system));
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

fn cell(system: &SystemMetrics, metric: Metric, k: usize) -> String {
    let Some(estimate) = system.metrics.get(&metric.at(k)) else { return String::new() };
    let mean = four_decimals(estimate.mean);
    let indent = " ".repeat(7_usize.saturating_sub(mean.len()));
    let text = if WITH_INTERVALS.contains(&(metric, k)) { with_interval(estimate) } else { mean };
    indent + &text
}

fn write_meanings(text: &mut String) {
    text.push('\n');
    for metric in Metric::ALL {
        let _ = writeln!(text, "{:<NAME_WIDTH$}  {}", format!("  {}", metric.name()), metric.description());
    }
    text.push_str("@10: in the first 10 items of a list; ±: half the 95 % interval, by bootstrap over users\n");
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= SYSTEM_WIDTH {
        return name.to_owned();
    }
    name.chars().take(SYSTEM_WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use foldin_train::artefacts::Estimate;

    use super::*;

    fn system(name: &str, ndcg: f64) -> SystemMetrics {
        let per_user = Estimate::new(ndcg, Some((ndcg - 0.1845, ndcg + 0.1845)));
        let together = Estimate::new(1.0, None);
        let metrics = [
            ("ndcg@10", per_user),
            ("ndcg@50", per_user),
            ("ndcg@100", per_user),
            ("capped_recall@50", per_user),
            ("novelty@10", together),
            ("ild@20", together),
        ];
        let metrics = metrics.map(|(name, estimate)| (name.to_owned(), estimate)).into();
        SystemMetrics { name: name.to_owned(), metrics, by_history: Vec::new() }
    }

    fn protocol(systems: Vec<SystemMetrics>) -> ProtocolMetrics {
        let [dataset, protocol, part] = ["small", "strong", "test"].map(str::to_owned);
        ProtocolMetrics { dataset, protocol, part, threshold: Some(4.0), seed: 7, users: 2, systems }
    }

    #[test]
    fn a_table_is_aligned_and_explains_itself() {
        let text = table(&protocol(vec![system("popularity", 0.5), system("a system with a long name", 0.8155)]));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "strong on small: 2 test users, likes are ratings of 4 or above, seed 7");
        assert_eq!(
            lines[2..9],
            [
                "                        popularity      a system with a long name",
                "accuracy: do people get what they turn out to like?",
                "  ndcg@10               .5000 ±.1845    .8155 ±.1845",
                "  ndcg@100              .5000           .8155",
                "  capped_recall@50      .5000           .8155",
                "variety: what are the lists made of?",
                "  novelty@10           1.0000          1.0000",
            ]
        );
        // Cutoffs between the usual ones, and metrics that were not taken, have no row.
        assert!(text.contains("  ild@20 ") && !text.contains("ild@50") && !text.contains("ndcg@50"), "{text}");
        assert!(text.contains("  gini                0: "), "{text}");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn systems_that_do_not_fit_follow_below() {
        let long = "x".repeat(40);
        let systems = ["a", "b", &long, "d", "e", "f"].map(|name| system(name, 0.5));
        assert_eq!(blocks(&systems).iter().map(|block| block.len()).collect::<Vec<_>>(), [3, 3]);
        let text = table(&protocol(systems.into()));
        assert_eq!(text.matches("  ndcg@10 ").count(), 2);
        assert!(text.contains(&format!("{}…", "x".repeat(29))));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }
}
