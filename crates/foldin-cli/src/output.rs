//! What the program prints: results alone on standard output; everything else through [`tracing`], which `logs.rs`
//! writes to standard error.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use foldin_data::text::is_control;
pub(crate) use foldin_data::text::{count, size};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A result. Unlike `println!` it does not panic where the reader has gone, as `head` does.
pub(crate) fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// A step that was done, and what came of it. Two spaces before it make it a [`detail`].
///
/// Steps with numbers use [`tracing::info!`] with a field for each: `logs.rs` decides how they are written.
pub(crate) fn step(text: &str) {
    match text.strip_prefix("  ") {
        Some(text) => detail(text),
        None => tracing::info!("{text}"),
    }
}

/// Part of the step above.
pub(crate) fn detail(text: &str) {
    tracing::info!(detail = true, "{text}");
}

/// A sentence of a report as a note of the program: no capital, no full stop.
pub(crate) fn as_note(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// Something worth knowing about the step above.
pub(crate) fn note(text: &str) {
    tracing::warn!("{text}");
}

/// Why the program stops. Causes follow on lines of their own.
pub(crate) fn error(error: &anyhow::Error) {
    match causes(error).as_slice() {
        [] => tracing::error!("{error}"),
        causes => tracing::error!(because = causes.join("\n"), "{error}"),
    }
}

/// Why the program stops before logs are set up.
pub(crate) fn error_before_logs(error: &anyhow::Error) {
    let causes: String = causes(error).iter().map(|cause| format!("\n  because: {cause}")).collect();
    let _ = writeln!(io::stderr(), "error: {error}{causes}");
}

/// The causes of an error, without those that its sentence holds already.
fn causes(error: &anyhow::Error) -> Vec<String> {
    let mut said = error.to_string();
    let mut causes = Vec::new();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !said.contains(&cause) {
            causes.push(cause.clone());
        }
        said = cause;
    }
    causes
}

/// Whole seconds, or tenths below ten.
pub(crate) fn seconds(since: Instant) -> String {
    let seconds = elapsed(since);
    if seconds < 10.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}

/// Seconds since then, to the millisecond.
pub(crate) fn elapsed(since: Instant) -> f64 {
    rounded(since.elapsed())
}

/// Seconds, to the millisecond.
pub(crate) fn rounded(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e3).round() / 1e3
}

/// A path as it can be typed into a shell.
pub(crate) fn shell(path: &Path) -> String {
    let path = path.display().to_string();
    let is_safe = |letter: char| letter.is_alphanumeric() || "/._-+:".contains(letter);
    if path.chars().all(is_safe) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Text from a data set, fit for one line of a terminal: characters that could recolour, move or turn it become spaces.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(is_control) { text.replace(is_control, " ").into() } else { text.into() }
}

/// Text cut to so many columns, with an ellipsis where something is missing.
pub(crate) fn clip(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(1);
    let fits = |letter: &char| {
        let width = letter.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

/// Text filled up to so many columns: `{:20}` counts letters, of which some are two columns wide and some none.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// A time as `2030-12-24 18:00`, from the long form that files hold.
pub(crate) fn minute(time: &str) -> String {
    time.get(..16).map_or_else(|| plain(time).into(), |time| time.replace('T', " "))
}

/// Rows as columns with two spaces between; those numbered in `numbers` stand to the right.
pub(crate) fn columns(rows: &[Vec<String>], numbers: &[usize]) -> String {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            if numbers.contains(&column) {
                format!("{}{cell}", " ".repeat(widths[column] - cell.width()))
            } else {
                pad(cell, widths[column])
            }
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_by_columns_and_not_by_letters() {
        assert_eq!([clip("Alien", 5), clip("Aliens", 5), clip("千と千尋", 5)], ["Alien", "Alie…", "千と…"]);
        assert_eq!([pad("千と", 5), pad("e\u{301}", 2)], ["千と ", "e\u{301} "]);
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "1", "x"], ["千と", "20", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows, &[1]), "a      1  x\n千と  20\n");
    }

    #[test]
    fn control_characters_of_a_data_set_do_not_reach_the_terminal() {
        assert_eq!(plain("Alien\u{1b}[2J\n(1979)"), "Alien [2J (1979)");
    }
}
