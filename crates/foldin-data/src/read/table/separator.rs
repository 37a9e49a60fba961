//! What stands between the values of a line.

use super::quotes::{Marks, QuotedRecord};
use super::record::Cells;

/// What stands between the values of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Separator {
    Comma,
    Semicolon,
    Tab,
    Pipe,
    DoubleColon,
}

/// Records that are compared to find the separator.
const SAMPLE_RECORDS: usize = 100;

impl Separator {
    /// All, in the order in which they are preferred.
    const ALL: [Separator; 5] =
        [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe, Separator::DoubleColon];

    pub(in crate::read) fn as_str(self) -> &'static str {
        match self {
            Separator::Comma => ",",
            Separator::Semicolon => ";",
            Separator::Tab => "\t",
            Separator::Pipe => "|",
            Separator::DoubleColon => "::",
        }
    }

    pub(super) fn as_bytes(self) -> &'static [u8] {
        self.as_str().as_bytes()
    }

    /// Whether a value in quotes may hold line ends. In files with tabs and `::` most quotes are letters.
    pub(super) fn quotes_span_lines(self) -> bool {
        !matches!(self, Separator::Tab | Separator::DoubleColon)
    }

    /// The separator by which the first line has most columns, and at least nine in ten of the lines after it as many.
    pub(super) fn find(text: &str, line_end: u8, is_last: bool) -> Separator {
        let found = Separator::ALL.into_iter().filter_map(|separator| {
            let counts = column_counts(text, Marks { separator, line_end }, is_last);
            let n_columns = *counts.first()?;
            let n_alike = counts.iter().filter(|count| **count == n_columns).count();
            (n_columns > 1).then_some((n_alike * 10 >= counts.len() * 9, n_columns, separator))
        });
        // The last of equal ones is given, the preferred one must therefore be last.
        let best = found.collect::<Vec<_>>().into_iter().rev().max_by_key(|&(is_steady, count, _)| (is_steady, count));
        best.map_or(Separator::Comma, |(_, _, separator)| separator)
    }
}

/// How many columns the first records have; broken ones are left out.
fn column_counts(text: &str, marks: Marks, is_last: bool) -> Vec<usize> {
    let (mut rest, mut cells, mut counts) = (text, Cells::default(), Vec::new());
    while counts.len() < SAMPLE_RECORDS && !rest.is_empty() {
        let end = match marks.split_quoted(rest, is_last, &mut cells) {
            QuotedRecord::Whole { end } => {
                if rest[..end].contains(|letter| !matches!(letter, ' ' | '\r' | '\n')) {
                    counts.push(cells.bounds.len());
                }
                end
            }
            QuotedRecord::Unclosed { end, .. } => end,
            QuotedRecord::TooShort => break,
        };
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_in(text: &str) -> Separator {
        Separator::find(text, b'\n', true)
    }

    #[test]
    fn the_separator_of_most_columns_is_found() {
        assert_eq!(found_in("user,item,rating\na,b,4\n"), Separator::Comma);
        assert_eq!(found_in("User-ID;ISBN;Book-Rating\n1;034545104X;4,5\n"), Separator::Semicolon);
        assert_eq!(found_in("user\titem\n1\tToy Story, The\n"), Separator::Tab);
        assert_eq!(found_in("1|24|M|technician|85711\n2|53|F|other|94043\n"), Separator::Pipe);
        assert_eq!(found_in("1::1193::5::978300760\n1::661::3::978302109\n"), Separator::DoubleColon);
    }

    #[test]
    fn lists_in_cells_are_no_columns() {
        assert_eq!(found_in("id,title,genres\n1,A,a|b|c|d\n2,B,c|d|e|f\n"), Separator::Comma);
        assert_eq!(found_in("1::Heat (1995)::Action|Crime|Thriller\n2::X (1990)::Drama\n"), Separator::DoubleColon);
        assert_eq!(found_in("a;1;4,5\nb;2;3,5\nc;3;4,0\n"), Separator::Semicolon);
    }

    #[test]
    fn separators_within_quotes_do_not_count() {
        assert_eq!(found_in("\"a;b;c;d\",title\n\"e;f;g;h\",x\n"), Separator::Comma);
        assert_eq!(found_in("id;text\n1;\"a, b\nc, d\"\n2;\"e, f\"\n"), Separator::Semicolon);
    }

    #[test]
    fn a_single_column_has_commas_if_any() {
        assert_eq!(found_in("user\na\n"), Separator::Comma);
        assert_eq!(found_in(""), Separator::Comma);
    }
}
