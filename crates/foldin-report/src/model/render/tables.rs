//! The tables of all metrics of all systems.

use std::collections::BTreeSet;

use foldin_train::artefacts::{ProtocolMetrics, SystemMetrics};
use foldin_train::evaluate::{Metric, MetricKind};

use super::super::metric::{MetricAt, title};
use crate::chart::Table;
use crate::page::{Block, Folded, TableBlock};

/// Cutoffs whose metrics are shown; those of others are folded.
const SHOWN_CUTOFFS: [usize; 2] = [10, 20];

/// A table of accuracy and one of variety, as far as there are such metrics.
pub(super) fn tables(protocol: &ProtocolMetrics) -> Vec<Block> {
    let is_variety = |key: &&str| MetricAt::from_key(key).is_some_and(|one| one.metric.kind() == MetricKind::Variety);
    let (variety, accuracy): (Vec<&str>, Vec<&str>) = keys(protocol).into_iter().partition(is_variety);
    let accuracy_caption =
        "Means over users; a user without a hit counts as 0. Below a mean is its 95 % interval, if it has one.";
    let variety_caption = "Values over the lists of all users together.";
    let accuracy = table("How good the lists are", accuracy_caption, protocol, accuracy);
    let variety = table("What the lists are made of", variety_caption, protocol, variety);
    [accuracy, variety].into_iter().flatten().map(Block::Table).collect()
}

/// The metrics of all systems: known ones first, then by cutoff.
fn keys(protocol: &ProtocolMetrics) -> Vec<&str> {
    let keys: BTreeSet<&str> =
        protocol.systems.iter().flat_map(|system| system.metrics.keys().map(String::as_str)).collect();
    let mut keys: Vec<&str> = keys.into_iter().collect();
    // Stable, so unknown keys stay in alphabetical order.
    keys.sort_by_key(|key| match MetricAt::from_key(key) {
        Some(MetricAt { metric, k }) => (metric as usize, k),
        None => (usize::MAX, 0),
    });
    keys
}

/// `None` without keys.
fn table(heading: &str, caption: &str, protocol: &ProtocolMetrics, keys: Vec<&str>) -> Option<TableBlock> {
    let terms = terms(&keys);
    let is_shown = |key: &&str| MetricAt::from_key(key).is_none_or(|one| SHOWN_CUTOFFS.contains(&one.k));
    let (mut shown, mut folded): (Vec<&str>, Vec<&str>) = keys.into_iter().partition(is_shown);
    if shown.is_empty() {
        std::mem::swap(&mut shown, &mut folded);
    }
    let fold = || Folded { name: "At other cutoffs".to_owned(), table: values(protocol, &folded) };
    let block = || TableBlock {
        heading: heading.to_owned(),
        caption: caption.to_owned(),
        terms,
        table: values(protocol, &shown),
        folded: (!folded.is_empty()).then(fold).into_iter().collect(),
        ..TableBlock::default()
    };
    (!shown.is_empty()).then(block)
}

/// The meanings of the known metrics among these keys.
fn terms(keys: &[&str]) -> Vec<(String, String)> {
    let mut metrics: Vec<Metric> = keys.iter().filter_map(|key| Some(MetricAt::from_key(key)?.metric)).collect();
    metrics.dedup();
    metrics.iter().map(|metric| (metric.title().to_owned(), metric.description().to_owned())).collect()
}

fn values(protocol: &ProtocolMetrics, keys: &[&str]) -> Table {
    let head = std::iter::once("metric".to_owned()).chain(protocol.systems.iter().map(|system| system.name.clone()));
    let cell = |system: &SystemMetrics, key: &str| match system.metrics.get(key) {
        None => "–".to_owned(),
        Some(value) => {
            let interval = value.interval().map(|(low, high)| format!("\n{low:.4} to {high:.4}"));
            format!("{:.4}{}", value.mean, interval.unwrap_or_default())
        }
    };
    let row = |key: &&str| {
        let cells = protocol.systems.iter().map(|system| cell(system, key));
        std::iter::once(title(key)).chain(cells).collect()
    };
    Table { head: head.collect(), rows: keys.iter().map(row).collect() }
}
