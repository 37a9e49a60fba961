//! Arguments of the commands that ask a model for items.

use std::path::PathBuf;

use clap::Args;
use foldin_core::{Similarity, Strategy};

use super::ModelArguments;
use super::values::{at_least_one, diversity, similarity, strategy, years};

#[derive(Debug, Args)]
pub(crate) struct RecommendArguments {
    /// Ids of liked items, or @FILE for a file of them; may be given several times
    #[arg(long, value_name = "ID,ID,...")]
    pub liked: Vec<String>,
    /// Ids of disliked items, in the same way
    #[arg(long, value_name = "ID,ID,...")]
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
    /// How much similarity to items further up the list counts against an item, from 0 to 1
    #[arg(long, default_value = "0", value_parser = diversity, allow_negative_numbers = true)]
    pub diversity: f32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Debug, Args)]
pub(crate) struct SimilarArguments {
    /// Id of the item
    pub id: String,
    /// What makes items similar: taste (liked by the same people), content (about the same things) or genres [default:
    /// taste, or content where the model was trained without likes]
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
pub(crate) struct SeedsArguments {
    /// How many items
    #[arg(short, default_value = "24", value_parser = at_least_one, allow_negative_numbers = true)]
    pub k: usize,
    /// Ids of items that the newcomer likes so far: the next questions depend on them
    #[arg(long, value_name = "ID,ID,...")]
    pub liked: Vec<String>,
    /// Ids of items not to ask about, such as those asked about before
    #[arg(long, value_name = "ID,ID,...")]
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
