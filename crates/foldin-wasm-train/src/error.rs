//! What is thrown: an `Error` with a `code`.

use std::fmt::Display;

use foldin_data::DatasetError;
use foldin_store::StoreError;
use foldin_train::config::ConfigError;
use foldin_train::fit::FitError;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use crate::flags::as_settings;

/// What a call throws.
#[derive(Debug)]
pub struct Thrown(JsValue);

impl Thrown {
    pub(crate) fn new(code: &str, message: &dyn Display) -> Self {
        let error = js_sys::Error::new(&as_settings(&message.to_string()));
        set(&error, "code", &code.into());
        Thrown(error.into())
    }

    pub(crate) fn too_many(events: usize, most: usize) -> Self {
        let message = format!(
            "there are {events} events, and in a browser at most {most} are learned from; train with the program \
             `foldin train`, or take a part of the users"
        );
        Thrown::new("too-many-events", &message)
    }

    fn with(self, field: &str, value: &JsValue) -> Self {
        set(&self.0, field, value);
        self
    }
}

/// Setting a property of a fresh object cannot fail.
fn set(object: &JsValue, field: &str, value: &JsValue) {
    let _ = Reflect::set(object, &field.into(), value);
}

/// With the columns that the file has, where a person has to say what they hold.
impl From<DatasetError> for Thrown {
    fn from(error: DatasetError) -> Self {
        let thrown = Thrown::new("unreadable-data", &error);
        let (DatasetError::ColumnMissing { file, found, .. } | DatasetError::RowNumbers { file, found, .. }) = &error
        else {
            return thrown;
        };
        let columns: Array = found.iter().map(JsValue::from).collect();
        thrown.with("file", &file.into()).with("columns", &columns)
    }
}

impl From<ConfigError> for Thrown {
    fn from(error: ConfigError) -> Self {
        Thrown::new("invalid-value", &error)
    }
}

impl From<FitError> for Thrown {
    fn from(error: FitError) -> Self {
        let code = if error.is_cancelled() { "cancelled" } else { "nothing-to-learn" };
        Thrown::new(code, &error)
    }
}

impl From<StoreError> for Thrown {
    fn from(error: StoreError) -> Self {
        Thrown::new("internal", &error)
    }
}

impl From<serde_wasm_bindgen::Error> for Thrown {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        Thrown::new("invalid-value", &error)
    }
}

/// What JavaScript itself threw.
impl From<JsValue> for Thrown {
    fn from(value: JsValue) -> Self {
        Thrown(value)
    }
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        thrown.0
    }
}
