//! Files to sessions.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::View;
use super::behaviour::robots;
use super::funnel::Funnel;
use super::sessions::{Session, sessions};
use super::visitors::Visitors;
use crate::logs::{Kind, LineFormat, LogError, Parser, Request, for_each_line, kind_of};
use crate::pages::Pages;

/// A file of which more lines than this share are not understood is in another format.
const MOST_UNREAD: f64 = 0.5;

/// So many addresses are remembered at most.
const MOST_TARGETS: usize = 1 << 16;

/// How logs are read.
#[derive(Debug, Clone, Default)]
pub struct LogOptions {
    /// The format of the lines, where it is none of the known ones.
    pub format: Option<LineFormat>,
    /// Whether addresses that differ in their query are different pages.
    pub with_queries: bool,
    /// Requests up to this time were counted before, in seconds since 1970.
    pub counted_until: Option<i64>,
}

/// What logs tell.
#[derive(Debug, Clone, Default)]
pub struct Visits {
    /// Sessions of two pages or more, by time.
    pub sessions: Vec<Session>,
    /// What was left out.
    pub funnel: Funnel,
    /// Views of each page of the catalogue, in its order.
    pub views: Vec<u32>,
    /// The time of the newest request, in seconds since 1970.
    pub until: Option<i64>,
}

/// Reads logs, in whatever order the files come.
///
/// Memory: 16 bytes a view of a page of the catalogue, and 60 a visitor.
///
/// # Errors
/// [`LogError`].
pub fn read_logs(files: &[PathBuf], pages: &Pages, options: &LogOptions) -> Result<Visits, LogError> {
    let mut reading = Reading {
        pages,
        options,
        visitors: Visitors::default(),
        views: Vec::new(),
        funnel: Funnel::default(),
        until: None,
        targets: HashMap::new(),
    };
    for file in files {
        reading.file(file)?;
    }
    Ok(reading.finish())
}

struct Reading<'a> {
    pages: &'a Pages,
    options: &'a LogOptions,
    visitors: Visitors,
    views: Vec<View>,
    funnel: Funnel,
    until: Option<i64>,
    /// What addresses were found to be for: most lines ask for what others asked for.
    targets: HashMap<Box<str>, (Kind, Option<u32>)>,
}

impl Reading<'_> {
    fn file(&mut self, file: &Path) -> Result<(), LogError> {
        let mut parser = Parser::new(self.options.format.as_ref());
        let (mut number, mut lines, mut unread, mut first) = (0, 0, 0, 0);
        for_each_line(file, |line| {
            number += 1;
            match parser.read(line) {
                Some(None) => {}
                Some(Some(request)) => {
                    lines += 1;
                    self.request(&request);
                }
                None => {
                    lines += 1;
                    unread += 1;
                    if unread == 1 {
                        first = number;
                    }
                }
            }
        })?;
        if unread as f64 > MOST_UNREAD * lines as f64 {
            return Err(LogError::UnknownFormat { path: file.to_owned(), lines, unread, first });
        }
        self.funnel.files += 1;
        self.funnel.lines += lines;
        self.funnel.unread += unread;
        Ok(())
    }

    fn request(&mut self, request: &Request<'_>) {
        if self.options.counted_until.is_some_and(|until| request.time <= until) {
            self.funnel.counted_before += 1;
            return;
        }
        self.until = self.until.max(Some(request.time));
        if self.visitors.is_robot(request) {
            self.funnel.robots += 1;
            return;
        }
        let (kind, page) = self.target(&request.target);
        let funnel = &mut self.funnel;
        if kind == Kind::Robots {
            let number = self.visitors.number(request);
            self.visitors.all[number as usize].read_robots = true;
            funnel.robots += 1;
            return;
        }
        if request.method != "GET" {
            funnel.other_methods += 1;
            return;
        }
        if page.is_none() && kind == Kind::Asset {
            // Whoever asks for it loads assets, whether they are there or not.
            let number = self.visitors.number(request);
            self.visitors.all[number as usize].has_assets = true;
        }
        if !matches!(request.status, 200 | 304) {
            funnel.other_statuses += 1;
            return;
        }
        if request.is_prefetch {
            funnel.prefetches += 1;
            return;
        }
        match (page, kind) {
            (None, Kind::Asset) => funnel.assets += 1,
            (None, Kind::Feed) => funnel.feeds += 1,
            (page, _) => {
                let number = self.visitors.number(request);
                self.visitors.all[number as usize].n_pages += 1;
                match page {
                    Some(page) => self.views.push(View { visitor: number, time: request.time, page }),
                    None => self.funnel.elsewhere += 1,
                }
            }
        }
    }

    /// What an address is for, and the page of the catalogue that it means.
    fn target(&mut self, target: &str) -> (Kind, Option<u32>) {
        if let Some(&known) = self.targets.get(target) {
            return known;
        }
        if self.targets.len() >= MOST_TARGETS {
            self.targets.clear();
        }
        let found = (kind_of(target), self.find(target).map(|page| page as u32));
        self.targets.insert(target.into(), found);
        found
    }

    /// The page that is asked for: by its id where queries count, else by the path alone.
    fn find(&self, target: &str) -> Option<usize> {
        let by_id = || self.pages.find_id(target).filter(|_| self.options.with_queries);
        by_id().or_else(|| self.pages.find(target))
    }

    fn finish(mut self) -> Visits {
        self.views.sort_unstable();
        let is_robot = robots(&self.visitors, &self.views);
        let n_before = self.views.len();
        self.views.retain(|view| !is_robot[view.visitor as usize]);
        let Reading { views, mut funnel, until, pages, .. } = self;
        funnel.robots_by_behaviour = (n_before - views.len()) as u64;
        visits_of(&views, pages, funnel, until)
    }
}

/// What views tell that are in order.
pub(super) fn visits_of(views: &[View], pages: &Pages, mut funnel: Funnel, until: Option<i64>) -> Visits {
    funnel.views = views.len() as u64;
    let times = || views.iter().map(|view| view.time);
    funnel.span = times().min().zip(times().max());
    let mut counts = vec![0; pages.pages.len()];
    views.iter().for_each(|view| counts[view.page as usize] += 1);
    let sessions = sessions(views, &mut funnel);
    Visits { sessions, funnel, views: counts, until }
}
