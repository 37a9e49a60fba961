//! Recommendations that somebody else made, to be compared with.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_data::split::HeldOut;
use foldin_data::{Dataset, ItemNo};

use crate::list_csv::read_recommendations;
use crate::output::{self, count};

/// Lists for held-out users, in their order.
pub(super) struct OpposingLists {
    /// The name of the file.
    pub name: String,
    pub lists: Vec<Vec<ItemNo>>,
    /// Items of the data set, and those that only the file has: they take up places in lists.
    pub n_items: usize,
}

impl OpposingLists {
    /// # Errors
    /// If the file cannot be read, or has no list for anybody.
    pub(super) fn read(path: &Path, dataset: &Dataset, held_out: &[HeldOut]) -> anyhow::Result<Self> {
        let mut items = dataset.items.clone();
        let about = || format!("{} cannot be compared with", path.display());
        let file = File::open(path).with_context(about)?;
        let mut lists = read_recommendations(BufReader::new(file), &dataset.users, &mut items).with_context(about)?;
        let n_without = held_out.iter().filter(|one| !lists.contains_key(&one.user)).count();
        if n_without == held_out.len() {
            bail!("{} has no list for any of the {}", path.display(), count(n_without, "user"));
        }
        if n_without > 0 {
            output::note(&format!("{} has no list for {}, which counts 0", path.display(), count(n_without, "user")));
        }
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(OpposingLists {
            name: file_name.unwrap_or_else(|| path.display().to_string()),
            lists: held_out.iter().map(|one| lists.remove(&one.user).unwrap_or_default()).collect(),
            n_items: items.len(),
        })
    }
}
