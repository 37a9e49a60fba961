//! What happens in a training, as plain objects for a callback.

use foldin_train::artefacts::Metadata;
use foldin_train::cancel::Cancelled;
use foldin_train::fit::{Event, Observer, PhaseTimes, PlainEvent};
use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::error::Thrown;
use crate::flags::as_settings;
use crate::output::to_js;

/// Tells a callback what happens.
pub(crate) struct Caller<'a> {
    on_event: &'a Function,
    /// Seconds of a clock.
    now: fn() -> f64,
    phases: PhaseTimes,
    /// What the callback has thrown.
    thrown: Option<Thrown>,
}

impl<'a> Caller<'a> {
    pub(crate) fn new(on_event: &'a Function, now: fn() -> f64) -> Self {
        Caller { on_event, now, phases: PhaseTimes::default(), thrown: None }
    }

    /// What the callback has thrown, once.
    pub(crate) fn thrown(&mut self) -> Option<Thrown> {
        self.thrown.take()
    }

    /// Writes down how long the phases took.
    pub(crate) fn write_times(&self, metadata: &mut Metadata) {
        self.phases.write_to(metadata, (self.now)());
    }

    fn tell(&mut self, told: &PlainEvent<'_>) -> Result<(), Cancelled> {
        let answer = to_js(told).map_err(JsValue::from).and_then(|told| self.on_event.call1(&JsValue::NULL, &told));
        match answer {
            Ok(answer) if answer == JsValue::FALSE => Err(Cancelled),
            Ok(_) => Ok(()),
            Err(thrown) => {
                self.thrown = Some(thrown.into());
                Err(Cancelled)
            }
        }
    }
}

impl Observer for Caller<'_> {
    fn on_event(&mut self, event: Event<'_>) -> Result<(), Cancelled> {
        if let Event::Started(phase) = event {
            self.phases.begin(phase, (self.now)());
        }
        match PlainEvent::new(&event, self.phases.current()) {
            Some(PlainEvent::NotHeldOut { why }) => self.tell(&PlainEvent::NotHeldOut { why: as_settings(&why) }),
            Some(told) => self.tell(&told),
            None => Ok(()),
        }
    }
}
