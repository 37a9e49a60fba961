//! A model file as its sections, so that one can be damaged and the checksums put right: docs/file-format.md.

use xxhash_rust::xxh64::xxh64;

const HEADER: usize = 32;
const ENTRY: usize = 32;
const ALIGNMENT: usize = 16;

/// A section: kind, version, content.
pub(super) struct Section {
    pub(super) kind: u32,
    version: u32,
    pub(super) content: Vec<u8>,
}

/// The kind of a sound file and its sections.
pub(super) fn take_apart(file: &[u8]) -> (u16, Vec<Section>) {
    let n_sections = u32::from_le_bytes(array(file, 12)) as usize;
    let sections = (0..n_sections).map(|n| {
        let entry = &file[HEADER + n * ENTRY..];
        let number = |at| u64::from_le_bytes(array(entry, at)) as usize;
        Section {
            kind: u32::from_le_bytes(array(entry, 0)),
            version: u32::from_le_bytes(array(entry, 4)),
            content: file[number(8)..number(8) + number(16)].to_vec(),
        }
    });
    (u16::from_le_bytes(array(file, 10)), sections.collect())
}

/// A file of these sections, with right lengths and checksums.
pub(super) fn put_together(kind: u16, sections: &[Section]) -> Vec<u8> {
    let head = HEADER + sections.len() * ENTRY;
    let mut file = vec![0; head];
    for (n, section) in sections.iter().enumerate() {
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        let offset = file.len() as u64;
        let entry = &mut file[HEADER + n * ENTRY..][..ENTRY];
        entry[0..4].copy_from_slice(&section.kind.to_le_bytes());
        entry[4..8].copy_from_slice(&section.version.to_le_bytes());
        entry[8..16].copy_from_slice(&offset.to_le_bytes());
        entry[16..24].copy_from_slice(&(section.content.len() as u64).to_le_bytes());
        entry[24..32].copy_from_slice(&xxh64(&section.content, 0).to_le_bytes());
        file.extend_from_slice(&section.content);
    }
    let length = file.len() as u64;
    file[0..8].copy_from_slice(b"\x89FOLDIN\n");
    file[8..10].copy_from_slice(&1_u16.to_le_bytes());
    file[10..12].copy_from_slice(&kind.to_le_bytes());
    file[12..16].copy_from_slice(&(sections.len() as u32).to_le_bytes());
    file[16..24].copy_from_slice(&length.to_le_bytes());
    let checksum = xxh64(&file[..head], 0);
    file[24..32].copy_from_slice(&checksum.to_le_bytes());
    file
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("N bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_taken_apart_and_put_together_is_the_same() {
        for file in super::super::model::golden() {
            let (kind, sections) = take_apart(&file);
            assert!(put_together(kind, &sections) == file);
        }
    }
}
