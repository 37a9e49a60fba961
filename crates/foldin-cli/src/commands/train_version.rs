//! From a data set that was read to a version of a model: what all commands that train have in common.

use foldin_core::model::Model;
use foldin_data::interactions::users_beyond;
use foldin_data::{Dataset, ReadReport};
use foldin_report::{model, version_artefacts};
use foldin_store::{self as store, Encoded, VersionEntry};
use foldin_train::artefacts::Metadata;
use foldin_train::config::Config;
use foldin_train::fit::{Fitted, fit, refresh};

use super::build::free_folder;
use super::earlier::Earlier;
use super::{histories, lock, variants};
use crate::args::{ReadingArguments, RunLogArguments, SettingsArguments, VersionArguments};
use crate::gate;
use crate::output::{self, count};
use crate::run_log::{self, RunStart};
use crate::settings;
use crate::training_output::TrainingOutput;

/// A training that is about to begin.
#[derive(Clone, Copy)]
pub(super) struct Training<'a> {
    /// The command, for the run log.
    pub command: &'static str,
    pub start: &'a RunStart,
    pub reading_seconds: f64,
    pub dataset: &'a Dataset,
    pub report: Option<&'a ReadReport>,
    pub config: &'a Config,
    /// The version to start from.
    pub earlier: Option<&'a Earlier>,
    /// Whether --auto is worth mentioning where settings are not searched.
    pub mentions_search: bool,
    pub run_log: &'a RunLogArguments,
    pub version: &'a VersionArguments,
}

/// The settings of a training. What can be asked and checked before data are read is, better than after minutes of
/// learning.
pub(super) fn begin(
    settings: &SettingsArguments,
    reading: &ReadingArguments,
    version: &VersionArguments,
) -> anyhow::Result<Config> {
    let mut config = settings::resolve(settings, reading)?;
    config.train.with_users |= version.with_users;
    config.evaluate.enabled &= !version.no_evaluate;
    histories::warn(&config.privacy);
    if config.train.with_users {
        histories::confirm(version.yes)?;
    }
    store::check(&version.out, version.version.as_deref())?;
    Ok(config)
}

/// Trains, and writes the version, or where it is refused writes it elsewhere.
pub(super) fn train_version(training: Training<'_>) -> anyhow::Result<()> {
    let Training { start, dataset, report, config, version: arguments, .. } = training;
    note_capped(dataset, config);
    let mut output = TrainingOutput::new(training.mentions_search, config);
    let fitted = match training.earlier {
        Some(earlier) => refresh(dataset, earlier.model(), config, &mut output)?,
        None => fit(dataset, config, &mut output)?,
    };

    let mut metadata = Metadata {
        started_at: start.time(),
        trained_at: start.unix(),
        reading_seconds: training.reading_seconds,
        total_seconds: start.seconds(),
        started_from: training.earlier.map(Earlier::version),
        host_threads: std::thread::available_parallelism().map_or(1, usize::from),
        ..Metadata::of(dataset, &fitted.config, fitted.privacy.clone())
    };
    output.write_times(&mut metadata);
    say_privacy(&fitted);
    let artefacts = version_artefacts(dataset, report, config.data.threshold, &fitted, metadata);
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, fitted.users.as_ref());
    if let Some(refused) = gate::refused(arguments, dataset, report, &fitted) {
        let lock = lock(&refused.dir)?;
        let entry = store::write(&lock, &fitted.model, &encoded, None, &artefacts)?;
        return Err(refused.error(&arguments.out, &entry.version));
    }
    let lock = lock(&arguments.out)?;
    let entry = store::write(&lock, &fitted.model, &encoded, arguments.version.as_deref(), &artefacts)?;
    drop(lock);
    log(&training, &fitted, &entry);
    if let Some(earlier) = training.earlier {
        earlier.say_what_changed(&fitted.model)?;
    }
    say_what_next(arguments, &fitted.model, &entry)?;
    note_variants(arguments)
}

/// Tells that not all likes of some users are counted in pairs.
fn note_capped(dataset: &Dataset, config: &Config) {
    let (threshold, most) = (config.data.threshold.threshold(dataset), config.train.most_likes);
    let capped = users_beyond(&dataset.events, threshold, most, dataset.users.len());
    if capped > 0 {
        output::note(&format!(
            "{} like more than {}: neighbours and ease count the newest of these (most-likes in [train])",
            count(capped, "user"),
            count(most, "item")
        ));
    }
}

fn log(training: &Training<'_>, fitted: &Fitted, entry: &VersionEntry) {
    let mut line = training.start.line(training.command, training.dataset, &fitted.config);
    if let Some(metrics) = &fitted.metrics {
        line.measured = Some(metrics.summary.protocol.clone());
        line.metrics = metrics.summary.foldin.by_name();
    }
    line.model = Some(training.version.out.display().to_string());
    line.version = Some(entry.version.clone());
    run_log::append(training.run_log, &line);
}

fn say_privacy(fitted: &Fitted) {
    if fitted.privacy.likes > 0 {
        output::step(&format!("privacy: {}", model::privacy_line(&fitted.privacy)));
    }
}

fn say_what_next(arguments: &VersionArguments, model: &Model, entry: &VersionEntry) -> anyhow::Result<()> {
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
fn note_variants(arguments: &VersionArguments) -> anyhow::Result<()> {
    let manifest = store::read_manifest(&arguments.out)?;
    if !manifest.variants.is_empty() {
        let variants = variants::described(&manifest.variants);
        output::note(&format!(
            "visitors still get {variants}; `foldin variants --off` gives everybody the new version"
        ));
    }
    Ok(())
}
