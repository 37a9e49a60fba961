//! Reports: one HTML page about a data set or a model, to be read by people.
//!
//! Facts come first and drawing later: [`data::data_facts`] and [`model::model_facts`] give plain structs that are
//! tested by hand-computed cases and printed as JSON, [`data::render`] and [`model::render`] make pages of them.
//!
//! | module | holds |
//! |---|---|
//! | `data` | what there is to know of a data set before learning from it |
//! | `model` | the model card: what a version was made from and measured at |
//! | `chart` | bars, rows, lines and heat maps as SVG, each with a table of the same figures |
//! | `page` | the frame of a page: its style, summary, sections and figures |
//! | `number` | figures as people read them |
//!
//! A page is one file: no script, no font and no picture from elsewhere. It follows the reader's light or dark setting,
//! since every colour is a variable of its style sheet, and it holds no time of day, so that the same facts give the
//! same bytes. Titles and names of a data set are escaped wherever they stand, by `maud`.

mod chart;
pub mod data;
pub mod model;
mod number;
mod page;
