//! `foldin train`: from a data set to a model folder.

use super::earlier::Earlier;
use super::train_version::{Training, begin, train_version};
use super::{note_other_data, note_what_is_a_like, read_with_report};
use crate::args::TrainArguments;
use crate::run_log::RunStart;

pub(crate) fn run(arguments: &TrainArguments) -> anyhow::Result<()> {
    let start = RunStart::now();
    let earlier = arguments.from.as_deref().map(Earlier::read).transpose()?;
    let mut settings = arguments.settings.clone();
    if let Some(earlier) = &earlier {
        settings.config_file = Some(earlier.settings());
    }
    let config = begin(&settings, &arguments.data.reading, &arguments.version)?;
    let (dataset, report) = read_with_report(&arguments.data, &config)?;
    let reading_seconds = start.seconds();
    note_what_is_a_like(&dataset, config.data.threshold);
    if let (None, Some(file)) = (&earlier, settings.file()) {
        note_other_data(&file, &dataset);
    }
    train_version(Training {
        command: "train",
        start: &start,
        reading_seconds,
        dataset: &dataset,
        report: report.as_ref(),
        config: &config,
        earlier: earlier.as_ref(),
        mentions_search: !settings.no_auto && earlier.is_none(),
        run_log: &arguments.run_log,
        version: &arguments.version,
    })
}
