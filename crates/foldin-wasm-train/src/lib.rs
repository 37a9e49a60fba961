//! The trainer for JavaScript: the readers of `foldin-data`, the recipe of `foldin-train` and the files of `foldin-store`.
//! Values are converted here, and nothing is computed.
//!
//! The npm package in `pkg/` is what callers see, as `foldin/train`; its types document every field. It gives the bytes
//! of files to a [`Reading`], shows what was understood, and lets it [train](Reading::train).
//!
//! | module | holds |
//! |---|---|
//! | `door` | from named bytes to the files of a version, without JavaScript |
//! | `events` | what happens in a training, for a callback that may cancel it |
//! | `settings` | settings as an object or as the text of a file |
//! | `output` | what was read and what was trained, as objects |
//! | `flags` | the program's flags in messages, as the settings that they are here |
//! | `error` | what is thrown |

pub mod door;
mod error;
mod events;
mod flags;
mod output;
mod settings;

use foldin_data::{Dataset, ReadReport};
use foldin_train::config::Config;
use foldin_train::fit::fit;
use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

pub use crate::error::Thrown;
use crate::events::Caller;

/// A data set that was read.
#[wasm_bindgen]
pub struct Reading {
    dataset: Dataset,
    report: ReadReport,
    config: Config,
    seconds: f64,
}

#[wasm_bindgen]
impl Reading {
    /// Reads the data set that named files make up: `names` and the bytes of each. With `items`, the file of this name is
    /// the catalogue and all others are events; without it, the files are told by their names and columns.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::needless_pass_by_value, reason = "JavaScript gives an optional text as a value")]
    pub fn new(
        name: String,
        names: Vec<String>,
        contents: Vec<Uint8Array>,
        items: Option<String>,
        settings: &JsValue,
    ) -> Result<Reading, Thrown> {
        let began = now();
        let config = settings::config(settings)?;
        let files = names.into_iter().zip(contents.iter().map(Uint8Array::to_vec)).collect();
        drop(contents);
        let (dataset, report) = door::read(name, files, items.as_deref(), &config)?;
        Ok(Reading { dataset, report, config, seconds: now() - began })
    }

    /// What was understood.
    pub fn facts(&self) -> Result<JsValue, Thrown> {
        output::reading(&self.dataset, &self.report, &self.config)
    }

    /// Trains, and gives the files of a model with what was measured. `on_event` is called with everything that happens;
    /// it ends the training by returning `false`, or by throwing, and then what it has thrown is thrown here.
    pub fn train(&self, on_event: &Function) -> Result<JsValue, Thrown> {
        let began = now();
        let mut caller = Caller::new(on_event, now);
        let fitted = match fit(&self.dataset, &self.config, &mut caller) {
            Ok(fitted) => fitted,
            Err(error) => return Err(caller.thrown().unwrap_or_else(|| error.into())),
        };
        let mut metadata = door::metadata(&self.dataset, &fitted, began - self.seconds);
        metadata.reading_seconds = door::rounded(self.seconds);
        metadata.total_seconds = door::rounded(now() - began + self.seconds);
        caller.write_times(&mut metadata);
        let version = door::version(&self.dataset, &self.report, &self.config, &fitted, metadata)?;
        let doubts: Vec<String> =
            fitted.doubts(&self.dataset, Some(&self.report), None).iter().map(ToString::to_string).collect();
        output::trained(&version, &fitted, &self.report, &doubts)
    }
}

/// Seconds since 1970.
fn now() -> f64 {
    js_sys::Date::now() / 1e3
}
