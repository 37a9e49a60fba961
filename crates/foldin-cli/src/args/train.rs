//! What can be typed to learn: data, settings, and where it is written down.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use foldin_core::Source;
use foldin_core::linalg::MAX_COLS;
use foldin_train::config::{Config, Size};
use foldin_train::runs::RUNS;
use foldin_train::split::Protocol;

use super::DataArguments;
use super::values::{at_least_one, positive, size, source, stars};

#[derive(Debug, Args)]
pub struct TrainArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub record: RecordArguments,
    /// Folder to write the model to; earlier versions in it stay
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub out: PathBuf,
    /// Name of the version, as v1.2.0 [default: the next one]
    #[arg(long)]
    pub version: Option<String>,
    /// Write what every user liked into a file of its own, so that `recommend --user` works anywhere. Whoever can
    /// fetch that file can read everybody's history
    #[arg(long)]
    pub with_users: bool,
    /// Do not measure the model on held-out users first
    #[arg(long)]
    pub no_evaluate: bool,
}

/// Settings that were typed: each wins over the file's.
#[derive(Debug, Args)]
pub struct SettingsArguments {
    /// File of settings; flags win over it. `foldin config --print` shows one [default: foldin.toml, where there is one]
    #[arg(long = "config", value_name = "FILE")]
    pub config_file: Option<PathBuf>,
    /// Search settings on held-out users also where a file says some
    #[arg(long)]
    pub auto: bool,
    /// Do not search settings: take those of the file, or the defaults
    #[arg(long, conflicts_with = "auto")]
    pub no_auto: bool,
    /// Ratings from here on are likes [default: four fifths of the highest rating, or every event where there are
    /// no stars]
    #[arg(long, value_name = "STARS", value_parser = stars)]
    pub threshold: Option<f32>,
    /// What to learn [default: all]
    #[arg(long, value_name = "NAME,NAME,...", value_delimiter = ',', value_parser = source)]
    pub sources: Option<Vec<Source>>,
    /// How large the model may become: small, medium or large [default: medium, or as a file of settings says]
    #[arg(long, value_parser = size)]
    pub size: Option<Size>,
    /// Number of factors [default: 64]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=MAX_COLS as i64))]
    pub factors: Option<u16>,
    /// How often both sides of the factors are solved [default: 15]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub iterations: Option<u16>,
    /// Weight of what was not liked, above 0 [default: 0.4]
    #[arg(long, allow_negative_numbers = true, value_parser = positive)]
    pub alpha0: Option<f32>,
    /// Strength of the regularisation, above 0 [default: by the size of the data, about 0.003 for a million ratings]
    #[arg(long, allow_negative_numbers = true, value_parser = positive)]
    pub reg: Option<f32>,
    /// How rows are solved [default: cg]
    #[arg(long, value_enum)]
    pub solver: Option<SolverName>,
    /// Start of the random numbers [default: 42]
    #[arg(long, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// All settings, from file and flags: there once [`crate::settings::resolve`] has run.
    #[arg(skip)]
    pub resolved: Option<Config>,
}

/// Where a run is written down.
#[derive(Debug, Args)]
pub struct RecordArguments {
    /// File to add a line about this run to, for `foldin runs`
    #[arg(long, value_name = "FILE", default_value = RUNS)]
    pub runs: PathBuf,
    /// Do not write this run down
    #[arg(long, conflicts_with = "runs")]
    pub no_runs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SolverName {
    /// A few steps of conjugate gradients: fast
    Cg,
    /// Exactly, by Cholesky
    Cholesky,
    /// By blocks of factors, iALS++
    Subspace,
}

#[derive(Debug, Args)]
pub struct TuneArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub record: RecordArguments,
    /// How long to search, as 90s, 10m or 2h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = humantime::parse_duration)]
    pub budget: Duration,
    /// A learner stops after so many trials that have not improved it
    #[arg(long, value_name = "N", default_value = "40", value_parser = at_least_one)]
    pub patience: usize,
    /// By which protocol to hold users out: loo, holdout, strong or coldN
    #[arg(long, default_value = "strong")]
    pub protocol: Protocol,
    /// Start of the random numbers of the split
    #[arg(long, default_value_t = 7)]
    pub split_seed: u64,
    /// Start of the random numbers of the search
    #[arg(long, default_value_t = 1)]
    pub search_seed: u64,
    /// File of trials: a search that was stopped goes on where it was
    #[arg(long, value_name = "FILE", default_value = "trials.jsonl")]
    pub journal: PathBuf,
    /// File to write the best settings to
    #[arg(long, value_name = "FILE", default_value = "tuned.toml")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ConfigArguments {
    /// Print the complete file of settings, with what each means and its default
    #[arg(long)]
    pub print: bool,
    /// Say whether a file of settings is right, and what is wrong with it
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}
