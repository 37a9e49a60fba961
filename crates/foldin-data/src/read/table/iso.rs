//! Dates and times as ISO 8601 writes them.

use std::fmt::{Result, Write};

#[cfg(any(feature = "parquet", test))]
const SECONDS_PER_DAY: i64 = 86_400;

/// Writes the date that is so many days after 1970-01-01.
///
/// After "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant: years begin in March, so that the leap day is
/// their last, and 400 years are one era of 146,097 days.
#[cfg(any(feature = "parquet", test))]
pub(super) fn write_date(text: &mut impl Write, days: i64) -> Result {
    let from_year_0 = days.saturating_add(719_468);
    let (era, day) = (from_year_0.div_euclid(146_097), from_year_0.rem_euclid(146_097));
    let year_of_era = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    write!(text, "{year:04}-{month:02}-{day_of_month:02}")
}

/// Writes the time that is so many seconds and nanoseconds after the beginning of 1970.
#[cfg(any(feature = "parquet", test))]
pub(super) fn write_time(text: &mut impl Write, seconds: i64, nanoseconds: u32) -> Result {
    write_date(text, seconds.div_euclid(SECONDS_PER_DAY))?;
    let of_day = seconds.rem_euclid(SECONDS_PER_DAY);
    write!(text, "T{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60)?;
    write_fraction(text, nanoseconds)
}

/// Writes a fraction of a second with 3, 6 or 9 digits; nothing where it is 0.
pub(super) fn write_fraction(text: &mut impl Write, nanoseconds: u32) -> Result {
    match nanoseconds {
        0 => Ok(()),
        n if n % 1_000_000 == 0 => write!(text, ".{:03}", n / 1_000_000),
        n if n % 1000 == 0 => write!(text, ".{:06}", n / 1000),
        n => write!(text, ".{n:09}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(seconds: i64, nanoseconds: u32) -> String {
        let mut text = String::new();
        write_time(&mut text, seconds, nanoseconds).unwrap();
        text
    }

    #[test]
    fn times_are_written_as_iso_8601() {
        assert_eq!(time(0, 0), "1970-01-01T00:00:00");
        assert_eq!(time(1_293_854_400, 0), "2011-01-01T04:00:00");
        assert_eq!(time(1_709_164_800, 500_000_000), "2024-02-29T00:00:00.500");
        assert_eq!(time(-1, 1), "1969-12-31T23:59:59.000000001");
        assert_eq!(time(-2_208_988_800, 1000), "1900-01-01T00:00:00.000001");
    }
}
