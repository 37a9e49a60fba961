//! What can be typed to measure.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use foldin_core::Strategy;
use foldin_train::evaluate::System;
use foldin_train::evaluate::simulate::Until;
use foldin_train::runs::RUNS;
use foldin_train::split::Protocol;

use super::values::{at_least_one, opponent, protocol, recommending_system, strategy, system};
use super::{DataArguments, RecordArguments, SettingsArguments};

#[derive(Debug, Args)]
pub struct EvaluateArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub record: RecordArguments,
    /// How to split: loo (the newest like of each user), holdout (a random fifth of each user's ratings), strong (users
    /// never seen in training), cold5 (the same, of whom 5 likes are known; any number), cold (the curve over 1, 3,
    /// 5, 10 and 20), newcomers (how soon answers to the questions of `foldin seeds` are worth something, beside popular
    /// items and chance), or folds (prediction of stars: five folds of ratings, or the ones that the data set gives)
    #[arg(long, default_value = "strong", value_parser = protocol)]
    pub protocol: AskedProtocol,
    /// Which part to measure on; every choice is to be made on validation
    #[arg(long, value_enum, default_value = "test")]
    pub part: Part,
    /// Start of the random numbers of the split
    #[arg(long, default_value_t = 7)]
    pub split_seed: u64,
    /// Events to learn from (user,item[,rating][,timestamp]), instead of a protocol
    #[arg(long, value_name = "CSV", requires_all = ["shown", "test"], conflicts_with_all = ["protocol", "part", "write_split"])]
    pub train: Option<PathBuf>,
    /// Events that the recommender may see of the test users
    #[arg(long, value_name = "CSV", requires = "train")]
    pub shown: Option<PathBuf>,
    /// Events to be found
    #[arg(long, value_name = "CSV", requires = "train")]
    pub test: Option<PathBuf>,
    /// Measure every source that the model has, each alone
    #[arg(long)]
    pub all: bool,
    /// Sources to measure alone, beside foldin's own choice, popularity and chance
    #[arg(long, value_name = "NAME,NAME,...", value_delimiter = ',', value_parser = strategy, conflicts_with = "all")]
    pub strategies: Vec<Strategy>,
    /// Measure the price of variety, too: accuracy and variety by how much likeness counts against an item, for 300 of
    /// the users at most
    #[arg(long)]
    pub diversity: bool,
    /// The system that --dump writes and --against compares: foldin (the model's own choice), random, or a source
    #[arg(long, value_name = "NAME", default_value = "foldin", value_parser = system)]
    pub strategy: System,
    /// Compare with another system on the same users: a name as for --strategy, or recommendations in a file
    /// (user,rank,item)
    #[arg(long, value_name = "NAME|CSV", value_parser = opponent)]
    pub against: Option<Opponent>,
    /// Write the recommendations that were measured (user,rank,item,score)
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
pub struct SimulateArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// How far to learn: a share of the events in time order, or a day (what is before it, in UTC)
    #[arg(long, value_name = "SHARE|DAY", default_value = "0.8")]
    pub until: Until,
    /// The first system: foldin (the model's own choice), or a source
    #[arg(long, value_name = "NAME", default_value = "foldin", value_parser = recommending_system)]
    pub a: System,
    /// The second system
    #[arg(long, value_name = "NAME", default_value = "popular", value_parser = recommending_system)]
    pub b: System,
    /// How many items each recommends
    #[arg(short, default_value = "10", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// At how many likes to ask at most; of more, so many are drawn by chance
    #[arg(long, value_name = "N", default_value = "20000", value_parser = at_least_one)]
    pub events: usize,
    /// Start of the random numbers of the replay
    #[arg(long, default_value_t = 7)]
    pub replay_seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What can stand behind `--protocol`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedProtocol {
    One(Protocol),
    /// The curve over the number of likes that are known.
    ColdStart,
    /// How soon answers to questions are worth something.
    Newcomers,
    /// How far predicted stars are off.
    Folds,
}

/// What can stand behind `--against`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opponent {
    System(System),
    File(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Users to make choices on
    Validation,
    /// Users to publish figures of
    Test,
}

impl From<Part> for foldin_train::split::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Validation => Self::Validation,
            Part::Test => Self::Test,
        }
    }
}

#[derive(Debug, Args)]
pub struct RunsArguments {
    /// File of runs
    #[arg(long, value_name = "FILE", default_value = RUNS)]
    pub runs: PathBuf,
    /// The highest first by this figure, as ndcg@10 [default: in the order of time, the newest last]
    #[arg(long, value_name = "FIGURE")]
    pub sort: Option<String>,
    /// Only the newest so many
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub last: Option<usize>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
