//! The marks around what foldin writes into a page.

use memchr::memmem;

/// Before it.
pub(super) const START: &str = "<!--foldin-->";
/// Behind it.
pub(super) const END: &str = "<!--/foldin-->";

/// What a section begins with: the page's own element, or the heading of the list inside of one.
pub(super) const BEGINNINGS: [&str; 2] = ["<foldin-related", "<h2 class=\"foldin-related-heading\""];

/// A page without the sections that foldin wrote: the bytes of the page before them. Marks of the page's own, such as
/// in a text about them, stay.
pub fn remove(html: &[u8]) -> Vec<u8> {
    let mut kept = html.to_vec();
    let mut from = 0;
    while let Some(end) = memmem::find(&kept[from..], END.as_bytes()).map(|at| from + at) {
        let behind = end + END.len();
        // A section holds no end but its own, so that it begins behind the one before.
        let start = memmem::rfind(&kept[from..end], START.as_bytes()).map(|at| from + at);
        match start.filter(|start| is_section(&kept[start + START.len()..])) {
            Some(start) => {
                kept.drain(start..behind);
                // What has now come together may hold a mark.
                from = start.saturating_sub(START.len().max(END.len()));
            }
            None => from = behind,
        }
    }
    kept
}

fn is_section(html: &[u8]) -> bool {
    BEGINNINGS.iter().any(|beginning| html.starts_with(beginning.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_removed() {
        let list = "<!--foldin--><foldin-related><h2></foldin-related><!--/foldin-->";
        for (html, without) in [
            (format!("a{list}b{list}"), "ab"),
            (format!("a<!--foldin-->x{list}b"), "a<!--foldin-->xb"),
            (format!("a{list}<!--/foldin-->"), "a<!--/foldin-->"),
            ("a<!--foldin--><h2 class=\"foldin-related-heading\">x<!--/foldin-->b".to_owned(), "ab"),
            (
                "a<!--foldin-->a text about marks<!--/foldin-->b".to_owned(),
                "a<!--foldin-->a text about marks<!--/foldin-->b",
            ),
            ("a<!--foldin-->x".to_owned(), "a<!--foldin-->x"),
            (String::new(), ""),
        ] {
            assert_eq!(remove(html.as_bytes()), without.as_bytes(), "{html}");
        }
    }
}
