//! Numbers as people read them.

use foldin_data::text::{grouped, size};

/// The unit of a number, which decides how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A number of things: whole.
    Count,
    /// A part of a whole, from 0 to 1: in per cent.
    Share,
    /// A mean of ratings: two decimals.
    Rating,
    /// The value of a metric: four decimals.
    Metric,
    /// The length of a file.
    Bytes,
}

impl Unit {
    /// The number in full.
    pub(crate) fn exact(self, value: f64) -> String {
        match self {
            Unit::Count => whole(value),
            Unit::Share => percent(value),
            Unit::Rating => format!("{value:.2}"),
            Unit::Metric => format!("{value:.4}"),
            Unit::Bytes => size(value.max(0.0) as u64),
        }
    }

    /// The number beside an axis, where there is little room.
    pub(crate) fn short(self, value: f64) -> String {
        match self {
            Unit::Count => compact(value),
            Unit::Share => format!("{}{PER_CENT}", trimmed(value * 100.0, 1)),
            Unit::Rating | Unit::Metric => trimmed(value, 3),
            Unit::Bytes if value >= 1e6 => format!("{} MB", trimmed(value / 1e6, 2)),
            Unit::Bytes if value >= 1e3 => format!("{} kB", trimmed(value / 1e3, 1)),
            Unit::Bytes => format!("{} B", trimmed(value, 0)),
        }
    }
}

/// What follows a percentage; the space keeps both on one line.
const PER_CENT: &str = "\u{a0}%";

/// A count, rounded: `1,000,209`.
pub(crate) fn whole(value: f64) -> String {
    grouped(value.round().max(0.0) as u64)
}

/// A share in per cent, with enough decimals to tell it from 0 and 100: `43 %`, `4.3 %`, `0.012 %`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent.abs() {
        0.0 | 100.0 => format!("{percent:.0}{PER_CENT}"),
        size if size < 0.1 => format!("{percent:.3}{PER_CENT}"),
        size if (10.0..=99.0).contains(&size) => format!("{percent:.0}{PER_CENT}"),
        // Nearly all is not all.
        size if size > 99.0 && size < 100.0 => format!("{:.1}{PER_CENT}", percent.min(99.9)),
        _ => format!("{percent:.1}{PER_CENT}"),
    }
}

/// `1.2k`, `35M`.
fn compact(value: f64) -> String {
    match value.abs() {
        size if size >= 1e9 => format!("{}G", trimmed(value / 1e9, 2)),
        size if size >= 1e6 => format!("{}M", trimmed(value / 1e6, 2)),
        size if size >= 1e3 => format!("{}k", trimmed(value / 1e3, 1)),
        _ => trimmed(value, 1),
    }
}

/// A number with at most so many decimals, without trailing zeros.
pub(crate) fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A part as a share of its whole; 0 where the whole is 0.
pub(crate) fn share(part: impl TryInto<u64>, whole: impl TryInto<u64>) -> f64 {
    match (part.try_into(), whole.try_into()) {
        (Ok(part), Ok(whole)) if whole > 0 => part as f64 / whole as f64,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_decimals_that_tell_them_apart() {
        let found =
            [0.0, 0.000_12, 0.043, 0.43, 0.996, 0.999_9, 1.0].map(|share| percent(share).replace('\u{a0}', " "));
        assert_eq!(found, ["0 %", "0.012 %", "4.3 %", "43 %", "99.6 %", "99.9 %", "100 %"]);
    }

    #[test]
    fn numbers_beside_an_axis_are_short() {
        let counts = [0.0, 250.0, 2_500.0, 25_000.0, 1_200_000.0].map(|number| Unit::Count.short(number));
        assert_eq!(counts, ["0", "250", "2.5k", "25k", "1.2M"]);
        assert_eq!([Unit::Share.short(0.25), Unit::Metric.short(0.125)], ["25\u{a0}%", "0.125"]);
        assert_eq!([Unit::Bytes.short(250_000.0), Unit::Bytes.exact(1_234_567.0)], ["250 kB", "1.2 MB"]);
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!((share(1u32, 4u32), share(1usize, 0usize)), (0.25, 0.0));
    }
}
