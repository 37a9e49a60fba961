//! `foldin seeds`: what to ask a newcomer about.

use foldin_core::{ItemIdx, Profile, Recommender, Request};
use foldin_store::{self as store, Stored};

use crate::args::SeedsArguments;
use crate::ids::named;
use crate::item_table::{Line, as_spelled, explain, json, print};
use crate::output;

pub(crate) fn run(arguments: &SeedsArguments) -> anyhow::Result<()> {
    let Stored { model, descriptions, .. } = store::read(&arguments.model.model)?;
    let recommender = Recommender::new(model);
    let catalogue = &recommender.model().catalogue;
    let request = Request {
        k: arguments.k,
        exclude: named(&arguments.exclude, catalogue)?,
        genres: arguments.genre.iter().map(|name| as_spelled(name, catalogue)).collect(),
        years: arguments.years,
        ..Request::default()
    };
    let profile = Profile::liking(named(&arguments.liked, catalogue)?);
    let seeds = recommender.seeds(&profile, &request).map_err(|error| explain(error, catalogue, &descriptions))?;
    let line = |(n, item): (usize, &ItemIdx)| Line::of_liked(n + 1, *item, catalogue, &descriptions);
    let lines: Vec<Line> = seeds.iter().enumerate().map(line).collect();
    if arguments.json {
        return Ok(output::result(&json(&lines, recommender.model())?)?);
    }
    let what = if arguments.liked.is_empty() {
        "what to ask a newcomer about, in this order"
    } else {
        "what to ask about next"
    };
    output::step(&format!("{what}; the first number says how many liked it"));
    let is_filtered = !arguments.genre.is_empty() || arguments.years.is_some();
    Ok(print(&lines, recommender.model(), is_filtered)?)
}
