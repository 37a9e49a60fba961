//! `foldin similar`: items that are like one.

use foldin_core::{Recommender, Similarity, Source};
use foldin_store::{self as store, Stored};

use crate::args::SimilarArguments;
use crate::ids::composed;
use crate::item_table::{Line, explain, json, table, title};
use crate::output;

pub(crate) fn run(arguments: &SimilarArguments) -> anyhow::Result<()> {
    let Stored { model, descriptions, .. } = store::read(&arguments.model.model)?;
    let recommender = Recommender::new(model);
    let catalogue = &recommender.model().catalogue;
    let has_taste = recommender.model().has(Source::Factors);
    let id = composed(&arguments.id);
    let by = arguments.by.unwrap_or(if has_taste { Similarity::Factors } else { Similarity::Content });
    let similar =
        recommender.similar(&id, by, arguments.k).map_err(|error| explain(error, catalogue, &descriptions))?;
    let lines = similar.iter().enumerate();
    let lines: Vec<Line> =
        lines.map(|(n, one)| Line::new(n + 1, one.item, one.score, catalogue, &descriptions)).collect();
    if arguments.json {
        return Ok(output::result(&json(&lines, recommender.model())?)?);
    }
    if let Some(item) = catalogue.find(&id) {
        output::step(&format!("like {}, by {}", title(catalogue, &descriptions, item), by.name()));
    }
    if recommender.model().about.simulated && by == Similarity::Factors {
        output::note("learned from simulated viewers");
    }
    if lines.is_empty() {
        output::step("nothing is known to be like it");
    }
    Ok(output::result(&table(&lines))?)
}
