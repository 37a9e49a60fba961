//! Progress of long steps: a bar on a terminal, a few plain lines elsewhere, and where logs are for programs.

use std::cell::Cell;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::output;

/// How long a step is silent where lines stay.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// Whether a bar may be drawn on standard error.
pub(crate) static BARS: AtomicBool = AtomicBool::new(false);

/// Lets bars be drawn from here on, if standard error is a terminal.
pub(crate) fn allow_bars() {
    BARS.store(std::io::stderr().is_terminal(), Ordering::Relaxed);
}

/// The progress of one step.
pub(crate) struct Progress {
    what: &'static str,
    total: usize,
    bar: Option<ProgressBar>,
    started: Instant,
    last_line: Cell<Instant>,
}

impl Progress {
    /// Begins a step that takes `total` equal parts.
    pub(crate) fn new(what: &'static str, total: usize) -> Self {
        let bar = BARS.load(Ordering::Relaxed).then(|| {
            let style =
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {eta}").expect("the template is sound");
            ProgressBar::new(total as u64).with_style(style.progress_chars("=> ")).with_message(what)
        });
        let now = Instant::now();
        Progress { what, total, bar, started: now, last_line: Cell::new(now) }
    }

    /// Says that `done` parts are done.
    pub(crate) fn set(&self, done: usize) {
        match &self.bar {
            Some(bar) => bar.set_position(done as u64),
            None if done < self.total && self.last_line.get().elapsed() >= BETWEEN_LINES => {
                self.last_line.set(Instant::now());
                let (what, total, took) = (self.what, self.total, output::seconds(self.started));
                tracing::info!(
                    done,
                    total,
                    seconds = output::elapsed(self.started),
                    "{what}: {done} of {total} ({took})"
                );
            }
            None => {}
        }
    }

    /// Ends the step and says what came of it.
    pub(crate) fn end(self, outcome: &str) {
        let (seconds, took) = (output::elapsed(self.started), output::seconds(self.started));
        // The bar is gone before the line comes.
        drop(self);
        match outcome.strip_prefix("  ") {
            Some(outcome) => tracing::info!(detail = true, seconds, "{outcome} ({took})"),
            None => tracing::info!(seconds, "{outcome} ({took})"),
        }
    }
}

/// A step that ends without a word leaves no bar behind.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
