//! The catalogue of a site: from a folder of built HTML to its pages.
//!
//! Every choice can be seen: [`Pages::pages`] has what was understood of each page, [`Pages::left_out`] each file that is
//! no page to suggest, with the reason.
//!
//! | file | holds |
//! |---|---|
//! | `walk` | the HTML files of a folder |
//! | [`address`] | paths under which hosts serve files, and links between them |
//! | `parse` | one file to what it says about itself |
//! | `main_text` | text and links without navigation |
//! | `linked_data` | JSON-LD |
//! | `dates` | dates in pages and paths |
//! | `title` | titles without what all pages share |
//! | `fields` | fields without what many pages have alike |
//! | `spelling` | how a site spells its addresses |
//! | `left_out` | why a file is no page to suggest |
//! | `collect` | all of it together |

pub mod address;
mod collect;
mod dates;
mod fields;
mod left_out;
mod linked_data;
mod main_text;
mod parse;
mod spelling;
#[cfg(test)]
mod tests;
mod title;
mod walk;

use std::collections::HashMap;
use std::path::PathBuf;

pub use self::collect::read_pages;
pub use self::dates::day;
pub use self::left_out::{LeftOut, kinds};
pub use self::walk::html_files;

/// A page that may be suggested.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The file, by its path in the folder, with `/` between folders.
    pub file: String,
    /// The path under which the host serves it, decoded.
    pub path: String,
    /// How events and models name it: [`path`](Self::path), or `data-foldin-id`.
    pub id: String,
    /// The title, without what all pages share.
    pub title: String,
    /// One or two sentences; empty where the page has none.
    pub description: String,
    /// Address of a picture, as the page gives it, from the root of the site or with its host.
    pub image: Option<String>,
    /// The part of the site, where there are several.
    pub section: Option<String>,
    /// Tags in the order of the page, each once.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published, in seconds since 1970.
    pub date: Option<i64>,
    /// The language, as in `en`; empty where unknown.
    pub language: String,
    /// The main text, with single spaces.
    pub text: String,
    /// Whether links of the page are relative to another address than its own (`<base>`).
    pub has_base: bool,
}

/// What a folder holds.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// The path below which the site is served, with slashes around it.
    pub base: String,
    /// Pages to suggest, in the order of their files.
    pub pages: Vec<Page>,
    /// Files that are none, with the reason.
    pub left_out: Vec<(String, LeftOut)>,
    /// The page that each spelling of an address means, redirects included, by [`address::key`].
    places: HashMap<String, usize>,
    /// The page of each id.
    ids: HashMap<String, usize>,
}

impl Pages {
    /// The page that an address means, however it is spelled; redirects lead to their target.
    pub fn find(&self, address: &str) -> Option<usize> {
        self.places.get(&address::key(address)).copied()
    }

    /// The page of an id.
    pub fn find_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The languages of the pages, the most frequent first.
    pub fn languages(&self) -> Vec<&str> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        self.pages.iter().for_each(|page| *counts.entry(&page.language).or_default() += 1);
        let mut languages: Vec<(&str, usize)> = counts.into_iter().collect();
        languages.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        languages.into_iter().map(|(language, _)| language).collect()
    }
}

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    /// There is no such folder.
    #[error("{} is no folder; name the folder that your generator writes, such as public, _site or dist", path.display())]
    NoFolder {
        /// The path that was given.
        path: PathBuf,
    },
    /// A folder below it cannot be read.
    #[error("cannot list the files of {}", path.display())]
    Walk {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No page to suggest.
    #[error("{} holds no page to suggest: {found}", path.display())]
    NoPages {
        /// The folder.
        path: PathBuf,
        /// What there is instead.
        found: String,
    },
    /// Two pages have the same id.
    #[error("{first} and {second} have the same id `{id}`; give each page its own data-foldin-id")]
    SameId {
        /// The id.
        id: String,
        /// A file with it.
        first: String,
        /// Another.
        second: String,
    },
}
