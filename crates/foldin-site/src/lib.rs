//! Recommendations for a website: from a folder of built HTML and access logs to a data set that
//! [`fit`](foldin_train::fit::fit) learns from, and from the model back into the pages.
//!
//! | module | holds | uses |
//! |---|---|---|
//! | [`pages`] | a folder of HTML to the catalogue | |
//! | [`logs`] | access logs to requests | `pages` (addresses) |
//! | [`visits`] | requests to sessions, without visitors | `logs`, `pages` |
//! | [`counts`] | what many runs have counted | `visits`, `pages` |
//! | [`text`] | words of a text, by language | |
//! | [`dataset()`] | pages and sessions as a data set | all above |
//! | [`settings`] | settings for page views | |
//! | [`freshness`] | newer pages first | `pages` |
//! | [`related`] | the pages to read after each page | `pages`, `freshness` |
//! | [`inject`] | links in pages, and out of them again | |
//!
//! No address, user agent or visitor leaves [`visits`]: what others get are sessions, which tell neither whose they are
//! nor which belong together.

pub mod counts;
mod dataset;
pub mod freshness;
pub mod inject;
pub mod logs;
pub mod pages;
pub mod related;
pub mod settings;
pub mod text;
pub mod visits;
mod whole_file;

pub use dataset::{dataset, language_genre};
