//! Progress of long steps: a bar on a terminal, a few plain lines elsewhere.

use std::cell::Cell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::talk;

/// How long a step is silent where lines stay.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// The progress of one step.
pub struct Progress {
    what: &'static str,
    total: usize,
    bar: Option<ProgressBar>,
    started: Instant,
    last_line: Cell<Instant>,
}

impl Progress {
    /// Begins a step that takes `total` equal parts.
    pub fn new(what: &'static str, total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style =
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {eta}").expect("the template is sound");
            ProgressBar::new(total as u64).with_style(style.progress_chars("=> ")).with_message(what)
        });
        let now = Instant::now();
        Progress { what, total, bar, started: now, last_line: Cell::new(now) }
    }

    /// Says that `done` parts are done.
    pub fn set(&self, done: usize) {
        match &self.bar {
            Some(bar) => bar.set_position(done as u64),
            None if done < self.total && self.last_line.get().elapsed() >= BETWEEN_LINES => {
                self.last_line.set(Instant::now());
                talk::step(&format!("{}: {done} of {} ({})", self.what, self.total, talk::seconds(self.started)));
            }
            None => {}
        }
    }

    /// Ends the step and says what came of it.
    pub fn end(self, outcome: &str) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        talk::step(&format!("{outcome} ({})", talk::seconds(self.started)));
    }
}
