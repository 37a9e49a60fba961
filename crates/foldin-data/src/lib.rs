//! Data sets: from files to a [`Dataset`], and from a data set to a [`Split`](split::Split).
//!
//! ```
//! use foldin_data::split::{self, Protocol, SplitError, SplitOptions};
//! use foldin_data::{Likes, sample};
//!
//! let dataset = sample::sample();
//! let threshold = Likes::Automatic.threshold(&dataset);
//! let split = split::split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed: 7 })?;
//! assert_eq!(threshold, Some(4.0));
//! assert!(split.test.iter().all(|one| !one.relevant.is_empty()));
//! # Ok::<(), SplitError>(())
//! ```
//!
//! | module | holds |
//! |---|---|
//! | [`dataset`](Dataset) | events and the catalogue they are about, in memory |
//! | [`read`] | files to a data set, one reader per format |
//! | [`likes`](Likes) | which events are likes |
//! | [`interactions`] | who liked what, as a sparse matrix |
//! | [`split`] | which events train, and whom to measure on |
//! | [`sample`] | the built-in simulated data set |
//! | [`fingerprint()`] | a checksum of the content |
//!
//! The feature `fs`, on by default, reads folders of the file system; without it, files come as bytes in memory.

mod confidence;
mod dataset;
mod duplicates;
mod files;
mod fingerprint;
mod given;
pub mod interactions;
mod likes;
mod read;
mod records;
pub mod sample;
pub mod split;
pub mod text;

pub use confidence::Confidence;
pub use dataset::{Dataset, Events, Ids, ItemNo, ItemRecord, UserNo};
#[cfg(feature = "fs")]
pub use files::{Chosen, Folder};
pub use files::{Files, InMemory};
pub use fingerprint::fingerprint;
pub use given::{Given, GivenEntry, GivenFactors, GivenLists, GivenLoss};
pub use likes::{HIGHEST_SCALE, Likes, has_stars};
#[cfg(all(feature = "fs", feature = "parquet"))]
pub use read::{
    AlsOrigin, Exchange, ExchangeAbout, ExchangeError, NeighbourCounts, NextCounts, SampleOrigin, read_exchange,
};
pub use read::{
    BadLine, Columns, ColumnsRead, DatasetError, DateOrder, EventWeights, Format, IdMatch, IdMatches, NearMiss,
    ReadOptions, ReadReport, ZeroRating, event_weight, read_files, read_movielens_fold, read_named,
};
#[cfg(all(feature = "fs", feature = "vectors"))]
pub use read::{ImplicitLoss, VectorOptions, Vectors, VectorsError, read_vectors};
#[cfg(feature = "fs")]
pub use read::{read, read_events_csv, read_paths};
#[cfg(feature = "compression")]
pub use read::{unpacked, with_unpacked_folders};
