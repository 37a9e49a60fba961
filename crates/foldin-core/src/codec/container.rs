//! Header and table of sections: the part of the format that stands outside postcard.

use bytes::Bytes;
use xxhash_rust::xxh64::xxh64;

use super::FileError;

/// Not ASCII first, so that no text is taken for it; a line end last, so that a translation of line ends shows.
const MAGIC: [u8; 8] = *b"\x89FOLDIN\n";
/// The format that is written, and the newest that is read.
pub(crate) const NEWEST_FORMAT: u16 = 1;
/// The oldest format that is read.
const OLDEST_FORMAT: u16 = 1;
/// Bytes before the table.
const HEADER_LENGTH: usize = 32;
/// Bytes of a table entry.
const ENTRY_LENGTH: usize = 32;
/// Sections begin at multiples of this, so that their bytes can be read in place.
const ALIGNMENT: usize = 16;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// All that ranking needs.
    Score,
    /// All that showing needs.
    Show,
    /// Known users.
    Users,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [FileKind; 3] = [FileKind::Score, FileKind::Show, FileKind::Users];

    /// The kind's name, as in the file's own name.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Score => "score",
            FileKind::Show => "show",
            FileKind::Users => "users",
        }
    }

    fn number(self) -> u16 {
        match self {
            FileKind::Score => 1,
            FileKind::Show => 2,
            FileKind::Users => 3,
        }
    }

    fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// A section's place in the table, and its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub kind: u32,
    pub version: u32,
    pub content: Bytes,
}

/// Lays out a whole file.
pub(crate) fn write(file_kind: FileKind, sections: &[Section]) -> Vec<u8> {
    let mut file = vec![0; HEADER_LENGTH + sections.len() * ENTRY_LENGTH];
    for (n, section) in sections.iter().enumerate() {
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        let mut entry = [0; ENTRY_LENGTH];
        entry[0..4].copy_from_slice(&section.kind.to_le_bytes());
        entry[4..8].copy_from_slice(&section.version.to_le_bytes());
        entry[8..16].copy_from_slice(&(file.len() as u64).to_le_bytes());
        entry[16..24].copy_from_slice(&(section.content.len() as u64).to_le_bytes());
        entry[24..32].copy_from_slice(&xxh64(&section.content, 0).to_le_bytes());
        file[HEADER_LENGTH + n * ENTRY_LENGTH..][..ENTRY_LENGTH].copy_from_slice(&entry);
        file.extend_from_slice(&section.content);
    }
    let length = file.len() as u64;
    file[0..8].copy_from_slice(&MAGIC);
    file[8..10].copy_from_slice(&NEWEST_FORMAT.to_le_bytes());
    file[10..12].copy_from_slice(&file_kind.number().to_le_bytes());
    file[12..16].copy_from_slice(&(sections.len() as u32).to_le_bytes());
    file[16..24].copy_from_slice(&length.to_le_bytes());
    let checksum = head_checksum(&file[..HEADER_LENGTH + sections.len() * ENTRY_LENGTH]);
    file[24..32].copy_from_slice(&checksum.to_le_bytes());
    file
}

/// Checks a whole file and takes it apart without copying: every byte is covered by a checksum or must be 0.
pub(crate) fn read(file: &Bytes) -> Result<(FileKind, Vec<Section>), FileError> {
    if !file.starts_with(&MAGIC) {
        // A file that ends early is more likely than one that was never a foldin file and agrees so far.
        let begun = !file.is_empty() && MAGIC.starts_with(file);
        return Err(if begun { length_error(HEADER_LENGTH, file) } else { FileError::NotFoldin });
    }
    if file.len() < HEADER_LENGTH {
        return Err(length_error(HEADER_LENGTH, file));
    }
    let format = u16::from_le_bytes(array(file, 8));
    if format > NEWEST_FORMAT {
        return Err(FileError::NewerFormat { found: format, newest: NEWEST_FORMAT });
    }
    if format < OLDEST_FORMAT {
        return Err(FileError::OlderFormat { found: format, oldest: OLDEST_FORMAT });
    }
    let length = u64::from_le_bytes(array(file, 16));
    if length != file.len() as u64 {
        return Err(FileError::Length { expected: length, found: file.len() as u64 });
    }
    let n_sections = u32::from_le_bytes(array(file, 12)) as usize;
    let head_length = n_sections.checked_mul(ENTRY_LENGTH).and_then(|table| table.checked_add(HEADER_LENGTH));
    let head_length = head_length.filter(|&head| head <= file.len()).ok_or(MALFORMED_TABLE)?;
    if head_checksum(&file[..head_length]) != u64::from_le_bytes(array(file, 24)) {
        return Err(FileError::Damaged { part: "table of sections" });
    }
    let kind = FileKind::from_number(u16::from_le_bytes(array(file, 10)));
    let kind = kind.ok_or(FileError::Malformed { part: "header", what: "the kind of file is unknown" })?;
    let mut sections = Vec::with_capacity(n_sections);
    let mut end = head_length;
    for entry in file[HEADER_LENGTH..head_length].chunks_exact(ENTRY_LENGTH) {
        let start = usize::try_from(u64::from_le_bytes(array(entry, 8))).map_err(|_| MALFORMED_TABLE)?;
        let length = usize::try_from(u64::from_le_bytes(array(entry, 16))).map_err(|_| MALFORMED_TABLE)?;
        let padding = file.get(end..start).ok_or(MALFORMED_TABLE)?;
        if padding.len() >= ALIGNMENT || padding.iter().any(|&byte| byte != 0) {
            return Err(FileError::Damaged { part: "space between sections" });
        }
        end = start.checked_add(length).filter(|&end| end <= file.len()).ok_or(MALFORMED_TABLE)?;
        if xxh64(&file[start..end], 0) != u64::from_le_bytes(array(entry, 24)) {
            return Err(FileError::Damaged { part: "content" });
        }
        sections.push(Section {
            kind: u32::from_le_bytes(array(entry, 0)),
            version: u32::from_le_bytes(array(entry, 4)),
            content: file.slice(start..end),
        });
    }
    if end != file.len() {
        return Err(MALFORMED_TABLE);
    }
    Ok((kind, sections))
}

const MALFORMED_TABLE: FileError =
    FileError::Malformed { part: "table of sections", what: "sections and file do not fit each other" };

fn length_error(expected: usize, file: &Bytes) -> FileError {
    FileError::Length { expected: expected as u64, found: file.len() as u64 }
}

/// The checksum of header and table, in which the checksum's own place counts as zeros.
fn head_checksum(head: &[u8]) -> u64 {
    let mut head = head.to_vec();
    head[24..HEADER_LENGTH].fill(0);
    xxh64(&head, 0)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(&bytes[at..at + N]);
    array
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: u32, content: &'static [u8]) -> Section {
        Section { kind, version: 1, content: Bytes::from_static(content) }
    }

    #[test]
    fn sections_come_back_in_order_and_begin_at_even_places() {
        let file = write(FileKind::Show, &[section(7, b"abc"), section(9, b""), section(1, b"0123456789abcdefg")]);
        let (kind, sections) = read(&file.into()).unwrap();
        assert_eq!(kind, FileKind::Show);
        let contents: Vec<(u32, &[u8])> = sections.iter().map(|s| (s.kind, &s.content[..])).collect();
        assert_eq!(contents, [(7, &b"abc"[..]), (9, b""), (1, b"0123456789abcdefg")]);
    }

    #[test]
    fn a_file_of_the_next_format_asks_for_an_update() {
        let mut file = write(FileKind::Score, &[]);
        file[8] = 2;
        let error = read(&file.into()).unwrap_err();
        assert_eq!(error, FileError::NewerFormat { found: 2, newest: 1 });
        assert!(error.to_string().ends_with("update foldin"));
    }

    #[test]
    fn something_else_is_told_from_a_file_that_ends_early() {
        assert_eq!(read(&Bytes::from_static(b"<!doctype html>")).unwrap_err(), FileError::NotFoldin);
        assert_eq!(read(&Bytes::new()).unwrap_err(), FileError::NotFoldin);
        assert_eq!(read(&Bytes::from_static(b"\x89FOL")).unwrap_err(), FileError::Length { expected: 32, found: 4 });
    }
}
