//! The section about the price of diversity.

use foldin_train::artefacts::{DiversityPoint, Estimate};

use super::super::metric::{COVERAGE_AT_10, ILD_AT_10, LONG_TAIL_AT_10, MetricAt, NDCG_AT_10};
use super::super::prose;
use crate::chart::{Chart, Line, Lines, Table};
use crate::number::{Unit, trimmed};
use crate::page::{Block, Section, TableBlock};

/// `None` where diversity was not measured.
pub(super) fn section(points: &[DiversityPoint]) -> Option<Section> {
    let table = table(points)?;
    let blocks = curve(points).into_iter().chain([table]).collect();
    Some(Section::new("diversity", "The price of diversity", blocks))
}

/// `None` where the content of items is unknown, so that it is not known how much the items of a list differ.
fn curve(points: &[DiversityPoint]) -> Option<Block> {
    let values =
        |point: &DiversityPoint| Some((ILD_AT_10.value_in(&point.metrics)?.mean, NDCG_AT_10.value_in(&point.metrics)?));
    let mut values: Vec<(f64, Estimate)> = points.iter().filter_map(values).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    if values.len() < 2 {
        return None;
    }
    let chart = Lines {
        name: ILD_AT_10.to_string(),
        x: values.iter().map(|(ild, _)| *ild).collect(),
        x_unit: Unit::Metric,
        is_ordinal: false,
        lines: vec![Line {
            name: NDCG_AT_10.to_string(),
            values: values.iter().map(|(_, ndcg)| Some(ndcg.mean)).collect(),
            intervals: values.iter().map(|(_, ndcg)| ndcg.interval()).collect(),
        }],
        unit: Unit::Metric,
        from_zero: false,
    };
    let heading = format!("{NDCG_AT_10} against {ILD_AT_10}");
    Some(Block::chart("diversity-curve", heading, prose::diversity(points), Chart::Lines(chart)))
}

/// `None` without any metric.
fn table(points: &[DiversityPoint]) -> Option<Block> {
    let is_measured = |metric: &MetricAt| points.iter().any(|point| metric.value_in(&point.metrics).is_some());
    let metrics: Vec<MetricAt> =
        [NDCG_AT_10, ILD_AT_10, COVERAGE_AT_10, LONG_TAIL_AT_10].into_iter().filter(is_measured).collect();
    let row = |point: &DiversityPoint| {
        let cell = |metric: &MetricAt| {
            metric.value_in(&point.metrics).map_or("–".to_owned(), |value| Unit::Metric.exact(value.mean))
        };
        std::iter::once(trimmed(point.lambda, 2)).chain(metrics.iter().map(cell)).collect()
    };
    let head = std::iter::once("diversity".to_owned()).chain(metrics.iter().map(MetricAt::to_string)).collect();
    let block = || TableBlock {
        heading: "Metrics by diversity".to_owned(),
        caption: prose::diversity_table(points),
        table: Table { head, rows: points.iter().map(row).collect() },
        ..TableBlock::default()
    };
    (!metrics.is_empty()).then(|| Block::Table(block()))
}
