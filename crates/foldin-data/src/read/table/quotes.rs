//! Records of separated values, some of which may be in quotes.

use memchr::{memchr, memchr2, memmem};

use super::record::Cells;
use super::separator::Separator;

/// A quote that is not closed within so many bytes is taken for one left open.
const LONGEST_QUOTED: usize = 1 << 16;

/// What ends values and records of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) separator: Separator,
    /// `\n`, before which a `\r` belongs to the line end; or `\r`.
    pub(super) line_end: u8,
}

/// How a record with quotes in it ends. Positions are bytes from its beginning.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum QuotedRecord {
    /// The position of the line end after the record, or of the end of the text.
    Whole { end: usize },
    /// In this column, from 0, a quote is opened that is not closed up to `end`, a line end or the end of the text.
    Unclosed { column: usize, end: usize },
    /// The text ends before the record does.
    TooShort,
}

impl Marks {
    /// Whether a value may end at this position.
    fn ends_value(self, bytes: &[u8]) -> bool {
        match bytes {
            [] => true,
            [b'\r'] | [b'\r', b'\n', ..] if self.line_end == b'\n' => true,
            [first, ..] => *first == self.line_end || bytes.starts_with(self.separator.as_bytes()),
        }
    }

    /// The next separator or line end, or the end of the text.
    fn end_of_value(self, bytes: &[u8]) -> usize {
        let first = self.separator.as_bytes()[0];
        let mut from = 0;
        while let Some(found) = memchr2(first, self.line_end, &bytes[from..]) {
            from += found;
            if bytes[from] == self.line_end || bytes[from..].starts_with(self.separator.as_bytes()) {
                return from;
            }
            from += 1;
        }
        bytes.len()
    }

    /// The end of the line, without its mark, that begins at `from`.
    fn end_of_line(self, text: &str, from: usize) -> usize {
        memchr(self.line_end, &text.as_bytes()[from..]).map_or(text.len(), |length| from + length)
    }

    /// Takes the record apart that `text` begins with. `is_last` says that nothing comes after `text`.
    ///
    /// A quote opens at the beginning of a value only. Within it, a doubled quote is a quote, and so is one after a
    /// backslash; where both readings are possible, that one holds by which the value closes before a separator or line
    /// end, unless an odd number of quotes with backslashes came before it in the value. What stands between the closing quote and the separator belongs to the value.
    pub(super) fn split_quoted(self, text: &str, is_last: bool, cells: &mut Cells) -> QuotedRecord {
        cells.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let opening = at + bytes[at..].iter().take_while(|byte| **byte == b' ').count();
            if bytes.get(opening) == Some(&b'"') {
                match self.quoted(text, opening + 1, is_last, &mut cells.text) {
                    Closing::At(after) => at = after,
                    Closing::Literal => {}
                    Closing::Beyond => return QuotedRecord::TooShort,
                    Closing::Nowhere => {
                        let beyond = (opening + LONGEST_QUOTED).min(text.len());
                        let end = self.end_of_line(text, text.floor_char_boundary(beyond));
                        let is_cut = end == text.len() && !is_last;
                        let column = cells.bounds.len();
                        return if is_cut { QuotedRecord::TooShort } else { QuotedRecord::Unclosed { column, end } };
                    }
                }
            }
            let end = at + self.end_of_value(&bytes[at..]);
            let is_end_of_text = end == bytes.len();
            if is_end_of_text && !is_last {
                return QuotedRecord::TooShort;
            }
            let goes_on = !is_end_of_text && bytes[end] != self.line_end;
            let tail = &text[at..end];
            let ends_with_return = !goes_on && self.line_end == b'\n';
            cells.text.push_str(if ends_with_return { tail.strip_suffix('\r').unwrap_or(tail) } else { tail });
            cells.end_cell();
            if !goes_on {
                return QuotedRecord::Whole { end };
            }
            at = end + self.separator.as_bytes().len();
        }
    }

    /// Adds the value whose first letter after the quote is at `start` to `value`.
    fn quoted(self, text: &str, start: usize, is_last: bool, value: &mut String) -> Closing {
        let (text, is_last) = if self.separator.quotes_span_lines() {
            (text, is_last)
        } else {
            (&text[..self.end_of_line(text, start)], true)
        };
        let n_before = value.len();
        let bytes = text.as_bytes();
        let mut from = start;
        let mut n_escaped = 0;
        loop {
            let Some(found) = memchr(b'"', &bytes[from..]).filter(|found| from + found - start <= LONGEST_QUOTED)
            else {
                value.truncate(n_before);
                return match () {
                    () if !self.separator.quotes_span_lines() => Closing::Literal,
                    () if is_last || bytes.len() - start > LONGEST_QUOTED => Closing::Nowhere,
                    () => Closing::Beyond,
                };
            };
            let quotes = from + found;
            let n_quotes = bytes[quotes..].iter().take_while(|byte| **byte == b'"').count();
            let after = quotes + n_quotes;
            if !is_last && bytes.len() < after + 2 {
                value.truncate(n_before);
                return Closing::Beyond;
            }
            let ends_value = self.ends_value(&bytes[after..]);
            let is_odd = n_quotes % 2 == 1;
            let has_backslash = quotes > from && bytes[quotes - 1] == b'\\';
            // The second of two quotes with backslashes is one of a pair, as in `"The \"Best\", of"`.
            let is_second = n_quotes == 1 && n_escaped % 2 == 1;
            let is_escaped = has_backslash && (is_odd != ends_value || is_second);
            n_escaped += usize::from(is_escaped);
            let closes = is_odd != is_escaped;
            value.push_str(&text[from..quotes - usize::from(is_escaped)]);
            let n_kept = (n_quotes - usize::from(is_escaped)) / 2 + usize::from(is_escaped);
            value.extend(std::iter::repeat_n('"', n_kept));
            if closes && !ends_value && !self.separator.quotes_span_lines() {
                value.truncate(n_before);
                return Closing::Literal;
            }
            if closes {
                return Closing::At(after);
            }
            from = after;
        }
    }
}

enum Closing {
    /// The quote is closed before this position.
    At(usize),
    /// The quote is a letter like others.
    Literal,
    /// It is closed after the end of the text in memory, if at all.
    Beyond,
    Nowhere,
}

/// Takes a line without quotes apart.
pub(super) fn split_plain(line: &str, separator: Separator, bounds: &mut Vec<(usize, usize)>) {
    bounds.clear();
    let mut start = 0;
    let mut end_at = |end: usize| {
        bounds.push((start, end));
        start = end + separator.as_bytes().len();
    };
    match separator.as_bytes() {
        [byte] => memchr::memchr_iter(*byte, line.as_bytes()).for_each(&mut end_at),
        bytes => memmem::find_iter(line.as_bytes(), bytes).for_each(&mut end_at),
    }
    end_at(line.len());
}
