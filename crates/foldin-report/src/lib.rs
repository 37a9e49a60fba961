//! Reports: one HTML page about a data set or about a version of a model.
//!
//! ```
//! use foldin_data::{Likes, sample};
//! use foldin_report::data;
//!
//! let facts = data::data_facts(&sample::sample(), None, Likes::Automatic);
//! assert_eq!((facts.users, facts.like_threshold), (5500, Some(4.0)));
//! let page = data::render(&facts);
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! ```
//!
//! The facts of a report are plain structs, which are printed as JSON as well: [`data::data_facts`] counts what is in a
//! data set, and [`model::model_facts`] reads what a model folder holds. [`data::render`] and [`model::render`] make
//! pages of them.
//!
//! | module | holds |
//! |---|---|
//! | [`data`] | the data report: what to know about a data set before training on it |
//! | [`model`] | the model card: what a version was made from, and its metrics |
//! | `artefacts` | what a version holds beside its model |
//! | `page` | pages as data, and their HTML |
//! | `chart` | bars, rows, lines and heat maps as SVG, each with a table of its values |
//! | `number` | numbers as people read them |
//!
//! A page is a single file: it loads no scripts, fonts or images. It follows the reader's light or dark setting, and
//! contains no time of day, so that the same facts give the same bytes. Names and titles from data sets are escaped
//! wherever they occur.

mod artefacts;
mod chart;
pub mod data;
pub mod model;
mod number;
mod page;

pub use artefacts::version_artefacts;
