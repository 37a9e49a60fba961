//! What can be typed behind `foldin`: the commands here, their arguments in one file a family.

mod ask;
mod measure;
mod model;
mod site;
mod train;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::ask::*;
pub use self::measure::*;
pub use self::model::*;
pub use self::site::*;
pub use self::train::*;
use self::values::at_least_one;

/// The whole way, for whoever sees the program for the first time.
const EXAMPLE: &str = "\
Example:
  foldin train ml-latest-small          learn from ratings (without a folder: from a sample)
  foldin recommend --liked 1,260,1198   ask the model; without --liked it shows what is popular
  foldin build --out site               write a static site that asks it in the browser
  foldin serve site                     look at that site";

/// Recommendations for sites that have no backend: train a small model, and let it answer in the visitor's browser.
#[derive(Debug, Parser)]
#[command(name = "foldin", version, max_term_width = 100, after_help = EXAMPLE)]
pub struct Arguments {
    /// How many threads to use [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = at_least_one, display_order = 100)]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub logs: LogArguments,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct LogArguments {
    /// Say nothing but errors; results are printed all the same
    #[arg(long, short, global = true, display_order = 101)]
    pub quiet: bool,
    /// How to say on standard error what is done: text for people, json for programs, one object a line
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value = "text", display_order = 102)]
    pub log_format: LogFormat,
    /// File to add what is done to, a line of JSON each
    #[arg(long, global = true, value_name = "FILE", display_order = 103)]
    pub log_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Learn a model from a data set, or from the built-in simulated sample
    Train(TrainArguments),
    /// Recommend items to somebody who likes a few
    Recommend(RecommendArguments),
    /// Find items that are like one
    Similar(SimilarArguments),
    /// List items to ask a newcomer about: known by many, and apart from each other
    Seeds(SeedsArguments),
    /// Search the best settings for a data set
    Tune(TuneArguments),
    /// Measure how good recommendations are, beside popularity and chance
    Evaluate(EvaluateArguments),
    /// Show what a model holds, and how large its parts are
    Inspect(InspectArguments),
    /// Write one page of HTML about a data set or a model
    Report(ReportArguments),
    /// Replay events in time with two systems side by side: a stand-in for a test on a live site
    Simulate(SimulateArguments),
    /// Write a complete static site around a model
    Build(BuildArguments),
    /// Show a folder in the browser
    Serve(ServeArguments),
    /// List the versions of a model, with what was measured of each
    Versions(VersionsArguments),
    /// Make another version the current one, earlier or later; variants end
    Rollback(RollbackArguments),
    /// Show or set the versions among which visitors are divided
    Variants(VariantsArguments),
    /// Compare two versions: settings, figures, sizes, and how many recommendations changed
    Diff(DiffArguments),
    /// List what was trained and evaluated so far, with settings and figures
    Runs(RunsArguments),
    /// Print every setting with its meaning, or check a file of settings
    Config(ConfigArguments),
}

#[derive(Debug, Args)]
pub struct DataArguments {
    /// Folder with the data set: MovieLens (100K, 1M, 10M, latest, 20M, 25M, 32M), Last.fm 2k, or your own events.csv
    /// (columns user,item and, if there are, rating,timestamp) with items.csv (id,title and, if there are,
    /// year,genres,tags,text) [default: the built-in simulated sample]
    pub data: Option<PathBuf>,
    /// Leave out lines that cannot be read, and count them, instead of stopping at the first
    #[arg(long)]
    pub skip_bad_lines: bool,
}

#[derive(Debug, Args)]
pub struct ModelArguments {
    /// Folder with the model
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub model: PathBuf,
}
