//! Zip archives: those that hold one table, and those that hold the files of a data set.

use std::borrow::Cow;
#[cfg(feature = "compression")]
use std::io::Read;

use zip::ZipArchive;

#[cfg(feature = "compression")]
use super::random::MOST_IN_MEMORY;
use super::random::{Random, ReadSeek};
#[cfg(feature = "compression")]
use super::unpack::zip_member;

/// Ends of names that tables have, in small letters.
const TABLE_NAMES: [&str; 14] = [
    ".csv", ".tsv", ".txt", ".tab", ".dat", ".data", ".inter", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx",
    ".gz", ".zst",
];

/// What a zip archive is.
pub(super) enum Archive {
    Workbook,
    /// Holds one table, at this place of the directory.
    #[cfg_attr(not(feature = "compression"), allow(dead_code, reason = "only told from a workbook"))]
    Table {
        index: usize,
        name: String,
    },
}

/// The name of a member, and its content.
#[cfg(feature = "compression")]
pub(super) type NamedFile = (String, Vec<u8>);

pub(super) type Opened = ZipArchive<Box<dyn ReadSeek>>;

/// Finds the table; the error says why there is none.
pub(super) fn open(bytes: &Random) -> Result<(Opened, Archive), String> {
    let archive = opened(bytes)?;
    let names: Vec<String> = archive.file_names().map(|name| name.map(Cow::into_owned).unwrap_or_default()).collect();
    if names.iter().any(|name| name.starts_with("xl/")) {
        return Ok((archive, Archive::Workbook));
    }
    let files: Vec<(usize, &String)> = names.iter().enumerate().filter(|(_, name)| is_file(name)).collect();
    let tables: Vec<(usize, &String)> = files.iter().copied().filter(|(_, name)| is_table(name)).collect();
    match (if tables.is_empty() { &files } else { &tables }).as_slice() {
        [] => Err("it holds no file".to_owned()),
        &[(index, name)] => Ok((archive, Archive::Table { index, name: name.clone() })),
        several => {
            let shown: Vec<&str> = several.iter().take(8).map(|(_, name)| name.as_str()).collect();
            let more = if several.len() > shown.len() { ", ..." } else { "" };
            let found = shown.join(", ");
            Err(format!("it holds {} files ({found}{more}); unpack it and give one file or the folder", several.len()))
        }
    }
}

/// The files of an archive that holds several, by the last part of their names; `None` for one that holds a single file or
/// a workbook, which is read as it is.
#[cfg(feature = "compression")]
pub(super) fn files_of_several(bytes: &Random) -> Result<Option<Vec<NamedFile>>, String> {
    let archive = opened(bytes)?;
    let names: Vec<String> = archive.file_names().map(|name| name.map(Cow::into_owned).unwrap_or_default()).collect();
    let n_files = names.iter().filter(|name| is_file(name)).count();
    if n_files < 2 || names.iter().any(|name| name.starts_with("xl/")) {
        return Ok(None);
    }
    let mut files: Vec<NamedFile> = Vec::new();
    let mut left = MOST_IN_MEMORY;
    for (index, name) in names.iter().enumerate().filter(|(_, name)| is_file(name)) {
        let mut content = Vec::new();
        let member = zip_member(opened(bytes)?, index).map_err(|problem| format!("{name}: {problem}"))?;
        member.take(left + 1).read_to_end(&mut content).map_err(|error| format!("{name}: {error}"))?;
        left = left.checked_sub(content.len() as u64).ok_or("its files have more than 2 GB; unpack it")?;
        let own = last_part(name);
        let is_taken = files.iter().any(|(other, _)| other == own);
        files.push((if is_taken { name.clone() } else { own.to_owned() }, content));
    }
    Ok(Some(files))
}

fn opened(bytes: &Random) -> Result<Opened, String> {
    let reader = bytes.open().map_err(|error| error.to_string())?;
    ZipArchive::new(reader).map_err(|error| format!("{error}; it may be cut off"))
}

/// Whether a member is neither a folder nor something that an operating system left.
fn is_file(name: &str) -> bool {
    !name.is_empty() && !name.ends_with('/') && !name.starts_with("__MACOSX/") && !last_part(name).starts_with('.')
}

fn is_table(name: &str) -> bool {
    let name = last_part(name).to_lowercase();
    !name.starts_with("readme") && !name.starts_with("license") && TABLE_NAMES.iter().any(|end| name.ends_with(end))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}
