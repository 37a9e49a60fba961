//! All files of a folder to the pages of a site: what one file alone cannot tell.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::address::{self, key, path_of, resolve};
use super::fields::Shared;
use super::left_out::{LeftOut, kinds, reason};
use super::parse::{RawPage, parse};
use super::spelling::{base_of, misused_canonical, paths, site_host};
use super::walk::html_files;
use super::{Page, Pages, PagesError};
use crate::inject::remove;

/// Redirects that lead to redirects are followed so far.
const LONGEST_CHAIN: usize = 10;

/// Reads the pages of a folder. `base` is the path that it is served below; `None`: as the canonical links say, else `/`.
/// The folder `output` at its top is left out: it is foldin's own.
///
/// # Errors
/// [`PagesError`].
pub fn read_pages(folder: &Path, base: Option<&str>, output: &str) -> Result<Pages, PagesError> {
    let files = html_files(folder, output)?;
    let read = |file: &String| fs::read(folder.join(file)).map(|bytes| parse(&decoded(&remove(&bytes))));
    let mut left_out = Vec::new();
    let mut raws: Vec<(String, RawPage)> = Vec::new();
    for (file, raw) in files.par_iter().map(|file| (file.clone(), read(file))).collect::<Vec<_>>() {
        match raw {
            Ok(raw) => raws.push((file, raw)),
            Err(error) => left_out.push((file, LeftOut::Unreadable(error.to_string()))),
        }
    }
    let base = base.map_or_else(|| base_of(&raws), address::normal_base);
    let paths = paths(&base, &raws);
    let by_key: HashMap<String, usize> = paths.iter().map(|path| key(path)).zip(0..).collect();
    let shared = Shared::of(&raws);
    let host = site_host(&raws);

    let misused = misused_canonical(&raws);
    let mut pages = Vec::new();
    let mut place_of = vec![None; raws.len()];
    let mut leads_to = vec![None; raws.len()];
    for (n, (file, raw)) in raws.iter().enumerate() {
        let target = |link: &str| by_key.get(&key(&resolve(&paths[n], link))).copied().filter(|&other| other != n);
        let below = format!("/{}", paths[n].strip_prefix(&*base).unwrap_or(&paths[n]));
        let canonical = raw.canonical.as_deref().filter(|link| misused.as_deref() != Some(*link));
        let canonical = canonical.and_then(|link| target(link).map(|other| (other, link)));
        let why = match (reason(&below, raw), canonical) {
            (Some(why), _) => Some(why),
            (None, Some((other, link))) => {
                leads_to[n] = Some(other);
                Some(LeftOut::Duplicate(path_of(link)))
            }
            (None, None) => None,
        };
        match why {
            Some(why) => {
                if let LeftOut::Redirect(to) = &why {
                    leads_to[n] = target(to);
                }
                left_out.push((file.clone(), why));
            }
            None => {
                place_of[n] = Some(pages.len());
                pages.push(shared.page(file, &paths[n], &below, raw, host.as_deref()));
            }
        }
    }
    if pages.is_empty() {
        return Err(PagesError::NoPages { path: folder.to_owned(), found: found(&left_out) });
    }
    check_ids(&pages)?;
    settle_languages(&mut pages);
    settle_sections(&mut pages);
    let follow = |mut n: usize| {
        for _ in 0..LONGEST_CHAIN {
            match leads_to[n] {
                Some(next) => n = next,
                None => break,
            }
        }
        place_of[n]
    };
    let mut places: HashMap<String, usize> =
        by_key.iter().filter_map(|(key, &n)| follow(n).map(|place| (key.clone(), place))).collect();
    add_redirects(folder, &base, &mut places);
    left_out.sort_by(|a, b| a.0.cmp(&b.0));
    let ids = pages.iter().map(|page| page.id.clone()).zip(0..).collect();
    Ok(Pages { base, pages, left_out, places, ids })
}

/// Text of a page: UTF-8, or what its `charset` says.
fn decoded(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let charset = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let charset = charset.and_then(|rest| rest.split(['"', '\'', '>', ' ', '/', ';']).next());
    let encoding = charset.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}

/// Pages that do not tell their language have that of the others, where those have one only.
fn settle_languages(pages: &mut [Page]) {
    let known: HashSet<String> = pages.iter().map(|page| page.language.clone()).filter(|one| !one.is_empty()).collect();
    let only = if known.len() == 1 { known.into_iter().next() } else { None };
    if let Some(only) = only {
        pages.iter_mut().for_each(|page| page.language.clone_from(&only));
    }
}

/// A section that all pages have divides nothing, and the name of a language is none.
fn settle_sections(pages: &mut [Page]) {
    for page in pages.iter_mut() {
        if page.section.as_deref() == Some(page.language.as_str()) {
            page.section = None;
        }
    }
    let sections: HashSet<Option<String>> = pages.iter().map(|page| page.section.clone()).collect();
    if sections.len() == 1 {
        pages.iter_mut().for_each(|page| page.section = None);
    }
}

fn check_ids(pages: &[Page]) -> Result<(), PagesError> {
    let mut files: HashMap<&str, &str> = HashMap::new();
    for page in pages {
        if let Some(first) = files.insert(&page.id, &page.file) {
            return Err(PagesError::SameId { id: page.id.clone(), first: first.to_owned(), second: page.file.clone() });
        }
    }
    Ok(())
}

/// The redirects of a `_redirects` file, as Netlify and Cloudflare Pages read it: `/old /new 301`.
fn add_redirects(folder: &Path, base: &str, places: &mut HashMap<String, usize>) {
    let Ok(text) = fs::read_to_string(folder.join("_redirects")) else { return };
    let full = |path: &str| key(&format!("{base}{}", path.trim_start_matches('/')));
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(from), Some(to)) = (words.next(), words.next()) else { continue };
        if let Some(&place) = places.get(&full(to)).or_else(|| places.get(&key(to))) {
            places.entry(full(from)).or_insert(place);
        }
    }
}

/// What there is instead of pages.
fn found(left_out: &[(String, LeftOut)]) -> String {
    let counts: Vec<String> = kinds(left_out).iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    match counts.as_slice() {
        [] => "there is no .html file in it; build the site first".to_owned(),
        counts => format!("all of its HTML files are left out ({}); see --dry-run", counts.join(", ")),
    }
}
