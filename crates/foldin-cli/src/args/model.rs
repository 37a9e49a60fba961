//! Arguments of the commands about models and their versions.

use std::path::PathBuf;

use clap::Args;
#[cfg(feature = "import")]
use clap::ValueEnum;

use super::values::{at_least_one, stars, variant};
use super::{ModelArguments, ReadingArguments};

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// Folder with a model, or one .foldin file
    #[arg(default_value = "model")]
    pub path: PathBuf,
    /// Show what the model gives away about the people that it was learned from
    #[arg(long)]
    pub privacy: bool,
    /// Data set that the model was learned from: with it, the people behind every entry are counted and the model is
    /// attacked again
    #[arg(long, value_name = "DATA", requires = "privacy")]
    pub data: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Format: parquet (items, factors, and a row each pair of items), or npy (items.csv, ids.txt, factors.npy, and matrices
    /// for scipy.sparse.load_npz)
    #[arg(long, value_enum)]
    pub to: ExportFormat,
    /// Folder to write to; it has to be empty
    #[arg(long, value_name = "DIR", default_value = "export")]
    pub out: PathBuf,
}

#[cfg(feature = "import")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Parquet,
    Npy,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// A data set, as `foldin train` reads it; or a model's folder, or the folder of one of its versions [default: the
    /// built-in simulated sample]
    pub path: Option<PathBuf>,
    /// File to write [default: report.html for data, model-card.html for a model]
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub out: Option<PathBuf>,
    /// Ratings of this or more are likes [default: as `foldin train` decides]
    #[arg(long, value_name = "STARS", value_parser = stars)]
    pub threshold: Option<f32>,
    #[command(flatten)]
    pub reading: ReadingArguments,
    /// Version of the model, as v1.2.0 [default: the current one]
    #[arg(long)]
    pub version: Option<String>,
    /// Print the facts as JSON instead of writing a page
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VersionsArguments {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RollbackArguments {
    /// The version, as v1.0.0
    pub version: String,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub(crate) struct VariantsArguments {
    /// Versions, each with its share of the visitors, as v1.1.0=90 v1.2.0=10; without any, prints those that are set
    #[arg(value_name = "VERSION=SHARE", value_parser = variant)]
    pub variants: Vec<(String, f64)>,
    /// Remove all variants: every visitor gets the current version
    #[arg(long, conflicts_with = "variants")]
    pub off: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// A version, as v1.0.0
    pub before: String,
    /// Another version, as v1.1.0
    pub after: String,
    /// Number of sample profiles of each kind to recommend for with both versions
    #[arg(long, value_name = "N", default_value = "200", value_parser = at_least_one)]
    pub profiles: usize,
    /// Seed of the sample
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    #[command(flatten)]
    pub model: ModelArguments,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
