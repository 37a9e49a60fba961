//! The HTML of a list of links.

use std::fmt::Write;

use html_escape::{encode_double_quoted_attribute as attribute, encode_text};

use super::section::{END, START};
use super::texts::texts;

/// One link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Address, relative to the page.
    pub href: String,
    /// Title of the page.
    pub title: String,
    /// Address of a picture, relative to the page.
    pub image: Option<String>,
    /// Date of publication, as `2024-05-01`.
    pub date: Option<String>,
}

/// What is written into one page.
#[derive(Debug, Clone, PartialEq)]
pub struct List<'a> {
    /// The page's own id: it is not suggested there, and is remembered as read.
    pub id: &'a str,
    /// The page's language.
    pub language: &'a str,
    /// Pages to read next, the best first.
    pub links: Vec<Link>,
    /// Addresses of scripts, relative to the page: of the one that makes the list personal, and of others.
    pub scripts: Vec<String>,
    /// Whether pictures and dates are shown.
    pub has_cards: bool,
}

impl List<'_> {
    /// The section, between its marks; without the element where the page has one of its own.
    pub(super) fn to_html(&self, is_inside: bool) -> String {
        let mut html = START.to_owned();
        if !is_inside {
            let cards = if self.has_cards { " cards" } else { "" };
            let _ = write!(html, "<foldin-related{cards}>");
        }
        let _ = write!(html, "<h2 class=\"foldin-related-heading\">{}</h2>", encode_text(texts(self.language).heading));
        let _ = write!(html, "<ul class=\"foldin-related-list\" data-page=\"{}\">", attribute(self.id));
        self.links.iter().for_each(|link| self.item(&mut html, link));
        // One line of its own, so that nothing moves when the element says what the list is based on.
        html += "</ul><p class=\"foldin-related-note\">\u{a0}</p>";
        if !is_inside {
            html += "</foldin-related>";
        }
        for script in &self.scripts {
            let _ = write!(html, "<script type=\"module\" src=\"{}\"></script>", attribute(script));
        }
        html + END
    }

    fn item(&self, html: &mut String, link: &Link) {
        let _ = write!(html, "<li><a href=\"{}\">", attribute(&link.href));
        if let Some(image) = link.image.as_ref().filter(|_| self.has_cards) {
            let _ = write!(
                html,
                "<img src=\"{}\" alt=\"\" loading=\"lazy\" width=\"320\" height=\"180\">",
                attribute(image)
            );
        }
        let _ = write!(html, "{}</a>", encode_text(&link.title));
        if let Some(date) = link.date.as_ref().filter(|_| self.has_cards) {
            let _ = write!(html, " <time datetime=\"{date}\">{date}</time>");
        }
        *html += "</li>";
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Place, inject, remove};
    use super::*;

    fn list() -> List<'static> {
        let link = Link { href: "../b%22/".into(), title: "B < \"C\"".into(), image: Some("b.png".into()), date: None };
        List {
            id: "/a/\"x",
            language: "de",
            links: vec![link],
            scripts: vec!["../foldin/related.js".into()],
            has_cards: false,
        }
    }

    #[test]
    fn a_section_is_put_in_replaced_and_taken_out_again() {
        let page = "\u{feff}<!doctype html>\r\n<MAIN ID=x>\n\t<p>é &nbsp;</main>\0<!-- end -->".as_bytes();
        let once = inject(page, &Place::Default, &list()).unwrap().unwrap();
        assert_eq!(inject(&once, &Place::Default, &list()).unwrap().unwrap(), once);
        assert_eq!(remove(&once), page);
        let text = String::from_utf8(once).unwrap();
        assert!(text.contains("<h2 class=\"foldin-related-heading\">Weiterlesen</h2>"), "{text}");
        assert!(text.contains("<a href=\"../b%22/\">B &lt; \"C\"</a>") && !text.contains("b.png"), "{text}");
        assert!(text.contains("data-page=\"/a/&quot;x\""), "{text}");
    }

    #[test]
    fn an_element_of_the_page_is_kept_and_filled() {
        let page = b"<p>a<foldin-related cards></foldin-related>";
        let filled = inject(page, &Place::Default, &list()).unwrap().unwrap();
        let text = String::from_utf8(filled.clone()).unwrap();
        assert!(text.starts_with("<p>a<foldin-related cards><!--foldin--><h2"), "{text}");
        assert_eq!(text.matches("<foldin-related").count(), 1);
        assert_eq!(remove(&filled), page);
    }
}
