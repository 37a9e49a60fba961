//! Arguments of the commands that train: data, settings, and the run log.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use foldin_core::Source;
use foldin_core::linalg::MAX_COLS;
use foldin_data::split::Protocol;
use foldin_store::run_log::RUNS;
use foldin_train::config::Size;

use super::DataArguments;
#[cfg(feature = "import")]
use super::ReadingArguments;
use super::values::{at_least_one, positive, size, source, stars};

#[derive(Debug, Args)]
pub(crate) struct TrainArguments {
    #[command(flatten)]
    pub data: DataArguments,
    /// Start from the current version in this folder: its settings and its ranker stay, factors and transformer go on from
    /// where they are, and nothing is searched or measured. For a new version every night, from all events
    #[arg(long, value_name = "DIR", conflicts_with_all = ["config_file", "auto", "size", "sources", "factors"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub run_log: RunLogArguments,
    #[command(flatten)]
    pub version: VersionArguments,
}

#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// What was learned elsewhere: the folder that foldin-spark wrote, or item vectors: .npz of implicit, .npy,
    /// .safetensors, the text of word2vec, or a table with an id and a list of numbers in each row (Parquet, CSV, JSON)
    pub learned: PathBuf,
    /// For vectors: events that everything else is learned from, in any form that `foldin train` reads [default: none; the
    /// model then has the vectors and the content of the catalogue]
    pub events: Vec<PathBuf>,
    #[command(flatten)]
    pub vectors: VectorArguments,
    #[command(flatten)]
    pub reading: ReadingArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub run_log: RunLogArguments,
    #[command(flatten)]
    pub version: VersionArguments,
}

/// What files of vectors do not say.
#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub(crate) struct VectorArguments {
    /// Ids of the rows, in their order: a line each, JSON, .npy, or a table with a column `id` [default: those in the file]
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,
    /// Which array of a file with several [default: item_factors, or the only one of rows and columns]
    #[arg(long, value_name = "NAME")]
    pub array: Option<String>,
    /// How vectors are compared [default: dot for those of implicit's ALS, else cosine]
    #[arg(long, value_enum)]
    pub compare: Option<CompareName>,
    /// What the vectors tell of. Those of behaviour are kept only of items that --min-support people like, as far as EVENTS
    /// tell; those of content, such as texts or pictures, are kept of all
    #[arg(long, value_enum, default_value = "behaviour")]
    pub about: AboutName,
    /// What one like counted when implicit learned, its alpha times the weight in the matrix [default: alpha]
    #[arg(long, value_name = "C", value_parser = positive)]
    pub confidence: Option<f32>,
}

/// How vectors are compared.
#[cfg(feature = "import")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareName {
    /// By their angle: all are made equally long
    Cosine,
    /// By their product: longer ones are recommended more
    Dot,
}

/// What vectors tell of.
#[cfg(feature = "import")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AboutName {
    /// What people did
    Behaviour,
    /// What the items are
    Content,
}

/// The version that a training writes.
#[derive(Debug, Args)]
pub(crate) struct VersionArguments {
    /// Folder to write the model to; versions that it already has stay
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub out: PathBuf,
    /// Version to write, as v1.2.0 [default: the next one]
    #[arg(long)]
    pub version: Option<String>,
    /// Write every user's history into a file of its own, so that `recommend --user` works anywhere. Anybody who can
    /// fetch that file can read all histories; on a terminal the program asks first
    #[arg(long)]
    pub with_users: bool,
    /// Do not ask before histories are written
    #[arg(long)]
    pub yes: bool,
    /// Do not measure the model on held-out users
    #[arg(long)]
    pub no_evaluate: bool,
    /// Make the new version the current one even if there are reasons to doubt it, such as hardly any likes or worse
    /// recommendations than before. Without it such a model is written into DIR.refused, and the exit code is 3
    #[arg(long)]
    pub accept: bool,
}

/// Settings from the command line: each wins over the file's.
#[derive(Debug, Clone, Args)]
pub(crate) struct SettingsArguments {
    /// Settings file; flags win over it. `foldin config --print` prints one [default: foldin.toml, if it exists]
    #[arg(long = "config", value_name = "FILE")]
    pub config_file: Option<PathBuf>,
    /// Search for settings on held-out users even if there is a settings file
    #[arg(long)]
    pub auto: bool,
    /// Do not search for settings: use those of the file, or the defaults
    #[arg(long, conflicts_with = "auto")]
    pub no_auto: bool,
    /// Ratings of this or more are likes [default: four fifths of the highest rating; without ratings, every event is
    /// a like]
    #[arg(long, value_name = "STARS", value_parser = stars)]
    pub threshold: Option<f32>,
    /// Sources to learn [default: all]
    #[arg(long, value_name = "NAME,NAME,...", value_delimiter = ',', value_parser = source)]
    pub sources: Option<Vec<Source>>,
    /// Fewest people behind everything in the model that comes from behaviour, 1 to 100; below 3, the model gives away
    /// histories of single people [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub min_support: Option<u16>,
    /// How large the model may become: small, medium or large [default: medium, or as a settings file says]
    #[arg(long, value_parser = size)]
    pub size: Option<Size>,
    /// Number of factors [default: 64]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=MAX_COLS as i64))]
    pub factors: Option<u16>,
    /// Iterations of alternating least squares [default: 15]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub iterations: Option<u16>,
    /// Weight of items without a like, above 0 [default: 0.4]
    #[arg(long, allow_negative_numbers = true, value_parser = positive)]
    pub alpha0: Option<f32>,
    /// Strength of the regularisation, above 0 [default: by data size, about 0.003 for a million ratings]
    #[arg(long, allow_negative_numbers = true, value_parser = positive)]
    pub reg: Option<f32>,
    /// Solver of the least-squares problems [default: cg]
    #[arg(long, value_enum)]
    pub solver: Option<SolverName>,
    /// Seed of the factors [default: 42]
    #[arg(long, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
}

/// Where a run is logged.
#[derive(Debug, Args)]
pub(crate) struct RunLogArguments {
    /// Run log to append this run to, for `foldin runs`
    #[arg(long, value_name = "FILE", default_value = RUNS)]
    pub runs: PathBuf,
    /// Do not log this run
    #[arg(long, conflicts_with = "runs")]
    pub no_runs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SolverName {
    /// A few steps of conjugate gradients
    Cg,
    /// Cholesky decomposition, exact
    Cholesky,
    /// Blocks of factors (iALS++)
    Subspace,
}

#[derive(Debug, Args)]
pub(crate) struct TuneArguments {
    #[command(flatten)]
    pub data: DataArguments,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub run_log: RunLogArguments,
    /// How long to search, as 90s, 10m or 2h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = humantime::parse_duration)]
    pub budget: Duration,
    /// A learner stops after N trials without an improvement
    #[arg(long, value_name = "N", default_value = "40", value_parser = at_least_one)]
    pub patience: usize,
    /// Protocol that holds users out: loo, holdout, strong or coldN
    #[arg(long, default_value = "strong")]
    pub protocol: Protocol,
    /// Seed of the split
    #[arg(long, default_value_t = 7)]
    pub split_seed: u64,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    pub search_seed: u64,
    /// File of trials: a search that was stopped resumes there
    #[arg(long, value_name = "FILE", default_value = "trials.jsonl")]
    pub journal: PathBuf,
    /// File to write the best settings to
    #[arg(long, value_name = "FILE", default_value = "tuned.toml")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ConfigArguments {
    /// Print a complete settings file, with the meaning and the default of each setting
    #[arg(long)]
    pub print: bool,
    /// Check a settings file, and say what is wrong with it
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}
