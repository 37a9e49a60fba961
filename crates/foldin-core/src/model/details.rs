//! Where more about the items is to be found, and what each is about in a line: optional content of a show file.

use crate::codec::Strings;
use crate::index::ItemIdx;
use crate::model::Catalogue;

/// What stands for an item's own part of an address.
const KEY: &str = "{key}";

/// Addresses and one-line descriptions of a model's items, in the order of its catalogue.
///
/// Addresses have one pattern, in which names in braces stand for what is known of an item: `{key}` for a part that is
/// given for each item, as it is, and `{id}`, `{title}` and `{year}` for those, percent-encoded. An address that does not
/// begin with `https://` or `http://` is none.
///
/// ```
/// use foldin_core::model::Details;
///
/// let details = Details::new(&["https://films.example/alien", "", "https://films.example/brazil"], &["", "", "A clerk."]);
/// assert_eq!(details.unwrap().pattern(), "https://films.example/{key}");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    pub(crate) pattern: String,
    /// One an item, or none at all.
    pub(crate) keys: Strings,
    /// One an item, or none at all.
    pub(crate) abouts: Strings,
}

impl Details {
    /// Collects addresses and descriptions, one of each an item, empty where there is none; `None` if all are empty.
    /// Addresses that do not begin with `https://` or `http://` are left out. What all begin with is stored once.
    pub fn new(urls: &[&str], abouts: &[&str]) -> Option<Self> {
        let urls: Vec<String> =
            urls.iter().map(|url| if is_web(url) { encoded_braces(url) } else { String::new() }).collect();
        let mut start = common_start(urls.iter().map(String::as_str).filter(|url| !url.is_empty()));
        // An empty key stands for no address.
        if urls.iter().any(|url| url == start) {
            let last = start.char_indices().next_back();
            start = last.map_or("", |(place, _)| &start[..place]);
        }
        let key = |url: &String| url.get(start.len()..).unwrap_or_default().to_owned();
        let keys: Vec<String> = urls.iter().map(key).collect();
        let with_keys = Details {
            pattern: format!("{start}{KEY}"),
            keys: keys.iter().map(String::as_str).collect(),
            abouts: Strings::default(),
        };
        let addressed = if urls.iter().all(String::is_empty) { Details::default() } else { with_keys };
        let has_abouts = abouts.iter().any(|about| !about.is_empty());
        let abouts = if has_abouts { abouts.iter().copied().collect() } else { Strings::default() };
        let details = Details { abouts, ..addressed };
        (details != Details::default()).then_some(details)
    }

    /// Addresses by a pattern with `{id}`, `{title}` and `{year}`, such as `https://films.example/{id}`.
    pub fn by_pattern(pattern: &str) -> Self {
        Details { pattern: pattern.to_owned(), ..Details::default() }
    }

    /// The pattern of the addresses; empty where there are none.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether there is one key and one description for each of so many items, or none at all.
    pub(crate) fn fit(&self, n_items: usize) -> bool {
        [&self.keys, &self.abouts].iter().all(|list| list.is_empty() || list.len() == n_items)
    }

    /// The address of an item with this title, where it has one.
    pub(crate) fn url(&self, item: ItemIdx, title: &str, catalogue: &Catalogue) -> Option<String> {
        let mut url = String::new();
        // Text and names take turns.
        for (n, piece) in self.pattern.split(['{', '}']).enumerate() {
            match piece {
                text if n % 2 == 0 => url.push_str(text),
                "key" => url.push_str(at(&self.keys, item)?),
                "id" => push_encoded(&mut url, catalogue.id(item)),
                "title" => push_encoded(&mut url, title),
                "year" => url.push_str(&usize::try_from(catalogue.year(item)?).ok()?.to_string()),
                _ => return None,
            }
        }
        is_web(&url).then_some(url)
    }

    /// What an item is about.
    pub(crate) fn about(&self, item: ItemIdx) -> Option<&str> {
        at(&self.abouts, item)
    }
}

/// The text of an item; `None` where it is empty.
fn at(texts: &Strings, item: ItemIdx) -> Option<&str> {
    if texts.is_empty() { None } else { Some(texts.get(item.at())).filter(|text| !text.is_empty()) }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Braces are no part of an address, and would be taken for names.
fn encoded_braces(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}

/// The longest text that all begin with; a single text is all of it.
fn common_start<'a>(mut texts: impl Iterator<Item = &'a str>) -> &'a str {
    let mut start = texts.next().unwrap_or_default();
    for text in texts {
        let same = start.char_indices().zip(text.chars()).find(|((_, own), other)| own != other);
        let end = same.map_or(start.len().min(text.len()), |((place, _), _)| place);
        start = &start[..end];
    }
    start
}

/// Adds a text with everything encoded that is not a letter or a digit of ASCII, or one of `-._~`.
fn push_encoded(url: &mut String, text: &str) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.extend(['%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CatalogueItem;

    fn catalogue() -> Catalogue {
        let item = |id: &str, likes, year| CatalogueItem { id: id.to_owned(), likes, year, ..CatalogueItem::default() };
        Catalogue::new(vec![item("a/b", 3, Some(1979)), item("c", 2, None), item("d", 1, Some(2001))])
    }

    fn urls(details: &Details) -> [Option<String>; 3] {
        [0, 1, 2].map(|n| details.url(ItemIdx(n), "Alien & \u{e9}", &catalogue()))
    }

    fn of(urls: [&str; 3]) -> Option<Details> {
        Details::new(&urls, &["", "", ""])
    }

    #[test]
    fn addresses_come_out_as_they_went_in_and_their_common_start_is_stored_once() {
        let own = ["https://films.example/1", "", "https://films.example/2?a=b#c"];
        let details = of(own).unwrap();
        assert_eq!(details.pattern(), "https://films.example/{key}");
        assert_eq!(urls(&details), own.map(|url| (!url.is_empty()).then(|| url.to_owned())));
        let mixed = ["https://one.example/\u{e9}", "http://two.example/", "https://one.example/\u{e8}"];
        assert_eq!(urls(&of(mixed).unwrap()), mixed.map(|url| Some(url.to_owned())));
    }

    #[test]
    fn one_address_alone_is_an_address() {
        let details = of(["", "https://films.example/1", ""]).unwrap();
        assert_eq!(urls(&details), [None, Some("https://films.example/1".to_owned()), None]);
    }

    #[test]
    fn what_is_no_address_of_the_web_is_none() {
        assert_eq!(of(["javascript:alert(1)", "data:text/html,x", "/films/1"]), None);
        let details = Details {
            pattern: "{key}".to_owned(),
            keys: ["javascript:1", "", "x"].into_iter().collect(),
            ..Details::default()
        };
        assert_eq!(urls(&details), [None, None, None]);
        assert_eq!(urls(&Details::by_pattern("javascript:{id}")), [None, None, None]);
    }

    #[test]
    fn a_pattern_is_filled_with_what_is_known_of_an_item() {
        let details = Details::by_pattern("https://films.example/{id}?q={title}+{year}");
        let filled = "https://films.example/a%2Fb?q=Alien%20%26%20%C3%A9+1979";
        assert_eq!(urls(&details)[..2], [Some(filled.to_owned()), None]);
        for broken in ["https://films.example/{", "https://films.example/{nothing}", "https://films.example/{key}", ""]
        {
            assert_eq!(urls(&Details::by_pattern(broken)), [None, None, None], "{broken}");
        }
    }

    #[test]
    fn braces_in_an_address_are_no_names() {
        let own = ["https://films.example/{id}", "https://films.example/{id}/2", ""];
        let encoded = "https://films.example/%7Bid%7D".to_owned();
        assert_eq!(urls(&of(own).unwrap()), [Some(encoded.clone()), Some(format!("{encoded}/2")), None]);
    }

    #[test]
    fn descriptions_stand_alone_too() {
        let details = Details::new(&["", "", ""], &["", "About it.", ""]).unwrap();
        assert_eq!([0, 1, 2].map(|n| details.about(ItemIdx(n))), [None, Some("About it."), None]);
        assert_eq!(urls(&details), [None, None, None]);
    }
}
