//! Errors of the core as JavaScript's.

use std::fmt::Display;

use foldin_core::RequestError;
use foldin_core::file::FileError;
use wasm_bindgen::prelude::*;

/// What a call throws: an `Error` with a `code`.
#[derive(Debug)]
pub struct Thrown(JsValue);

impl Thrown {
    pub(crate) fn new(code: &str, message: &dyn Display) -> Self {
        let error = js_sys::Error::new(&message.to_string());
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&error, &"code".into(), &code.into());
        Thrown(error.into())
    }
}

impl From<FileError> for Thrown {
    fn from(error: FileError) -> Self {
        Thrown::new(error.code(), &error)
    }
}

impl From<RequestError> for Thrown {
    fn from(error: RequestError) -> Self {
        Thrown::new(error.code(), &error)
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
