//! `foldin train`: from a data set to a model folder.

use foldin_core::model::Model;
use foldin_data::Dataset;
use foldin_report::{model, version_artefacts};
use foldin_store::{self as store, Encoded, VersionEntry};
use foldin_train::artefacts::Metadata;
use foldin_train::config::Config;
use foldin_train::fit::{Fitted, fit};

use super::build::free_folder;
use super::{histories, lock, note_other_data, note_what_is_a_like, read_with_report, variants};
use crate::args::TrainArguments;
use crate::gate;
use crate::output;
use crate::run_log::{self, RunStart};
use crate::settings;
use crate::training_output::TrainingOutput;

pub(crate) fn run(arguments: &TrainArguments) -> anyhow::Result<()> {
    let start = RunStart::now();
    let config = config(arguments)?;
    histories::warn(&config.privacy);
    if config.train.with_users {
        histories::confirm(arguments.yes)?;
    }
    // Better now than after minutes of learning.
    store::check(&arguments.out, arguments.version.as_deref())?;
    let (dataset, report) = read_with_report(&arguments.data, &config)?;
    let reading_seconds = start.seconds();
    note_what_is_a_like(&dataset, config.data.threshold);
    if let Some(file) = arguments.settings.file() {
        note_other_data(&file, &dataset);
    }

    let mut training = TrainingOutput::new(!arguments.settings.no_auto, &config);
    let fitted = fit(&dataset, &config, &mut training)?;

    let mut metadata = Metadata {
        started_at: start.time(),
        trained_at: start.unix(),
        reading_seconds,
        total_seconds: start.seconds(),
        host_threads: std::thread::available_parallelism().map_or(1, usize::from),
        ..Metadata::of(&dataset, &fitted.config, fitted.privacy.clone())
    };
    training.write_times(&mut metadata);
    say_privacy(&fitted);
    let artefacts = version_artefacts(&dataset, report.as_ref(), config.data.threshold, &fitted, metadata);
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, fitted.users.as_ref());
    let refused = gate::refused(arguments, &dataset, report.as_ref(), &fitted);
    if let Some(refused) = refused {
        let lock = lock(&refused.dir)?;
        let entry = store::write(&lock, &fitted.model, &encoded, None, &artefacts)?;
        return Err(refused.error(&arguments.out, &entry.version));
    }
    let lock = lock(&arguments.out)?;
    let entry = store::write(&lock, &fitted.model, &encoded, arguments.version.as_deref(), &artefacts)?;
    drop(lock);
    log(arguments, &start, &dataset, &fitted, &entry);
    say_what_next(arguments, &fitted.model, &entry)?;
    note_variants(arguments)
}

fn config(arguments: &TrainArguments) -> anyhow::Result<Config> {
    let mut config = settings::resolve(&arguments.settings, &arguments.data)?;
    config.train.with_users |= arguments.with_users;
    config.evaluate.enabled &= !arguments.no_evaluate;
    Ok(config)
}

fn log(arguments: &TrainArguments, start: &RunStart, dataset: &Dataset, fitted: &Fitted, entry: &VersionEntry) {
    let mut line = start.line("train", dataset, &fitted.config);
    if let Some(metrics) = &fitted.metrics {
        line.measured = Some(metrics.summary.protocol.clone());
        line.metrics = metrics.summary.foldin.by_name();
    }
    line.model = Some(arguments.out.display().to_string());
    line.version = Some(entry.version.clone());
    run_log::append(&arguments.run_log, &line);
}

fn say_privacy(fitted: &Fitted) {
    if fitted.privacy.likes > 0 {
        output::step(&format!("privacy: {}", model::privacy_line(&fitted.privacy)));
    }
}

fn say_what_next(arguments: &TrainArguments, model: &Model, entry: &VersionEntry) -> anyhow::Result<()> {
    let size = |(kind, file): (&String, &store::FileEntry)| format!("{kind} {}", output::size(file.bytes));
    let sizes: Vec<String> = entry.files.iter().map(size).collect();
    output::result(&format!("{}/{}: {}", arguments.out.display(), entry.version, sizes.join(", ")))?;
    let is_default = arguments.out.as_os_str() == "model";
    let from = if is_default { String::new() } else { format!(" --model {}", output::shell(&arguments.out)) };
    let (liked, site) = (well_known(model), free_folder());
    output::step(&format!("next: foldin recommend{from} --liked {liked}, or foldin build{from} --out {site}"));
    Ok(())
}

/// Ids to try the model with: those of the most liked items, as long as a shell leaves them as they are.
fn well_known(model: &Model) -> String {
    let is_plain = |id: &&str| id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let ids = model.catalogue.items().map(|item| model.catalogue.id(item));
    let ids: Vec<&str> = ids.take(3).filter(is_plain).collect();
    if ids.is_empty() { "ID,ID,...".to_owned() } else { ids.join(",") }
}

/// Visitors may still be divided among earlier versions, and then nobody gets the new one.
fn note_variants(arguments: &TrainArguments) -> anyhow::Result<()> {
    let manifest = store::read_manifest(&arguments.out)?;
    if !manifest.variants.is_empty() {
        let variants = variants::described(&manifest.variants);
        output::note(&format!(
            "visitors still get {variants}; `foldin variants --off` gives everybody the new version"
        ));
    }
    Ok(())
}
