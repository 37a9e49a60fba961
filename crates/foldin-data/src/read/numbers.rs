//! Ratings, times and years out of text, each within bounds.

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// Above this, a time is in milliseconds: as seconds it would lie after the year 5138.
const MILLISECONDS_FROM: i64 = 100_000_000_001;

/// Why a value is not accepted, and what would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub problem: &'static str,
    pub expected: &'static str,
}

/// What the numbers of a data set mean, which decides how large they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// 0 to 1e6.
    Stars,
    /// Above 0, to 1e9.
    Plays,
}

/// Seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub seconds: i64,
    pub given_in_milliseconds: bool,
}

pub(super) fn rating(text: &str, scale: Scale) -> Result<f32, Refusal> {
    let expected = match scale {
        Scale::Stars => "a number such as 4 or 3.5",
        Scale::Plays => "a number of plays such as 12",
    };
    let refuse = |problem| Err(Refusal { problem, expected });
    let Ok(value) = text.parse::<f32>() else {
        return refuse(if text.is_empty() { "is empty" } else { "is not a number" });
    };
    match scale {
        _ if value.is_nan() => refuse("is not a number"),
        _ if value.is_infinite() => refuse("is not finite"),
        Scale::Stars if value < 0.0 => refuse("is negative"),
        Scale::Stars if value > 1e6 => refuse("is above 1000000"),
        Scale::Plays if value <= 0.0 => refuse("is not above 0"),
        Scale::Plays if value > 1e9 => refuse("is above 1000000000"),
        // Turns -0 into 0.
        Scale::Stars | Scale::Plays => Ok(value + 0.0),
    }
}

pub(super) fn time(text: &str) -> Result<Time, Refusal> {
    let expected = "seconds since 1970 such as 978300760";
    let refuse = |problem| Err(Refusal { problem, expected });
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() {
        return refuse("is empty");
    }
    if digits.is_empty() || !all_digits(digits) || !all_digits(fraction) {
        return refuse("is not a whole number");
    }
    if whole.len() > digits.len() {
        return refuse("is negative");
    }
    let Ok(value) = digits.parse::<i64>() else {
        return refuse("is after the year 9999");
    };
    let given_in_milliseconds = value >= MILLISECONDS_FROM;
    let seconds = if given_in_milliseconds { value / 1000 } else { value };
    if seconds > LAST_SECOND {
        return refuse("is after the year 9999");
    }
    Ok(Time { seconds, given_in_milliseconds })
}

/// The year in a column of years; none where it is empty.
pub(super) fn year(text: &str) -> Result<Option<i32>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    // Programs that keep columns with gaps as floating point write 1995.0.
    let whole = text
        .split_once('.')
        .map_or(text, |(whole, zeros)| if zeros.trim_matches('0').is_empty() { whole } else { text });
    match whole.parse::<i32>() {
        Ok(year) if (-9999..=9999).contains(&year) => Ok(Some(year)),
        Ok(_) => Err(Refusal { problem: "is too far from today", expected: "a year from -9999 to 9999" }),
        Err(_) => Err(Refusal { problem: "is not a whole number", expected: "a year such as 1995, or nothing" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem<T: std::fmt::Debug>(result: Result<T, Refusal>) -> &'static str {
        result.unwrap_err().problem
    }

    #[test]
    fn stars_may_be_whole_half_or_zero() {
        assert_eq!(rating("4", Scale::Stars), Ok(4.0));
        assert_eq!(rating("3.5", Scale::Stars), Ok(3.5));
        assert_eq!(rating("0", Scale::Stars), Ok(0.0));
        assert_eq!(rating("1000000", Scale::Stars), Ok(1e6));
        assert!(rating("-0", Scale::Stars).unwrap().is_sign_positive());
    }

    #[test]
    fn stars_that_make_no_sense_are_refused() {
        assert_eq!(problem(rating("", Scale::Stars)), "is empty");
        assert_eq!(problem(rating("4,5", Scale::Stars)), "is not a number");
        assert_eq!(problem(rating("NaN", Scale::Stars)), "is not a number");
        assert_eq!(problem(rating("inf", Scale::Stars)), "is not finite");
        assert_eq!(problem(rating("1e99", Scale::Stars)), "is not finite");
        assert_eq!(problem(rating("-0.5", Scale::Stars)), "is negative");
        assert_eq!(problem(rating("1000001", Scale::Stars)), "is above 1000000");
    }

    #[test]
    fn plays_are_above_zero_and_at_most_a_thousand_million() {
        assert_eq!(rating("352698", Scale::Plays), Ok(352_698.0));
        assert_eq!(rating("1e9", Scale::Plays), Ok(1e9));
        assert_eq!(problem(rating("0", Scale::Plays)), "is not above 0");
        assert_eq!(problem(rating("-3", Scale::Plays)), "is not above 0");
        assert_eq!(problem(rating("2e9", Scale::Plays)), "is above 1000000000");
    }

    #[test]
    fn times_are_seconds_and_their_fraction_is_cut_off() {
        assert_eq!(time("978300760").unwrap().seconds, 978_300_760);
        assert_eq!(time("978300760.99").unwrap().seconds, 978_300_760);
        assert_eq!(time("0").unwrap().seconds, 0);
        assert_eq!(time("100000000000"), Ok(Time { seconds: 100_000_000_000, given_in_milliseconds: false }));
    }

    #[test]
    fn large_times_are_milliseconds() {
        assert_eq!(time("978300760123"), Ok(Time { seconds: 978_300_760, given_in_milliseconds: true }));
        assert_eq!(time("253402300799999").unwrap().seconds, LAST_SECOND);
    }

    #[test]
    fn times_that_make_no_sense_are_refused() {
        assert_eq!(problem(time("")), "is empty");
        assert_eq!(problem(time("-1")), "is negative");
        assert_eq!(problem(time("-0.5")), "is negative");
        assert_eq!(problem(time("2001-01-01")), "is not a whole number");
        assert_eq!(problem(time("1e9")), "is not a whole number");
        assert_eq!(problem(time(".")), "is not a whole number");
        assert_eq!(problem(time("NaN")), "is not a whole number");
        assert_eq!(problem(time("253402300800000")), "is after the year 9999");
        assert_eq!(problem(time("99999999999999999999999")), "is after the year 9999");
    }

    #[test]
    fn a_year_is_a_whole_number_or_nothing() {
        assert_eq!(year("1995"), Ok(Some(1995)));
        assert_eq!(year("1995.0"), Ok(Some(1995)));
        assert_eq!(year("-380"), Ok(Some(-380)));
        assert_eq!(year(""), Ok(None));
        assert_eq!(problem(year("1995.5")), "is not a whole number");
        assert_eq!(problem(year("MCM")), "is not a whole number");
        assert_eq!(problem(year("19955")), "is too far from today");
    }
}
