//! Access logs: from files of any server to requests.
//!
//! Formats are recognised by their lines: common and combined, with or without the name of a virtual host before or
//! after the address (nginx, Apache, lighttpd), S3, W3C extended with `#Fields` (IIS, CloudFront), and JSON (Caddy,
//! Traefik, nginx with `escape=json`). Any other is described in nginx's own syntax: [`LineFormat`]. Files may be
//! compressed with gzip or zstd, and are streamed: memory does not grow with their length.
//!
//! | file | holds |
//! |---|---|
//! | `open` | files, also compressed, line by line |
//! | `line_format` | formats of lines in nginx's syntax |
//! | `known` | the formats of servers |
//! | `w3c` | W3C extended log files |
//! | `json` | one JSON object per line |
//! | `time` | times as logs write them |
//! | `parser` | lines of whatever format to requests |
//! | `kind` | what a request is for: a page, a feed, or a file that belongs to pages |
//! | `robots` | user agents of programs |

mod json;
mod kind;
mod known;
mod line_format;
mod open;
mod parser;
mod robots;
mod time;
mod w3c;

use std::borrow::Cow;
use std::path::PathBuf;

pub use self::kind::{Kind, kind_of};
pub use self::line_format::{FormatError, LineFormat};
pub use self::open::for_each_line;
pub use self::parser::Parser;
pub use self::robots::is_robot;

/// One request, as a line of a log describes it. What a log does not have is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request<'a> {
    /// Address of the client; that before proxies, where the log has it.
    pub address: Cow<'a, str>,
    /// Seconds since 1970.
    pub time: i64,
    /// `GET` and so on.
    pub method: Cow<'a, str>,
    /// Path and query.
    pub target: Cow<'a, str>,
    /// Status of the answer.
    pub status: u16,
    /// `User-Agent`; `None` where the log does not record it.
    pub agent: Option<Cow<'a, str>>,
    /// Whether a browser fetched it in advance.
    pub is_prefetch: bool,
}

/// Why a log cannot be read. No message quotes a line: it holds the address of a visitor.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A file cannot be opened or read.
    #[error("cannot read the log {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Hardly a line is understood.
    #[error(
        "{}: {unread} of {lines} lines are in no known format, the first at line {first}; describe the format with \
         --log-format in nginx's syntax, such as '$remote_addr - - [$time_local] \"$request\" $status'",
        path.display()
    )]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// Number of its lines.
        lines: u64,
        /// How many are not understood.
        unread: u64,
        /// The first of them, from 1.
        first: u64,
    },
}
