//! Dates as pages write them.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Zoned};

/// Seconds since 1970 of a date in ISO 8601 or RFC 2822, with or without time and zone; UTC where there is no zone.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let in_utc = |at: DateTime| at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp().as_second());
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.as_second());
    }
    // An offset without a colon, or a space before it, is common and not ISO.
    if let Ok(at) =
        Zoned::strptime("%Y-%m-%dT%H:%M:%S%z", text).or_else(|_| Zoned::strptime("%Y-%m-%d %H:%M:%S %z", text))
    {
        return Some(at.timestamp().as_second());
    }
    if let Ok(at) = text.parse::<DateTime>() {
        return in_utc(at);
    }
    if let Ok(at) = jiff::fmt::rfc2822::parse(text) {
        return Some(at.timestamp().as_second());
    }
    let formats = ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y-%m"];
    let date = formats.iter().find_map(|format| match *format {
        "%Y-%m" => format!("{text}-01").parse::<Date>().ok(),
        format => Date::strptime(format, text).ok(),
    })?;
    in_utc(date.at(0, 0, 0, 0))
}

/// The date in a path such as `/2015/05/17/title/` or `/posts/2015-05-17-title.html`.
pub(super) fn in_path(path: &str) -> Option<i64> {
    let mut numbers: Vec<(i16, i8)> = Vec::new();
    for part in path.split('/') {
        if let Some(date) = part.get(..10).and_then(|start| start.parse::<Date>().ok()) {
            return seconds(&date.to_string());
        }
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        match (numbers.as_slice(), part.parse::<i16>().ok().filter(|_| is_number)) {
            ([], Some(year @ 1990..=2100)) => numbers.push((year, 0)),
            ([(year, 0)], Some(month @ 1..=12)) => numbers = vec![(*year, month as i8)],
            ([(year, month)], Some(day @ 1..=31)) if *month > 0 => {
                return seconds(&format!("{year:04}-{month:02}-{day:02}"));
            }
            ([], None) => {}
            _ => break,
        }
    }
    let &(year, month) = numbers.first().filter(|(_, month)| *month > 0)?;
    seconds(&format!("{year:04}-{month:02}-01"))
}

/// A date as `2024-05-01`.
pub fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |at| at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_spellings_of_generators() {
        for text in [
            "2024-05-01",
            "2024-05-01T00:00:00Z",
            "2024-05-01T02:00:00+02:00",
            "2024-05-01T02:00:00+0200",
            "2024-05-01 02:00:00 +0200",
            "2024-05-01T00:00:00",
            "Wed, 01 May 2024 00:00:00 +0000",
            "May 1, 2024",
            "1 May 2024",
            "2024/05/01",
        ] {
            assert_eq!(seconds(text), Some(1_714_521_600), "{text}");
        }
        assert_eq!([seconds(""), seconds("yesterday"), seconds("2024-13-01")], [None; 3]);
        assert_eq!(day(1_714_521_600), "2024-05-01");
    }

    #[test]
    fn dates_are_found_in_paths() {
        assert_eq!(in_path("/2024/05/01/a/"), Some(1_714_521_600));
        assert_eq!(in_path("/blog/2024/05/a.html"), Some(1_714_521_600));
        assert_eq!(in_path("/posts/2024-05-01-a.html"), Some(1_714_521_600));
        assert_eq!([in_path("/posts/a/"), in_path("/2024/a/"), in_path("/99/88/77/")], [None; 3]);
    }
}
