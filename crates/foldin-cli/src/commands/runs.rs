//! `foldin runs`: what was trained and evaluated so far.

use std::io;

use anyhow::{anyhow, bail};
use foldin_store::run_log;
use foldin_train::artefacts::RunLine;

use crate::args::RunsArguments;
use crate::output::{self, clip, plain};

/// The figures that the table shows, beside the one that it is sorted by.
const FIGURES: [&str; 2] = ["ndcg@10", "recall@20"];
/// The widest that settings may be in the table.
const SETTINGS_COLUMNS: usize = 60;

pub(crate) fn run(arguments: &RunsArguments) -> anyhow::Result<()> {
    let path = arguments.runs.display();
    let found = run_log::read(&arguments.runs).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            anyhow!("no run is logged in {path}: `foldin train` and `foldin evaluate` add a line each")
        }
        _ => anyhow!("cannot read {path}: {error}"),
    })?;
    if found.damaged > 0 {
        output::note(&format!("{} of {path} cannot be read and left out", output::count(found.damaged, "line")));
    }
    let mut runs = found.runs;
    let first = runs.len().saturating_sub(arguments.last.unwrap_or(usize::MAX));
    runs.drain(..first);
    if let Some(figure) = &arguments.sort {
        sort(&mut runs, figure)?;
    }
    let text = if arguments.json {
        serde_json::to_string_pretty(&serde_json::json!({ "runs": runs, "damaged": found.damaged }))?
    } else {
        table(&runs, arguments.sort.as_deref())
    };
    Ok(output::result(&text)?)
}

/// The highest first; runs without the figure come last, and equals stay in the order of time.
fn sort(runs: &mut [RunLine], figure: &str) -> anyhow::Result<()> {
    let mut known: Vec<&str> = runs.iter().flat_map(|run| run.metrics.keys()).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    if !known.contains(&figure) && !runs.is_empty() {
        let known =
            if known.is_empty() { "none was measured".to_owned() } else { format!("there are {}", known.join(", ")) };
        bail!("no run has a figure \"{figure}\": {known}");
    }
    let of = |run: &RunLine| run.metrics.get(figure).copied().unwrap_or(f64::NEG_INFINITY);
    runs.sort_by(|a, b| of(b).total_cmp(&of(a)));
    Ok(())
}

fn table(runs: &[RunLine], sorted_by: Option<&str>) -> String {
    let mut figures = FIGURES.to_vec();
    figures.extend(sorted_by.filter(|figure| !FIGURES.contains(figure)));
    let mut heading = vec!["time (UTC)", "command", "data", "measured", "version", "seconds"];
    heading.extend(&figures);
    heading.push("settings");
    let mut rows: Vec<Vec<String>> = vec![heading.into_iter().map(str::to_owned).collect()];
    for run in runs {
        let or_dash = |text: &Option<String>| text.as_deref().map_or("-".to_owned(), |text| plain(text).into());
        let mut row = vec![output::minute(&run.time), plain(&run.command).into(), plain(&run.data).into()];
        row.extend([or_dash(&run.measured), or_dash(&run.version), format!("{:.1}", run.seconds)]);
        let figure = |name: &&str| run.metrics.get(*name).map_or("-".to_owned(), |figure| format!("{figure:.4}"));
        row.extend(figures.iter().map(figure));
        let settings: Vec<String> = run.settings.iter().map(|(key, value)| format!("{key}={value}")).collect();
        row.push(clip(&plain(&settings.join(" ")), SETTINGS_COLUMNS));
        rows.push(row);
    }
    let numbers: Vec<usize> = (5..6 + figures.len()).collect();
    output::columns(&rows, &numbers)
}
