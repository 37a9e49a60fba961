//! What the program says to people, on standard error: results go to standard output, alone.

use std::time::Instant;

/// A step that was done, and what came of it.
pub fn step(text: &str) {
    eprintln!("{text}");
}

/// Something worth knowing about the step above.
pub fn note(text: &str) {
    eprintln!("  note: {text}");
}

/// Why the program stops. Causes follow on lines of their own.
pub fn error(error: &anyhow::Error) {
    eprintln!("error: {error}");
    // Errors that print their own cause in their sentence are not printed twice.
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !said.contains(&cause) {
            eprintln!("  because: {cause}");
        }
        said = cause;
    }
}

/// Whole seconds, or tenths below ten.
pub fn seconds(since: Instant) -> String {
    let seconds = since.elapsed().as_secs_f64();
    if seconds < 10.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}

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

/// A length in kB or MB.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
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
        assert_eq!([281_000, 12_345_678].map(size), ["281.0 kB", "12.3 MB"]);
    }
}
