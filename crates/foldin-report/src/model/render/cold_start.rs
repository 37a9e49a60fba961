//! The section about the cold-start curve.

use foldin_train::artefacts::{ColdPoint, Estimate};

use super::super::metric::NDCG_AT_10;
use super::super::prose;
use crate::chart::{Chart, Line, Lines};
use crate::number::Unit;
use crate::page::{Block, Section};

/// `None` where there is no curve.
pub(super) fn section(points: &[ColdPoint]) -> Option<Section> {
    let mut names: Vec<&str> = Vec::new();
    for system in points.iter().flat_map(|point| &point.systems) {
        if !names.contains(&system.name.as_str()) {
            names.push(&system.name);
        }
    }
    if names.is_empty() {
        return None;
    }
    let chart = Lines {
        name: "likes shown".to_owned(),
        x: points.iter().map(|point| point.shown.into()).collect(),
        x_unit: Unit::Count,
        is_ordinal: true,
        lines: names.into_iter().map(|name| line(name, points)).collect(),
        unit: Unit::Metric,
        from_zero: false,
    };
    let heading = format!("{NDCG_AT_10} after the first likes");
    let curve = Block::chart("cold-start-curve", heading, prose::cold_start(points), Chart::Lines(chart));
    let users = Block::Note(prose::cold_start_users(points));
    Some(Section::new("cold-start", "Cold start", vec![curve, users]))
}

fn line(name: &str, points: &[ColdPoint]) -> Line {
    let value_at = |point: &ColdPoint| -> Option<Estimate> {
        point.systems.iter().find(|system| system.name == name).map(|system| system.ndcg_at_10)
    };
    Line {
        name: name.to_owned(),
        values: points.iter().map(|point| value_at(point).map(|value| value.mean)).collect(),
        intervals: points.iter().map(|point| value_at(point)?.interval()).collect(),
    }
}
