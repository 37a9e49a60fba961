//! Files of logs, also compressed, line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use foldin_data::unpacked;

use super::LogError;

/// Longer lines are cut: no request of a browser is as long.
const LONGEST_LINE: u64 = 64 * 1024;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 16;

/// Calls `see` with every line of a file, without its end. What the file is packed with is told by its first bytes.
///
/// # Errors
/// [`LogError::Io`].
pub fn for_each_line(path: &Path, mut see: impl FnMut(&str)) -> Result<(), LogError> {
    let error = |source| LogError::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(error)?;
    let mut reader = BufReader::with_capacity(BUFFER, unpacked(Box::new(file)).map_err(error)?);
    let mut line = Vec::with_capacity(1024);
    loop {
        line.clear();
        let n = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(error)?;
        if n == 0 {
            return Ok(());
        }
        if line.last() != Some(&b'\n') && n as u64 == LONGEST_LINE {
            skip_line(&mut reader).map_err(error)?;
        }
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        see(&String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line)));
    }
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let (n, is_end) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(n);
        if is_end {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn lines_of(content: &[u8]) -> Vec<String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        let mut lines = Vec::new();
        for_each_line(file.path(), |line| lines.push(line.to_owned())).unwrap();
        lines
    }

    #[test]
    fn compressed_files_of_several_parts_are_read_to_the_end() {
        let gzip = |text: &str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let zstd = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        assert_eq!(lines_of(&[gzip("a\r\nb\n"), gzip("c")].concat()), ["a", "b", "c"]);
        assert_eq!(lines_of(&[zstd("a\nb\n"), zstd("c\n")].concat()), ["a", "b", "c"]);
        assert_eq!(lines_of(b"\xef\xbb\xbfa\n\n\xff"), ["a", "", "\u{fffd}"]);
    }

    #[test]
    fn lines_without_end_are_cut() {
        let long = vec![b'x'; 200_000];
        let lines = lines_of(&[&long[..], b"\nb\n"].concat());
        assert_eq!((lines[0].len(), lines[1].as_str(), lines.len()), (64 * 1024, "b", 2));
    }
}
