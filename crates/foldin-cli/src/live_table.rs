//! A table that changes while something runs: redrawn in its place on a terminal, and a line for each change elsewhere.

use std::sync::atomic::Ordering;

use indicatif::{ProgressBar, ProgressStyle};

use crate::output;
use crate::progress::BARS;

/// A table on a terminal, or lines in a pipe.
pub(crate) struct LiveTable {
    bar: Option<ProgressBar>,
}

impl LiveTable {
    /// Begins an empty table.
    pub(crate) fn new() -> Self {
        let bar = BARS.load(Ordering::Relaxed).then(|| {
            let style = ProgressStyle::with_template("{msg}").expect("the template is sound");
            ProgressBar::new_spinner().with_style(style)
        });
        LiveTable { bar }
    }

    /// Shows the table as it is now. `line`, if any, says what has changed, to readers who see no table.
    pub(crate) fn show(&self, table: &str, line: Option<&str>) {
        match (&self.bar, line) {
            (Some(bar), _) => bar.set_message(table.trim_end().to_owned()),
            (None, Some(line)) => output::step(line),
            (None, None) => {}
        }
    }

    /// Takes the table away; the caller says what came of it.
    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
