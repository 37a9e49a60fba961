//! The content of a model file, checked against the manifest that lists it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use foldin_data::text::hex;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::manifest::FileEntry;

/// How every gzip file begins; a model file never does.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The path and the content of a file that a manifest lists. A site may hold it as gzip: lengths and checksums are those
/// of the content.
///
/// # Errors
/// [`StoreError::NotWhole`] for a file that is missing or is not what was written, [`StoreError::Io`] for one that is
/// there and cannot be read.
pub(crate) fn read_content(dir: &Path, version: &str, listed: &FileEntry) -> Result<(PathBuf, Vec<u8>), StoreError> {
    let path = dir.join(&listed.path);
    let not_whole = |what: String| StoreError::NotWhole { path: path.clone(), version: version.to_owned(), what };
    let content = read_unpacked(&path, listed.bytes).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => not_whole("is missing".to_owned()),
        _ => StoreError::Io { action: "read", path: path.clone(), source },
    })?;
    if content.len() as u64 != listed.bytes {
        return Err(not_whole(format!("has {} bytes instead of {}", content.len(), listed.bytes)));
    }
    if hex(Sha256::digest(&content)) != listed.sha256 {
        return Err(not_whole("is not what was written: its SHA-256 differs".to_owned()));
    }
    Ok((path, content))
}

/// The content of a file, unpacked if it is packed; of that at most one byte more than is expected.
fn read_unpacked(path: &Path, expected: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let mut content = Vec::new();
    GzDecoder::new(&bytes[..]).take(expected.saturating_add(1)).read_to_end(&mut content)?;
    Ok(content)
}
