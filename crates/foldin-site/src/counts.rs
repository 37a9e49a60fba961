//! `foldin-counts`: what many runs have counted, so that logs can be deleted.
//!
//! The file holds no visitor, and no session either: only how often one page was read right after another, by month.
//! Columns are separated by tabs.
//!
//! ```text
//! # foldin-counts 1 until 1764444003
//! 2026-11    /posts/a/    /posts/b/    12
//! ```
//!
//! A model is learned from the counts as from so many sessions of two pages. `until` is the time of the newest request
//! that is in it: older ones are not counted again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::pages::Pages;
use crate::visits::Session;
use crate::whole_file;

/// How the first line begins.
const HEADER: &str = "# foldin-counts 1 until ";

/// One step from a page to the next, within a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    month: String,
    from: String,
    to: String,
}

/// How often pages were read right after others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    steps: BTreeMap<Step, u32>,
    /// The time of the newest request that was counted, in seconds since 1970.
    pub until: Option<i64>,
}

/// Why a file of counts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CountsError {
    /// It cannot be read or written.
    #[error("cannot {action} the counts {}", path.display())]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is another file.
    #[error("{} is no file of counts: its first line does not begin with `{HEADER}`; name a new file with --counts", path.display())]
    NoCounts {
        /// The file.
        path: PathBuf,
    },
    /// A line is damaged.
    #[error("{}, line {line}: expected a month, two pages and a number, separated by tabs", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

impl Counts {
    /// Reads a file; there are no counts where there is no file.
    ///
    /// # Errors
    /// [`CountsError`].
    pub fn read(path: &Path) -> Result<Self, CountsError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Counts::default()),
            Err(source) => return Err(CountsError::Io { action: "read", path: path.to_owned(), source }),
        };
        let mut lines = text.lines();
        let until = lines.next().and_then(|line| line.strip_prefix(HEADER));
        let Some(until) = until else { return Err(CountsError::NoCounts { path: path.to_owned() }) };
        let mut counts = Counts { until: until.trim().parse().ok(), ..Counts::default() };
        for (n, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let (step, count) = parse(line).ok_or_else(|| CountsError::Line { path: path.to_owned(), line: n + 2 })?;
            *counts.steps.entry(step).or_default() += count;
        }
        Ok(counts)
    }

    /// Writes a file, as a whole or not at all.
    ///
    /// # Errors
    /// [`CountsError::Io`].
    pub fn write(&self, path: &Path) -> Result<(), CountsError> {
        let written = whole_file::remove_parts(whole_file::folder_of(path), 1)
            .and_then(|()| whole_file::write(path, self.to_text().as_bytes()));
        written.map_err(|source| CountsError::Io { action: "write", path: path.to_owned(), source })
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{}\n", self.until.unwrap_or(0));
        for (Step { month, from, to }, count) in &self.steps {
            let _ = writeln!(text, "{month}\t{from}\t{to}\t{count}");
        }
        text
    }

    /// Adds the sessions of this run.
    pub fn add(&mut self, pages: &Pages, sessions: &[Session], until: Option<i64>) {
        for session in sessions {
            for (pair, time) in session.pages.windows(2).zip(&session.times[1..]) {
                let id = |page: u32| pages.pages[page as usize].id.clone();
                let step = Step { month: month(*time), from: id(pair[0]), to: id(pair[1]) };
                *self.steps.entry(step).or_default() += 1;
            }
        }
        self.until = self.until.max(until);
    }

    /// How many steps were counted.
    pub fn len(&self) -> u64 {
        self.steps.values().map(|&count| u64::from(count)).sum()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps as sessions of two pages each, with the times of their views. Steps from or to pages that are no longer
    /// there are left out.
    pub(crate) fn sessions<'a>(&'a self, pages: &'a Pages) -> impl Iterator<Item = ([i64; 2], [u32; 2])> + 'a {
        let places: BTreeMap<&str, u32> = pages.pages.iter().map(|page| page.id.as_str()).zip(0..).collect();
        self.steps.iter().flat_map(move |(step, &count)| {
            let pair = places.get(step.from.as_str()).zip(places.get(step.to.as_str()));
            let session = pair.map(|(&from, &to)| {
                let start = start(&step.month);
                ([start, start + 1], [from, to])
            });
            session.into_iter().flat_map(move |session| std::iter::repeat_n(session, count as usize))
        })
    }
}

fn parse(line: &str) -> Option<(Step, u32)> {
    let mut parts = line.split('\t');
    let mut next = || parts.next().map(str::to_owned).filter(|part| !part.is_empty());
    let (month, from, to, count) = (next()?, next()?, next()?, next()?);
    format!("{month}-01").parse::<Date>().ok()?;
    Some((Step { month, from, to }, count.parse().ok()?))
}

/// The month of a time, as `2026-11`.
fn month(time: i64) -> String {
    let at = Timestamp::from_second(time).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC);
    at.strftime("%Y-%m").to_string()
}

/// The first second of a month.
fn start(month: &str) -> i64 {
    let first = format!("{month}-01").parse::<Date>().ok();
    first.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map_or(0, |at| at.timestamp().as_second())
}
