//! The command line: the commands here, their arguments in one file per family.

mod ask;
mod measure;
mod model;
mod site;
mod train;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::ask::*;
pub(crate) use self::measure::*;
pub(crate) use self::model::*;
pub(crate) use self::site::*;
pub(crate) use self::train::*;
use self::values::at_least_one;

/// The whole way, for a first look at the program.
const EXAMPLE: &str = "\
Example:
  foldin train ml-latest-small          learn from ratings (without a folder: from a sample)
  foldin recommend --liked 1,260,1198   recommend items; without --liked, popular ones
  foldin build --out site               write a static site that recommends in the browser
  foldin serve site                     open that site";

/// Recommendations for sites without a backend: train a small model, and let it answer in the visitor's browser.
#[derive(Debug, Parser)]
#[command(name = "foldin", version, max_term_width = 100, after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// How many threads to use [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = at_least_one, display_order = 100)]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub logs: LogArguments,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct LogArguments {
    /// Print only results and errors
    #[arg(long, short, global = true, display_order = 101)]
    pub quiet: bool,
    /// Format of messages on standard error: text, or json with one object per line
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value = "text", display_order = 102)]
    pub log_format: LogFormat,
    /// File to append messages to, as one JSON object per line
    #[arg(long, global = true, value_name = "FILE", display_order = 103)]
    pub log_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Train a model on a data set, or on the built-in simulated sample
    Train(TrainArguments),
    /// Recommend items to somebody who likes a few
    Recommend(RecommendArguments),
    /// Find items similar to one
    Similar(SimilarArguments),
    /// List items to ask a newcomer about: well known, and different from each other
    Seeds(SeedsArguments),
    /// Search for the best settings for a data set
    Tune(TuneArguments),
    /// Measure how good recommendations are, compared with popular and random items
    Evaluate(EvaluateArguments),
    /// Show what a model contains, and the size of each part
    Inspect(InspectArguments),
    /// Write an HTML report on a data set or a model
    Report(ReportArguments),
    /// Replay events in time order with two systems side by side: an offline substitute for a test on a live site
    Simulate(SimulateArguments),
    /// Write a complete static site around a model
    Build(BuildArguments),
    /// Serve a folder on this machine
    Serve(ServeArguments),
    /// List the versions of a model, with the metrics of each
    Versions(VersionsArguments),
    /// Make another version the current one; variants end
    Rollback(RollbackArguments),
    /// Show or set the versions among which visitors are divided
    Variants(VariantsArguments),
    /// Compare two versions: settings, metrics, sizes, and how many recommendations changed
    Diff(DiffArguments),
    /// List what was trained and evaluated so far, with settings and metrics
    Runs(RunsArguments),
    /// Print every setting with its meaning, or check a settings file
    Config(ConfigArguments),
}

#[derive(Debug, Args)]
pub(crate) struct DataArguments {
    /// Folder with the data set: MovieLens (100K, 1M, 10M, latest, 20M, 25M, 32M), Last.fm 2k, or your own events.csv
    /// (columns user,item and optionally rating,timestamp) with items.csv (id,title and optionally
    /// year,genres,tags,text) [default: the built-in simulated sample]
    pub data: Option<PathBuf>,
    /// Skip and count lines that cannot be read, instead of stopping at the first
    #[arg(long)]
    pub skip_bad_lines: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArguments {
    /// Folder with the model
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub model: PathBuf,
}
