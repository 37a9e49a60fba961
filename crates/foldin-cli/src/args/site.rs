//! Arguments of the commands that build and serve a site.

use std::path::PathBuf;

use clap::Args;

use super::ModelArguments;

#[derive(Debug, Args)]
pub(crate) struct BuildArguments {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Folder to write the site to
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub out: PathBuf,
    /// Leave the model's files as they are; otherwise they are compressed with gzip, since many hosts do not compress
    /// .foldin files, and readers unpack them
    #[arg(long)]
    pub uncompressed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Folder to serve
    #[arg(default_value = "site")]
    pub dir: PathBuf,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
}
