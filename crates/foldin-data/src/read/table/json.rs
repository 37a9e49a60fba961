//! JSON objects: one on each line, one after another, or in an array.

use std::collections::VecDeque;
use std::io;

use memchr::{memchr, memchr_iter, memchr2};

use super::json_object::{self, Names};
use super::record::{BrokenRecord, Cells, Record, Step, beginning};
use super::text::TextReader;

/// Objects whose keys become columns.
const OBJECTS_WITH_NAMES: usize = 100;
/// An object that is longer is broken, so that a bracket left open does not fill the memory.
const LONGEST_OBJECT: usize = 1 << 24;

const EXPECTED: &str = "an object such as {\"user\": \"u1\", \"item\": \"i1\"}";

pub(super) struct JsonReader<'a> {
    input: TextReader<'a>,
    layout: Layout,
    /// Where the next object begins in the text in memory, or white space before it.
    at: usize,
    /// Line ends before that.
    n_lines: usize,
    names: Vec<String>,
    /// The objects that were read to know the names.
    ahead: VecDeque<Element>,
    line: usize,
    cells: Cells,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    /// Objects that may span lines, one after another.
    Sequence,
    Array,
}

/// A part of the text that should be an object, with the line that it begins in.
enum Element {
    Whole { line: usize, text: String },
    Broken(BrokenRecord),
}

/// Where an element is in the text in memory.
enum Cut {
    Whole { start: usize, end: usize },
    Broken { start: usize, end: usize, problem: &'static str },
    End,
}

/// Whether a text begins like a JSON document.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let after = text.get(1..).unwrap_or_default().trim_start();
    match text.bytes().next() {
        Some(b'{') => after.starts_with(['"', '\'', '}']),
        Some(b'[') => after.starts_with(['{', '[', ']', '"', '-']) || after.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

impl<'a> JsonReader<'a> {
    /// Finds out about a text whose first block is in memory. The inner error says what the document is instead.
    pub(super) fn new(input: TextReader<'a>) -> io::Result<Result<Self, String>> {
        let text = input.text();
        let start = text.len() - text.trim_start().len();
        let layout = layout_of(&text[start..]);
        let n_lines = memchr_iter(b'\n', &text.as_bytes()[..start]).count();
        if layout == Layout::Array {
            let first = text[start + 1..].trim_start();
            if !first.starts_with(['{', ']']) {
                return Ok(Err(format!("it is an array of {}", json_object::kind_of(first))));
            }
        }
        let at = start + usize::from(layout == Layout::Array);
        let (names, ahead, cells) = (Vec::new(), VecDeque::new(), Cells::default());
        let mut reader = Self { input, layout, at, n_lines, names, ahead, line: 0, cells };
        reader.read_names()?;
        match reader.ahead.front() {
            Some(Element::Whole { text, .. }) if reader.ahead.len() == 1 => match json_object::holds_tables(text) {
                Some(found) => Ok(Err(found)),
                None => Ok(Ok(reader)),
            },
            _ => Ok(Ok(reader)),
        }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.input.encoding()
    }

    pub(super) fn record(&self) -> Record<'_> {
        self.cells.as_record(self.line)
    }

    pub(super) fn advance(&mut self) -> io::Result<Step> {
        match self.ahead.pop_front() {
            Some(Element::Whole { line, text }) => {
                self.line = line;
                let parsed = json_object::read(&text, Names::Known(&self.names), &mut self.cells);
                return Ok(self.step(parsed, &text));
            }
            Some(Element::Broken(broken)) => return Ok(Step::Broken(broken)),
            None => {}
        }
        match self.cut()? {
            Cut::Whole { start, end } => {
                let text = &self.input.text()[start..end];
                let parsed = json_object::read(text, Names::Known(&self.names), &mut self.cells);
                Ok(self.step(parsed, &self.input.text()[start..end]))
            }
            Cut::Broken { start, end, problem } => Ok(Step::Broken(self.broken(problem, start, end))),
            Cut::End => Ok(Step::End),
        }
    }

    fn step(&self, parsed: Result<(), serde_json::Error>, text: &str) -> Step {
        match parsed {
            Ok(()) => Step::Record,
            Err(error) => Step::Broken(broken_at(self.line, text, format!("is not a JSON object ({error})"))),
        }
    }

    fn broken(&self, problem: &str, start: usize, end: usize) -> BrokenRecord {
        broken_at(self.line, &self.input.text()[start..end], problem.to_owned())
    }

    fn read_names(&mut self) -> io::Result<()> {
        while self.ahead.len() < OBJECTS_WITH_NAMES {
            let element = match self.cut()? {
                Cut::Whole { start, end } => {
                    let text = self.input.text()[start..end].to_owned();
                    // An object that is broken is so again when its turn comes.
                    let _ = json_object::read(&text, Names::Found(&mut self.names), &mut self.cells);
                    Element::Whole { line: self.line, text }
                }
                Cut::Broken { start, end, problem } => Element::Broken(self.broken(problem, start, end)),
                Cut::End => return Ok(()),
            };
            self.ahead.push_back(element);
        }
        Ok(())
    }

    /// Finds the next element and goes behind it.
    fn cut(&mut self) -> io::Result<Cut> {
        let Some(first) = self.skip_to_element()? else { return Ok(Cut::End) };
        self.line = self.n_lines + 1;
        let (end, problem) = match (self.layout, first) {
            (Layout::Array, b']') => return Ok(Cut::End),
            (Layout::Array | Layout::Sequence, b'{') => match self.end_of_object()? {
                Some(end) => (end, None),
                None => (self.input.text().len(), Some("begins an object that does not end")),
            },
            (Layout::Array | Layout::Sequence, _) => (self.end_of_line()?, Some("is not a JSON object")),
            (Layout::Lines, _) => (self.end_of_line()?, None),
        };
        let start = std::mem::replace(&mut self.at, end);
        let text = &self.input.text()[start..end];
        self.n_lines += memchr_iter(b'\n', text.as_bytes()).count();
        if let Some(problem) = problem {
            return Ok(Cut::Broken { start, end, problem });
        }
        let text = text.trim_end();
        Ok(Cut::Whole { start, end: start + text.strip_suffix(',').unwrap_or(text).len() })
    }

    /// Goes on to what is neither white space nor a comma, and gives its first byte.
    fn skip_to_element(&mut self) -> io::Result<Option<u8>> {
        loop {
            for byte in self.input.text().as_bytes()[self.at..].iter() {
                match byte {
                    b'\n' => self.n_lines += 1,
                    b' ' | b'\t' | b'\r' | b',' => {}
                    _ => return Ok(Some(*byte)),
                }
                self.at += 1;
            }
            if !self.refill()? {
                return Ok(None);
            }
        }
    }

    fn end_of_line(&mut self) -> io::Result<usize> {
        let mut from = self.at;
        loop {
            if let Some(length) = memchr(b'\n', &self.input.text().as_bytes()[from..]) {
                return Ok(from + length);
            }
            from = self.input.text().len() - self.at;
            if from > LONGEST_OBJECT || !self.refill()? {
                return Ok(self.input.text().len());
            }
        }
    }

    /// The place behind the bracket that closes the object at `at`; none if there is none before the file ends, or too
    /// far away.
    fn end_of_object(&mut self) -> io::Result<Option<usize>> {
        let mut scan = Scan::default();
        loop {
            let bytes = &self.input.text().as_bytes()[self.at..];
            if scan.goes_on_to_end(bytes) {
                return Ok(Some(self.at + scan.at));
            }
            if bytes.len() > LONGEST_OBJECT || !self.refill()? {
                return Ok(None);
            }
        }
    }

    fn refill(&mut self) -> io::Result<bool> {
        self.input.more(std::mem::take(&mut self.at))
    }
}

fn broken_at(line: usize, text: &str, problem: String) -> BrokenRecord {
    BrokenRecord { line, column: 0, value: beginning(text), problem, expected: EXPECTED }
}

/// Objects are on lines of their own if the first or the second line holds a whole one.
fn layout_of(text: &str) -> Layout {
    if text.starts_with('[') {
        return Layout::Array;
    }
    let is_whole = |line: &str| {
        let line = line.trim().trim_end_matches(',');
        let mut scan = Scan::default();
        line.starts_with('{') && scan.goes_on_to_end(line.as_bytes()) && scan.at == line.len()
    };
    if text.lines().take(2).any(is_whole) { Layout::Lines } else { Layout::Sequence }
}

/// A walk through an object to the bracket that closes it.
#[derive(Default)]
struct Scan {
    at: usize,
    depth: usize,
    is_in_string: bool,
}

impl Scan {
    /// Goes on through `bytes`, which begin as they did the last time; true where the object ends, before `at`.
    fn goes_on_to_end(&mut self, bytes: &[u8]) -> bool {
        while self.at < bytes.len() {
            if self.is_in_string {
                match memchr2(b'"', b'\\', &bytes[self.at..]) {
                    Some(length) if bytes[self.at + length] == b'"' => {
                        self.at += length + 1;
                        self.is_in_string = false;
                    }
                    // What is escaped comes with the next bytes.
                    Some(length) if self.at + length + 1 == bytes.len() => {
                        self.at += length;
                        return false;
                    }
                    Some(length) => self.at += length + 2,
                    None => self.at = bytes.len(),
                }
                continue;
            }
            match bytes[self.at] {
                b'"' => self.is_in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if self.depth == 0 {
                return true;
            }
        }
        false
    }
}
