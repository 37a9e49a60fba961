//! The fields of a page: what its file says, without what many pages have alike.

use std::collections::{HashMap, HashSet};

use super::address::{host_of, resolve};
use super::main_text::squeezed;
use super::parse::RawPage;
use super::title::SharedParts;
use super::{Page, dates};

/// What many pages have alike, and what is therefore no part of any of them.
pub(super) struct Shared {
    titles: SharedParts,
    values: HashSet<String>,
}

impl Shared {
    pub(super) fn of(raws: &[(String, RawPage)]) -> Self {
        let articles = || raws.iter().map(|(_, raw)| raw).filter(|raw| raw.redirect.is_none());
        let n_pages = articles().count();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for raw in articles() {
            let values = raw.images.iter().chain(&raw.description).cloned().chain([raw.keywords.join(",")]);
            values.for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let values = counts.into_iter().filter(|&(_, n)| n >= 3 && n * 2 > n_pages).map(|(value, _)| value).collect();
        Shared { titles: SharedParts::of(articles().map(|raw| raw.titles.as_slice())), values }
    }

    /// What is known of a page: `below` is its path below the base of the site.
    pub(super) fn page(&self, file: &str, path: &str, below: &str, raw: &RawPage, host: Option<&str>) -> Page {
        let keywords = if self.values.contains(&raw.keywords.join(",")) { &[][..] } else { &raw.keywords };
        let tags = raw.own_tags.clone().unwrap_or_else(|| raw.tags.iter().chain(keywords).cloned().collect());
        let mut images = raw.images.iter().filter(|image| !self.values.contains(*image));
        let title = squeezed(&self.titles.choose(&raw.titles).unwrap_or_default());
        Page {
            file: file.to_owned(),
            path: path.to_owned(),
            id: raw.id.clone().unwrap_or_else(|| path.to_owned()),
            title: if title.is_empty() { squeezed(path) } else { title },
            description: raw
                .description
                .as_deref()
                .filter(|&text| !self.values.contains(text))
                .map_or_else(String::new, squeezed),
            image: images.find_map(|image| own_image(path, image, host)),
            section: raw.section.as_deref().map(squeezed).or_else(|| section_of(below)),
            tags: distinct(tags.iter().map(|tag| squeezed(tag)).collect()),
            author: raw.author.as_deref().map(squeezed),
            date: raw.dates.iter().find_map(|date| dates::seconds(date)).or_else(|| dates::in_path(below)),
            language: primary(raw.language.as_deref().unwrap_or_default()),
            text: raw.main.text.clone(),
            has_base: raw.has_base,
        }
    }
}

/// A picture of the site itself, from its root: one of another host would tell that host about the visitor.
fn own_image(path: &str, image: &str, host: Option<&str>) -> Option<String> {
    match host_of(image) {
        Some(other) if Some(other.as_str()) != host => None,
        _ => Some(resolve(path, image)),
    }
}

/// The first folder of a path below others, unless it is a number.
fn section_of(below: &str) -> Option<String> {
    let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    let is_word = |part: &str| !part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() > 1 && is_word(parts[0])).then(|| parts[0].to_owned())
}

/// `en` of `en-US`.
fn primary(language: &str) -> String {
    language.split(['-', '_', ',']).next().unwrap_or_default().trim().to_lowercase()
}

fn distinct(tags: Vec<String>) -> Vec<String> {
    let mut met = HashSet::new();
    tags.into_iter().filter(|tag| !tag.is_empty() && met.insert(tag.to_lowercase())).collect()
}
