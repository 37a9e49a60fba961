//! The main text of a page, and what its links say: without navigation, footers and scripts.

use std::sync::LazyLock;

use foldin_data::text::is_control;
use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

use super::parse::IGNORE;

/// Elements that hold no text to read.
const SKIPPED: [&str; 15] = [
    "nav",
    "footer",
    "aside",
    "form",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "button",
    "iframe",
    "head",
    "select",
    "foldin-related",
    "object",
];

/// Parts of a path that stand before the name of a tag or a category.
const TAG_FOLDERS: [&str; 8] = ["tags", "tag", "categories", "category", "topics", "topic", "keywords", "labels"];

/// The main part of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MainText {
    /// The text, with single spaces.
    pub text: String,
    /// Letters of the text that stand inside of links.
    pub linked: usize,
    /// Addresses of the links.
    pub links: Vec<String>,
    /// Links that are headings, or stand in one: titles of other pages.
    pub titles_linked: usize,
    /// Names of the tags that the page links to.
    pub tags: Vec<String>,
    /// The first picture.
    pub image: Option<String>,
    /// Whether the page is to be left alone.
    pub is_ignored: bool,
}

static ROOTS: LazyLock<[Selector; 5]> = LazyLock::new(|| {
    ["[data-foldin-body]", "main article, article", "main, [role=main]", "[itemprop=articleBody], .h-entry", "body"]
        .map(|selector| Selector::parse(selector).expect("the selector is fixed"))
});

static HEADINGS: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("h1, h2, h3, h4").expect("the selector is fixed"));

/// Reads the main part of a page: what is marked with `data-foldin-body`; else its only article; else `main`; else the
/// body.
pub(super) fn read(document: &Html) -> MainText {
    let roots = roots(document);
    let is_ignored = |root: &ElementRef<'_>| {
        let mut elements = std::iter::once(*root).chain(root.ancestors().filter_map(ElementRef::wrap));
        elements.any(|element| element.attr(IGNORE).is_some())
    };
    let mut main = MainText::default();
    let mut kept = roots.iter().filter(|root| !is_ignored(root)).peekable();
    main.is_ignored = kept.peek().is_none() && !roots.is_empty();
    kept.for_each(|root| collect(*root, &mut main, Inside::default()));
    main.text = squeezed(&main.text);
    main
}

fn roots(document: &Html) -> Vec<ElementRef<'_>> {
    let [marked, article, main, entry, body] = &*ROOTS;
    let all = |selector| -> Vec<ElementRef<'_>> { document.select(selector).collect() };
    let marked = all(marked);
    if !marked.is_empty() {
        return marked;
    }
    for selector in [article, main, entry] {
        if let [only] = all(selector)[..] {
            return vec![only];
        }
    }
    all(body)
}

#[derive(Clone, Copy, Default)]
struct Inside {
    link: bool,
    heading: bool,
}

fn collect(element: ElementRef<'_>, main: &mut MainText, inside: Inside) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                main.text.push_str(text);
                if inside.link {
                    main.linked += text.chars().filter(|letter| !letter.is_whitespace()).count();
                }
            }
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let name = child.value().name();
                let is_hidden = child.attr("hidden").is_some() || child.attr("aria-hidden") == Some("true");
                if SKIPPED.contains(&name) || is_hidden || child.attr(IGNORE).is_some() {
                    continue;
                }
                let is_block = !matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "code" | "mark" | "small");
                if is_block {
                    main.text.push(' ');
                }
                let mut within = inside;
                within.heading |= matches!(name, "h1" | "h2" | "h3" | "h4");
                if name == "a" && child.attr("href").is_some() {
                    within.link = true;
                    see_link(child, main, within);
                }
                if name == "img" && main.image.is_none() {
                    main.image = child.attr("src").filter(|src| !src.starts_with("data:")).map(str::to_owned);
                }
                collect(child, main, within);
                if is_block {
                    main.text.push(' ');
                }
            }
            _ => {}
        }
    }
}

fn see_link(link: ElementRef<'_>, main: &mut MainText, inside: Inside) {
    let href = link.attr("href").unwrap_or_default();
    let has_rel = |name: &str| link.attr("rel").unwrap_or_default().split_whitespace().any(|rel| rel == name);
    let parts: Vec<&str> =
        href.split(['?', '#']).next().unwrap_or_default().split('/').filter(|part| !part.is_empty()).collect();
    let is_tag_page = matches!(parts[..], [.., folder, _] if TAG_FOLDERS.contains(&folder.to_lowercase().as_str()));
    if has_rel("tag") || is_tag_page {
        let tag = plain(&link).trim_start_matches('#').trim().to_owned();
        if !tag.is_empty() && tag.chars().count() <= 60 && !main.tags.contains(&tag) {
            main.tags.push(tag);
        }
        return;
    }
    // A heading's own anchor is no link to another page.
    if href.starts_with('#') {
        return;
    }
    if inside.heading || link.select(&HEADINGS).next().is_some() {
        main.titles_linked += 1;
    }
    main.links.push(href.to_owned());
}

/// The text of an element, with single spaces.
pub(super) fn plain(element: &ElementRef<'_>) -> String {
    squeezed(&element.text().collect::<String>())
}

/// Text with single spaces, also in place of what controls a terminal or turns the direction of the text. Marks without
/// width at its ends, which generators put behind headings, are left out.
pub(super) fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let is_space = |letter: char| letter.is_whitespace() || is_control(letter);
    let is_outside = |letter: char| is_space(letter) || matches!(letter, '\u{200b}' | '\u{feff}');
    let words = text.trim_matches(is_outside).split(is_space);
    for word in words.filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_of(html: &str) -> MainText {
        read(&Html::parse_document(html))
    }

    #[test]
    fn only_the_main_part_is_read() {
        for html in [
            "<nav>no</nav><main>a <b>b</b>c<script>no</script></main><footer>no</footer>",
            "<main><aside>no</aside><article>a <em>b</em>c</article> no</main>",
            "<header><nav>no</nav></header><p>a bc</p><footer>no</footer>",
            "<main>no<div data-foldin-body>a bc</div></main>",
            "<main><article>a</article><article>bc</article></main>",
        ] {
            assert_eq!(main_of(html).text, "a bc", "{html}");
        }
    }

    #[test]
    fn links_tell_tags_from_titles() {
        let main = main_of(
            "<main><h2><a href='/a/'>A</a></h2><a href='/b/'><h3>B</h3></a><a href='/tags/x/'>#x</a>\
             <a href='#top'>up</a><a href='/c/'>see</a></main>",
        );
        assert_eq!(
            (main.links, main.tags, main.titles_linked),
            (vec!["/a/".into(), "/b/".into(), "/c/".into()], vec!["x".into()], 2)
        );
        assert_eq!(main.linked, 9);
    }
}
