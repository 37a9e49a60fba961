//! Words and letters that stand for nothing, or for something else.

use std::borrow::Cow;

use crate::text::is_control;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Words that programs write where there is no value.
const NONE: [&str; 12] =
    ["null", "none", "nan", "\\n", "n/a", "#n/a", "(null)", "<null>", "undefined", "<na>", "nat", "nil"];

/// Letters that do not show: spaces of no width, marks of direction, and a byte order mark within a text.
const INVISIBLE: [char; 6] = ['\u{200b}', '\u{feff}', '\u{2060}', '\u{200e}', '\u{200f}', '\u{ad}'];

/// Whether a value says that there is none, or has nothing to be seen.
pub(super) fn is_none(text: &str) -> bool {
    text.chars().all(|letter| INVISIBLE.contains(&letter))
        || text.len() <= 9 && NONE.iter().any(|none| text.eq_ignore_ascii_case(none))
}

/// An id as it is compared: in Unicode's composed form (NFC), without letters that do not show and spaces around it.
pub(super) fn id(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let visible: Cow<'_, str> = if text.contains(INVISIBLE) {
        Cow::Owned(text.replace(INVISIBLE, "").trim().to_owned())
    } else {
        Cow::Borrowed(text)
    };
    if is_nfc_quick(visible.chars()) == IsNormalized::Yes { visible } else { Cow::Owned(visible.nfc().collect()) }
}

/// A title or a name as it is shown: composed, with HTML's entities decoded, without its tags, and with a space for what
/// controls a terminal or turns the direction of the text.
pub(super) fn title(text: &str) -> Cow<'_, str> {
    let text = html(text);
    let text =
        if text.contains(is_control) { Cow::Owned(text.replace(is_control, " ").trim().to_owned()) } else { text };
    match text {
        Cow::Borrowed(text) => id(text),
        Cow::Owned(text) => Cow::Owned(id(&text).into_owned()),
    }
}

/// Text with HTML's entities decoded and its tags left out.
pub(super) fn html(text: &str) -> Cow<'_, str> {
    let tagless = if text.contains('<') { without_tags(text) } else { Cow::Borrowed(text) };
    if !tagless.contains('&') {
        return tagless;
    }
    match tagless {
        Cow::Borrowed(text) => html_escape::decode_html_entities(text),
        Cow::Owned(text) => Cow::Owned(html_escape::decode_html_entities(&text).into_owned()),
    }
}

/// Leaves out `<b>`, `</p>` and `<br/>`: a `<` followed by a letter or a slash, up to the next `>`. `a < b` and `<3` stay.
fn without_tags(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let after = &rest[start + 1..];
        let is_tag = after.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match after.find('>') {
            Some(end) if is_tag && end < 300 => {
                out.push_str(&rest[..start]);
                let name = after.trim_start_matches('/');
                // The end of a paragraph parts words.
                if name.starts_with(['p', 'P'])
                    || name.starts_with("br")
                    || name.starts_with("li")
                    || name.starts_with("div")
                {
                    out.push(' ');
                }
                rest = &after[end + 1..];
            }
            _ => {
                out.push_str(&rest[..=start]);
                rest = after;
            }
        }
    }
    if out.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Why an id cannot be one: a spreadsheet rounded it.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    mantissa.starts_with(|letter: char| letter.is_ascii_digit())
        && is_number(mantissa)
        && exponent
            .strip_prefix('+')
            .is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_none_are_none_in_any_case() {
        for word in ["", "NULL", "None", "nan", "NaN", "\\N", "N/A", "#N/A", "<NA>"] {
            assert!(is_none(word), "{word}");
        }
        for word in ["0", "nancy", "Nonesuch", "-", "NA"] {
            assert!(!is_none(word), "{word}");
        }
    }

    #[test]
    fn ids_are_composed_and_have_no_invisible_letters() {
        assert_eq!(id("cafe\u{301}-05"), "café-05");
        assert_eq!(id("i05\u{200b}"), "i05");
        assert!(is_none("") && is_none("\u{ad}\u{200b}") && !is_none("\u{ad}a"), "what cannot be seen is no id");
        assert_eq!(id("👩\u{200d}🚀"), "👩\u{200d}🚀", "a joiner makes one sign of two");
        assert_eq!(id("한국".nfd().collect::<String>().as_str()), "한국");
    }

    #[test]
    fn titles_are_text_and_no_html() {
        assert_eq!(title("Tom &amp; Jerry"), "Tom & Jerry");
        assert_eq!(title("It&#039;s <b>Bold</b> soup"), "It's Bold soup");
        assert_eq!(title("I <3 you & a < b"), "I <3 you & a < b");
        assert_eq!(title("<p>One</p><p>Two</p>"), "One Two");
        assert_eq!(title("AT&T"), "AT&T");
        assert_eq!(title("\u{202e}nilA\u{1b}[31m\u{202c}"), "nilA [31m");
    }

    #[test]
    fn ids_that_a_spreadsheet_rounded_are_known() {
        assert!(is_rounded("9.78043902348E+12") && is_rounded("9,78E+12") && is_rounded("1e+06"));
        assert!(!is_rounded("1e3") && !is_rounded("E+12") && !is_rounded("A1E+12"));
    }
}
