//! Arguments of the commands that measure.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use foldin_core::Strategy;
use foldin_data::split::Protocol;
use foldin_store::run_log::RUNS;
use foldin_train::evaluate::System;
use foldin_train::evaluate::simulate::Until;

use super::values::{at_least_one, opponent, protocol, recommending_system, strategy, system};
use super::{DataArguments, RunLogArguments, SettingsArguments};

#[derive(Debug, Args)]
pub(crate) struct EvaluateArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub run_log: RunLogArguments,
    /// How to split: loo (the newest like of each user), holdout (a random fifth of each user's ratings), strong (users
    /// left out of training), cold5 (the same, with 5 likes of each shown; any number works), cold (the curve over 1, 3,
    /// 5, 10 and 20 likes), sessions (the newest sessions of a website, and what is read next), newcomers (how soon
    /// answers to the questions of `foldin seeds` lead to good lists), or folds (predicted ratings: five random folds of
    /// ratings, or those that come with the data set)
    #[arg(long, default_value = "strong", value_parser = protocol)]
    pub protocol: AskedProtocol,
    /// Which part to measure on; make every choice on validation
    #[arg(long, value_enum, default_value = "test")]
    pub part: Part,
    /// Seed of the split
    #[arg(long, default_value_t = 7)]
    pub split_seed: u64,
    /// Measure the current version in this folder, instead of a model that is learned for it. Whoever is in --test must
    /// not have been learned from
    #[arg(long, value_name = "DIR", requires = "train")]
    pub model: Option<PathBuf>,
    /// Events to learn from (user,item[,rating][,timestamp]), instead of a protocol
    #[arg(long, value_name = "CSV", requires_all = ["shown", "test"], conflicts_with_all = ["protocol", "part", "write_split"])]
    pub train: Option<PathBuf>,
    /// Events that the recommender may see of the test users
    #[arg(long, value_name = "CSV", requires = "train")]
    pub shown: Option<PathBuf>,
    /// Events to be found
    #[arg(long, value_name = "CSV", requires = "train")]
    pub test: Option<PathBuf>,
    /// Measure every source of the model on its own
    #[arg(long)]
    pub all: bool,
    /// Sources to measure on their own, beside foldin, popularity and random items
    #[arg(long, value_name = "NAME,NAME,...", value_delimiter = ',', value_parser = strategy, conflicts_with = "all")]
    pub strategies: Vec<Strategy>,
    /// Also measure the price of diversity: accuracy and variety by how much similarity counts against an item, for at
    /// most 300 of the users
    #[arg(long)]
    pub diversity: bool,
    /// The system that --dump writes and --against compares: foldin, random, or a source
    #[arg(long, value_name = "NAME", default_value = "foldin", value_parser = system)]
    pub strategy: System,
    /// Compare with another system on the same users: a name as for --strategy, or recommendations in a file
    /// (user,rank,item)
    #[arg(long, value_name = "NAME|CSV", value_parser = opponent)]
    pub against: Option<Opponent>,
    /// Write the measured recommendations (user,rank,item,score)
    #[arg(long, value_name = "CSV")]
    pub dump: Option<PathBuf>,
    /// Write the split as train.csv, shown.csv and test.csv
    #[arg(long, value_name = "DIR")]
    pub write_split: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Where to cut: a share of the events in time order, or a day in UTC; the model is trained on what is before
    #[arg(long, value_name = "SHARE|DAY", default_value = "0.8")]
    pub until: Until,
    /// The first system: foldin, or a source
    #[arg(long, value_name = "NAME", default_value = "foldin", value_parser = recommending_system)]
    pub a: System,
    /// The second system
    #[arg(long, value_name = "NAME", default_value = "popular", value_parser = recommending_system)]
    pub b: System,
    /// How many items each recommends
    #[arg(short, default_value = "10", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// At how many likes to ask at most; if there are more, so many are drawn at random
    #[arg(long, value_name = "N", default_value = "20000", value_parser = at_least_one)]
    pub events: usize,
    /// Seed of the replay
    #[arg(long, default_value_t = 7)]
    pub replay_seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What can stand behind `--protocol`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskedProtocol {
    One(Protocol),
    /// The curve over the number of shown likes.
    ColdStart,
    /// How soon answers to questions lead to good lists.
    Newcomers,
    /// Errors of predicted ratings.
    Folds,
}

/// What can stand behind `--against`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opponent {
    System(System),
    File(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Users to make choices on
    Validation,
    /// Users to publish metrics of
    Test,
}

impl From<Part> for foldin_data::split::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Validation => Self::Validation,
            Part::Test => Self::Test,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct RunsArguments {
    /// Run log to read
    #[arg(long, value_name = "FILE", default_value = RUNS)]
    pub runs: PathBuf,
    /// Sort by this metric, such as ndcg@10, highest first [default: by time, newest last]
    #[arg(long, value_name = "METRIC")]
    pub sort: Option<String>,
    /// Only the newest N runs
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub last: Option<usize>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
