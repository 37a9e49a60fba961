//! Tables of metrics for a terminal, 100 columns wide at most. They read the same artefacts as reports and the page.

mod cold;
mod comparisons;
mod diversity;
pub(crate) mod folds;
mod histories;
mod metrics;
mod newcomers;
pub(crate) mod sessions;
mod simulation;

use foldin_train::artefacts::{Estimate, MetricsFile};

pub(crate) use self::newcomers::newcomers;
pub(crate) use self::simulation::simulation;

/// Columns of a terminal that lines keep to.
const WIDTH: usize = 100;

/// How many systems stand next to each other in tables of one metric; further ones follow below.
const SIDE_BY_SIDE: usize = 5;

/// Everything that an evaluation has measured.
pub(crate) fn evaluation(file: &MetricsFile) -> String {
    let mut parts = Vec::new();
    for protocol in &file.protocols {
        parts.push(metrics::table(protocol));
        parts.push(histories::table(protocol));
    }
    if !file.cold_start.is_empty() {
        parts.push(cold::table(&file.cold_start, file.protocols.first()));
    }
    if !file.diversity.is_empty() {
        parts.push(diversity::table(&file.diversity));
    }
    if !file.sessions.is_empty() {
        parts.push(sessions::table(&file.sessions));
    }
    parts.extend(file.against.as_ref().map(comparisons::table));
    parts.join("\n")
}

/// `.3291`, `1.0000`, `12.3457`: values below one go without the zero.
fn four_decimals(value: f64) -> String {
    let text = format!("{value:.4}");
    text.strip_prefix('0').map(str::to_owned).unwrap_or(text)
}

/// Four decimals, without the zero before the point, and without one that is -0.
fn signed(value: f64) -> String {
    let text = four_decimals(value.abs());
    if value < 0.0 && text != ".0000" { format!("-{text}") } else { text }
}

/// A mean and half its interval: `.3291 ±.0087`.
fn with_interval(estimate: &Estimate) -> String {
    let mean = four_decimals(estimate.mean);
    let half = estimate.interval().map(|(low, high)| format!(" ±{}", four_decimals((high - low) / 2.0)));
    mean + &half.unwrap_or_default()
}

/// A difference and its interval in words; `witnesses` are those that it was taken over.
fn in_words(difference: f64, low: f64, high: f64, witnesses: &str) -> String {
    if low > 0.0 {
        format!("better by {} [{}, {}]", signed(difference), signed(low), signed(high))
    } else if high < 0.0 {
        format!("worse by {} [{}, {}]", signed(-difference), signed(-high), signed(-low))
    } else {
        format!("no difference that {witnesses} could show [{}, {}]", signed(low), signed(high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_short() {
        assert_eq!([0.0, 0.32914, 1.0, 12.34567].map(four_decimals), [".0000", ".3291", "1.0000", "12.3457"]);
        assert_eq!([-0.25, -0.000_01, 0.5].map(signed), ["-.2500", ".0000", ".5000"]);
        assert_eq!(with_interval(&Estimate::new(0.5, Some((0.4, 0.62)))), ".5000 ±.1100");
        assert_eq!(with_interval(&Estimate::new(0.5, None)), ".5000");
    }

    #[test]
    fn a_difference_is_one_only_where_its_interval_leaves_out_zero() {
        assert_eq!(in_words(0.0833, 0.02, 0.1, "50 users"), "better by .0833 [.0200, .1000]");
        assert_eq!(in_words(-0.0833, -0.1, -0.02, "50 users"), "worse by .0833 [.0200, .1000]");
        assert_eq!(in_words(0.01, -0.02, 0.04, "50 users"), "no difference that 50 users could show [-.0200, .0400]");
    }
}
