//! What a file is by its first bytes, and what it contains.

use std::io::{self, Cursor, Read};

use super::super::DatasetError;
use crate::files::DataFile;

/// Bytes that are enough to recognise a container.
const HEAD: usize = 512;

/// What a table may be packed in, or be instead of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Gzip,
    Zstd,
    Zip,
    Workbook,
    Parquet,
    /// One that is not read.
    Other(&'static str),
}

/// What is in a file.
pub(super) enum Contents<'a> {
    /// Text in any encoding.
    Text(Box<dyn Read + 'a>),
}

pub(super) struct Opened<'a> {
    pub(super) contents: Contents<'a>,
    pub(super) name: String,
    /// From outside in.
    pub(super) containers: Vec<Kind>,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Json => "a JSON document",
            Kind::Gzip => "a gzip file",
            Kind::Zstd => "a zstd file",
            Kind::Zip => "a zip archive",
            Kind::Workbook => "an Excel workbook",
            Kind::Parquet => "a Parquet file",
            Kind::Other(name) => name,
        }
    }

    pub(super) fn error(self, file: &DataFile<'_>, problem: impl ToString) -> DatasetError {
        DatasetError::Container { path: file.path(), kind: self.name(), problem: problem.to_string() }
    }

    /// None for what may be text.
    fn of(head: &[u8]) -> Option<Kind> {
        let is_skippable_frame = |head: &[u8]| matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        match head {
            [0x1f, 0x8b, ..] => Some(Kind::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Kind::Zstd),
            _ if is_skippable_frame(head) => Some(Kind::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
            [b'P', b'A', b'R', b'1', ..] => Some(Kind::Parquet),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Kind::Other("an Excel workbook of before 2007 (.xls)")),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Kind::Other("an xz file")),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, ..] => Some(Kind::Other("a bzip2 file")),
            [b'7', b'z', 0xbc, 0xaf, ..] => Some(Kind::Other("a 7z archive")),
            [b'R', b'a', b'r', b'!', ..] => Some(Kind::Other("a rar archive")),
            _ if head.starts_with(b"SQLite format 3\0") => Some(Kind::Other("an SQLite database")),
            _ if head.starts_with(b"%PDF-") => Some(Kind::Other("a PDF document")),
            _ if head.get(257..262) == Some(b"ustar") => Some(Kind::Other("a tar archive")),
            _ => None,
        }
    }
}

/// Opens a file, and what it is packed in.
pub(super) fn open<'a>(file: &DataFile<'a>) -> Result<Opened<'a>, DatasetError> {
    let failed = |error| DatasetError::io(file.path(), error);
    let (head, bytes) = with_head(file.open().map_err(failed)?).map_err(failed)?;
    match Kind::of(&head) {
        None => Ok(Opened { contents: Contents::Text(bytes), name: file.name().to_owned(), containers: Vec::new() }),
        Some(kind) => Err(kind.error(file, "give a table as text, such as CSV")),
    }
}

/// The first bytes, and all bytes with them.
fn with_head<'a>(mut bytes: Box<dyn Read + 'a>) -> io::Result<(Vec<u8>, Box<dyn Read + 'a>)> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let all = Box::new(Cursor::new(head.clone()).chain(bytes));
    Ok((head, all))
}
