//! The section about the size of the files and the loss while learning.

use foldin_train::artefacts::AlsLoss;

use super::super::{FileFacts, ModelFacts, SectionFacts, prose};
use crate::chart::{Chart, Line, Lines, Mark, Row, Rows};
use crate::number::Unit;
use crate::page::{Block, Section};

pub(super) fn section(facts: &ModelFacts) -> Section {
    let training = facts.measured.as_ref().and_then(|measured| measured.training.as_ref());
    let losses = training.and_then(|training| losses(&training.als));
    let heading = if losses.is_some() { "Size and training" } else { "Size" };
    Section::new("size", heading, std::iter::once(sizes(&facts.files)).chain(losses).collect())
}

fn sizes(files: &[FileFacts]) -> Block {
    let row = |file: &FileFacts, section: &SectionFacts| Row {
        name: format!("{}: {}", file.kind, section.name),
        value: section.bytes as f64,
        ..Row::default()
    };
    let chart = Rows {
        name: "file: section".to_owned(),
        value_name: "bytes".to_owned(),
        rows: files.iter().flat_map(|file| file.sections.iter().map(|section| row(file, section))).collect(),
        unit: Unit::Bytes,
        mark: Mark::Bar,
    };
    Block::chart("sizes", "Size by section", prose::sizes(files), Chart::Rows(chart))
}

/// `None` unless there are two iterations to compare.
fn losses(losses: &[AlsLoss]) -> Option<Block> {
    let [first, .., last] = losses else { return None };
    let chart = Lines {
        name: "iteration".to_owned(),
        x: losses.iter().map(|loss| loss.iteration as f64).collect(),
        x_unit: Unit::Count,
        is_ordinal: false,
        lines: vec![Line {
            name: "Loss".to_owned(),
            values: losses.iter().map(|loss| Some(loss.loss)).collect(),
            intervals: Vec::new(),
        }],
        // Decimals of a large loss mean nothing.
        unit: if losses.iter().any(|loss| loss.loss >= 100.0) { Unit::Count } else { Unit::Metric },
        from_zero: false,
    };
    let caption = prose::losses(*first, losses[losses.len() / 2], *last);
    Some(Block::chart("training", "Loss of iALS by iteration", caption, Chart::Lines(chart)))
}
