//! The page of a model, one file per section.

mod cold_start;
mod diversity;
mod origin;
mod privacy;
mod protocol;
mod ratings;
mod size;
mod tables;
mod versions;

use foldin_data::split::Protocol;
use foldin_data::text::{self, grouped};
use foldin_train::artefacts::{MetricsFile, ProtocolMetrics};
use foldin_train::evaluate::{FOLDIN, POPULARITY};

use super::metric::{COVERAGE_AT_10, MetricAt, NDCG_AT_10, RECALL_AT_20};
use super::{ModelFacts, prose};
use crate::chart::{Chart, Mark, Row, Rows};
use crate::number::{Unit, percent};
use crate::page::{Block, Page, Section, Tile};

/// The page of a model card. The same facts give the same bytes.
pub fn render(facts: &ModelFacts) -> String {
    let mut sections = facts.measured.as_ref().map(metrics).unwrap_or_default();
    if sections.is_empty() {
        let note = "Nothing was measured. To measure a model, train it without --no-evaluate.";
        sections.push(Section::new("metrics", "Metrics", vec![Block::Note(note.to_owned())]));
    }
    sections.extend(privacy::section(facts));
    sections.extend([size::section(facts), origin::section(facts)]);
    sections.extend(versions::section(facts));
    let page = Page {
        title: format!("{} {}", facts.data, facts.version),
        kind: "Model card",
        lead: prose::lead(facts),
        summary: summary(facts),
        sections,
    };
    page.render()
}

fn metrics(measured: &MetricsFile) -> Vec<Section> {
    let protocols = (1..).zip(&measured.protocols).map(|(number, protocol)| protocol::section(number, protocol));
    protocols
        .chain(cold_start::section(&measured.cold_start))
        .chain(diversity::section(&measured.diversity))
        .chain(measured.ratings.as_ref().map(ratings::section))
        .collect()
}

fn summary(facts: &ModelFacts) -> Vec<Tile> {
    let measured = facts.measured.as_ref().and_then(|measured| measured.protocols.first());
    let mut tiles = measured.map(headline).unwrap_or_default();
    tiles.extend([
        Tile::new(grouped(facts.items as u64), "items"),
        Tile::new(grouped(facts.users), "users in training"),
        Tile::new(grouped(facts.likes), "likes in training"),
        Tile::new(text::size(facts.files.iter().map(|file| file.bytes).sum()), "of model files"),
    ]);
    tiles
}

/// The metrics to know first.
fn headline(protocol: &ProtocolMetrics) -> Vec<Tile> {
    let is_about_strangers = protocol.protocol.parse().is_ok_and(Protocol::asks_about_strangers);
    let whom = if is_about_strangers { " for new users" } else { "" };
    let value_of = |system: &str, metric: MetricAt| metric.value_of(system, protocol).map(|value| value.mean);
    let tile = |value: f64, name: String| Tile::new(format!("{value:.3}"), name);
    let ours = value_of(FOLDIN.name(), NDCG_AT_10).map(|value| tile(value, format!("{NDCG_AT_10}{whom}")));
    let popular = value_of(POPULARITY.name(), NDCG_AT_10);
    let popular = popular.map(|value| tile(value, format!("{NDCG_AT_10} of the most popular items")));
    let recall = value_of(FOLDIN.name(), RECALL_AT_20).map(|value| tile(value, RECALL_AT_20.to_string()));
    let coverage = value_of(FOLDIN.name(), COVERAGE_AT_10);
    let coverage = coverage.map(|part| Tile::new(percent(part), "of the catalogue recommended"));
    [ours, popular, recall, coverage].into_iter().flatten().collect()
}

/// Systems with a dot each.
fn dots(value_name: String, rows: Vec<Row>) -> Chart {
    Chart::Rows(Rows { name: "system".to_owned(), value_name, rows, unit: Unit::Metric, mark: Mark::Dot })
}
