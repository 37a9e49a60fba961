//! The Python package `foldin`: the program, and bindings of the trainer and the recommender.
//!
//! Values are converted here, and nothing is computed: trainings are those of `foldin_train::fit`, versions those of
//! `foldin-store`. The typed Python sources in `python/foldin` are what callers see. What has many fields crosses the
//! border as JSON.
//!
//! | module | holds |
//! |---|---|
//! | `table` | columns of Python values to the records that the readers read |
//! | `sources` | tables and files as one collection |
//! | `dataset` | a data set that was read |
//! | `settings` | settings as a table over a file or the defaults |
//! | `observer` | what happens in a training, for a callback that may cancel it |
//! | `training` | from a data set to a model |
//! | `evaluation` | metrics of a protocol |
//! | `model` | a model that answers, and can be saved |
//! | `request` | what is asked of it |
//! | `output` | what it answers |
//! | `folder` | versions of a model folder |
//! | `flags` | the program's flags in messages, as the arguments that they are here |
//! | `error` | the exceptions |

// PyO3 hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

mod dataset;
mod error;
mod evaluation;
mod flags;
mod folder;
mod model;
mod observer;
mod output;
mod request;
mod settings;
mod sources;
mod table;
mod training;

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with these arguments, without its name; gives its exit status.
#[pyfunction]
fn run_program(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| foldin_cli::run(std::iter::once(OsString::from("foldin")).chain(arguments)))
}

#[pymodule]
#[pyo3(name = "_foldin")]
fn foldin_module(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("FoldinError", module.py().get_type::<error::FoldinError>())?;
    module.add("RefusedError", module.py().get_type::<error::RefusedError>())?;
    module.add_class::<dataset::Dataset>()?;
    module.add_class::<model::Model>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(run_program, module)?)?;
    module.add_function(wrap_pyfunction!(dataset::read, module)?)?;
    module.add_function(wrap_pyfunction!(dataset::sample, module)?)?;
    module.add_function(wrap_pyfunction!(training::fit, module)?)?;
    module.add_function(wrap_pyfunction!(evaluation::evaluate, module)?)?;
    module.add_function(wrap_pyfunction!(folder::load, module)?)?;
    module.add_function(wrap_pyfunction!(folder::versions, module)?)?;
    module.add_function(wrap_pyfunction!(folder::rollback, module)?)
}
