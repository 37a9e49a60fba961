//! Text files by lines: ends of lines, byte order marks and encodings.

use std::io::{BufRead, BufReader, Read};
use std::str;

use encoding_rs::WINDOWS_1252;

use super::DatasetError;
use super::report::ReadLog;
use crate::files::DataFile;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a file line by line into one buffer.
pub(super) struct LineReader<'a> {
    file: DataFile<'a>,
    reader: BufReader<Box<dyn Read + 'a>>,
    bytes: Vec<u8>,
    decoded: String,
    n_lines: usize,
    all_utf8: bool,
}

/// A line without its end.
pub(super) struct Line<'a> {
    /// From 1, blank lines counted.
    pub number: usize,
    pub text: &'a str,
}

impl<'a> LineReader<'a> {
    pub(super) fn open(file: &DataFile<'a>) -> Result<Self, DatasetError> {
        let reader = file.open().map_err(|source| DatasetError::io(file.path(), source))?;
        Ok(Self {
            file: file.clone(),
            reader: BufReader::with_capacity(1 << 18, reader),
            bytes: Vec::new(),
            decoded: String::new(),
            n_lines: 0,
            all_utf8: true,
        })
    }

    pub(super) fn file(&self) -> &DataFile<'a> {
        &self.file
    }

    /// Whether every line so far was UTF-8; the others were read as Windows-1252.
    pub(super) fn all_utf8(&self) -> bool {
        self.all_utf8
    }

    /// The next line that is not blank.
    pub(super) fn next_line(&mut self) -> Result<Option<Line<'_>>, DatasetError> {
        let range = loop {
            self.bytes.clear();
            let read = self.reader.read_until(b'\n', &mut self.bytes);
            if read.map_err(|source| DatasetError::io(self.file.path(), source))? == 0 {
                return Ok(None);
            }
            self.n_lines += 1;
            let has_mark = self.n_lines == 1 && self.bytes.starts_with(BYTE_ORDER_MARK);
            let start = if has_mark { BYTE_ORDER_MARK.len() } else { 0 };
            let end = start + without_line_end(&self.bytes[start..]).len();
            if !is_blank(&self.bytes[start..end]) {
                break start..end;
            }
        };
        let text = match str::from_utf8(&self.bytes[range.clone()]) {
            Ok(text) => text,
            Err(_) => {
                self.all_utf8 = false;
                self.decoded = WINDOWS_1252.decode_without_bom_handling(&self.bytes[range]).0.into_owned();
                &self.decoded
            }
        };
        Ok(Some(Line { number: self.n_lines, text }))
    }
}

/// A whole file as text: UTF-8 where all of it is, else Windows-1252.
pub(super) fn read_text(file: &DataFile<'_>, log: &mut ReadLog) -> Result<String, DatasetError> {
    let mut bytes = Vec::new();
    let read = file.open().and_then(|mut reader| reader.read_to_end(&mut bytes));
    read.map_err(|source| DatasetError::io(file.path(), source))?;
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        log.not_utf8(file.name());
        WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned()
    }))
}

/// The lines of a text that are not blank.
pub(super) fn lines_of(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split('\n')
        .enumerate()
        .map(|(index, line)| Line { number: index + 1, text: line.strip_suffix('\r').unwrap_or(line) })
        .filter(|line| !is_blank(line.text.as_bytes()))
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Tabs do not make a line blank: they separate columns that are empty.
fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::InMemory;
    use crate::read::{Format, ReadOptions};

    fn lines_in(content: &[u8]) -> (Vec<(usize, String)>, bool) {
        let files = InMemory::new("memory", [("file", content)]);
        let mut reader = LineReader::open(&DataFile::new(&files, "file")).unwrap();
        let mut lines = Vec::new();
        while let Some(line) = reader.next_line().unwrap() {
            lines.push((line.number, line.text.to_owned()));
        }
        (lines, reader.all_utf8())
    }

    fn text_in(content: &[u8]) -> (String, Vec<String>) {
        let files = InMemory::new("memory", [("file", content)]);
        let mut log = ReadLog::new(Format::General, &ReadOptions::default());
        (read_text(&DataFile::new(&files, "file"), &mut log).unwrap(), log.report.not_utf8)
    }

    #[test]
    fn ends_of_lines_may_be_mixed_and_the_last_may_be_missing() {
        let (lines, _) = lines_in(b"a\r\nb\nc");
        assert_eq!(lines, [(1, "a".into()), (2, "b".into()), (3, "c".into())]);
    }

    #[test]
    fn blank_lines_are_skipped_and_counted() {
        let (lines, _) = lines_in(b"\n\r\na\n   \r\nb\n\n");
        assert_eq!(lines, [(3, "a".into()), (5, "b".into())]);
        let numbers: Vec<usize> = lines_of("\n\r\na\n   \r\nb\n\n").map(|line| line.number).collect();
        assert_eq!(numbers, [3, 5]);
    }

    #[test]
    fn a_line_of_tabs_is_not_blank() {
        assert_eq!(lines_in(b"\t\t\n").0, [(1, "\t\t".into())]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(lines_in(b"\xef\xbb\xbfuser\n").0, [(1, "user".into())]);
        assert_eq!(text_in(b"\xef\xbb\xbfuser").0, "user");
        assert!(lines_in(b"\xef\xbb\xbf").0.is_empty());
    }

    #[test]
    fn each_line_of_a_stream_has_its_own_encoding() {
        let (lines, all_utf8) = lines_in(b"caf\xc3\xa9\ncaf\xe9\n");
        assert_eq!(lines, [(1, "café".into()), (2, "café".into())]);
        assert!(!all_utf8);
    }

    #[test]
    fn a_catalogue_has_one_encoding() {
        assert_eq!(text_in(b"caf\xc3\xa9"), ("café".into(), vec![]));
        assert_eq!(text_in(b"caf\xe9 \x93x\x94"), ("café “x”".into(), vec!["file".into()]));
    }

    #[test]
    fn an_empty_file_has_no_lines() {
        assert!(lines_in(b"").0.is_empty());
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let files = InMemory::default();
        let error = LineReader::open(&DataFile::new(&files, "no-such.file")).err().unwrap().to_string();
        assert!(error.starts_with("cannot read `no-such.file`: "), "{error}");
    }
}
