//! `foldin import`: from what was learned elsewhere to a model folder.

mod exchange;
mod vectors;

use foldin_data::{Dataset, ReadReport};
use foldin_train::config::Config;

use super::train_version::{Training, train_version};
use crate::args::ImportArguments;
use crate::run_log::RunStart;

/// What was read: data with what was [given](Dataset::given), and the settings that go with it.
struct Learned {
    dataset: Dataset,
    report: Option<ReadReport>,
    config: Config,
}

pub(crate) fn run(arguments: &ImportArguments) -> anyhow::Result<()> {
    let start = RunStart::now();
    let learned = &arguments.learned;
    let is_exchange =
        learned.is_dir() && (learned.join("foldin.json").exists() || learned.join("sample.parquet").exists());
    let Learned { dataset, report, config } =
        if is_exchange { exchange::read(arguments)? } else { vectors::read(arguments)? };
    train_version(Training {
        command: "import",
        start: &start,
        reading_seconds: start.seconds(),
        dataset: &dataset,
        report: report.as_ref(),
        config: &config,
        earlier: None,
        mentions_search: !arguments.settings.no_auto,
        run_log: &arguments.run_log,
        version: &arguments.version,
    })
}
