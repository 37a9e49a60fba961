//! A check of rendered pages, for tests.

/// Fails where an element is not closed or closed by another, where an id is used twice or absent, and where a chart
/// lacks its title and description.
#[track_caller]
pub(crate) fn assert_well_formed(page: &str) {
    // The style sheet is not markup, but contains characters that look like it.
    let body = &page[page.find("</style>").expect("the page has a style sheet")..];
    assert_elements_close(body);
    let values_of = |attribute: &str| -> Vec<&str> {
        let start = format!(" {attribute}=\"");
        body.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
    };
    let mut ids = values_of("id");
    let n_ids = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n_ids, "an id occurs twice");
    for names in values_of("aria-labelledby") {
        assert!(names.split(' ').all(|name| ids.binary_search(&name).is_ok()), "no element has the id in {names}");
    }
}

#[track_caller]
fn assert_elements_close(body: &str) {
    let mut open = vec!["html", "head", "style"];
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("no end of <{part}"));
        assert!(!text.contains('>'), "a stray > in {part:?}");
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "</{name}> closes another element"),
            None if ["meta", "br", "link"].contains(&name) => {}
            None => open.push(name),
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "an open quote in <{tag}>");
        if name == "svg" {
            assert!(tag.contains("role=\"img\"") && tag.contains("aria-labelledby=\""), "<{tag}> has no name");
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
}
