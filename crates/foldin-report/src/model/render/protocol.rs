//! The section about the metrics of one protocol.

use foldin_train::artefacts::{HistoryBucket, ProtocolMetrics, SystemMetrics};
use foldin_train::evaluate::FOLDIN;

use super::super::metric::{COVERAGE_AT_10, MetricAt, NDCG_AT_10, RECALL_AT_20};
use super::super::prose;
use super::{dots, tables};
use crate::chart::{Bars, Chart, Mark, Row, Rows, Series};
use crate::number::Unit;
use crate::page::{Block, Section};

/// `number` makes the ids unique on the page.
pub(super) fn section(number: usize, protocol: &ProtocolMetrics) -> Section {
    let mut blocks = vec![Block::Note(prose::protocol(protocol))];
    blocks.extend(by_system(format!("ndcg-10-{number}"), protocol, NDCG_AT_10));
    blocks.extend(by_system(format!("recall-20-{number}"), protocol, RECALL_AT_20));
    blocks.extend(by_history(format!("history-{number}"), protocol));
    blocks.extend(coverage(format!("coverage-{number}"), protocol));
    blocks.extend(tables::tables(protocol));
    let heading = format!("Metrics: {}, {}", protocol.protocol, protocol.part);
    Section::new(format!("protocol-{number}"), heading, blocks)
}

/// One row per system that has the metric.
fn rows(protocol: &ProtocolMetrics, metric: MetricAt) -> Vec<Row> {
    let row = |system: &SystemMetrics| {
        let value = metric.value_in(&system.metrics)?;
        let (name, is_marked) = (system.name.clone(), system.name == FOLDIN.name());
        Some(Row { name, value: value.mean, interval: value.interval(), is_marked })
    };
    protocol.systems.iter().filter_map(row).collect()
}

fn by_system(id: String, protocol: &ProtocolMetrics, metric: MetricAt) -> Option<Block> {
    let rows = rows(protocol, metric);
    let block = |rows| {
        let chart = dots(metric.to_string(), rows);
        Block::chart(id, format!("{metric} by system"), prose::comparison(protocol, metric), chart)
    };
    (!rows.is_empty()).then(|| block(rows))
}

fn coverage(id: String, protocol: &ProtocolMetrics) -> Option<Block> {
    let rows = rows(protocol, COVERAGE_AT_10);
    if rows.is_empty() {
        return None;
    }
    let chart = Rows {
        name: "system".to_owned(),
        value_name: "share of the catalogue in the top 10 of any user".to_owned(),
        rows,
        unit: Unit::Share,
        mark: Mark::Bar,
    };
    Some(Block::chart(id, COVERAGE_AT_10.to_string(), prose::coverage(protocol), Chart::Rows(chart)))
}

/// `None` where metrics were not taken by length of history.
fn by_history(id: String, protocol: &ProtocolMetrics) -> Option<Block> {
    let bounds = |bucket: &HistoryBucket| (bucket.from, bucket.to);
    let buckets = &protocol.systems.iter().find(|system| !system.by_history.is_empty())?.by_history;
    let has_these = |system: &&SystemMetrics| system.by_history.iter().map(bounds).eq(buckets.iter().map(bounds));
    let series = |system: &SystemMetrics| Series {
        name: system.name.clone(),
        values: system.by_history.iter().map(|bucket| bucket.metrics.ndcg_at_10).collect(),
    };
    let label = |bucket: &HistoryBucket| match bucket.to {
        Some(to) if to == bucket.from => to.to_string(),
        Some(to) => format!("{}–{to}", bucket.from),
        None => format!("{}+", bucket.from),
    };
    let chart = Bars {
        name: "likes shown".to_owned(),
        labels: buckets.iter().map(label).collect(),
        series: protocol.systems.iter().filter(has_these).map(series).collect(),
        unit: Unit::Metric,
        solid_from: None,
    };
    let heading = format!("{NDCG_AT_10} by length of history");
    Some(Block::chart(id, heading, prose::by_history(NDCG_AT_10), Chart::Bars(chart)))
}
