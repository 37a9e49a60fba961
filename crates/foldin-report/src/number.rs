//! Figures as people read them.

use crate::text::{grouped, size};

/// What a figure counts, which decides how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things: whole numbers.
    Count,
    /// Parts of a whole: 0 to 1, written in per cent.
    Share,
    /// Means of ratings: two decimals.
    Stars,
    /// Metrics: four decimals.
    Figure,
    /// Lengths of files.
    Bytes,
}

impl Unit {
    /// The figure in full.
    pub fn exact(self, value: f64) -> String {
        match self {
            Unit::Count => whole(value),
            Unit::Share => percent(value),
            Unit::Stars => format!("{value:.2}"),
            Unit::Figure => format!("{value:.4}"),
            Unit::Bytes => size(value.max(0.0) as u64),
        }
    }

    /// The figure beside an axis, where there is little room.
    pub fn short(self, value: f64) -> String {
        match self {
            Unit::Count => compact(value),
            Unit::Share => format!("{}{PER_CENT}", trimmed(value * 100.0, 1)),
            Unit::Stars | Unit::Figure => trimmed(value, 3),
            Unit::Bytes if value >= 1e6 => format!("{} MB", trimmed(value / 1e6, 2)),
            Unit::Bytes if value >= 1e3 => format!("{} kB", trimmed(value / 1e3, 1)),
            Unit::Bytes => format!("{} B", trimmed(value, 0)),
        }
    }
}

/// What follows a percentage: it is not to begin a line.
const PER_CENT: &str = "\u{a0}%";

/// `1,000,209`; counts below 0 do not occur.
pub(super) fn whole(value: f64) -> String {
    grouped(value.round().max(0.0) as u64)
}

/// A share in per cent, with as many decimals as tell it from 0 and 100: `43 %`, `4.3 %`, `0.012 %`, with a space that does not break.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent.abs() {
        0.0 | 100.0 => format!("{percent:.0}{PER_CENT}"),
        from if from < 0.1 => format!("{percent:.3}{PER_CENT}"),
        from if (10.0..=99.0).contains(&from) => format!("{percent:.0}{PER_CENT}"),
        // Nearly all is not all.
        from if from > 99.0 && from < 100.0 => format!("{:.1}{PER_CENT}", percent.min(99.9)),
        _ => format!("{percent:.1}{PER_CENT}"),
    }
}

/// `1.2k`, `35M`.
fn compact(value: f64) -> String {
    match value.abs() {
        from if from >= 1e9 => format!("{}G", trimmed(value / 1e9, 2)),
        from if from >= 1e6 => format!("{}M", trimmed(value / 1e6, 2)),
        from if from >= 1e3 => format!("{}k", trimmed(value / 1e3, 1)),
        _ => trimmed(value, 1),
    }
}

/// A number with at most so many decimals, and none that are 0.
pub(super) fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A part of a whole; 0 where there is no whole.
pub(super) fn share(part: impl TryInto<u64>, whole: impl TryInto<u64>) -> f64 {
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
        assert_eq!([Unit::Share.short(0.25), Unit::Figure.short(0.125)], ["25\u{a0}%", "0.125"]);
        assert_eq!([Unit::Bytes.short(250_000.0), Unit::Bytes.exact(1_234_567.0)], ["250 kB", "1.2 MB"]);
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!((share(1u32, 4u32), share(1usize, 0usize)), (0.25, 0.0));
    }
}
