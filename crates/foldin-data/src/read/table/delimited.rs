//! Files of separated values.

use std::io::{self, Read};

use memchr::memchr;

use super::quotes::{Marks, QuotedRecord, split_plain};
use super::record::{Bounds, BrokenRecord, Cells, Record, Step, beginning};
use super::separator::Separator;
use super::text::TextReader;

/// Text from which line ends and separators are found.
const SAMPLE: usize = 1 << 16;
/// A record that is longer is broken, so that a file without line ends does not fill the memory.
const LONGEST_RECORD: usize = 1 << 24;

pub(super) struct DelimitedReader<'a> {
    input: TextReader<'a>,
    marks: Marks,
    has_separator_line: bool,
    /// Where the next line begins in the text in memory.
    at: usize,
    /// Lines before that.
    n_lines: usize,
    n_blank: usize,
    /// The next quote at or after `at`, if it was looked for.
    next_quote: Option<usize>,
    /// The line that the current record begins in.
    line: usize,
    place: Place,
    bounds: Vec<Bounds>,
    cells: Cells,
}

/// Where the text of the current record is.
enum Place {
    /// In the text in memory, from here to there.
    InText(usize, usize),
    /// In the buffer of cells, as it had quotes.
    InCells,
}

impl<'a> DelimitedReader<'a> {
    /// Finds out about a text whose first block is in memory.
    pub(super) fn new(input: TextReader<'a>) -> Self {
        let text = input.text();
        let is_last = input.ended() && text.len() <= SAMPLE;
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let has_line_feed = memchr(b'\n', sample.as_bytes()).is_some();
        let line_end = if !has_line_feed && sample.contains('\r') { b'\r' } else { b'\n' };
        let first_line_end = memchr(line_end, sample.as_bytes()).unwrap_or(sample.len());
        let named = separator_line(&sample[..first_line_end]);
        let at = if named.is_some() { (first_line_end + 1).min(text.len()) } else { 0 };
        let separator =
            named.flatten().unwrap_or_else(|| Separator::find(sample.get(at..).unwrap_or_default(), line_end, is_last));
        Self {
            marks: Marks { separator, line_end },
            has_separator_line: named.is_some(),
            at,
            n_lines: usize::from(named.is_some()),
            n_blank: 0,
            next_quote: None,
            line: 0,
            place: Place::InCells,
            bounds: Vec::new(),
            cells: Cells::default(),
            input,
        }
    }

    pub(super) fn separator(&self) -> Separator {
        self.marks.separator
    }

    pub(super) fn has_separator_line(&self) -> bool {
        self.has_separator_line
    }

    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.input.encoding()
    }

    pub(super) fn n_blank(&self) -> usize {
        self.n_blank
    }

    pub(super) fn record(&self) -> Record<'_> {
        match self.place {
            Place::InText(start, end) => Record::new(self.line, &self.input.text()[start..end], &self.bounds),
            Place::InCells => self.cells.as_record(self.line),
        }
    }

    pub(super) fn advance(&mut self) -> io::Result<Step> {
        loop {
            let text = self.input.text();
            let Some(length) = memchr(self.marks.line_end, &text.as_bytes()[self.at..]).or_else(|| {
                let is_last_line = self.input.ended() && self.at < text.len();
                is_last_line.then(|| text.len() - self.at)
            }) else {
                if text.len() - self.at > LONGEST_RECORD {
                    return self.skip_long_record();
                }
                if !self.refill()? && self.at == self.input.text().len() {
                    return Ok(Step::End);
                }
                continue;
            };
            let end = self.at + length;
            self.line = self.n_lines + 1;
            if self.quote_from(self.at) >= end {
                let start = self.at;
                self.at = (end + 1).min(self.input.text().len());
                self.n_lines += 1;
                if let Some(end) = self.split_line(start, end) {
                    self.place = Place::InText(start, end);
                    return Ok(Step::Record);
                }
                self.n_blank += 1;
            } else if let Some(step) = self.split_quoted()? {
                return Ok(step);
            } else {
                self.refill()?;
            }
        }
    }

    /// Takes a line without quotes apart and gives its end without `\r`; none if it is blank.
    fn split_line(&mut self, start: usize, end: usize) -> Option<usize> {
        let line = &self.input.text()[start..end];
        let line = if self.marks.line_end == b'\n' { line.strip_suffix('\r').unwrap_or(line) } else { line };
        // Tabs do not make a line blank: they separate columns that are empty.
        if line.bytes().all(|byte| matches!(byte, b' ' | b'\r')) {
            return None;
        }
        split_plain(line, self.marks.separator, &mut self.bounds);
        Some(start + line.len())
    }

    /// Takes the record at `at` apart, which has quotes; none if more text is needed.
    fn split_quoted(&mut self) -> io::Result<Option<Step>> {
        let rest = &self.input.text()[self.at..];
        let (end, step) = match self.marks.split_quoted(rest, self.input.ended(), &mut self.cells) {
            QuotedRecord::Whole { end } => {
                self.place = Place::InCells;
                (end, Step::Record)
            }
            QuotedRecord::Unclosed { column, end } => {
                let problem = "opens a quote and does not close it".to_owned();
                let value = beginning(rest);
                let broken = BrokenRecord { line: self.line, column, value, problem, expected: "a closing quote" };
                (end, Step::Broken(broken))
            }
            QuotedRecord::TooShort if rest.len() > LONGEST_RECORD => return self.skip_long_record().map(Some),
            QuotedRecord::TooShort => return Ok(None),
        };
        self.n_lines += 1 + memchr::memchr_iter(self.marks.line_end, &rest.as_bytes()[..end]).count();
        self.at = (self.at + end + 1).min(self.input.text().len());
        Ok(Some(step))
    }

    /// The place of the next quote from `at` on; far away if there is none in memory.
    fn quote_from(&mut self, at: usize) -> usize {
        match self.next_quote {
            Some(quote) if quote >= at => quote,
            _ => {
                let found = memchr(b'"', &self.input.text().as_bytes()[at..]);
                *self.next_quote.insert(found.map_or(usize::MAX, |found| at + found))
            }
        }
    }

    fn refill(&mut self) -> io::Result<bool> {
        let n_done = std::mem::take(&mut self.at);
        self.next_quote = None;
        self.input.more(n_done)
    }

    fn skip_long_record(&mut self) -> io::Result<Step> {
        let value = beginning(&self.input.text()[self.at..]);
        self.line = self.n_lines + 1;
        loop {
            let found = memchr(self.marks.line_end, &self.input.text().as_bytes()[self.at..]);
            self.at = found.map_or(self.input.text().len(), |found| self.at + found + 1);
            if found.is_some() || !self.refill()? {
                break;
            }
        }
        self.n_lines += 1;
        let problem = format!("begins a line of more than {} MB", LONGEST_RECORD >> 20);
        Ok(Step::Broken(BrokenRecord { line: self.line, column: 0, value, problem, expected: "a shorter line" }))
    }
}

/// `sep=;`, which Excel reads and writes: the separator, if it is a known one. None where the line says another thing.
fn separator_line(line: &str) -> Option<Option<Separator>> {
    let line = line.strip_suffix('\r').unwrap_or(line).trim_matches([' ', '"']);
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let separators = [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe];
    // Excel fills the line up with separators where other rows have more columns.
    (named.len() <= 20).then(|| separators.into_iter().find(|separator| named.starts_with(separator.as_str())))
}

/// Reads text until the sample that kinds of text are told by is in memory.
pub(super) fn text_with_sample<'a>(bytes: Box<dyn Read + 'a>) -> io::Result<TextReader<'a>> {
    let mut input = TextReader::new(bytes);
    while input.text().len() < SAMPLE && input.more(0)? {}
    Ok(input)
}
