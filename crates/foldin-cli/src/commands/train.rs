//! `foldin train`: from a data set to a model folder.

use std::fs;
use std::path::Path;
use std::time::Instant;

use foldin_core::model::Model;
use foldin_train::config::Config;
use foldin_train::dataset::Dataset;
use foldin_train::evaluate::COLD_LENGTHS;
use foldin_train::fingerprint::fingerprint;
use foldin_train::learn::map::map;
use foldin_train::report::{data, model};
use foldin_train::split::{ColdStart, SplitOptions, cold_start};
use foldin_train::store::{self, Encoded, Notes, VersionEntry};
use foldin_train::train::{Likes, known_users};
use serde_json::json;

use super::build::free_folder;
use super::{lock, read_with_report, variants};
use crate::args::TrainArguments;
use crate::learning::{learn, note_what_is_liked, rank, refuse_without_likes, settle};
use crate::measuring::measured;
use crate::record::{Begun, PROGRAM, figures, record};
use crate::talk;

/// The split that `foldin train` measures itself on: the one of `foldin evaluate`.
const SPLIT_SEED: u64 = 7;

pub fn run(arguments: &TrainArguments) -> anyhow::Result<()> {
    let begun = Begun::now("train");
    // Said before the minutes that learning may take, not after.
    store::check(&arguments.out, arguments.version.as_deref())?;
    let (dataset, noticed) = read_with_report(&arguments.data)?;
    let reading = begun.seconds();
    let settings = arguments.settings.settings();
    refuse_without_likes(&dataset.events, settings.likes.threshold(&dataset))?;
    note_what_is_liked(&dataset, settings.likes);
    if let Some(config) = arguments.settings.file() {
        note_other_data(&config, &dataset);
    }
    let started = Instant::now();
    let apart = held_out(&dataset, settings.likes);
    let mut config = match &apart {
        Some(start) => settle(&arguments.settings, &dataset, &start.full)?,
        None => arguments.settings.config().clone(),
    };
    let searching = talk::elapsed(started);
    let started = Instant::now();
    let mut trained = learn(&dataset, &dataset.events, &config.settings(), "")?;
    let learning = talk::elapsed(started);
    // What was left to the data is decided now, and holds for the ranker and the figures as well: so a version can be
    // made again from its settings.
    let settings = config.settled(&trained.model).settings();
    let started = Instant::now();
    let ranker = apart.as_ref().map(|start| rank(&dataset, &start.full, &settings)).transpose()?.flatten();
    let ranking = talk::elapsed(started);
    let started = Instant::now();
    let threshold = settings.likes.threshold(&dataset);
    let metrics = match apart {
        Some(start) if !arguments.no_evaluate => {
            Some(measured(&dataset, &start, &settings, ranker.as_ref(), threshold, SPLIT_SEED)?)
        }
        _ => None,
    };
    let measuring = talk::elapsed(started);
    trained.model.ranker = ranker;
    let started = Instant::now();
    if config.map.enabled
        && let Some(map) = map(&trained.model, &config.map)
    {
        talk::step(&format!("drew a map of {}", talk::count(map.len(), "item")));
        trained.descriptions = trained.descriptions.with_map(map);
    }
    let mapping = talk::elapsed(started);
    let seconds = Seconds { reading, searching, ranking, measuring, learning, mapping };
    config.train.with_users |= arguments.with_users;
    let users = config.train.with_users.then(|| known_users(&dataset, &trained.model));
    let encoded = Encoded::new(&trained, users.as_ref());
    let mut run = begun.run(&dataset, &config);
    let notes = Notes {
        config: described(&config.settled(&trained.model), &dataset),
        metrics,
        metadata: metadata(&dataset, &run.fingerprint, &begun, &seconds, config.als.seed),
        data: Some(data::render(&data::data_facts(&dataset, noticed.as_ref(), settings.likes))),
        card: Some(|folder, manifest| Ok(model::card(folder, manifest)?)),
    };
    let entry = store::write(&lock(&arguments.out)?, &trained, &encoded, arguments.version.as_deref(), &notes)?;
    let summary = notes.metrics.map(|metrics| metrics.summary).unwrap_or_default();
    run.measured = summary["protocol"].as_str().map(str::to_owned);
    run.metrics = figures(&summary["foldin"]);
    run.seconds = begun.seconds();
    (run.model, run.version) = (Some(arguments.out.display().to_string()), Some(entry.version.clone()));
    record(&arguments.record, &run);
    report(arguments, &trained.model, &entry)?;
    note_variants(&arguments.out)
}

/// The users whom figures and settings are taken from, where there are enough of them.
fn held_out(dataset: &Dataset, likes: Likes) -> Option<ColdStart> {
    if dataset.events.is_empty() {
        return None;
    }
    let options = SplitOptions { threshold: likes.threshold(dataset).unwrap_or(0.0), seed: SPLIT_SEED };
    match cold_start(dataset, &COLD_LENGTHS, &options) {
        Ok(start) => Some(start),
        Err(error) => {
            talk::note(&format!("not measured: {error}"));
            None
        }
    }
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

/// The file of settings that a version keeps.
fn described(config: &Config, dataset: &Dataset) -> String {
    let data = talk::plain(&dataset.name);
    format!("# Made from {data} by {PROGRAM}: the same data and --config with this file give the same model.\n\n")
        + &config.to_toml()
}

/// How long the parts of a training took.
struct Seconds {
    reading: f64,
    searching: f64,
    ranking: f64,
    measuring: f64,
    learning: f64,
    mapping: f64,
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
        "searchingSeconds": seconds.searching,
        "rankingSeconds": seconds.ranking,
        "measuringSeconds": seconds.measuring,
        "trainingSeconds": seconds.learning,
        "mappingSeconds": seconds.mapping,
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
    let site = free_folder();
    talk::step(&format!("next: foldin recommend{from} --liked {liked}, or foldin build{from} --out {site}"));
    Ok(())
}

/// A division of visitors goes on: that nobody gets the new version is not to go unnoticed.
fn note_variants(out: &Path) -> anyhow::Result<()> {
    let manifest = store::read_manifest(out)?;
    if !manifest.variants.is_empty() {
        let variants = variants::described(&manifest.variants);
        talk::note(&format!("visitors still get {variants}; `foldin variants --off` gives all the new version"));
    }
    Ok(())
}

/// Ids to try the model with: the most liked, as long as a shell leaves them as they are.
fn well_known(model: &Model) -> String {
    let is_plain = |id: &&str| id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let ids = model.catalogue.items().map(|item| model.catalogue.id(item));
    let ids: Vec<&str> = ids.take(3).filter(is_plain).collect();
    if ids.is_empty() { "ID,ID,...".to_owned() } else { ids.join(",") }
}
