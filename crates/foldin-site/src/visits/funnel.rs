//! How many requests were left out, and why.

use serde::Serialize;

/// From lines to sessions. Of the requests that are left out, each is counted once, where it first drops out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Funnel {
    /// Files that were read.
    pub files: u64,
    /// Lines with something in them, but for comments.
    pub lines: u64,
    /// Lines in no known format.
    pub unread: u64,
    /// Requests that were counted in an earlier run.
    pub counted_before: u64,
    /// Requests by user agents of programs, or by visitors that read `robots.txt`.
    pub robots: u64,
    /// Requests of other methods than GET.
    pub other_methods: u64,
    /// Answers with another status than 200 and 304.
    pub other_statuses: u64,
    /// Pictures, styles, scripts and so on.
    pub assets: u64,
    /// Feeds and site maps.
    pub feeds: u64,
    /// What browsers fetched in advance.
    pub prefetches: u64,
    /// Views of addresses that are no page of the catalogue.
    pub elsewhere: u64,
    /// Views by programs that call themselves browsers, told by their behaviour.
    pub robots_by_behaviour: u64,
    /// Views of pages of the catalogue that are left.
    pub views: u64,
    /// People behind them.
    pub visitors: u64,
    /// Views of a page that the same visitor has seen before.
    pub repeats: u64,
    /// Sessions, those of a single page included.
    pub sessions: u64,
    /// Sessions of a single page, which say nothing about what is read together.
    pub bounces: u64,
    /// Views in the sessions that are left.
    pub kept_views: u64,
    /// Time of the first and the last view, in seconds since 1970.
    pub span: Option<(i64, i64)>,
}

impl Funnel {
    /// Sessions to learn from.
    pub fn kept_sessions(&self) -> u64 {
        self.sessions - self.bounces
    }
}
