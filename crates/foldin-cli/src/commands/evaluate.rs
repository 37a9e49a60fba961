//! `foldin evaluate`: figures of a protocol, beside popularity and chance.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::{Source, Strategy};
use foldin_train::dataset::{self, Dataset, ItemRecord, ReadOptions};
use foldin_train::evaluate::lists::{DEPTH, ScoredList, items_of, random, recommended};
use foldin_train::evaluate::{Heading, ItemFacts, Metric, measure, render, to_json, write_recommendations};
use foldin_train::runs::Run;
use foldin_train::split::{HeldOut, Split, SplitOptions, from_events, split, write_csv};
use foldin_train::train::Likes;

use super::read_dataset;
use super::train::{as_shipped, learn, note_what_is_liked};
use crate::args::{EvaluateArguments, Part};
use crate::record::{Begun, record};
use crate::talk;

/// What is measured: events to learn from, and users to ask about.
struct Task {
    dataset: Dataset,
    split: Split,
    held_out: Vec<HeldOut>,
    heading: Heading,
}

pub fn run(arguments: &EvaluateArguments) -> anyhow::Result<()> {
    let begun = Begun::now("evaluate");
    let mut settings = arguments.settings.settings();
    let Task { dataset, split, held_out, heading } = match &arguments.train {
        Some(train) => given_files(arguments, train)?,
        None => by_protocol(arguments)?,
    };
    // The split holds likes only: all of its events count, whatever their rating.
    settings.likes = Likes::All;
    if let Some(folder) = &arguments.write_split {
        write_csv(&split, &dataset, folder).with_context(|| format!("cannot write {}", folder.display()))?;
        talk::step(&format!("wrote the split to {}", folder.display()));
    }
    let trained = learn(&dataset, &split.train, &settings, "")?;
    let recommender = as_shipped(&trained.model)?;
    let facts = ItemFacts::new(&split.train, &dataset.catalogue);
    let ours = recommended(&recommender, &dataset, &held_out, None, DEPTH)?;
    let popular = recommended(&recommender, &dataset, &held_out, Some(Strategy::Only(Source::Popular)), DEPTH)?;
    let by_chance = random(&facts, &held_out, arguments.split_seed, DEPTH);
    if let Some(path) = &arguments.dump {
        dump(path, &dataset, &held_out, &ours).with_context(|| format!("cannot write {}", path.display()))?;
        talk::step(&format!("wrote the recommendations to {}", path.display()));
    }
    let measured = [&ours, &popular, &by_chance].map(|lists| measure(&items_of(lists), &held_out, &facts));
    let at = |(name, metric, k): (&str, Metric, usize)| Some((name.to_owned(), measured[0].metrics.get(metric, k)?));
    let figures =
        [("ndcg@10", Metric::Ndcg, 10), ("recall@20", Metric::Recall, 20), ("coverage@10", Metric::Coverage, 10)];
    let run = Run {
        measured: Some(heading.protocol.clone()),
        metrics: figures.into_iter().filter_map(at).collect(),
        ..begun.run(&dataset, arguments.settings.config())
    };
    record(&arguments.record, &run);
    let systems = [("foldin", &measured[0]), ("popularity", &measured[1]), ("random", &measured[2])];
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&to_json(&heading, &systems))?,
        false => render(&heading, &systems, &[5, 10, 20]),
    };
    Ok(talk::result(&text)?)
}

fn by_protocol(arguments: &EvaluateArguments) -> anyhow::Result<Task> {
    let dataset = read_dataset(&arguments.data)?;
    note_what_is_liked(&dataset, arguments.settings.settings().likes);
    let threshold = arguments.settings.settings().likes.threshold(&dataset);
    let options = SplitOptions { threshold: threshold.unwrap_or(0.0), seed: arguments.split_seed };
    let split = split(&dataset, arguments.protocol, &options)?;
    let (held_out, part) = match arguments.part {
        Part::Validation => (split.validation.clone(), " (validation)"),
        Part::Test => (split.test.clone(), ""),
    };
    if held_out.is_empty() {
        bail!("the data set is too small for a validation part; use --part test");
    }
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: format!("{}{part}", arguments.protocol),
        threshold,
        seed: arguments.split_seed,
    };
    Ok(Task { dataset, split, held_out, heading })
}

/// Three files that somebody else split. The data set, where one is given, adds what is known of the items.
fn given_files(arguments: &EvaluateArguments, train: &Path) -> anyhow::Result<Task> {
    let (Some(shown), Some(test)) = (&arguments.shown, &arguments.test) else {
        bail!("--train needs --shown and --test beside it");
    };
    let mut dataset = match &arguments.data.data {
        Some(_) => read_dataset(&arguments.data)?,
        None => Dataset { name: train.display().to_string(), ..Dataset::default() },
    };
    let options = ReadOptions { skip_bad_lines: arguments.data.skip_bad_lines };
    let mut read = |path: &Path| {
        let read = dataset::read_events_csv(path, &options, &mut dataset.users, &mut dataset.items);
        read.map(|(events, _)| events).with_context(|| format!("{} cannot be read", path.display()))
    };
    let (train, shown, test) = (read(train)?, read(shown)?, read(test)?);
    dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
    let split = from_events(train, shown, test)?;
    let heading = Heading {
        dataset: dataset.name.clone(),
        protocol: "given files".to_owned(),
        threshold: None,
        seed: arguments.split_seed,
    };
    Ok(Task { held_out: split.test.clone(), dataset, split, heading })
}

fn dump(path: &Path, dataset: &Dataset, held_out: &[HeldOut], lists: &[ScoredList]) -> anyhow::Result<()> {
    let users = held_out.iter().zip(lists).map(|(one, list)| {
        let items = list.iter().map(|&(item, score)| (&*dataset.items[item as usize], score));
        (&*dataset.users[one.user as usize], items)
    });
    Ok(write_recommendations(BufWriter::new(File::create(path)?), users)?)
}
