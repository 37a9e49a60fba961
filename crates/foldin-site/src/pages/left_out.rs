//! Why a file is no page to suggest.

use std::fmt;

use super::address::{key, resolve};
use super::parse::RawPage;

/// Why a file is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// `data-foldin-ignore`, or `<meta name="foldin" content="ignore">`.
    Ignored,
    /// `<meta name="robots" content="noindex">`.
    NoIndex,
    /// A redirect to another address.
    Redirect(String),
    /// The canonical link names another page of the site.
    Duplicate(String),
    /// The page of an error.
    ErrorPage,
    /// The first page of the site, or of a language.
    Home,
    /// A list of other pages: of a tag, an archive, a search.
    List(String),
    /// Neither a title nor a text.
    Empty,
    /// The file cannot be read.
    Unreadable(String),
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeftOut::Ignored => f.write_str("data-foldin-ignore"),
            LeftOut::NoIndex => f.write_str("noindex"),
            LeftOut::Redirect(to) => write!(f, "redirect to {to}"),
            LeftOut::Duplicate(of) => write!(f, "canonical link to {of}"),
            LeftOut::ErrorPage => f.write_str("error page"),
            LeftOut::Home => f.write_str("home page"),
            LeftOut::List(what) => write!(f, "list of pages: {what}"),
            LeftOut::Empty => f.write_str("no title and no text"),
            LeftOut::Unreadable(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

impl LeftOut {
    /// The reason without what it is about, to count by.
    pub fn kind(&self) -> &'static str {
        match self {
            LeftOut::Ignored => "data-foldin-ignore",
            LeftOut::NoIndex => "noindex",
            LeftOut::Redirect(_) => "redirects",
            LeftOut::Duplicate(_) => "duplicates by canonical link",
            LeftOut::ErrorPage => "error pages",
            LeftOut::Home => "home page",
            LeftOut::List(_) => "lists of pages",
            LeftOut::Empty => "empty",
            LeftOut::Unreadable(_) => "unreadable",
        }
    }
}

/// How many files were left out for each kind of reason, in the order in which the kinds come first.
pub fn kinds(left_out: &[(String, LeftOut)]) -> Vec<(&'static str, usize)> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for (_, why) in left_out {
        match kinds.iter_mut().find(|(kind, _)| *kind == why.kind()) {
            Some((_, n)) => *n += 1,
            None => kinds.push((why.kind(), 1)),
        }
    }
    kinds
}

/// Folders whose pages are lists of others.
const LISTS: [&str; 16] = [
    "tags",
    "tag",
    "categories",
    "category",
    "archive",
    "archives",
    "author",
    "authors",
    "search",
    "taxonomy",
    "genindex",
    "keywords",
    "labels",
    "series",
    "schlagwort",
    "kategorie",
];

/// Fewer links than this make no list.
const FEWEST_LINKS: usize = 3;

/// A text of fewer letters says nothing of its own.
const SHORT: usize = 200;

/// Why a page is left out, as far as it can be told from the page and its address below the site's base (`/a/b/`).
pub(super) fn reason(path: &str, raw: &RawPage) -> Option<LeftOut> {
    if raw.is_ignored {
        return Some(LeftOut::Ignored);
    }
    if let Some(target) = &raw.redirect {
        return Some(LeftOut::Redirect(target.clone()));
    }
    let parts: Vec<String> = key(path).split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let is_error =
        |name: &String| matches!(name.as_str(), "404" | "403" | "410" | "500" | "50x" | "not-found" | "offline");
    // A post may have the number 404: pages of errors are at the top of a site, or of a language.
    let is_at_top = parts.len() == 1 || (parts.len() == 2 && (parts[0].len() == 2 || parts[0].starts_with("error")));
    if is_at_top && parts.last().is_some_and(is_error) {
        return Some(LeftOut::ErrorPage);
    }
    if raw.is_noindex {
        return Some(LeftOut::NoIndex);
    }
    if raw.titles.iter().all(String::is_empty) && raw.main.text.is_empty() {
        return Some(LeftOut::Empty);
    }
    let language = raw.language.as_deref().unwrap_or_default().to_lowercase();
    if parts.is_empty() || (parts.len() == 1 && !language.is_empty() && language == parts[0]) {
        return Some(LeftOut::Home);
    }
    // What the owner marked as an item is one, and what says that it is an article is no list.
    if raw.id.is_some() {
        return None;
    }
    list(path, &parts, raw).map(LeftOut::List)
}

fn list(path: &str, parts: &[String], raw: &RawPage) -> Option<String> {
    if let [.., before, last] = parts
        && last.bytes().all(|byte| byte.is_ascii_digit())
        && before == "page"
    {
        return Some("a page of a list".to_owned());
    }
    let is_date = |part: &String| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.iter().all(is_date) {
        return Some("a date".to_owned());
    }
    if raw.is_article {
        return None;
    }
    let main = &raw.main;
    let letters = main.text.chars().filter(|letter| !letter.is_whitespace()).count();
    // A page about tags has a text of its own.
    let has_links = main.titles_linked > 0 || main.linked * 10 >= letters || letters < SHORT;
    let folder = parts.iter().rev().take(2).find(|part| LISTS.contains(&part.as_str()));
    if let Some(folder) = folder.filter(|_| has_links) {
        return Some(format!("below /{folder}/"));
    }
    let mut links: Vec<String> =
        main.links.iter().filter(|link| !link.contains("://")).map(|link| key(&resolve(path, link))).collect();
    links.sort_unstable();
    links.dedup();
    if links.len() < FEWEST_LINKS {
        return None;
    }
    if main.linked * 2 > letters {
        return Some(format!("{} of its {letters} letters are links", main.linked));
    }
    let own = key(path);
    let below = links.iter().filter(|link| link.strip_prefix(&*own).is_some_and(|rest| rest.starts_with('/'))).count();
    if main.titles_linked >= FEWEST_LINKS && main.titles_linked.max(below) * 2 >= links.len() {
        return Some(format!("{} of its headings are links", main.titles_linked));
    }
    None
}
