//! Models on disk: one folder per version, and one manifest that says which is current.
//!
//! ```text
//! DIR/manifest.json                 the only file that ever changes
//! DIR/.lock                         locked while a version is added or chosen
//! DIR/.pending                      the version that is being added, for whoever finds that its writer was killed
//! DIR/v1.0.0/score-<hash>.foldin    all that ranking needs
//! DIR/v1.0.0/show-<hash>.foldin     all that showing needs
//! DIR/v1.0.0/users-<hash>.foldin    known users, only where asked for
//! DIR/v1.0.0/config.toml            the settings it was made with
//! DIR/v1.0.0/metrics.json           what was measured
//! DIR/v1.0.0/metadata.json          data, program and times
//! DIR/v1.0.0/card.html              the model card
//! DIR/v1.0.0/data.html              the data report
//! ```
//!
//! A version is written under a temporary name and renamed when complete, and the manifest is replaced as a whole, so
//! that a run that fails or is killed leaves the earlier model as it was. Whoever writes holds a [`Lock`], and first
//! removes what killed runs have left behind. All changes go through the trait of `disk.rs`, so that tests can let each
//! of them fail.
//!
//! [`NewVersion`] is a version in memory: what goes into a folder, or wherever a browser keeps it.
//!
//! [`run_log`] and [`journal`] are the logs of runs and of the trials of a search.

mod content;
mod disk;
mod error;
mod file_names;
pub mod journal;
mod lock;
mod manifest;
mod new_version;
mod predecessor;
mod read;
mod recover;
mod rollback;
pub mod run_log;
mod variants;
mod version;
mod write;

#[cfg(test)]
mod faults;

pub use self::error::StoreError;
pub use self::file_names::{CONFIG, LOCK, MANIFEST, METADATA, METRICS};
pub use self::lock::{Lock, lock};
pub use self::manifest::{FileEntry, Manifest, TrainedOn, Variant, VersionEntry, read_manifest, write_manifest};
pub use self::new_version::{Encoded, MakeCard, NewVersion, VersionArtefacts};
pub use self::predecessor::predecessor;
pub use self::read::{Stored, read, read_version};
pub use self::rollback::{check_whole, find_version, rollback};
pub use self::variants::{served, set_variants};
pub use self::write::{check, write};
