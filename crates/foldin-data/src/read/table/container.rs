//! What a file is by its first bytes, and what it contains.

use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use super::super::DatasetError;
#[cfg(any(feature = "compression", feature = "xlsx"))]
use super::archive::{self, Archive};
#[cfg(any(feature = "compression", feature = "xlsx", feature = "parquet"))]
use super::guard::guarded;
#[cfg(feature = "parquet")]
use super::parquet::ParquetReader;
#[cfg(any(feature = "compression", feature = "xlsx", feature = "parquet"))]
use super::random::Random;
#[cfg(feature = "compression")]
use super::unpack;
#[cfg(feature = "xlsx")]
use super::workbook::WorkbookReader;
use crate::files::DataFile;
#[cfg(feature = "compression")]
use crate::files::InMemory;

/// Bytes that are enough to recognise a container.
const HEAD: usize = 512;
/// Containers within one another that are opened.
const MOST_NESTED: usize = 4;

/// What a table may be packed in, or be instead of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Gzip,
    Zstd,
    Zip,
    #[cfg_attr(not(any(feature = "compression", feature = "xlsx")), allow(dead_code, reason = "no zip is opened"))]
    Workbook,
    Parquet,
    /// One that is not read.
    Other(&'static str),
}

/// What is in a file.
pub(super) enum Contents<'a> {
    /// Text in any encoding.
    Text(Box<dyn Read + 'a>),
    #[cfg(feature = "xlsx")]
    Workbook(WorkbookReader),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetReader>),
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

    pub(super) fn error(self, file: &DataFile<'_>, problem: impl Into<String>) -> DatasetError {
        DatasetError::Container { path: file.path(), kind: self.name(), problem: problem.into() }
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
    let mut name = file.name().to_owned();
    let mut containers = Vec::new();
    let mut path = file.local_path();
    let mut stream = file.open().map_err(failed)?;
    while containers.len() <= MOST_NESTED {
        let (head, bytes) = with_head(stream).map_err(|error| failure(file, containers.last().copied(), error))?;
        let Some(kind) = Kind::of(&head) else {
            return Ok(Opened { contents: Contents::Text(bytes), name, containers });
        };
        containers.push(kind);
        let opened = kind.open(bytes, path.take()).map_err(|(kind, problem)| kind.error(file, problem))?;
        match opened {
            Inside::Stream(bytes, None) => stream = bytes,
            Inside::Stream(bytes, Some(member)) => {
                name = format!("{name}/{member}");
                stream = bytes;
            }
            #[cfg(feature = "xlsx")]
            Inside::Workbook(reader) => {
                containers.pop();
                containers.push(Kind::Workbook);
                return Ok(Opened { contents: Contents::Workbook(reader), name, containers });
            }
            #[cfg(feature = "parquet")]
            Inside::Parquet(reader) => return Ok(Opened { contents: Contents::Parquet(reader), name, containers }),
        }
    }
    Err(containers[0].error(file, "there are too many containers in one another; unpack it"))
}

/// The content of a file that may be packed by gzip or zstd, also of several packed files that were put together. What it
/// is packed with is told by its first bytes; anything else comes out as it is.
///
/// # Errors
/// If the first bytes cannot be read.
#[cfg(feature = "compression")]
pub fn unpacked<'a>(bytes: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let (head, bytes) = with_head(bytes)?;
    Ok(match Kind::of(&head) {
        Some(Kind::Gzip) => unpack::gzip(bytes),
        Some(Kind::Zstd) => unpack::zstd(bytes),
        _ => bytes,
    })
}

/// Files in memory, with those of each zip archive that holds several in its place: a folder that somebody has packed. An
/// archive of one table stays, since a reader opens it.
///
/// ```
/// use foldin_data::{Files, InMemory, with_unpacked_folders};
///
/// let files = InMemory::new("films", [("events.csv", "user,item\nann,alien\n")]);
/// assert_eq!(with_unpacked_folders(files)?.names()?, ["events.csv"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`DatasetError::Container`] for an archive that is damaged, encrypted or larger than 2 GB.
#[cfg(feature = "compression")]
pub fn with_unpacked_folders(files: InMemory) -> Result<InMemory, DatasetError> {
    let (name, packed) = files.into_parts();
    let mut unpacked: Vec<(String, Vec<u8>)> = Vec::new();
    for (file, content) in packed {
        if Kind::of(&content) != Some(Kind::Zip) {
            unpacked.push((file, content));
            continue;
        }
        let content = Random::Memory(content.into());
        let inside = guarded(|| archive::files_of_several(&content)).map_err(|problem| DatasetError::Container {
            path: file.clone().into(),
            kind: Kind::Zip.name(),
            problem,
        })?;
        match inside {
            Some(inside) => unpacked.extend(inside),
            None => unpacked.extend(content.into_memory().map(|content| (file, content))),
        }
    }
    Ok(InMemory::new(name, unpacked))
}

/// What is in a container.
enum Inside<'a> {
    /// Bytes of any kind, with the name of the member of an archive.
    #[cfg_attr(not(feature = "compression"), allow(dead_code, reason = "nothing is unpacked"))]
    Stream(Box<dyn Read + 'a>, Option<String>),
    #[cfg(feature = "xlsx")]
    Workbook(WorkbookReader),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetReader>),
}

/// What cannot be opened, and why.
type Refused = (Kind, String);

impl Kind {
    /// Opens the container that `bytes` are. `path` is that of the file whose bytes they are, if it is one on its own.
    #[cfg_attr(
        not(any(feature = "compression", feature = "xlsx", feature = "parquet")),
        allow(unused_variables, clippy::needless_pass_by_value, reason = "no container is read")
    )]
    fn open<'a>(self, bytes: Box<dyn Read + 'a>, path: Option<PathBuf>) -> Result<Inside<'a>, Refused> {
        match self {
            #[cfg(feature = "compression")]
            Kind::Gzip => Ok(Inside::Stream(unpack::gzip(bytes), None)),
            #[cfg(feature = "compression")]
            Kind::Zstd => Ok(Inside::Stream(unpack::zstd(bytes), None)),
            #[cfg(any(feature = "compression", feature = "xlsx"))]
            Kind::Zip => open_zip(&random(self, bytes, path)?),
            #[cfg(feature = "parquet")]
            Kind::Parquet => {
                let bytes = random(self, bytes, path)?;
                let reader = guarded(|| ParquetReader::open(&bytes).map_err(|error| error.to_string()));
                reader.map(|reader| Inside::Parquet(Box::new(reader))).map_err(|problem| (self, problem))
            }
            Kind::Other(_) => Err((self, "save or unpack it as a table, such as CSV".to_owned())),
            _ => Err((self, self.not_built())),
        }
    }

    fn not_built(self) -> String {
        let feature = match self {
            Kind::Workbook => "xlsx",
            Kind::Parquet => "parquet",
            _ => "compression",
        };
        format!("this program was built without the feature `{feature}`; save or unpack it as CSV")
    }
}

#[cfg(any(feature = "compression", feature = "xlsx"))]
fn open_zip<'a>(bytes: &Random) -> Result<Inside<'a>, Refused> {
    match guarded(|| archive::open(bytes)).map_err(|problem| (Kind::Zip, problem))? {
        #[cfg(feature = "xlsx")]
        (_, Archive::Workbook) => {
            guarded(|| WorkbookReader::open(bytes)).map(Inside::Workbook).map_err(|problem| (Kind::Workbook, problem))
        }
        #[cfg(feature = "compression")]
        (archive, Archive::Table { index, name }) => {
            let member = unpack::zip_member(archive, index).map_err(|problem| (Kind::Zip, problem))?;
            Ok(Inside::Stream(member, Some(name)))
        }
        #[cfg(not(feature = "xlsx"))]
        (_, Archive::Workbook) => Err((Kind::Workbook, Kind::Workbook.not_built())),
        #[cfg(not(feature = "compression"))]
        (_, Archive::Table { .. }) => Err((Kind::Zip, Kind::Zip.not_built())),
    }
}

#[cfg(any(feature = "compression", feature = "xlsx", feature = "parquet"))]
fn random(kind: Kind, bytes: Box<dyn Read + '_>, path: Option<PathBuf>) -> Result<Random, Refused> {
    match path {
        Some(path) => Ok(Random::Disk(path)),
        None => Random::from_stream(bytes).map_err(|error| (kind, error.to_string())),
    }
}

/// An error of the operating system, or one of the container that the bytes come from.
pub(super) fn failure(file: &DataFile<'_>, kind: Option<Kind>, error: io::Error) -> DatasetError {
    match kind {
        Some(kind) if error.raw_os_error().is_none() => kind.error(file, error.to_string()),
        _ => DatasetError::io(file.path(), error),
    }
}

/// The first bytes, and all bytes with them.
fn with_head<'a>(mut bytes: Box<dyn Read + 'a>) -> io::Result<(Vec<u8>, Box<dyn Read + 'a>)> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let all = Box::new(Cursor::new(head.clone()).chain(bytes));
    Ok((head, all))
}
