//! Arguments of `foldin site`.

use std::path::PathBuf;

use clap::Args;
use foldin_data::Columns;

use super::values::{at_least_one, half_life};

/// What people do with it.
const EXAMPLE: &str = "\
Examples:
  foldin site public --log access.log*        learn from pages and visits, and put \"read next\" into the pages
  foldin site public                          the same from the pages alone
  foldin site public --dry-run                list pages, ids and fields, and what is left out; write nothing
  foldin site public --log access.log --counts site.foldin-counts
                                              keep counts between runs, so that logs can be deleted
  foldin site public --offline                also make visited pages work without a network
  foldin site public --remove                 undo all of it";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct SiteArguments {
    /// Folder with the built site, such as public, _site or dist
    pub folder: PathBuf,
    /// Access logs, also compressed, in any order: of nginx, Apache, Caddy, lighttpd, CloudFront, S3, IIS. --log-format
    /// describes others in nginx's syntax
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub log: Vec<PathBuf>,
    /// Page views from an analytics tool instead of logs: CSV, JSON or Parquet with a visitor or session, an address and
    /// perhaps a time
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "log")]
    pub events: Vec<PathBuf>,
    /// Which column of --events holds what: user=COLUMN,item=COLUMN,time=COLUMN [default: told by the names]
    #[arg(long, value_name = "ROLE=COLUMN,...", requires = "events")]
    pub columns: Option<Columns>,
    /// Path that the folder is served below, such as /blog/ [default: what canonical links say, else /]
    #[arg(long, value_name = "PATH")]
    pub base: Option<String>,
    /// Where the list goes: a CSS selector, before whose end it is put, or `marker` for <foldin-related> alone [default:
    /// <foldin-related>, else the end of article or main]
    #[arg(long, value_name = "SELECTOR")]
    pub inject: Option<String>,
    /// Leave the pages as they are; write the model only
    #[arg(long, conflicts_with = "inject")]
    pub no_inject: bool,
    /// Take out of the pages what foldin has put in, and delete the folder foldin/ and the service worker
    #[arg(long, conflicts_with_all = ["half_life", "log", "events", "inject", "no_inject", "related", "counts", "offline", "dry_run"])]
    pub remove: bool,
    /// File to write the lists to, for templates: by the path of a page, the pages to read next
    #[arg(long, value_name = "FILE")]
    pub related: Option<PathBuf>,
    /// File of counts to learn from and to add to. It holds no visitor, so that logs can be deleted after each run
    #[arg(long, value_name = "FILE")]
    pub counts: Option<PathBuf>,
    /// Show what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How many pages a list has
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = at_least_one)]
    pub k: usize,
    /// Prefer newer pages: the weight of a page halves in so many days since its date; 1 to 36500 [default: age does not
    /// count]
    #[arg(long, value_name = "DAYS", value_parser = half_life)]
    pub half_life: Option<f32>,
    /// Show pictures and dates in the lists
    #[arg(long)]
    pub cards: bool,
    /// Make pages that were visited work without a network, by a service worker at the top of the folder
    #[arg(long)]
    pub offline: bool,
    /// Tell apart addresses that differ in their query only, by data-foldin-id
    #[arg(long)]
    pub queries: bool,
    /// Fewest people behind everything that the model learns from visits; 1 to 100 [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub min_support: Option<u8>,
}
