//! Times as logs write them, to seconds since 1970.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `17/May/2015:10:05:03 +0000`, as `$time_local` and Apache's `%t`.
pub(super) fn local(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let separators = [(2, b'/'), (6, b'/'), (11, b':'), (14, b':'), (17, b':')];
    if bytes.len() < 20 || separators.iter().any(|&(at, separator)| bytes[at] != separator) {
        return None;
    }
    let month = MONTHS.iter().position(|month| text.get(3..6) == Some(month))? as i64 + 1;
    let seconds = seconds(number(&bytes[7..11])?, month, number(&bytes[..2])?, clock(&bytes[12..20])?)?;
    Some(seconds - offset(text.get(20..)?.trim())?)
}

/// ISO 8601 (`2015-05-17T10:05:03+02:00`, also with a space and fractions), in UTC where there is no zone.
pub(super) fn iso(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let is_separated = bytes.len() >= 19 && matches!(bytes[4], b'-' | b'/') && bytes[7] == bytes[4];
    if !is_separated || !matches!(bytes[10], b'T' | b' ' | b't') {
        return None;
    }
    let date = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..10])?);
    let seconds = seconds(date.0, date.1, date.2, clock(&bytes[11..19])?)?;
    let zone = text.get(19..)?.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    Some(seconds - offset(zone.trim())?)
}

/// Seconds since 1970, perhaps with a fraction, as `$msec` and Caddy's `ts`; larger numbers are milliseconds.
pub(super) fn unix(text: &str) -> Option<i64> {
    let seconds: f64 = text.parse().ok()?;
    if !(0.0..1e16).contains(&seconds) {
        return None;
    }
    Some(if seconds > 1e11 { seconds / 1e3 } else { seconds } as i64)
}

/// In whichever of these ways a time is written.
pub(super) fn any(text: &str) -> Option<i64> {
    iso(text).or_else(|| local(text)).or_else(|| unix(text))
}

/// Seconds of `10:05:03`.
fn clock(bytes: &[u8]) -> Option<i64> {
    let (hours, minutes, seconds) = (number(&bytes[..2])?, number(&bytes[3..5])?, number(&bytes[6..8])?);
    let is_clock = bytes[2] == b':' && bytes[5] == b':' && hours < 24 && minutes < 60 && seconds < 61;
    is_clock.then_some(hours * 3600 + minutes * 60 + seconds)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

/// Seconds that a zone is ahead of UTC: `+0200`, `+02:00`, `Z` or nothing.
fn offset(zone: &str) -> Option<i64> {
    let bytes = zone.as_bytes();
    let sign = match bytes.first() {
        None | Some(b'Z' | b'z') => return Some(0),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) => return None,
    };
    let minutes = if bytes.get(3) == Some(&b':') { bytes.get(4..6)? } else { bytes.get(3..5)? };
    Some(sign * (number(bytes.get(1..3)?)? * 3600 + number(minutes)? * 60))
}

/// Days from the civil calendar (Howard Hinnant's `days_from_civil`), and the seconds of the day.
fn seconds(year: i64, month: i64, day: i64, clock: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_431_857_103;

    #[test]
    fn one_moment_is_read_in_all_spellings() {
        assert_eq!(local("17/May/2015:10:05:03 +0000"), Some(AT));
        assert_eq!(local("17/May/2015:12:05:03 +0200"), Some(AT));
        assert_eq!(iso("2015-05-17T10:05:03Z"), Some(AT));
        assert_eq!(iso("2015-05-17T06:05:03.25-04:00"), Some(AT));
        assert_eq!(iso("2015-05-17 10:05:03"), Some(AT));
        assert_eq!(iso("2015/05/17 10:05:03"), Some(AT));
        assert_eq!([unix("1431857103"), unix("1431857103.524"), unix("1431857103524")], [Some(AT); 3]);
        assert_eq!(local("29/Feb/2024:00:00:00 +0000"), Some(1_709_164_800));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "-", "17/Mai/2015:10:05:03 +0000", "2015-05-17", "2015-05-17T10:05", "99999999999999999999", "x"]
        {
            assert_eq!(any(text), None, "{text}");
        }
        assert_eq!(local("17/May/2015:10:05:é3 +0000"), None);
    }
}
