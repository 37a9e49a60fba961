//! The exceptions: messages are those of the program, with arguments in place of flags.

use std::error::Error;

use pyo3::create_exception;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;

use crate::flags::as_arguments;

create_exception!(foldin, FoldinError, PyValueError, "Data, settings or a request that cannot be used.");
create_exception!(
    foldin,
    RefusedError,
    FoldinError,
    "A model that is not good enough to replace the current version; `doubts` are the reasons."
);

/// An error as an exception.
#[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub(crate) fn raised(error: impl Error) -> PyErr {
    FoldinError::new_err(as_arguments(&error.to_string()))
}

/// A message as an exception.
pub(crate) fn wrong(message: &str) -> PyErr {
    FoldinError::new_err(as_arguments(message))
}

/// A training that ended because somebody asked for it, where no exception says who.
pub(crate) fn cancelled() -> PyErr {
    PyKeyboardInterrupt::new_err("the training was cancelled")
}
