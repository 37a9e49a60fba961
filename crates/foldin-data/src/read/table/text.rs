//! Bytes of any encoding as UTF-8 text, block by block.

use std::io::{self, Read};
use std::str;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use memchr::memrchr2;

/// Bytes that are read at once.
const BLOCK: usize = 1 << 18;
/// From here on a line is cut anywhere, so that a file without line ends does not fill the memory.
const LONGEST_UNCUT: usize = 1 << 20;
/// Bytes beyond ASCII that the detector must see before it is trusted with a rare encoding.
const ENOUGH_FOR_RARE: usize = 64;

/// A window of a text that moves on over a stream of bytes.
///
/// UTF-16 is told by its byte order mark, or by NULs that stand in every other byte. Lines of other files are UTF-8
/// where they are valid, and else in the legacy encoding that the first such lines suggest.
pub(super) struct TextReader<'a> {
    bytes: Box<dyn Read + 'a>,
    /// Bytes that do not end a line yet.
    raw: Vec<u8>,
    text: String,
    decoding: Decoding,
    legacy: Option<&'static Encoding>,
    ended: bool,
}

enum Decoding {
    Unknown,
    Lines,
    Utf16(Box<Decoder>, &'static Encoding),
}

impl<'a> TextReader<'a> {
    pub(super) fn new(bytes: Box<dyn Read + 'a>) -> Self {
        let (raw, text) = (Vec::new(), String::new());
        Self { bytes, raw, text, decoding: Decoding::Unknown, legacy: None, ended: false }
    }

    /// The part of the text that is in memory.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text in memory reaches to the end of the file.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// The encoding, where it is another than UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        match &self.decoding {
            Decoding::Utf16(_, encoding) => Some(encoding.name()),
            Decoding::Unknown | Decoding::Lines => self.legacy.map(Encoding::name),
        }
    }

    /// Drops the first `n_done` bytes of the text and adds what follows it. False at the end of the file.
    pub(super) fn more(&mut self, n_done: usize) -> io::Result<bool> {
        self.text.drain(..n_done);
        if self.ended {
            return Ok(false);
        }
        loop {
            self.ended = !self.read_block()?;
            if matches!(self.decoding, Decoding::Unknown) {
                self.recognise();
            }
            let n_read = match &mut self.decoding {
                Decoding::Utf16(decoder, _) => {
                    decode(decoder, &self.raw, &mut self.text, self.ended);
                    self.raw.len()
                }
                Decoding::Unknown | Decoding::Lines => {
                    let end = self.end_of_lines();
                    self.add_lines(end);
                    end
                }
            };
            self.raw.drain(..n_read);
            if n_read > 0 || self.ended {
                return Ok(n_read > 0);
            }
        }
    }

    /// Reads a whole block, or what is left.
    fn read_block(&mut self) -> io::Result<bool> {
        let n_before = self.raw.len();
        let n_read = self.bytes.by_ref().take(BLOCK as u64).read_to_end(&mut self.raw);
        n_read.inspect_err(|_| self.raw.truncate(n_before)).map(|n_read| n_read == BLOCK)
    }

    fn recognise(&mut self) {
        let utf16 = match self.raw.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => {
                self.raw.drain(..3);
                None
            }
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            bytes => utf16_by_nuls(bytes),
        };
        self.decoding = match utf16 {
            Some(encoding) => Decoding::Utf16(Box::new(encoding.new_decoder_with_bom_removal()), encoding),
            None => Decoding::Lines,
        };
    }

    /// The end of the last whole line. A very long line is cut between letters.
    fn end_of_lines(&self) -> usize {
        match memrchr2(b'\n', b'\r', &self.raw) {
            _ if self.ended => self.raw.len(),
            Some(last) => last + 1,
            None if self.raw.len() < LONGEST_UNCUT => 0,
            None => match str::from_utf8(&self.raw) {
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                _ => self.raw.len(),
            },
        }
    }

    fn add_lines(&mut self, end: usize) {
        let bytes = &self.raw[..end];
        if let Ok(text) = str::from_utf8(bytes) {
            self.text.push_str(text);
            return;
        }
        let legacy = *self.legacy.get_or_insert_with(|| detect(bytes));
        for line in lines_of(bytes) {
            match str::from_utf8(line) {
                Ok(line) => self.text.push_str(line),
                Err(_) => self.text.push_str(&legacy.decode_without_bom_handling(line).0),
            }
        }
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], text: &mut String, is_last: bool) {
    loop {
        text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(BLOCK));
        let (result, n_read, _) = decoder.decode_to_string(bytes, text, is_last);
        bytes = &bytes[n_read..];
        if matches!(result, CoderResult::InputEmpty) {
            return;
        }
    }
}

/// Text of mostly Latin letters has NULs in every other byte; text in other encodings has none.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes[..bytes.len().min(4096)].as_chunks::<2>().0;
    let n_high_first = units.iter().filter(|[first, second]| *first == 0 && *second != 0).count();
    let n_low_first = units.iter().filter(|[first, second]| *first != 0 && *second == 0).count();
    let is_most = |n: usize, n_other: usize| n * 8 >= units.len().max(8) && n_other * 20 <= n;
    match () {
        () if is_most(n_low_first, n_high_first) => Some(UTF_16LE),
        () if is_most(n_high_first, n_low_first) => Some(UTF_16BE),
        () => None,
    }
}

/// The lines with their ends.
fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'))
}

/// The encoding of the lines that are not UTF-8: Windows-1252 unless the detector finds another.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let legacy_lines = || lines_of(bytes).filter(|line| str::from_utf8(line).is_err());
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut n_beyond_ascii = 0;
    for line in legacy_lines() {
        detector.feed(line, false);
        n_beyond_ascii += line.iter().filter(|byte| !byte.is_ascii()).count();
    }
    detector.feed(&[], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let is_usual = guess == WINDOWS_1251 || guess == WINDOWS_1252;
    let is_valid = || legacy_lines().all(|line| !guess.decode_without_bom_handling(line).1);
    if is_usual || (n_beyond_ascii >= ENOUGH_FOR_RARE && is_valid()) { guess } else { WINDOWS_1252 }
}
