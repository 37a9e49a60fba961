//! What a search for settings says: a table that changes in place on a terminal, and lines elsewhere.

use foldin_core::Source;
use foldin_train::tune::{SearchState, Trial};

use crate::live_table::LiveTable;
use crate::output;

/// Shows a search while it runs.
pub(crate) struct SearchOutput {
    table: LiveTable,
    /// The best trial of each learner that was shown last.
    shown: Vec<(Source, usize)>,
    /// Whether every improvement is worth a line where there is no terminal.
    says_improvements: bool,
}

impl SearchOutput {
    pub(crate) fn new(says_improvements: bool) -> Self {
        SearchOutput { table: LiveTable::new(), shown: Vec::new(), says_improvements }
    }

    pub(crate) fn show(&mut self, trial: &Trial, states: &[SearchState]) {
        let best: Vec<(Source, usize)> = states.iter().map(|state| (state.source, state.best.number)).collect();
        let is_news = self.says_improvements && best.iter().any(|one| !self.shown.contains(one));
        self.table.show(&table(states), is_news.then(|| line(trial)).as_deref());
        self.shown = best;
    }

    /// Takes the table away.
    pub(crate) fn end(self) {
        self.table.end();
    }
}

/// The best trial of each learner.
pub(crate) fn table(states: &[SearchState]) -> String {
    let mut table = format!("{:<12}{:>7}{:>10}{:>9}  best settings\n", "source", "trials", "at start", "ndcg@10");
    for state in states {
        let values = if is_as_at_start(state) { "as at the start".to_owned() } else { values(&state.best) };
        let (name, n_trials) = (state.source.name(), state.n_trials);
        let (start, best) = (ndcg(state.at_start), ndcg(state.best.ndcg));
        table += &format!("{name:<12}{n_trials:>7}{start:>10}{best:>9}  {values}\n");
    }
    table
}

/// What came of a search, one line per learner.
pub(crate) fn say_outcome(states: &[SearchState]) {
    for state in states {
        let (name, start, best) = (state.source.name(), ndcg(state.at_start), ndcg(state.best.ndcg));
        let outcome = if is_as_at_start(state) {
            format!("{name}: NDCG@10 {start} with the settings at the start, and no better")
        } else {
            format!("{name}: NDCG@10 {best}, up from {start}, with {}", values(&state.best))
        };
        output::detail(&outcome);
    }
}

fn is_as_at_start(state: &SearchState) -> bool {
    state.best.number == 0
}

fn line(trial: &Trial) -> String {
    format!("  {} {}: {}", trial.source.name(), ndcg(trial.ndcg), values(trial))
}

fn values(trial: &Trial) -> String {
    trial.values.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}

fn ndcg(ndcg: Option<f64>) -> String {
    ndcg.map_or_else(|| "none".to_owned(), |ndcg| format!("{ndcg:.4}"))
}
