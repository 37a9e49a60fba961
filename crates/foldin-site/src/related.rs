//! The pages to read after each page: what is written into pages, and into `related.json` for templates.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use foldin_core::{Profile, Recommender, Request, RequestError};
use serde::Serialize;

use crate::dataset::language_genre;
use crate::freshness::{CANDIDATES, Freshness};
use crate::pages::{Page, Pages, day};

/// What a template may need of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card<'a> {
    /// How events name it.
    pub id: &'a str,
    /// The path that the host serves it under.
    pub url: &'a str,
    /// The title.
    pub title: &'a str,
    /// One or two sentences.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    /// Address of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<&'a str>,
    /// Date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The part of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'a str>,
    /// The language.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub language: &'a str,
}

impl<'a> From<&'a Page> for Card<'a> {
    fn from(page: &'a Page) -> Self {
        Card {
            id: &page.id,
            url: &page.path,
            title: &page.title,
            description: &page.description,
            image: page.image.as_deref(),
            date: page.date.map(day),
            section: page.section.as_deref(),
            language: &page.language,
        }
    }
}

/// For each page up to `k` others, the best first: what a visitor who has read nothing else is shown there. All are in
/// the page's language. Newer pages come first as far as `freshness` wants it.
///
/// # Errors
/// If the model is not of these pages.
pub fn related(
    recommender: &Recommender,
    pages: &Pages,
    k: usize,
    freshness: Option<&Freshness>,
) -> Result<Vec<Vec<usize>>, RequestError> {
    let places: HashMap<&str, usize> = pages.pages.iter().enumerate().map(|(n, page)| (page.id.as_str(), n)).collect();
    let has_several = pages.languages().len() > 1;
    let n_candidates = if freshness.is_some() { k.saturating_mul(CANDIDATES) } else { k };
    let of_page = |page: &Page| {
        let genres = if has_several { vec![language_genre(&page.language)] } else { Vec::new() };
        let request = Request { k: n_candidates, genres, ..Request::default() };
        let found = recommender.recommend(&Profile::liking([page.id.as_str()]), &request)?;
        // What nothing speaks for is better filled with what is new.
        let mut others: Vec<usize> = found
            .iter()
            .filter(|one| !one.sources.is_empty())
            .filter_map(|one| places.get(recommender.id(one.item)).copied())
            .collect();
        if let Some(freshness) = freshness {
            others = freshness.order(others, pages);
            others.truncate(k);
        }
        fill(pages, page, &mut others, k);
        Ok(others)
    };
    pages.pages.iter().map(of_page).collect()
}

/// Adds the newest pages of the same section, then of the others, in the same language.
fn fill(pages: &Pages, page: &Page, others: &mut Vec<usize>, k: usize) {
    if others.len() >= k {
        return;
    }
    let mut rest: Vec<usize> = (0..pages.pages.len())
        .filter(|n| !others.contains(n) && pages.pages[*n].id != page.id && pages.pages[*n].language == page.language)
        .collect();
    rest.sort_by_key(|&n| {
        let other = &pages.pages[n];
        (other.section != page.section, Reverse(other.date), n)
    });
    let missing = k - others.len();
    others.extend(rest.into_iter().take(missing));
}

/// `related.json`: by the path of each page, the cards of those to read next.
pub fn related_json(pages: &Pages, related: &[Vec<usize>]) -> String {
    let cards = |others: &Vec<usize>| others.iter().map(|&n| Card::from(&pages.pages[n])).collect::<Vec<_>>();
    let all: BTreeMap<&str, Vec<Card<'_>>> =
        pages.pages.iter().zip(related).map(|(page, others)| (page.path.as_str(), cards(others))).collect();
    serde_json::to_string_pretty(&all).expect("cards are plain values") + "\n"
}

/// `pages.json`: what the element needs to know of the pages beside the model. Pictures are there for cards, dates for
/// cards and freshness.
pub fn pages_json(pages: &Pages, has_cards: bool, freshness: Option<&Freshness>) -> String {
    let languages = pages.languages();
    let entry = |page: &'_ Page| PageEntry {
        url: (page.id != page.path).then(|| page.path.clone()),
        image: page.image.clone().filter(|_| has_cards),
        date: page.date.map(day).filter(|_| has_cards || freshness.is_some()),
    };
    let entries = pages.pages.iter().map(|page| (page.id.as_str(), entry(page)));
    let file = PagesFile {
        base: &pages.base,
        languages: if languages.len() > 1 { languages } else { Vec::new() },
        freshness,
        pages: entries.filter(|(_, entry)| *entry != PageEntry::default()).collect(),
    };
    serde_json::to_string(&file).expect("pages are plain values") + "\n"
}

#[derive(Serialize)]
struct PagesFile<'a> {
    /// The path that the addresses were under when the model was made.
    base: &'a str,
    /// Where there are several.
    languages: Vec<&'a str>,
    /// Where newer pages come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    freshness: Option<&'a Freshness>,
    pages: BTreeMap<&'a str, PageEntry>,
}

#[derive(Default, PartialEq, Serialize)]
struct PageEntry {
    /// The path, where it is not the id.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}
