//! What happens in a training, for a callback that may cancel it.

use std::time::Instant;

use foldin_train::artefacts::Metadata;
use foldin_train::cancel::Cancelled;
use foldin_train::fit::{Event, Observer, PhaseTimes, PlainEvent};
use pyo3::prelude::*;

use crate::error::cancelled;
use crate::flags::as_arguments;
use crate::output::json;

/// Tells a callback what happens, and looks for signals such as that of Ctrl-C.
pub(crate) struct Caller {
    on_event: Option<Py<PyAny>>,
    started: Instant,
    phases: PhaseTimes,
    /// What the callback or a signal has raised.
    raised: Option<PyErr>,
}

impl Caller {
    pub(crate) fn new(on_event: Option<Py<PyAny>>) -> Self {
        Caller { on_event, started: Instant::now(), phases: PhaseTimes::default(), raised: None }
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        (self.started.elapsed().as_secs_f64() * 1e3).round() / 1e3
    }

    /// Writes down how long the phases took.
    pub(crate) fn write_times(&self, metadata: &mut Metadata) {
        self.phases.write_to(metadata, self.seconds());
    }

    /// Why the training was cancelled.
    pub(crate) fn why_cancelled(self) -> PyErr {
        self.raised.unwrap_or_else(cancelled)
    }

    fn tell(&self, py: Python<'_>, event: &Event<'_>) -> PyResult<bool> {
        py.check_signals()?;
        let Some(on_event) = &self.on_event else { return Ok(true) };
        let told = match PlainEvent::new(event, self.phases.current()) {
            Some(PlainEvent::NotHeldOut { why }) => PlainEvent::NotHeldOut { why: as_arguments(&why) },
            Some(told) => told,
            None => return Ok(true),
        };
        let answer = on_event.call1(py, (json(&told),))?;
        Ok(!answer.bind(py).is(pyo3::types::PyBool::new(py, false).as_any()))
    }
}

impl Observer for Caller {
    fn on_event(&mut self, event: Event<'_>) -> Result<(), Cancelled> {
        if let Event::Started(phase) = event {
            self.phases.begin(phase, self.seconds());
        }
        match Python::attach(|py| self.tell(py, &event)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Cancelled),
            Err(error) => {
                self.raised = Some(error);
                Err(Cancelled)
            }
        }
    }
}
