//! What can be typed behind `foldin`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use foldin_core::{MAX_COLS, Similarity, Source, Strategy};
use foldin_train::config::{Config, Size};
use foldin_train::evaluate::System;
use foldin_train::evaluate::simulate::Until;
use foldin_train::runs::RUNS;
use foldin_train::split::{Protocol, UnknownProtocol};
use foldin_train::train::LEARNABLE;

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
pub struct ModelArguments {
    /// Folder with the model
    #[arg(long, value_name = "DIR", default_value = "model")]
    pub model: PathBuf,
}

#[derive(Debug, Args)]
pub struct RecommendArguments {
    /// Ids of liked items
    #[arg(long, value_name = "ID,ID,...", value_delimiter = ',', value_parser = id)]
    pub liked: Vec<String>,
    /// Ids of disliked items
    #[arg(long, value_name = "ID,ID,...", value_delimiter = ',', value_parser = id)]
    pub disliked: Vec<String>,
    /// A known user, from the model where it holds users, or from --data
    #[arg(long, value_name = "ID", conflicts_with_all = ["liked", "disliked"])]
    pub user: Option<String>,
    /// Data set to look the user up in
    #[arg(long, value_name = "DATA", requires = "user")]
    pub data: Option<PathBuf>,
    /// How many items
    #[arg(short, default_value = "10", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// Only items of this genre; may be given several times
    #[arg(long, value_name = "GENRE")]
    pub genre: Vec<String>,
    /// Only items of these years, as 1980-1999
    #[arg(long, value_name = "FIRST-LAST", value_parser = years)]
    pub years: Option<(i32, i32)>,
    /// Where recommendations come from: hybrid (all sources, in the order of the ranker), or one source alone
    #[arg(long, value_parser = strategy, default_value = "hybrid")]
    pub strategy: Strategy,
    /// How much likeness among the recommended counts against them, from 0 to 1
    #[arg(long, default_value = "0", value_parser = diversity, allow_negative_numbers = true)]
    pub diversity: f32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub struct SimilarArguments {
    /// Id of the item
    pub id: String,
    /// By what items are alike: taste (liked by the same people), content (about the same things) or genres [default:
    /// taste, and content where nothing was liked]
    #[arg(long, value_parser = similarity)]
    pub by: Option<Similarity>,
    /// How many items
    #[arg(short, default_value = "10", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub struct SeedsArguments {
    /// How many items
    #[arg(short, default_value = "24", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// Ids of items that the newcomer has said to like: what is asked next follows from them
    #[arg(long, value_name = "ID,ID,...", value_delimiter = ',', value_parser = id)]
    pub liked: Vec<String>,
    /// Ids of items not to ask about, such as those that were asked about before
    #[arg(long, value_name = "ID,ID,...", value_delimiter = ',', value_parser = id)]
    pub exclude: Vec<String>,
    /// Only items of this genre; may be given several times
    #[arg(long, value_name = "GENRE")]
    pub genre: Vec<String>,
    /// Only items of these years, as 1980-1999
    #[arg(long, value_name = "FIRST-LAST", value_parser = years)]
    pub years: Option<(i32, i32)>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub struct InspectArguments {
    /// Folder with a model, or one .foldin file
    #[arg(default_value = "model")]
    pub path: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

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
pub struct ReportArguments {
    /// A data set, as `foldin train` reads it; or a model's folder, or the folder of one of its versions [default: the
    /// built-in simulated sample]
    pub path: Option<PathBuf>,
    /// File to write [default: report.html for data, model-card.html for a model]
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub out: Option<PathBuf>,
    /// Ratings from here on are likes [default: as `foldin train` takes them]
    #[arg(long, value_name = "STARS", value_parser = stars)]
    pub threshold: Option<f32>,
    /// Leave out lines that cannot be read, and count them, instead of stopping at the first
    #[arg(long)]
    pub skip_bad_lines: bool,
    /// Version of the model, as v1.2.0 [default: the current one]
    #[arg(long)]
    pub version: Option<String>,
    /// Print the facts as JSON instead of writing a page
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct BuildArguments {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Folder to write the site to
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Folder to show
    #[arg(default_value = "site")]
    pub dir: PathBuf,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
}

#[derive(Debug, Args)]
pub struct VersionsArguments {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RollbackArguments {
    /// The version, as v1.0.0
    pub version: String,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub struct VariantsArguments {
    /// Versions, each with the share of visitors that gets it, as v1.1.0=90 v1.2.0=10; without any, those that are set
    /// are shown
    #[arg(value_name = "VERSION=SHARE", value_parser = variant)]
    pub variants: Vec<(String, f64)>,
    /// Divide no longer: all visitors get the current version
    #[arg(long, conflicts_with = "variants")]
    pub off: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub struct DiffArguments {
    /// A version, as v1.0.0
    pub before: String,
    /// Another version, as v1.1.0
    pub after: String,
    /// Sample profiles of each kind to ask both versions about
    #[arg(long, value_name = "N", default_value = "200", value_parser = at_least_one)]
    pub profiles: usize,
    /// Start of the random numbers of the sample
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    #[command(flatten)]
    pub model: ModelArguments,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
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

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("expected a whole number of at least 1".to_owned()),
    }
}

fn stars(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("expected a number such as 4 or 3.5".to_owned()),
    }
}

fn variant(text: &str) -> Result<(String, f64), String> {
    let parts = text.split_once('=').map(|(version, share)| (version, share.trim_end_matches('%').parse()));
    match parts {
        Some((version, Ok(share))) if (1e-6..=1e6).contains(&share) => Ok((version.to_owned(), share)),
        Some(_) => Err("expected a share from 1e-6 to 1e6 behind the =, as in v1.1.0=90".to_owned()),
        None => Err("expected a version and its share, as in v1.1.0=90".to_owned()),
    }
}

fn id(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("an id is empty; expected ids with a comma between two, as in 1,260,1198".to_owned()),
        id => Ok(id.to_owned()),
    }
}

fn positive(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if (1e-9..=1e6).contains(&number) => Ok(number),
        _ => Err("expected a number from 1e-9 to 1e6".to_owned()),
    }
}

fn diversity(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

fn years(text: &str) -> Result<(i32, i32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        _ => Err("expected a year, or two as in 1980-1999".to_owned()),
    }
}

fn strategy(name: &str) -> Result<Strategy, String> {
    Strategy::from_name(name).ok_or_else(|| format!("expected one of {}", Strategy::ALL.map(Strategy::name).join(", ")))
}

fn size(name: &str) -> Result<Size, String> {
    Size::from_name(name).ok_or_else(|| format!("expected one of {}", Size::ALL.map(Size::name).join(", ")))
}

/// A source that can be learned.
fn source(name: &str) -> Result<Source, String> {
    let known = LEARNABLE.iter().find(|source| source.name() == name.trim());
    let names: Vec<&str> = LEARNABLE.iter().map(|source| source.name()).collect();
    known.copied().ok_or_else(|| format!("expected any of {}", names.join(", ")))
}

fn system(name: &str) -> Result<System, String> {
    System::from_name(name).ok_or_else(|| format!("expected one of {}", System::names().join(", ")))
}

fn recommending_system(name: &str) -> Result<System, String> {
    let names = || System::names().into_iter().filter(|name| *name != System::Random.name());
    let found = System::from_name(name).filter(|system| *system != System::Random);
    found.ok_or_else(|| format!("expected one of {}", names().collect::<Vec<_>>().join(", ")))
}

fn opponent(text: &str) -> Result<Opponent, String> {
    match System::from_name(text) {
        Some(system) => Ok(Opponent::System(system)),
        None if PathBuf::from(text).is_file() => Ok(Opponent::File(text.into())),
        None => Err(format!("expected a file, or one of {}", System::names().join(", "))),
    }
}

fn protocol(name: &str) -> Result<AskedProtocol, String> {
    match name {
        "cold" => Ok(AskedProtocol::ColdStart),
        "newcomers" => Ok(AskedProtocol::Newcomers),
        "folds" => Ok(AskedProtocol::Folds),
        _ => {
            let unknown = |error: UnknownProtocol| format!("{error}, cold, newcomers, folds");
            name.parse().map(AskedProtocol::One).map_err(unknown)
        }
    }
}

fn similarity(name: &str) -> Result<Similarity, String> {
    let names = Similarity::ALL.map(Similarity::name).join(", ");
    Similarity::from_name(name).ok_or_else(|| format!("expected one of {names}"))
}
