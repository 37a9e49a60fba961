//! `foldin train`: from a data set to a model folder.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use foldin_core::{Model, Recommender, Source, Strategy, file};
use foldin_train::config::Config;
use foldin_train::dataset::{Dataset, Events};
use foldin_train::evaluate::lists::{DEPTH, items_of, recommended};
use foldin_train::evaluate::{ItemFacts, Measured, Metric, measure};
use foldin_train::fingerprint::fingerprint;
use foldin_train::split::{Protocol, SplitOptions, split};
use foldin_train::store::{self, Encoded, Measurements, Notes, VersionEntry};
use foldin_train::train::{HIGHEST_SCALE, Likes, TrainSettings, Trained, known_users, train};
use serde_json::json;

use super::{lock, read_dataset};
use crate::args::TrainArguments;
use crate::progress::Progress;
use crate::record::{Begun, PROGRAM, figures, record};
use crate::talk;

/// The split that `foldin train` measures itself on: the one of `foldin evaluate`.
const SPLIT_SEED: u64 = 7;

pub fn run(arguments: &TrainArguments) -> anyhow::Result<()> {
    let begun = Begun::now("train");
    // Said before the minutes that learning may take, not after.
    store::check(&arguments.out, arguments.version.as_deref())?;
    let dataset = read_dataset(&arguments.data)?;
    let reading = begun.seconds();
    let settings = arguments.settings.settings();
    refuse_without_likes(&dataset, settings.likes)?;
    note_what_is_liked(&dataset, settings.likes);
    if let Some(config) = arguments.settings.file() {
        note_other_data(&config, &dataset);
    }
    let started = Instant::now();
    let metrics = if arguments.no_evaluate { None } else { measured(&dataset, &settings)? };
    let measuring = talk::elapsed(started);
    let started = Instant::now();
    let trained = learn(&dataset, &dataset.events, &settings, "")?;
    let seconds = Seconds { reading, measuring, learning: talk::elapsed(started) };
    let mut config = arguments.settings.config().clone();
    config.train.with_users |= arguments.with_users;
    let users = config.train.with_users.then(|| known_users(&dataset, &trained.model));
    let encoded = Encoded::new(&trained, users.as_ref());
    let mut run = begun.run(&dataset, &config);
    let notes = Notes {
        config: described(&config.settled(&trained.model), &dataset),
        metrics,
        metadata: metadata(&dataset, &run.fingerprint, &begun, &seconds, config.als.seed),
    };
    let entry = store::write(&lock(&arguments.out)?, &trained, &encoded, arguments.version.as_deref(), &notes)?;
    let summary = notes.metrics.map(|metrics| metrics.summary).unwrap_or_default();
    run.measured = summary["protocol"].as_str().map(str::to_owned);
    run.metrics = figures(&summary["foldin"]);
    run.seconds = begun.seconds();
    (run.model, run.version) = (Some(arguments.out.display().to_string()), Some(entry.version.clone()));
    record(&arguments.record, &run);
    report(arguments, &trained.model, &entry)
}

/// A model can be made again from a version's settings and the same data: that these are others is not to go unnoticed.
fn note_other_data(config: &Path, dataset: &Dataset) {
    let beside = fs::read(config.with_file_name("metadata.json")).ok();
    let metadata: Option<serde_json::Value> = beside.and_then(|text| serde_json::from_slice(&text).ok());
    let Some(expected) = metadata.as_ref().and_then(|metadata| metadata["fingerprint"].as_str()) else { return };
    if expected != fingerprint(dataset) {
        talk::note(&format!(
            "the data are not those that {} was written for: the model will be another",
            config.display()
        ));
    }
}

/// A model that knows nobody's taste must not take the place of one that does.
fn refuse_without_likes(dataset: &Dataset, likes: Likes) -> anyhow::Result<()> {
    let Some(highest) = dataset.events.ratings.iter().copied().max_by(f32::total_cmp) else {
        bail!("there is no event to learn from");
    };
    match likes.threshold(dataset) {
        Some(threshold) if threshold > highest => {
            bail!("nothing is liked from {threshold} on: the highest rating is {highest}; lower --threshold")
        }
        _ => Ok(()),
    }
}

/// One absurd rating among stars changes what all others mean: that is not to go unnoticed.
pub fn note_what_is_liked(dataset: &Dataset, likes: Likes) {
    let highest = dataset.events.ratings.iter().copied().fold(0.0, f32::max);
    if likes == Likes::Automatic && !dataset.ratings_are_counts && highest > HIGHEST_SCALE {
        talk::note(&format!(
            "ratings reach {highest}, so they are taken for counts and every event is a like; \
             --threshold N takes only ratings from N on"
        ));
    }
}

/// Learns from some of a data set's events, with progress; `indent` is set before what is said of it.
pub fn learn(dataset: &Dataset, events: &Events, settings: &TrainSettings, indent: &str) -> anyhow::Result<Trained> {
    let progress = Progress::new("learning", settings.als.iterations);
    let trained = train(dataset, events, settings, |done| progress.set(done))?;
    let about = &trained.model.about;
    // Where likes were told apart before, nothing is to be said of ratings.
    let every = if settings.likes == Likes::Automatic { " (every event)" } else { "" }.to_owned();
    let what = match &trained.model.factors {
        Some(factors) => format!("learned {} factors", factors.rows.n_cols()),
        None => "counted what is popular".to_owned(),
    };
    progress.end(&format!(
        "{indent}{what} from {} of {}{}",
        talk::count(about.n_likes as usize, "like"),
        talk::count(about.n_users as usize, "user"),
        about.like_threshold.map_or_else(|| every, |stars| format!(" (ratings of {stars} and more)")),
    ));
    Ok(trained)
}

/// A recommender over the model as it will be shipped: encoded, and decoded again.
pub fn as_shipped(model: &Model) -> anyhow::Result<Recommender> {
    Ok(Recommender::new(file::read_score(file::write_score(model).into())?))
}

/// What the settings are worth on users that were held out, where there are enough of them.
fn measured(dataset: &Dataset, settings: &TrainSettings) -> anyhow::Result<Option<Measurements>> {
    let threshold = settings.likes.threshold(dataset);
    let options = SplitOptions { threshold: threshold.unwrap_or(0.0), seed: SPLIT_SEED };
    let split = match split(dataset, Protocol::Strong, &options) {
        Ok(split) => split,
        Err(error) => {
            talk::note(&format!("not measured: {error}"));
            return Ok(None);
        }
    };
    talk::step(&format!("measuring on {} whom learning does not see", talk::count(split.test.len(), "user")));
    // The split holds likes only: all of its events count.
    let trained = learn(dataset, &split.train, &TrainSettings { likes: Likes::All, ..settings.clone() }, "  ")?;
    let recommender = as_shipped(&trained.model)?;
    let facts = ItemFacts::new(&split.train, &dataset.catalogue);
    let figures = |strategy| -> anyhow::Result<_> {
        let lists = recommended(&recommender, dataset, &split.test, strategy, DEPTH)?;
        Ok(measure(&items_of(&lists), &split.test, &facts))
    };
    let (ours, popular) = (figures(None)?, figures(Some(Strategy::Only(Source::Popular)))?);
    let at = |metric, k| ours.metrics.get(metric, k).unwrap_or(f64::NAN);
    tracing::info!(
        detail = true,
        users = split.test.len(),
        "ndcg@10" = at(Metric::Ndcg, 10),
        "recall@20" = at(Metric::Recall, 20),
        "coverage@10" = at(Metric::Coverage, 10),
        "on strangers: NDCG@10 {:.4} (popularity alone {:.4}), recall@20 {:.4}, {:.1} % of the catalogue recommended",
        at(Metric::Ndcg, 10),
        popular.metrics.get(Metric::Ndcg, 10).unwrap_or(f64::NAN),
        at(Metric::Recall, 20),
        100.0 * at(Metric::Coverage, 10),
    );
    Ok(Some(Measurements {
        summary: json!({
            "protocol": Protocol::Strong.name(),
            "users": split.test.len(),
            "foldin": summary(&ours),
            "popularity": summary(&popular),
        }),
        all: json!({
            "protocol": Protocol::Strong.name(),
            "threshold": threshold,
            "seed": SPLIT_SEED,
            "foldin": ours.metrics,
            "popularity": popular.metrics,
        }),
    }))
}

/// The few figures that a page may want to show.
fn summary(measured: &Measured) -> serde_json::Value {
    let at = |metric, k| measured.metrics.get(metric, k).map(|figure| (figure * 1e4).round() / 1e4);
    json!({
        "ndcg@10": at(Metric::Ndcg, 10),
        "recall@20": at(Metric::Recall, 20),
        "coverage@10": at(Metric::Coverage, 10),
    })
}

/// The file of settings that a version keeps.
fn described(config: &Config, dataset: &Dataset) -> String {
    let data = talk::plain(&dataset.name);
    format!("# Made from {data} by {PROGRAM}: the same data and --config with this file give the same model.\n\n")
        + &config.to_toml()
}

/// How long the parts of a training took.
struct Seconds {
    reading: f64,
    measuring: f64,
    learning: f64,
}

fn metadata(dataset: &Dataset, fingerprint: &str, begun: &Begun, seconds: &Seconds, seed: u64) -> serde_json::Value {
    json!({
        "data": dataset.name,
        "simulated": dataset.simulated,
        "fingerprint": fingerprint,
        "events": dataset.events.len(),
        "users": dataset.users.len(),
        "items": dataset.items.len(),
        "seed": seed,
        "program": PROGRAM,
        "startedAt": begun.time(),
        "trainedAt": begun.unix(),
        "readingSeconds": seconds.reading,
        "measuringSeconds": seconds.measuring,
        "trainingSeconds": seconds.learning,
        "totalSeconds": begun.seconds(),
        "threads": rayon::current_num_threads(),
        "hostThreads": std::thread::available_parallelism().map_or(1, usize::from),
    })
}

fn report(arguments: &TrainArguments, model: &Model, entry: &VersionEntry) -> anyhow::Result<()> {
    let sizes: Vec<String> =
        entry.files.iter().map(|(kind, file)| format!("{kind} {}", talk::size(file.bytes))).collect();
    talk::result(&format!("{}/{}: {}", arguments.out.display(), entry.version, sizes.join(", ")))?;
    let from = match arguments.out.as_os_str() == "model" {
        true => String::new(),
        false => format!(" --model {}", talk::shell(&arguments.out)),
    };
    let liked = well_known(model);
    talk::step(&format!("next: foldin recommend{from} --liked {liked}, or foldin build{from} --out site"));
    Ok(())
}

/// Ids to try the model with: the most liked, as long as a shell leaves them as they are.
fn well_known(model: &Model) -> String {
    let is_plain = |id: &&str| id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let ids = model.catalogue.items().map(|item| model.catalogue.id(item));
    let ids: Vec<&str> = ids.take(3).filter(is_plain).collect();
    if ids.is_empty() { "ID,ID,...".to_owned() } else { ids.join(",") }
}
