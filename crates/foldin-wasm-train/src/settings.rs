//! Settings as JavaScript gives them: an object, whose fields are the sections and keys of `foldin.toml`, or the text of
//! such a file.
//!
//! An object is like flags of the program: it changes some settings, and they are searched as by default. A file is a
//! file: whoever writes down settings wants these, and a search only where it has a section `[search]`.

use foldin_core::Source;
use foldin_train::config::{Config, parse};
use wasm_bindgen::prelude::*;

use crate::error::Thrown;

/// What stands for the file in messages.
const NAME: &str = "settings";

/// All settings.
///
/// # Errors
/// What [`parse`] says is wrong.
pub(crate) fn config(settings: &JsValue) -> Result<Config, Thrown> {
    let mut config = if settings.is_undefined() || settings.is_null() {
        Config::default()
    } else {
        match settings.as_string() {
            Some(text) => parse(NAME, &text)?,
            None => Config::default().with_changes(NAME, serde_wasm_bindgen::from_value(settings.clone())?)?,
        }
    };
    // A browser would take half an hour where the program takes some minutes.
    config.train.sources.retain(|source| *source != Source::Transformer);
    Ok(config)
}
