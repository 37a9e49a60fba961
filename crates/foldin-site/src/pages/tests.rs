use std::fs;
use std::path::Path;

use super::*;

/// The pages of a folder with these files.
fn pages_of(files: &[(&str, &str)], base: Option<&str>) -> Result<Pages, PagesError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    read_pages(folder.path(), base, "foldin")
}

fn ids(pages: &Pages) -> Vec<&str> {
    pages.pages.iter().map(|page| page.id.as_str()).collect()
}

fn why(pages: &Pages, file: &str) -> String {
    pages.left_out.iter().find(|(name, _)| name == file).map(|(_, why)| why.to_string()).unwrap_or_default()
}

#[test]
fn the_base_and_the_spelling_are_those_of_canonical_links() {
    let pages = pages_of(
        &[
            ("a/index.html", "<link rel=canonical href='https://h.org/blog/a/'><main>a"),
            ("b.html", "<link rel=canonical href='https://h.org/blog/b'><main>b"),
            ("c d/é.html", "<link rel=canonical href='https://h.org/blog/c%20d/%C3%A9.html'><main>c"),
        ],
        None,
    )
    .unwrap();
    assert_eq!((pages.base.as_str(), ids(&pages)), ("/blog/", vec!["/blog/a/", "/blog/b", "/blog/c d/é.html"]));
    for (address, place) in
        [("/blog/a", 0), ("/blog/a/index.html?x", 0), ("/blog/b.html", 1), ("/blog/c%20d/e%CC%81", 2)]
    {
        assert_eq!(pages.find(address), Some(place), "{address}");
    }
    assert_eq!(pages.find("/a/"), None);
}

#[test]
fn without_canonical_links_the_spelling_is_that_of_most_links() {
    let link = "<nav><a href='/b'>b</a></nav><main>text";
    let files = [("a.html", link), ("b.html", "<main>b <a href=a>a</a>"), ("c.html", link)];
    let pages = pages_of(&files, Some("/")).unwrap();
    assert_eq!(ids(&pages), ["/a", "/b", "/c.html"]);
}

#[test]
fn places_on_pages_in_a_folder_say_nothing_about_a_page_of_its_name() {
    let anchors = "<a href='#content'>skip</a><main><h1>a<a href='#a'>#</a></h1>text";
    let files = [("guide.html", anchors), ("guide/a.html", anchors), ("guide/b.html", anchors)];
    let pages = pages_of(&files, Some("/")).unwrap();
    assert_eq!(ids(&pages), ["/guide/a.html", "/guide/b.html", "/guide.html"]);
}

#[test]
fn a_mark_without_width_at_the_end_of_a_heading_is_no_part_of_the_title() {
    let pages = pages_of(&[("a.html", "<main><h1>Guide <a href='#guide'>\u{200b}</a></h1>text")], Some("/")).unwrap();
    assert_eq!(pages.pages[0].title, "Guide");
}

#[test]
fn redirects_and_duplicates_lead_to_their_pages() {
    let pages = pages_of(
        &[
            ("new/index.html", "<title>New</title><main>text"),
            ("old/index.html", "<meta http-equiv=refresh content='0;url=../older/'>"),
            ("older/index.html", "<meta http-equiv=refresh content='0;url=https://h.org/new/'>"),
            ("print/index.html", "<title>New</title><link rel=canonical href=/new/><main>text"),
            ("_redirects", "/ancient  /new  301\n# /x /y\n"),
        ],
        None,
    )
    .unwrap();
    assert_eq!(ids(&pages), ["/new/"]);
    for address in ["/old", "/older/", "/print/", "/ancient/"] {
        assert_eq!(pages.find(address), Some(0), "{address}");
    }
    assert_eq!(why(&pages, "print/index.html"), "canonical link to /new/");
}

#[test]
fn a_canonical_link_that_all_pages_share_is_a_mistake() {
    let page = "<link rel=canonical href='https://h.org/'><main>text";
    let pages = pages_of(&[("index.html", page), ("a.html", page), ("b.html", page), ("c.html", page)], None).unwrap();
    assert_eq!(ids(&pages), ["/a.html", "/b.html", "/c.html"]);
}

#[test]
fn lists_are_told_from_pages_about_lists() {
    let list = "<main><h2><a href=/p/1/>One</a></h2><p>Some text of it</p><h2><a href=/p/2/>Two</a></h2>\
                <h2><a href=/p/3/>Three</a></h2></main>";
    let text = format!("<main><h1>On tags</h1><p>{}</p></main>", "Tags are words about a page. ".repeat(20));
    let files = [
        ("index.html", list),
        ("de/index.html", "<html lang=de><main>x"),
        ("de/404.html", "<main>x"),
        ("posts/404/index.html", text.as_str()),
        ("tags/index.html", list),
        ("tags/x/index.html", list),
        ("page/2/index.html", text.as_str()),
        ("2024/05/index.html", list),
        ("p/index.html", list),
        ("guide/tags/index.html", text.as_str()),
        ("article/index.html", &format!("<meta property=og:type content=article>{list}")),
    ];
    let pages = pages_of(&files, None).unwrap();
    assert_eq!(ids(&pages), ["/article/", "/guide/tags/", "/posts/404/"]);
    assert_eq!(why(&pages, "index.html"), "home page");
    assert_eq!([why(&pages, "de/index.html"), why(&pages, "de/404.html")], ["home page", "error page"]);
    assert_eq!(why(&pages, "tags/x/index.html"), "list of pages: below /tags/");
}

#[test]
fn fields_come_from_where_sites_put_them() {
    let shared = "<meta name=keywords content='all, of, them'><meta name=description content='The site'>\
                  <meta property=og:image content='https://cdn.example/x.png'>";
    let first = format!(
        "<html lang=en-GB>{shared}<title>First - Site</title><main><article data-foldin-tags='x, X, y'>\
         <time datetime=2024-05-01>May</time><img src=pic.jpg> text</article></main>"
    );
    let other = format!("<html lang=en>{shared}<title>Other - Site</title><main>text <a href=/tags/z/>z</a></main>");
    let third = format!("<html>{shared}<title>Third - Site</title><main>text</main>");
    let files = [("posts/1/index.html", &*first), ("posts/2/index.html", &*other), ("about/me.html", &*third)];
    let pages = pages_of(&files, None).unwrap();
    let [about, one, two] = &pages.pages[..] else { panic!("{:?}", ids(&pages)) };
    assert_eq!([&*about.title, &*one.title, &*two.title], ["Third", "First", "Other"]);
    assert_eq!((&one.tags, &two.tags), (&vec!["x".to_owned(), "y".to_owned()], &vec!["z".to_owned()]));
    assert_eq!((one.section.as_deref(), about.section.as_deref()), (Some("posts"), Some("about")));
    assert_eq!((one.date.map(day).as_deref(), one.description.as_str()), (Some("2024-05-01"), ""));
    assert!(pages.pages.iter().all(|page| page.language == "en"));
    // A picture that all pages share is none of theirs, nor is one of another host.
    assert_eq!((one.image.as_deref(), two.image.as_deref()), (Some("/posts/1/pic.jpg"), None));
}

#[test]
fn a_folder_without_pages_says_what_it_holds() {
    let message = |files: &[(&str, &str)]| pages_of(files, None).unwrap_err().to_string();
    assert!(message(&[("a.txt", "")]).contains("there is no .html file in it; build the site first"));
    assert!(message(&[("404.html", "<title>x")]).contains("1 error pages"));
    let missing = read_pages(Path::new("nowhere"), None, "foldin").unwrap_err().to_string();
    assert!(missing.contains("nowhere is no folder"), "{missing}");
}
