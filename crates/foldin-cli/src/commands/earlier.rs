//! The version that a training starts from, and what has changed since.

use std::path::{Path, PathBuf};

use foldin_core::Recommender;
use foldin_core::model::{Catalogue, Model};
use foldin_store::{self as store, CONFIG, Stored};
use foldin_train::evaluate::changed_lists;
use foldin_train::evaluate::list_changes::K;

use crate::output::{self, count};

/// So many profiles of each kind are asked about with both versions.
const PROFILES: usize = 200;

/// Seed of the profiles.
const SEED: u64 = 7;

/// The current version of a model folder.
pub(crate) struct Earlier {
    dir: PathBuf,
    stored: Stored,
}

impl Earlier {
    pub(crate) fn read(dir: &Path) -> anyhow::Result<Self> {
        Ok(Earlier { dir: dir.to_owned(), stored: store::read(dir)? })
    }

    pub(crate) fn model(&self) -> &Model {
        &self.stored.model
    }

    pub(crate) fn version(&self) -> String {
        self.stored.entry.version.clone()
    }

    /// The file of its settings.
    pub(crate) fn settings(&self) -> PathBuf {
        self.dir.join(&self.stored.entry.version).join(CONFIG)
    }

    /// Items, and lists of sample profiles.
    pub(crate) fn say_what_changed(&self, new: &Model) -> anyhow::Result<()> {
        let lacks = |catalogue: &Catalogue, of: &Catalogue| {
            of.items().filter(|item| catalogue.find(of.id(*item)).is_none()).count()
        };
        let (before, after) = (&self.model().catalogue, &new.catalogue);
        let (added, gone) = (lacks(before, after), lacks(after, before));
        let likes = i128::from(new.about.n_likes) - i128::from(self.model().about.n_likes);
        let (before, after) = (Recommender::new(self.model().clone()), Recommender::new(new.clone()));
        let lists = match changed_lists(&before, &after, PROFILES, SEED)? {
            Some(lists) => format!(
                "{} of {} lists of {K} changed, and {:.1} % of their items stay",
                lists.changed,
                lists.profiles,
                100.0 * lists.mean_overlap
            ),
            None => "no item is in both".to_owned(),
        };
        let version = self.version();
        output::step(&format!("since {version}: {likes:+} likes, {} new, {gone} gone; {lists}", count(added, "item")));
        Ok(())
    }
}
