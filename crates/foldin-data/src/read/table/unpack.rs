//! Compressed bytes as streams of bytes: gzip, zstd, and members of zip archives.

use std::io::{self, BufRead, BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use ruzstd::decoding::StreamingDecoder;
use zip::CompressionMethod;

use super::archive::Opened;

pub(super) fn gzip<'a>(bytes: Box<dyn Read + 'a>) -> Box<dyn Read + 'a> {
    Box::new(MultiGzDecoder::new(bytes))
}

pub(super) fn zstd<'a>(bytes: Box<dyn Read + 'a>) -> Box<dyn Read + 'a> {
    Box::new(ZstdFrames { state: Some(Frame::Before(BufReader::new(bytes))) })
}

/// The bytes of a member; the error says why they cannot be had.
pub(super) fn zip_member(mut archive: Opened, index: usize) -> Result<Box<dyn Read>, String> {
    let cannot = |error: &dyn ToString| error.to_string();
    let member = archive.by_index_raw(index).map_err(|error| cannot(&error))?;
    if member.encrypted() {
        return Err("its content is encrypted".to_owned());
    }
    let (method, n_packed) = (member.compression(), member.compressed_size());
    let (checksum, n_bytes) = (member.crc32(), member.size());
    let start = member.data_start().ok_or("it does not say where its content begins")?;
    drop(member);
    let mut bytes = archive.into_inner();
    bytes.seek(SeekFrom::Start(start)).map_err(|error| cannot(&error))?;
    let packed = bytes.take(n_packed);
    let unpacked: Box<dyn Read> = match method {
        CompressionMethod::Stored => Box::new(packed),
        CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
        other => return Err(format!("its content is compressed by {other}; unpack it, or pack it by Deflate")),
    };
    Ok(Box::new(Checked { bytes: unpacked, seen: Crc::new(), checksum, n_bytes }))
}

/// One frame after another, each of which is an own zstd file.
struct ZstdFrames<R: BufRead> {
    state: Option<Frame<R>>,
}

enum Frame<R: BufRead> {
    Before(R),
    Within(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // After an error there is no state, and the stream ends.
        while let Some(state) = self.state.take() {
            match state {
                Frame::Before(mut bytes) => {
                    let skipped = match bytes.fill_buf()?.first() {
                        None => break,
                        Some(0x50..=0x5f) => true,
                        Some(_) => false,
                    };
                    self.state = Some(if skipped {
                        skip_frame(&mut bytes)?;
                        Frame::Before(bytes)
                    } else {
                        Frame::Within(Box::new(StreamingDecoder::new(bytes).map_err(io::Error::other)?))
                    });
                }
                Frame::Within(mut decoder) => {
                    let n_read = decoder.read(buffer)?;
                    if n_read > 0 || buffer.is_empty() {
                        self.state = Some(Frame::Within(decoder));
                        return Ok(n_read);
                    }
                    self.state = Some(Frame::Before(decoder.into_inner()));
                }
            }
        }
        Ok(0)
    }
}

/// Skips a frame of user data: a magic number, a length of four bytes, and as many bytes (RFC 8878, section 3.1.2).
fn skip_frame(bytes: &mut impl Read) -> io::Result<()> {
    let mut header = [0; 8];
    bytes.read_exact(&mut header)?;
    let [_, _, _, _, length @ ..] = header;
    io::copy(&mut bytes.take(u32::from_le_bytes(length).into()), &mut io::sink()).map(|_| ())
}

/// Bytes that must have this length and checksum when they end.
struct Checked<R> {
    bytes: R,
    seen: Crc,
    checksum: u32,
    n_bytes: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.bytes.read(buffer)?;
        self.seen.update(&buffer[..n_read]);
        // The checksum counts bytes in 32 bits.
        let is_right = || self.seen.sum() == self.checksum && self.seen.amount() == self.n_bytes as u32;
        if n_read == 0 && !buffer.is_empty() && !is_right() {
            return Err(io::Error::other("its content does not match its checksum; it may be damaged or cut off"));
        }
        Ok(n_read)
    }
}
