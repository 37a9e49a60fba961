//! Titles without what all pages share, such as the name of the site.

use std::collections::HashMap;

/// What stands between a title and the name of a site.
const SEPARATORS: [&str; 11] = [" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » ", " « ", " / ", ": "];

/// A part that so large a share of the pages have belongs to the site and not to the page.
const SHARED: f64 = 0.5;

/// Fewer pages than this share nothing worth noticing.
const FEWEST: usize = 3;

/// What many of the pages have in their titles.
#[derive(Debug, Default)]
pub(super) struct SharedParts {
    /// Whole titles that say nothing of a page.
    whole: HashMap<String, usize>,
    starts: HashMap<String, usize>,
    ends: HashMap<String, usize>,
    n_pages: usize,
}

impl SharedParts {
    /// Counts over the title candidates of every page.
    pub(super) fn of<'a>(pages: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut shared = SharedParts::default();
        for titles in pages {
            shared.n_pages += 1;
            let mut titles: Vec<&String> = titles.iter().collect();
            titles.sort_unstable();
            titles.dedup();
            let mut parts: Vec<(bool, String)> = titles.iter().flat_map(|title| ends_of(title)).collect();
            parts.sort_unstable();
            parts.dedup();
            titles.into_iter().for_each(|title| *shared.whole.entry(title.clone()).or_default() += 1);
            for (is_end, part) in parts {
                *if is_end { &mut shared.ends } else { &mut shared.starts }.entry(part).or_default() += 1;
            }
        }
        shared
    }

    fn is_shared(&self, counts: &HashMap<String, usize>, part: &str) -> bool {
        let n = counts.get(part).copied().unwrap_or(0);
        n >= FEWEST && n as f64 > SHARED * self.n_pages as f64
    }

    /// The first candidate that is the page's own, without the shared parts; `None` where there is none.
    pub(super) fn choose(&self, titles: &[String]) -> Option<String> {
        let own = titles.iter().find(|title| !self.is_shared(&self.whole, title) && !title.is_empty());
        own.or(titles.first()).map(|title| self.without_shared(title)).filter(|title| !title.is_empty())
    }

    fn without_shared(&self, title: &str) -> String {
        for (is_end, part) in ends_of(title) {
            let counts = if is_end { &self.ends } else { &self.starts };
            if self.is_shared(counts, &part) {
                let rest = if is_end { title.strip_suffix(&*part) } else { title.strip_prefix(&*part) };
                if let Some(rest) = rest.map(str::trim).filter(|rest| !rest.is_empty()) {
                    return rest.to_owned();
                }
            }
        }
        title.to_owned()
    }
}

/// The parts of a title behind a separator (`true`) and before one, each with the separator, the longest first.
fn ends_of(title: &str) -> Vec<(bool, String)> {
    let mut parts = Vec::new();
    for separator in SEPARATORS {
        for (at, _) in title.match_indices(separator) {
            parts.push((true, title[at..].to_owned()));
            parts.push((false, title[..at + separator.len()].to_owned()));
        }
    }
    parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.len()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(pages: &[&[&str]]) -> Vec<Option<String>> {
        let pages: Vec<Vec<String>> =
            pages.iter().map(|page| page.iter().map(|&title| title.to_owned()).collect()).collect();
        let shared = SharedParts::of(pages.iter().map(Vec::as_slice));
        pages.iter().map(|page| shared.choose(page)).collect()
    }

    #[test]
    fn what_all_pages_share_is_no_part_of_a_title() {
        let titles = chosen(&[&["Bread - My - Blog"], &["Cake - My - Blog"], &["Soup: hot - My - Blog"], &["About"]]);
        assert_eq!(titles, ["Bread", "Cake", "Soup: hot", "About"].map(|title| Some(title.to_owned())));
        let titles = chosen(&[&["Site | A"], &["Site | B"], &["Site | C"]]);
        assert_eq!(titles, ["A", "B", "C"].map(|title| Some(title.to_owned())));
    }

    #[test]
    fn a_title_that_most_pages_have_is_the_sites() {
        let titles = chosen(&[&["Site", "A"], &["Site", "B"], &["Site", "C"], &[]]);
        assert_eq!(titles, [Some("A".to_owned()), Some("B".to_owned()), Some("C".to_owned()), None]);
    }

    #[test]
    fn few_pages_share_nothing() {
        assert_eq!(chosen(&[&["A - X"], &["B - X"]]), [Some("A - X".to_owned()), Some("B - X".to_owned())]);
    }
}
