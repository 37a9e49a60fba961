//! Zip archives that hold one table.

use std::borrow::Cow;

use zip::ZipArchive;

use super::random::{Random, ReadSeek};

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

pub(super) type Opened = ZipArchive<Box<dyn ReadSeek>>;

/// Finds the table; the error says why there is none.
pub(super) fn open(bytes: &Random) -> Result<(Opened, Archive), String> {
    let reader = bytes.open().map_err(|error| error.to_string())?;
    let archive = ZipArchive::new(reader).map_err(|error| format!("{error}; it may be cut off"))?;
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
