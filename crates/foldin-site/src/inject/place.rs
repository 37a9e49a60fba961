//! Where in a page the list goes.

use std::cell::RefCell;
use std::rc::Rc;

use lol_html::html_content::{Element, EndTag};
use lol_html::{HtmlRewriter, Selector, Settings};

/// The element that marks a place.
const MARKER: &str = "foldin-related";

/// Where in a page the list goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// Inside of `<foldin-related>`; else before the end of the only article, of `main`, or of the body.
    #[default]
    Default,
    /// Inside of `<foldin-related>` alone: pages without it are left as they are.
    Marker,
    /// Before the end of the first element that a CSS selector matches.
    Selector(String),
}

impl Place {
    /// The place of `--inject`: `marker`, or a CSS selector.
    pub fn of(text: &str) -> Self {
        if text == "marker" { Place::Marker } else { Place::Selector(text.to_owned()) }
    }
}

/// Why a place cannot be looked for.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The selector is none.
    #[error(
        "`{selector}` is no CSS selector that can be used here: {why}; try an element, class or id, as in `main > article`"
    )]
    Selector {
        /// The selector.
        selector: String,
        /// What is wrong with it.
        why: String,
    },
    /// The page cannot be parsed.
    #[error("the page cannot be parsed: {0}")]
    Page(String),
}

/// A place in the bytes of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub at: usize,
    /// Whether that is inside of a `<foldin-related>` of the page's own.
    pub is_inside: bool,
}

/// An element: where its start tag ends, and where its end tag begins, if it has one.
#[derive(Debug, Clone, Copy)]
struct Found {
    content: usize,
    end: Option<usize>,
}

impl Place {
    pub(super) fn find(&self, html: &[u8]) -> Result<Option<Spot>, PlaceError> {
        let inside = |found: &[Found]| found.first().map(|one| Spot { at: one.content, is_inside: true });
        let before_end = |found: Option<&Found>| found.and_then(|one| one.end).map(|at| Spot { at, is_inside: false });
        match self {
            Place::Marker => Ok(inside(&elements(html, &[MARKER])?[0])),
            Place::Selector(selector) => Ok(before_end(elements(html, &[selector])?[0].first())),
            Place::Default => {
                let found = elements(html, &[MARKER, "article", "main, [role=main]", "body"])?;
                let only = |found: &Vec<Found>| before_end(if found.len() == 1 { found.first() } else { None });
                let spot = inside(&found[0]).or_else(|| only(&found[1])).or_else(|| only(&found[2]));
                let at_end = Spot { at: html.len(), is_inside: false };
                Ok(Some(spot.or_else(|| before_end(found[3].first())).unwrap_or(at_end)))
            }
        }
    }
}

/// The elements that each selector matches, in the order of the page.
fn elements(html: &[u8], selectors: &[&str]) -> Result<Vec<Vec<Found>>, PlaceError> {
    let found: Rc<RefCell<Vec<Vec<Found>>>> = Rc::new(RefCell::new(vec![Vec::new(); selectors.len()]));
    let mut handlers = Vec::new();
    for (n, &text) in selectors.iter().enumerate() {
        text.parse::<Selector>().map_err(|error: lol_html::errors::SelectorError| PlaceError::Selector {
            selector: text.to_owned(),
            why: error.to_string(),
        })?;
        let all = Rc::clone(&found);
        handlers.push(lol_html::element!(text, move |element: &mut Element| {
            let content = element.start_tag().source_location().bytes().end;
            let place = all.borrow().get(n).map_or(0, Vec::len);
            all.borrow_mut()[n].push(Found { content, end: None });
            if let Some(end_handlers) = element.end_tag_handlers() {
                let all = Rc::clone(&all);
                end_handlers.push(Box::new(move |end: &mut EndTag| {
                    all.borrow_mut()[n][place].end = Some(end.source_location().bytes().start);
                    Ok(())
                }));
            }
            Ok(())
        }));
    }
    let page_error = |error: lol_html::errors::RewritingError| PlaceError::Page(error.to_string());
    let settings =
        handlers.into_iter().fold(Settings::new().with_strict(false), Settings::append_element_content_handler);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(html).map_err(page_error)?;
    rewriter.end().map_err(page_error)?;
    Ok(found.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page with `|` at the place.
    fn placed(place: &Place, html: &str) -> Option<String> {
        let spot = place.find(html.as_bytes()).unwrap()?;
        Some(format!("{}|{}", &html[..spot.at], &html[spot.at..]))
    }

    #[test]
    fn the_list_goes_to_the_marker_else_to_the_end_of_the_text() {
        for (html, expected) in [
            ("<main><article>a</article></main>", "<main><article>a|</article></main>"),
            (
                "<main><article>a</article><article>b</article></main>",
                "<main><article>a</article><article>b</article>|</main>",
            ),
            ("<div role=main>a</div>", "<div role=main>a|</div>"),
            ("<body><p>a</p></body>", "<body><p>a</p>|</body>"),
            ("<p>a", "<p>a|"),
            (
                "<foldin-related k=3> </foldin-related><article>a</article>",
                "<foldin-related k=3>| </foldin-related><article>a</article>",
            ),
            ("<article>a<main>b", "<article>a<main>b|"),
        ] {
            assert_eq!(placed(&Place::Default, html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn a_selector_is_looked_for_and_nothing_else() {
        let place = Place::of("main > .post");
        let html = "<main><p class=post>a</p><div class='post b'>c</div></main>";
        assert_eq!(
            placed(&place, html).as_deref(),
            Some("<main><p class=post>a|</p><div class='post b'>c</div></main>")
        );
        assert_eq!(placed(&place, "<p class=post>a</p>"), None);
        assert_eq!(placed(&Place::of("marker"), "<main>a</main>"), None);
        assert!(matches!(Place::of("a[").find(b""), Err(PlaceError::Selector { .. })));
    }
}
