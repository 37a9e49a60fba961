//! Text and wasm as static hosts send them: compressed by brotli once, as small as it gets, not anew for each answer.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use brotli::CompressorWriter;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap};

use super::is_compressible;

/// Larger files take seconds; they are compressed as they are sent.
const LARGEST: u64 = 1 << 20;

const QUALITY: u32 = 11;
/// The logarithm of the window.
const WINDOW: u32 = 22;

/// Compressed files by their paths, each with the length and the time of what was compressed.
#[derive(Default)]
pub(super) struct Compressed {
    files: Mutex<HashMap<PathBuf, (Stamp, Bytes)>>,
}

type Stamp = (u64, Option<SystemTime>);

impl Compressed {
    /// Begins to compress what lies in a folder, beside the serving: small files first.
    pub(super) fn of(root: &Path) -> Arc<Self> {
        let compressed = Arc::new(Compressed::default());
        let (there, root) = (compressed.clone(), root.to_owned());
        std::thread::spawn(move || {
            let mut files = files_in(&root);
            files.sort_by_key(|(_, metadata)| metadata.len());
            for (path, metadata) in files {
                // What cannot be read is not sent either.
                let Ok(content) = fs::read(&path) else { continue };
                let Some(body) = brotli_of(&content).filter(|body| body.len() < content.len()) else { continue };
                there.files.lock().expect("nothing panics with it").insert(path, (stamp(&metadata), body.into()));
            }
        });
        compressed
    }

    /// A file as brotli, for a client that takes it; `None` where it is not compressed (yet), or has changed since.
    pub(super) fn get(&self, path: &Path, headers: &HeaderMap) -> Option<Bytes> {
        if !takes_brotli(headers) {
            return None;
        }
        let files = self.files.lock().expect("nothing panics with it");
        let (of, body) = files.get(path)?;
        (stamp(&fs::metadata(path).ok()?) == *of).then(|| body.clone())
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.len(), metadata.modified().ok())
}

fn files_in(folder: &Path) -> Vec<(PathBuf, Metadata)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => files.extend(files_in(&path)),
            Ok(metadata) if metadata.is_file() && metadata.len() <= LARGEST && is_compressible(&path) => {
                files.push((path, metadata));
            }
            _ => {}
        }
    }
    files
}

fn brotli_of(content: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut writer = CompressorWriter::new(&mut body, 4096, QUALITY, WINDOW);
    writer.write_all(content).ok()?;
    drop(writer);
    Some(body)
}

/// Whether a request names brotli, and not with a weight of 0.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("br") && weight.is_none_or(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn brotli_goes_to_those_who_take_it() {
        let takes = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(["br", "gzip, deflate, br, zstd", "gzip;q=0.5, BR;q=0.1"].into_iter().all(takes));
        assert!(!["gzip", "", "br;q=0", "brotli", "*"].into_iter().any(takes));
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[test]
    fn what_is_compressed_comes_out_as_it_went_in() {
        let content: Vec<u8> = (0..20_000u32).flat_map(|n| (n % 251).to_le_bytes()).collect();
        let body = brotli_of(&content).unwrap();
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut body.as_slice(), &mut read).unwrap();
        assert!(body.len() < content.len() / 10 && read == content);
    }

    #[test]
    fn a_file_that_has_changed_is_not_sent_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, "let a = 1;".repeat(100)).unwrap();
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br"))]);
        let compressed = Compressed::default();
        let content = fs::read(&path).unwrap();
        let entry = (stamp(&fs::metadata(&path).unwrap()), brotli_of(&content).unwrap().into());
        compressed.files.lock().unwrap().insert(path.clone(), entry);
        assert!(compressed.get(&path, &headers).is_some() && compressed.get(&path, &HeaderMap::new()).is_none());
        fs::write(&path, "let b = 2;").unwrap();
        assert!(compressed.get(&path, &headers).is_none());
    }
}
