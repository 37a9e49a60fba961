//! Numbers and bytes as people and files write them.

/// A number with its thousands parted: `1,000,209`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number and its noun, whose plural takes an s: `1 user`, `6,040 users`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}

/// A length in bytes, kB or MB.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Whether a letter tells a terminal or a page to do something instead of being shown: controls, and the marks that turn
/// the direction of what follows (U+202A to U+202E, U+2066 to U+2069), which can make one name look like another.
pub fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Bytes in hexadecimal, two digits each.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1000, 1_000_209].map(grouped), ["0", "999", "1,000", "1,000,209"]);
    }

    #[test]
    fn lengths_are_in_units_that_people_read() {
        assert_eq!([42, 281_000, 12_345_678].map(size), ["42 B", "281.0 kB", "12.3 MB"]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([0, 1, 6040].map(|number| count(number, "user")), ["0 users", "1 user", "6,040 users"]);
    }

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(hex([0, 15, 255]), "000fff");
    }
}
