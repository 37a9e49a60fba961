//! Bytes that are read from any place.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;

use bytes::Bytes;

/// Bytes beyond which a file is not taken into memory.
pub(super) const MOST_IN_MEMORY: u64 = 1 << 31;

/// A file of the file system, or bytes in memory.
#[derive(Debug, Clone)]
pub(super) enum Random {
    Disk(PathBuf),
    Memory(Bytes),
}

pub(super) trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

impl Random {
    /// Takes a stream into memory.
    pub(super) fn from_stream(stream: Box<dyn Read + '_>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let n_read = stream.take(MOST_IN_MEMORY + 1).read_to_end(&mut bytes)? as u64;
        if n_read > MOST_IN_MEMORY {
            return Err(io::Error::other("it has more than 2 GB and is packed in another file; unpack it"));
        }
        Ok(Random::Memory(bytes.into()))
    }

    /// The bytes that are in memory.
    #[cfg(feature = "compression")]
    pub(super) fn into_memory(self) -> Option<Vec<u8>> {
        match self {
            Random::Disk(_) => None,
            Random::Memory(bytes) => Some(bytes.into()),
        }
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Random::Disk(path) => Box::new(File::open(path)?),
            Random::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }
}
