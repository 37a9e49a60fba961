//! Times as people and programs write them, to seconds since 1970 (UTC).

use jiff::civil;

use super::numbers::Refusal;
use super::options::DateOrder;

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// From here on a number counts milliseconds, microseconds and nanoseconds: as seconds it would lie after the year 5138.
const UNITS: [(i64, i64); 3] =
    [(100_000_000_000_000_000, 1_000_000_000), (100_000_000_000_000, 1_000_000), (100_000_000_001, 1_000)];

const EXPECTED: &str = "seconds since 1970 such as 978300760, or a date such as 2011-01-31 or 2011-01-31T04:00:00Z";

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A time as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// Seconds since 1970, and how many units of the value one second has: 1, or 1,000 for milliseconds and so on.
    Seconds { seconds: i64, per_second: i64 },
    /// A date whose first two numbers may be day and month or month and day.
    Ambiguous(NumericDate),
}

/// `1/2/2011 4:00`: two numbers, a year and the seconds of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumericDate {
    first: u8,
    second: u8,
    year: i16,
    second_of_day: i32,
}

/// Reads a time.
pub(super) fn time(text: &str) -> Result<Time, Refusal> {
    let refuse = |problem| Err(Refusal { problem, expected: EXPECTED });
    if text.is_empty() {
        return refuse("is empty");
    }
    if let Some(number) = number(text) {
        let Number { whole, digits } = number;
        if text.starts_with('-') {
            return refuse("is negative");
        }
        if whole == i64::MAX {
            return refuse("is after the year 9999");
        }
        if digits == 8
            && let Some(date) = compact_date(whole)
        {
            return Ok(Time::Seconds { seconds: date, per_second: 1 });
        }
        let per_second = UNITS.iter().find(|(from, _)| whole >= *from).map_or(1, |(_, per_second)| *per_second);
        let seconds = whole / per_second;
        return if seconds > LAST_SECOND {
            refuse("is after the year 9999")
        } else {
            Ok(Time::Seconds { seconds, per_second })
        };
    }
    match written(text) {
        Some(time) => Ok(time),
        None => refuse("is not a time"),
    }
}

struct Number {
    whole: i64,
    /// Digits before the point; 0 where the number has an exponent.
    digits: usize,
}

/// A whole number, one with a fraction that is cut off, or one with an exponent such as `1.29385e+09`.
fn number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.is_empty() && all_digits(whole) && all_digits(fraction) {
        return Some(Number { whole: whole.parse().unwrap_or(i64::MAX), digits: whole.len() });
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E'])?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if mantissa.is_empty()
        || !is_number(mantissa)
        || exponent.is_empty()
        || !all_digits(exponent.trim_start_matches('+'))
    {
        return None;
    }
    let value: f64 = unsigned.parse().ok()?;
    Some(Number { whole: value as i64, digits: 0 })
}

/// `20110131`.
fn compact_date(whole: i64) -> Option<i64> {
    let (year, month, day) = (whole / 10_000, whole / 100 % 100, whole % 100);
    if !(1900..=2100).contains(&year) {
        return None;
    }
    seconds_of(year as i16, month as u8, day as u8, 0)
}

/// A date in words or numbers, with a time of the day and a zone where they are there.
fn written(text: &str) -> Option<Time> {
    let text = text.trim().trim_matches(['[', ']', '"']);
    // `Sat, 01 Jan 2011 04:00:00 GMT`: the day of the week says nothing.
    let text = match text.split_once(", ") {
        Some((day, rest)) if day.len() <= 9 && day.bytes().all(|byte| byte.is_ascii_alphabetic()) => rest,
        _ => text,
    };
    let (date, clock) = date_and_clock(text);
    let (second_of_day, offset) = if clock.is_empty() { (0, 0) } else { time_of_day(clock)? };
    let at = |year: i16, month: u8, day: u8| {
        let seconds = seconds_of(year, month, day, second_of_day)? - offset;
        Some(Time::Seconds { seconds, per_second: 1 })
    };
    let parts: Vec<&str> = date.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let small = |text: &str| text.parse::<u8>().ok().filter(|number| (1..=31).contains(number) && text.len() <= 2);
    if first.len() == 4 {
        return at(first.parse().ok()?, small(second).or_else(|| month_of(second))?, small(third)?);
    }
    let year = year_of(third)?;
    match (small(first), small(second), month_of(first), month_of(second)) {
        // Dots stand in dates that begin with the day.
        (Some(day), Some(month), ..) if date.contains('.') => at(year, month, day),
        (Some(first), Some(second), ..) => {
            // A date outside both orders is none.
            if first > 12 && second > 12 {
                return None;
            }
            Some(Time::Ambiguous(NumericDate {
                first,
                second,
                year,
                second_of_day: second_of_day - i32::try_from(offset).ok()?,
            }))
        }
        (Some(day), None, _, Some(month)) => at(year, month, day),
        (None, Some(day), Some(month), _) => at(year, month, day),
        _ => None,
    }
}

/// The date, and what follows it: behind a `T`, the first space before a colon, or the first colon (`10/Oct/2000:13:55`).
fn date_and_clock(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else {
        // `2011-01-31Z` has no time of the day.
        return (text.trim_end_matches('Z'), "");
    };
    let head = &text[..colon];
    match head.rfind(['T', 't', ' ']) {
        Some(place) if head[place + 1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            (&text[..place], &text[place + 1..])
        }
        _ => (head, &text[colon + 1..]),
    }
}

/// Seconds of the day, and seconds that the zone is ahead of UTC; a time without a zone is taken for UTC.
fn time_of_day(text: &str) -> Option<(i32, i64)> {
    let end =
        text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ':' | '.' | ','))).unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let rest = rest.trim();
    let mut parts = clock.split(':');
    let mut hour: i32 = parts.next()?.parse().ok()?;
    let minute: i32 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let seconds = parts.next().unwrap_or("0");
    let second: i32 = seconds.split(['.', ',']).next()?.parse().ok()?;
    if parts.next().is_some() || hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let lower = rest.to_ascii_lowercase();
    let zone = match lower.trim_end_matches('.') {
        "am" | "a.m" => {
            hour %= 12;
            ""
        }
        "pm" | "p.m" => {
            hour = hour % 12 + 12;
            ""
        }
        _ => rest,
    };
    Some((hour * 3600 + minute * 60 + second.min(59), offset_of(zone)?))
}

/// Seconds ahead of UTC: `Z`, `UTC`, `+0200`, `-05:30`, `+02`.
fn offset_of(zone: &str) -> Option<i64> {
    let zone = zone.trim_start_matches("UTC").trim_start_matches("GMT").trim();
    // `+02:00[Europe/Vienna]`.
    let zone = zone.split('[').next().unwrap_or_default();
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|letter| *letter != ':').collect();
    if digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn month_of(text: &str) -> Option<u8> {
    let short: String = text.chars().take(3).flat_map(char::to_lowercase).collect();
    let all_letters = text.len() >= 3 && text.chars().all(char::is_alphabetic);
    MONTHS.iter().position(|month| all_letters && *month == short).map(|place| place as u8 + 1)
}

fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn seconds_of(year: i16, month: u8, day: u8, second_of_day: i32) -> Option<i64> {
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let days = date.duration_since(civil::date(1970, 1, 1)).as_secs();
    Some(days + i64::from(second_of_day)).filter(|seconds| *seconds <= LAST_SECOND)
}

/// Dates such as `1/2/2011` of one file, whose order is known when all have been seen.
#[derive(Debug, Default)]
pub(super) struct NumericDates {
    some_begin_with_day: bool,
    some_begin_with_month: bool,
    n: usize,
}

impl NumericDates {
    /// Takes a date in and gives it as a number that [`seconds`](Self::seconds) turns into a time.
    pub(super) fn add(&mut self, date: NumericDate) -> i64 {
        self.n += 1;
        self.some_begin_with_day |= date.first > 12;
        self.some_begin_with_month |= date.second > 12;
        (((i64::from(date.year) * 100 + i64::from(date.first)) * 100 + i64::from(date.second)) << 18)
            + i64::from(date.second_of_day + 86_400)
    }

    /// Whether a time is a date that was taken in: those lie behind the last second that there is.
    pub(super) fn is_packed(time: i64) -> bool {
        time > LAST_SECOND
    }

    /// Whether any date was of this form.
    pub(super) fn any(&self) -> bool {
        self.n > 0
    }

    /// The order of day and month: as said, or as the dates tell. `None`: they do not.
    pub(super) fn order(&self, said: DateOrder) -> Option<DateOrder> {
        match (said, self.some_begin_with_day, self.some_begin_with_month) {
            (DateOrder::Auto, true, false) => Some(DateOrder::Dmy),
            (DateOrder::Auto, false, true) => Some(DateOrder::Mdy),
            (DateOrder::Auto, ..) => None,
            (said, ..) => Some(said),
        }
    }

    /// The time of a date taken in; `None` where the order gives no date, such as `13/1/2011` by month.
    pub(super) fn seconds(packed: i64, order: DateOrder) -> Option<i64> {
        let second_of_day = (packed & 0x3_ffff) as i32 - 86_400;
        let rest = packed >> 18;
        let (second, first, year) = ((rest % 100) as u8, (rest / 100 % 100) as u8, (rest / 10_000) as i16);
        let (day, month) = if order == DateOrder::Mdy { (second, first) } else { (first, second) };
        seconds_of(year, month, day, second_of_day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2011-01-31 04:00:00 UTC.
    const MORNING: i64 = 1_296_446_400;

    fn seconds(text: &str) -> i64 {
        match time(text).unwrap_or_else(|refusal| panic!("{text}: {}", refusal.problem)) {
            Time::Seconds { seconds, .. } => seconds,
            Time::Ambiguous(_) => panic!("{text} is ambiguous"),
        }
    }

    fn problem(text: &str) -> &'static str {
        time(text).unwrap_err().problem
    }

    #[test]
    fn numbers_count_seconds_or_parts_of_them() {
        for text in
            ["1296446400", "1296446400.9", "1296446400123", "1296446400123456", "1296446400123456789", "1.2964464e9"]
        {
            assert_eq!(seconds(text), MORNING, "{text}");
        }
        assert_eq!(seconds("100000000000"), 100_000_000_000);
        assert_eq!(seconds("0"), 0);
        assert_eq!(seconds("20110131"), MORNING - 4 * 3600);
        assert_eq!(seconds("20111331"), 20_111_331, "no date, so seconds");
    }

    #[test]
    fn dates_may_have_a_time_of_the_day_and_a_zone() {
        for text in [
            "2011-01-31T04:00:00Z",
            "2011-01-31 04:00:00",
            "2011-01-31T04:00:00.123456Z",
            "2011-01-31 04:00",
            "2011/01/31 04:00",
            "2011-01-31T06:00:00+02:00",
            "2011-01-31 06:00:00 +0200",
            "2011-01-31 04:00:00 UTC",
            "2011-01-30T23:30:00-0430",
            "31/Jan/2011:04:00:00 +0000",
            "31-Jan-2011 04:00",
            "Jan 31, 2011 4:00 AM",
            "January 31, 2011 04:00:00",
            "Mon, 31 Jan 2011 04:00:00 GMT",
            "31.01.2011 04:00",
            "31.1.11 4:00",
            "2011-01-31T06:00+02:00[Europe/Vienna]",
        ] {
            assert_eq!(seconds(text), MORNING, "{text}");
        }
        assert_eq!(seconds("2011-01-31"), MORNING - 4 * 3600);
        assert_eq!(seconds("2011-01-31 4:00 PM"), MORNING + 12 * 3600);
        assert_eq!(seconds("2011-01-31 12:00 AM"), MORNING - 4 * 3600);
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_all_dates_or_by_a_person() {
        let mut dates = NumericDates::default();
        let mut add = |text: &str| match time(text) {
            Ok(Time::Ambiguous(date)) => dates.add(date),
            other => panic!("{text}: {other:?}"),
        };
        let first = add("1/2/2011 4:00");
        let second = add("31/1/2011 04:00:00");
        assert_eq!(dates.order(DateOrder::Auto), Some(DateOrder::Dmy));
        assert_eq!(NumericDates::seconds(second, DateOrder::Dmy), Some(MORNING));
        assert_eq!(NumericDates::seconds(first, DateOrder::Dmy), Some(MORNING + 86_400));
        assert_eq!(NumericDates::seconds(second, DateOrder::Mdy), None);
        assert_eq!(NumericDates::default().order(DateOrder::Auto), None);
        assert_eq!(dates.order(DateOrder::Mdy), Some(DateOrder::Mdy));
    }

    #[test]
    fn times_that_make_no_sense_are_refused() {
        assert_eq!(problem(""), "is empty");
        assert_eq!(problem("-1"), "is negative");
        for text in [
            "yesterday",
            "2011-13-01",
            "2011-02-30",
            ".",
            "NaN",
            "32/33/2011",
            "2011-01-31T25:00:00Z",
            "1:2",
            "T",
            ":",
            "::",
        ] {
            assert_eq!(problem(text), "is not a time", "{text}");
        }
        assert_eq!(problem("99999999999999999999999999"), "is after the year 9999");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".*") {
            let _ = time(&text);
        }

        #[test]
        fn no_date_like_text_panics(text in "[0-9:/T. Zaepm+-]{0,30}") {
            if let Ok(Time::Ambiguous(date)) = time(&text) {
                let mut dates = NumericDates::default();
                let packed = dates.add(date);
                let _ = NumericDates::seconds(packed, DateOrder::Dmy);
                let _ = NumericDates::seconds(packed, DateOrder::Mdy);
            }
        }
    }
}
