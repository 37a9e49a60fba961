//! The command line: the commands here, their arguments in one file per family.

mod ask;
mod measure;
mod model;
mod site;
mod train;
mod values;
#[cfg(feature = "site")]
mod website;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use foldin_data::{Columns, DateOrder, EventWeights, IdMatches, ZeroRating};
use foldin_train::config::DataSection;

pub(crate) use self::ask::*;
pub(crate) use self::measure::*;
pub(crate) use self::model::*;
pub(crate) use self::site::*;
pub(crate) use self::train::*;
use self::values::{at_least_one, log_format};
#[cfg(feature = "site")]
pub(crate) use self::website::*;

/// The whole way, for a first look at the program.
const EXAMPLE: &str = "\
Example:
  foldin train ratings.csv              learn from events (without a file: from a sample)
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
    /// Format of messages on standard error: text, or json with one object per line. For `foldin site` also the format
    /// of the access logs, in nginx's syntax
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text", value_parser = log_format, display_order = 102)]
    pub log_format: LogFormat,
    /// File to append messages to, as one JSON object per line
    #[arg(long, global = true, value_name = "FILE", display_order = 103)]
    pub log_file: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Text,
    Json,
    /// Messages as text, and access logs whose lines are described in nginx's syntax.
    Lines(String),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Train a model on a data set, or on the built-in simulated sample
    Train(TrainArguments),
    /// Make a model of what was learned elsewhere: by Spark, by implicit, or as vectors of any other program
    #[cfg(feature = "import")]
    Import(ImportArguments),
    /// Write the parts of a model as Parquet, or as files of NumPy and SciPy
    #[cfg(feature = "import")]
    Export(ExportArguments),
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
    /// Learn from a website, its pages and access logs, and put "read next" into the pages
    #[cfg(feature = "site")]
    Site(SiteArguments),
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
    /// The data: a folder, or one or more files of events; `-` for standard input. CSV, TSV, JSON Lines, JSON, Excel and
    /// Parquet, also compressed. MovieLens and Last.fm are known; of other data the columns are found by their names
    /// (user and item are needed) [default: the built-in simulated sample]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArguments,
}

/// How data are read, where the files leave a choice.
#[derive(Debug, Default, Args)]
pub(crate) struct ReadingArguments {
    /// File with the titles of items (id,title and optionally year,genres,tags,text) [default: what lies beside the
    /// events]
    #[arg(long, value_name = "FILE")]
    pub items: Option<PathBuf>,
    /// Which column of the events holds what, by name or by number from 1:
    /// user=COLUMN,item=COLUMN,rating=COLUMN,time=COLUMN,event=COLUMN [default: told by the names]
    #[arg(long, value_name = "ROLE=COLUMN,...")]
    pub columns: Option<Columns>,
    /// Skip and count lines that cannot be read, instead of stopping at the first
    #[arg(long)]
    pub skip_bad_lines: bool,
    /// What a rating of 0, -1 or 99 outside the scale of the others means [default: auto]
    #[arg(long, value_enum)]
    pub zero: Option<ZeroName>,
    /// Order of day and month in dates such as 1/2/2011 [default: told by a date with a number above 12]
    #[arg(long, value_enum)]
    pub dates: Option<DatesName>,
    /// Differences between ids of events and items to overlook: decimals, leading-zeros, case
    #[arg(long, value_name = "KIND,...")]
    pub match_ids: Option<IdMatches>,
    /// Weights of event types, as view=1,purchase=5 [default: view 1, cart 3, purchase and like 5, remove -3, dislike -5]
    #[arg(long, value_name = "TYPE=WEIGHT,...", allow_hyphen_values = true)]
    pub event_weights: Option<EventWeights>,
}

impl ReadingArguments {
    /// Sets what was typed, and nothing else.
    pub(crate) fn apply(&self, data: &mut DataSection) {
        data.skip_bad_lines |= self.skip_bad_lines;
        if let Some(columns) = &self.columns {
            data.columns = columns.clone();
        }
        if let Some(zero) = self.zero {
            data.zero = zero.into();
        }
        if let Some(dates) = self.dates {
            data.dates = dates.into();
        }
        if let Some(matches) = &self.match_ids {
            data.match_ids = matches.clone();
        }
        if let Some(weights) = &self.event_weights {
            data.event_weights = weights.clone();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ZeroName {
    /// Unrated where the other ratings form a scale, else a rating
    Auto,
    /// The user did not rate the item
    Unrated,
    /// A rating like others
    Rating,
    /// A like
    Like,
}

impl From<ZeroName> for ZeroRating {
    fn from(name: ZeroName) -> Self {
        match name {
            ZeroName::Auto => ZeroRating::Auto,
            ZeroName::Unrated => ZeroRating::Unrated,
            ZeroName::Rating => ZeroRating::Rating,
            ZeroName::Like => ZeroRating::Like,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DatesName {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

impl From<DatesName> for DateOrder {
    fn from(name: DatesName) -> Self {
        match name {
            DatesName::Dmy => DateOrder::Dmy,
            DatesName::Mdy => DateOrder::Mdy,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ModelArguments {
    /// Folder with the model
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub model: PathBuf,
}
