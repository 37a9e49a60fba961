//! Figures for people, as a table of 100 columns.

use std::fmt::Write;

use super::intervals::{RESAMPLES, interval};
use super::metrics::{Measured, Metric};
use foldin_data::split::Part;
use foldin_data::text::grouped;

/// What figures mean nothing without.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Name of the data set.
    pub dataset: String,
    /// Name of the protocol, or `given files`.
    pub protocol: String,
    /// The part that was measured on.
    pub part: Part,
    /// Ratings at or above it are likes; none where the files given do not say.
    pub threshold: Option<f32>,
    /// Start of the random choices, those of intervals included.
    pub seed: u64,
}

/// Columns of a terminal that lines keep to.
const WIDTH: usize = 100;

/// The widest row name, `  capped_recall@100`, and a blank.
const NAME_WIDTH: usize = 20;

/// A figure (7) and its interval (7): ` 9.1234 ±.0087`.
const FIGURE_WIDTH: usize = 14;

/// The longest name of a system that is written out.
const SYSTEM_WIDTH: usize = 30;

/// Where intervals are shown, too: the two figures that systems are chosen by.
const WITH_INTERVALS: [(Metric, usize); 2] = [(Metric::Ndcg, 10), (Metric::Recall, 10)];

/// Metrics in groups, with what a newcomer needs to know of each.
const GROUPS: [(&str, &[(Metric, &str)]); 2] = [
    (
        "accuracy: do people get what they turn out to like?",
        &[
            (Metric::Ndcg, "hits, counted the more the higher they stand; 1 is a perfect list"),
            (Metric::Recall, "share of what a user likes that is in the list"),
            (Metric::CappedRecall, "the same, of what a list of k items can hold"),
            (Metric::Precision, "share of the list that is liked"),
            (Metric::Hits, "liked items in the list"),
            (Metric::Map, "precision at every hit, averaged over what the list could have held"),
            (Metric::Mrr, "1 / rank of the first hit"),
        ],
    ),
    (
        "variety: what are the lists made of?",
        &[
            (Metric::Coverage, "share of the catalogue that anybody is recommended"),
            (Metric::LongTail, "share of recommendations outside the most popular fifth"),
            (Metric::Gini, "0: every item is recommended as often as any other; 1: one item only"),
            (Metric::Novelty, "how rare recommended items are, in bits; 1 more is half as popular"),
            (Metric::Ild, "how far the items of a list differ in what they are about, 0 to 1"),
        ],
    ),
];

/// Cutoffs beyond the chosen ones that published figures are usually given at.
const CUSTOMARY: [(Metric, usize); 2] = [(Metric::Ndcg, 100), (Metric::CappedRecall, 50)];

/// A table of named systems side by side at the cutoffs chosen, usually `[5, 10, 20]`. Systems that do not fit next
/// to each other follow below. The last lines say what each figure means.
pub fn render(heading: &Heading, systems: &[(&str, &Measured)], cutoffs: &[usize]) -> String {
    let mut text = heading_line(heading, systems);
    for side_by_side in blocks(systems) {
        write_block(&mut text, side_by_side, cutoffs, heading.seed);
    }
    write_meanings(&mut text);
    text
}

fn heading_line(heading: &Heading, systems: &[(&str, &Measured)]) -> String {
    let Heading { dataset, protocol, part, threshold, seed } = heading;
    let part = if *part == Part::Validation { " (validation)" } else { "" };
    let n_users = systems.first().map_or(0, |(_, measured)| measured.metrics.users);
    let users = if n_users == 1 { "user" } else { "users" };
    let likes = threshold.map(|threshold| format!(", likes are ratings of {threshold} or above")).unwrap_or_default();
    format!("{protocol}{part} on {dataset}: {} test {users}{likes}, seed {seed}\n", grouped(n_users as u64))
}

/// As many systems at a time as a line holds, but at least one.
fn blocks<'a, 'b>(systems: &'b [(&'a str, &'a Measured)]) -> Vec<&'b [(&'a str, &'a Measured)]> {
    let mut blocks = Vec::new();
    let (mut start, mut width) = (0, NAME_WIDTH);
    for (n, (name, _)) in systems.iter().enumerate() {
        let column = 2 + column_width(name);
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
    FIGURE_WIDTH.max(2 + name.chars().count().min(SYSTEM_WIDTH))
}

fn write_block(text: &mut String, systems: &[(&str, &Measured)], cutoffs: &[usize], seed: u64) {
    text.push('\n');
    let names = systems.iter().map(|(name, _)| (format!("  {}", shortened(name)), column_width(name)));
    write_line(text, "", names);
    for (title, metrics) in GROUPS {
        let _ = writeln!(text, "{title}");
        for &(metric, _) in metrics {
            let customary = CUSTOMARY.iter().filter(|&&(of, k)| of == metric && !cutoffs.contains(&k));
            for k in cutoffs.iter().copied().chain(customary.map(|&(_, k)| k)) {
                // A metric that is not taken at this cutoff has no row.
                if systems.iter().any(|(_, measured)| measured.metrics.get(metric, k).is_some()) {
                    let cells =
                        systems.iter().map(|(name, measured)| (cell(measured, metric, k, seed), column_width(name)));
                    write_line(text, &row_name(metric, k), cells);
                }
            }
        }
    }
}

fn write_line(text: &mut String, name: &str, cells: impl Iterator<Item = (String, usize)>) {
    let mut line = format!("{:<NAME_WIDTH$}", format!("  {name}"));
    for (cell, width) in cells {
        let _ = write!(line, "  {cell:<width$}");
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

fn cell(measured: &Measured, metric: Metric, k: usize, seed: u64) -> String {
    let Some(figure) = measured.metrics.get(metric, k) else { return String::new() };
    let mut cell = format!("{:>7}", four_decimals(figure));
    if WITH_INTERVALS.contains(&(metric, k))
        && let Some((low, high)) = interval_at(measured, metric, k, seed)
    {
        let _ = write!(cell, " ±{}", four_decimals((high - low) / 2.0));
    }
    cell
}

fn interval_at(measured: &Measured, metric: Metric, k: usize, seed: u64) -> Option<(f64, f64)> {
    Some(interval(&measured.per_user(metric, k)?, seed, RESAMPLES))
}

fn write_meanings(text: &mut String) {
    text.push('\n');
    for (metric, meaning) in GROUPS.iter().flat_map(|(_, metrics)| metrics.iter()) {
        let _ = writeln!(text, "{:<NAME_WIDTH$}  {meaning}", format!("  {}", metric.name()));
    }
    let cutoffs = "@10: in the first 10 items of a list";
    let _ = writeln!(text, "{cutoffs}; ±: half the 95 % interval, by bootstrap over users");
}

pub(super) fn row_name(metric: Metric, k: usize) -> String {
    format!("{}@{k}", metric.name())
}

/// `.3291`, `1.0000`, `12.3457`: figures below one go without the zero.
pub(super) fn four_decimals(figure: f64) -> String {
    let text = format!("{figure:.4}");
    text.strip_prefix('0').map(str::to_owned).unwrap_or(text)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= SYSTEM_WIDTH {
        return name.to_owned();
    }
    name.chars().take(SYSTEM_WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};
    use foldin_data::split::{HeldOut, Shown};

    fn measured(lists: &[Vec<u32>]) -> Measured {
        let held_out: Vec<HeldOut> = lists
            .iter()
            .map(|_| HeldOut { user: 0, shown: vec![Shown { item: 3, rating: 1.0 }; 6], relevant: vec![0] })
            .collect();
        let half = 1.0 / 2f64.sqrt();
        let about = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, half), (1, half)], vec![]];
        measure(lists, &held_out, &ItemFacts { likes: vec![1; 4], most_popular: (0..4).collect(), n_users: 2, about })
    }

    fn heading() -> Heading {
        let (dataset, protocol) = ("small".to_owned(), "strong".to_owned());
        Heading { dataset, protocol, part: Part::Test, threshold: Some(4.0), seed: 7 }
    }

    #[test]
    fn a_table_is_aligned_and_explains_itself() {
        let (first, second) = (measured(&[vec![0, 1], vec![1]]), measured(&[vec![1, 0], vec![0]]));
        let text = render(&heading(), &[("popularity", &first), ("a system with a long name", &second)], &[10]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "strong on small: 2 test users, likes are ratings of 4 or above, seed 7");
        assert_eq!(
            lines[2..9],
            [
                "                        popularity      a system with a long name",
                "accuracy: do people get what they turn out to like?",
                "  ndcg@10               .5000 ±.5000    .8155 ±.1845",
                "  ndcg@100              .5000           .8155",
                "  recall@10             .5000 ±.5000   1.0000 ±.0000",
                "  capped_recall@10      .5000          1.0000",
                "  capped_recall@50      .5000          1.0000",
            ]
        );
        assert!(text.contains("  novelty@10           1.0000          1.0000\n"), "{text}");
        assert!(text.contains("  gini                0: every item"), "{text}");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn systems_that_do_not_fit_follow_below() {
        let one = measured(&[vec![0]]);
        let long = "x".repeat(40);
        let systems = [("a", &one), ("b", &one), (&long, &one), ("d", &one), ("e", &one), ("f", &one)];
        assert_eq!(blocks(&systems).iter().map(|block| block.len()).collect::<Vec<_>>(), [3, 3]);
        let text = render(&heading(), &systems, &[5, 10, 20]);
        assert_eq!(text.matches("  ndcg@5 ").count(), 2);
        assert!(text.contains(&format!("{}…", "x".repeat(29))));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn ild_has_rows_only_where_it_is_taken() {
        let one = measured(&[vec![0, 1]]);
        let text = render(&heading(), &[("one", &one)], &[20, 50]);
        assert!(text.contains("  ild@20 ") && !text.contains("ild@50"), "{text}");
    }

    #[test]
    fn figures_are_short() {
        assert_eq!([0.0, 0.32914, 1.0, 12.34567].map(four_decimals), [".0000", ".3291", "1.0000", "12.3457"]);
        assert_eq!([7, 999, 1000, 1234567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
