//! Ratings, times and years out of text, each within bounds.

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

/// How numbers are written in a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// Whether `4,5` is four and a half whatever follows the comma. In a file that is separated by commas, three digits
    /// behind one are thousands.
    pub decimal_comma: bool,
}

/// What a cell of ratings holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Given {
    Value(f32),
    /// A word such as `NULL`, or nothing.
    None,
}

/// The rating or count in a cell of a table whose scale is not known yet: from -1e9 to 1e9. `4/5` and `90%` are their
/// first numbers.
pub(super) fn rating(text: &str, style: Style) -> Result<Given, Refusal> {
    let refuse = |problem| Err(Refusal { problem, expected: "a number such as 4 or 3.5" });
    if let Ok(value) = text.parse::<f32>()
        && value.is_finite()
    {
        return if value.abs() > 1e9 { refuse("is beyond 1000000000") } else { Ok(Given::Value(value + 0.0)) };
    }
    if super::words::is_none(text) {
        return Ok(Given::None);
    }
    let number = text.trim_end_matches('%').trim();
    let number = number
        .split_once('/')
        .filter(|(_, of)| of.trim().parse::<f32>().is_ok())
        .map_or(number, |(value, _)| value.trim());
    let plain = match number.split_once(',') {
        Some((whole, fraction)) if !style.decimal_comma && fraction.len() == 3 => format!("{whole}{fraction}"),
        Some((whole, fraction)) if !whole.contains('.') => format!("{whole}.{fraction}"),
        _ => number.to_owned(),
    };
    match plain.parse::<f32>() {
        Ok(value) if value.is_infinite() => refuse("is not finite"),
        Ok(value) if value.is_nan() => refuse("is not a number"),
        Ok(value) if value.abs() > 1e9 => refuse("is beyond 1000000000"),
        Ok(value) => Ok(Given::Value(value + 0.0)),
        Err(_) => match text {
            "true" | "True" | "TRUE" => Ok(Given::Value(1.0)),
            "false" | "False" | "FALSE" => Ok(Given::Value(0.0)),
            _ => refuse("is not a number"),
        },
    }
}

/// The rating in a file of a known format.
pub(super) fn rating_on(text: &str, scale: Scale) -> Result<f32, Refusal> {
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

/// The year in a column of years or of dates; none where it is empty, a word for none, or 0.
pub(super) fn year(text: &str) -> Result<Option<i32>, Refusal> {
    if super::words::is_none(text) {
        return Ok(None);
    }
    // Programs that keep columns with gaps as floating point write 1995.0.
    let whole = text
        .split_once('.')
        .map_or(text, |(whole, zeros)| if zeros.trim_matches('0').is_empty() { whole } else { text });
    match whole.parse::<i32>() {
        Ok(0) => Ok(None),
        Ok(year) if (-9999..=9999).contains(&year) => Ok(Some(year)),
        Ok(date) if (10_000_101..=99_991_231).contains(&date) => Ok(Some(date / 10_000)),
        Ok(_) => Err(Refusal { problem: "is too far from today", expected: "a year from -9999 to 9999" }),
        Err(_) => match year_in_date(text) {
            Some(year) => Ok(Some(year)),
            None => {
                Err(Refusal { problem: "is not a whole number", expected: "a year such as 1995, a date, or nothing" })
            }
        },
    }
}

/// The four digits that begin or end a date: `1995-03-01T00:00`, `01-Jan-1995`, `March 1, 1995`.
fn year_in_date(text: &str) -> Option<i32> {
    let parts: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let four = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_decimal = parts.len() == 2 && text.contains('.');
    let first = parts.first().filter(|part| parts.len() >= 2 && !is_decimal && four(part) && parts[1].len() <= 2);
    let third = parts.get(2).filter(|part| four(part));
    let year = first.or(third)?;
    let day_and_month = parts.iter().filter(|part| *part != year).take(2);
    let plausible = day_and_month.clone().count() >= 1
        && day_and_month.clone().all(|part| {
            part.len() <= 9 && (part.len() <= 2 || part.chars().all(char::is_alphabetic) || part.contains('T'))
        });
    plausible.then(|| year.parse().ok()).flatten().filter(|year| (1000..=2999).contains(year))
}

/// The numbers of a list such as `[0.5, -1]`.
#[cfg(all(feature = "fs", any(feature = "parquet", feature = "vectors")))]
pub(super) fn list_of_numbers(cell: &str) -> Result<Vec<f32>, String> {
    let list = cell.trim().strip_prefix('[').and_then(|cell| cell.strip_suffix(']'));
    let list = list.ok_or_else(|| {
        let start: String = cell.chars().take(40).collect();
        format!("{start:?} is not a list of numbers, such as [0.5, -1]")
    })?;
    let numbers = list.split([',', ' ', ';', '\n', '\r', '\t']).filter(|number| !number.is_empty());
    numbers.map(|number| number.parse().map_err(|_| format!("{number:?} is not a number"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem<T: std::fmt::Debug>(result: Result<T, Refusal>) -> &'static str {
        result.unwrap_err().problem
    }

    #[test]
    fn stars_may_be_whole_half_or_zero() {
        assert_eq!(rating_on("4", Scale::Stars), Ok(4.0));
        assert_eq!(rating_on("3.5", Scale::Stars), Ok(3.5));
        assert_eq!(rating_on("0", Scale::Stars), Ok(0.0));
        assert_eq!(rating_on("1000000", Scale::Stars), Ok(1e6));
        assert!(rating_on("-0", Scale::Stars).unwrap().is_sign_positive());
    }

    #[test]
    fn stars_that_make_no_sense_are_refused() {
        assert_eq!(problem(rating_on("", Scale::Stars)), "is empty");
        assert_eq!(problem(rating_on("4,5", Scale::Stars)), "is not a number");
        assert_eq!(problem(rating_on("NaN", Scale::Stars)), "is not a number");
        assert_eq!(problem(rating_on("inf", Scale::Stars)), "is not finite");
        assert_eq!(problem(rating_on("1e99", Scale::Stars)), "is not finite");
        assert_eq!(problem(rating_on("-0.5", Scale::Stars)), "is negative");
        assert_eq!(problem(rating_on("1000001", Scale::Stars)), "is above 1000000");
    }

    #[test]
    fn plays_are_above_zero_and_at_most_a_thousand_million() {
        assert_eq!(rating_on("352698", Scale::Plays), Ok(352_698.0));
        assert_eq!(rating_on("1e9", Scale::Plays), Ok(1e9));
        assert_eq!(problem(rating_on("0", Scale::Plays)), "is not above 0");
        assert_eq!(problem(rating_on("-3", Scale::Plays)), "is not above 0");
        assert_eq!(problem(rating_on("2e9", Scale::Plays)), "is above 1000000000");
    }

    #[test]
    fn cells_of_ratings_are_numbers_in_many_forms() {
        let of = |text: &str| rating(text, Style { decimal_comma: false });
        for (text, value) in
            [("4", 4.0), ("-9.5", -9.5), ("4,5", 4.5), ("1,234", 1234.0), ("4/5", 4.0), ("90%", 90.0), ("true", 1.0)]
        {
            assert_eq!(of(text), Ok(Given::Value(value)), "{text}");
        }
        assert_eq!(rating("1,234", Style { decimal_comma: true }), Ok(Given::Value(1.234)));
        for none in ["", "NULL", "nan", "N/A"] {
            assert_eq!(of(none), Ok(Given::None));
        }
        assert_eq!(problem(of("4..5")), "is not a number");
        assert_eq!(problem(of("inf")), "is not finite");
        assert_eq!(problem(of("2e9")), "is beyond 1000000000");
    }

    #[test]
    fn a_year_is_a_whole_number_or_nothing() {
        assert_eq!(year("1995"), Ok(Some(1995)));
        assert_eq!(year("1995.0"), Ok(Some(1995)));
        assert_eq!(year("-380"), Ok(Some(-380)));
        assert_eq!([year(""), year("0"), year("NULL")], [Ok(None), Ok(None), Ok(None)]);
        assert_eq!([year("2019-05-01"), year("20190501"), year("01-Jan-2019")], [Ok(Some(2019)); 3]);
        assert_eq!(year("2019-05-01T10:00:00Z"), Ok(Some(2019)));
        assert_eq!(problem(year("1995.5")), "is not a whole number");
        assert_eq!(problem(year("MCM")), "is not a whole number");
        assert_eq!(problem(year("19955")), "is too far from today");
    }
}
