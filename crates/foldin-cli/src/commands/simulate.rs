//! `foldin simulate`: a replay of events in time, with two systems side by side.

use foldin_train::evaluate::as_shipped;
use foldin_train::evaluate::simulate::{Match, Replay, render_simulation, simulate};
use foldin_train::split::Split;
use foldin_train::text::grouped;
use foldin_train::train::Likes;

use super::evaluate::refuse_missing;
use super::read_dataset;
use crate::args::SimulateArguments;
use crate::learning::{learn_whole, note_what_is_liked, refuse_without_likes};
use crate::progress::Progress;
use crate::talk;

pub fn run(arguments: &SimulateArguments) -> anyhow::Result<()> {
    let dataset = read_dataset(&arguments.data)?;
    let likes = arguments.settings.settings().likes;
    note_what_is_liked(&dataset, likes);
    let threshold = likes.threshold(&dataset);
    let mut replay = Replay::new(&dataset, arguments.until, threshold)?;
    refuse_without_likes(&replay.train, threshold)?;
    let counts = replay.counts;
    if counts.of_unknown_items > 0 {
        let skipped = talk::count(counts.of_unknown_items, "event");
        talk::note(&format!("skipping {skipped} on items that nothing before the cut knows"));
    }
    if counts.likes > arguments.events {
        let (kept, all) = (grouped(arguments.events as u64), grouped(counts.likes as u64));
        talk::note(&format!("asking at {kept} of {all} likes, drawn by chance; --events changes how many"));
    }
    replay.keep(arguments.events, arguments.replay_seed);
    // What is liked is decided by all events, not by those before the cut alone.
    let likes = threshold.map_or(Likes::All, Likes::From);
    let (train, about) = (replay.train.clone(), "before the cut".to_owned());
    let before = Split { train, likes, validation: Vec::new(), test: Vec::new(), about };
    let (_, trained) = learn_whole(&arguments.settings, &dataset, &before)?;
    refuse_missing(&[arguments.a, arguments.b], &trained.model)?;
    let recommender = as_shipped(&trained.model)?;
    let settings = Match { a: arguments.a, b: arguments.b, k: arguments.k, seed: arguments.replay_seed };
    let progress = Progress::new("replaying", replay.trials.len());
    let simulation = simulate(&replay, &recommender, &dataset, &settings, |done| progress.set(done))?;
    progress.end(&format!("asked both systems at {}", talk::count(replay.trials.len(), "like")));
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&simulation)?,
        false => render_simulation(&dataset.name, &simulation),
    };
    Ok(talk::result(&text)?)
}
