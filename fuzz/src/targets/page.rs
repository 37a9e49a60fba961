//! Pages of HTML: read as a catalogue, and changed and changed back.

use foldin_site::inject::{Link, List, Place, inject, remove};
use foldin_site::pages::read_pages;
use rand_chacha::ChaCha8Rng;

use super::{Outcome, Target, damaged};

pub(crate) const TARGET: Target = Target { name: "page", seeds, is_seed: |_| true, damage, check };

const WORDS: [&[u8]; 20] = [
    b"<!--",
    b"-->",
    b"<!--foldin-->",
    b"<!--/foldin-->",
    b"<foldin-related>",
    b"</foldin-related>",
    b"<script>",
    b"</script>",
    b"<template>",
    b"<article>",
    b"</article>",
    b"</body>",
    b"<title>",
    b"<base href='//h/'>",
    b"<link rel=canonical href='..'>",
    b"<meta charset=utf-16>",
    b"<meta http-equiv=refresh content='0;url=/x'>",
    b"&#x110000;",
    b"\"'>",
    b"\0",
];

fn seeds() -> Vec<Vec<u8>> {
    let head = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Soup | Site</title>\
        <link rel=\"canonical\" href=\"https://h.org/soup/\"><meta name=\"description\" content=\"Hot.\">\
        <meta property=\"og:image\" content=\"/soup.png\"><meta property=\"article:published_time\" content=\"2024-05-01\">\
        <script type=\"application/ld+json\">{\"@type\":\"Article\",\"keywords\":[\"soup\",\"hot\"]}</script></head>";
    let article = "<body><nav><a href=\"/\">Home</a></nav><main><article><h1>Soup</h1><p>Boil water &amp; salt for an hour. \
        Serve it hot, with bread.</p></article></main></body></html>";
    let marked = "<body><p>Boil water.</p><foldin-related></foldin-related></body></html>";
    vec![format!("{head}{article}").into_bytes(), format!("{head}{marked}").into_bytes(), b"<p>Boil water.".to_vec()]
}

fn damage(corpus: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    damaged(corpus, &WORDS, rng)
}

fn check(input: &[u8]) -> Outcome {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    std::fs::write(folder.path().join("soup.html"), input).expect("a page can be written");
    // A folder whose only page is left out, for a reason that it tells, has none.
    let pages = read_pages(folder.path(), None, "foldin").map_or_else(|_| Vec::new(), |pages| pages.pages);
    for page in &pages {
        assert!(!page.title.is_empty(), "a page without a title is suggested");
        assert!(!page.title.contains(char::is_control), "a title controls a terminal");
        assert!(page.path.starts_with('/'), "{:?} is no path", page.path);
    }

    let link = Link { href: "../b/".to_owned(), title: "B".to_owned(), image: None, date: None };
    let list = List { id: "/", language: "en", links: vec![link], scripts: vec!["f.js".to_owned()], has_cards: false };
    for place in [Place::Default, Place::Marker, Place::Selector("main > article".to_owned())] {
        let Ok(Some(changed)) = inject(input, &place, &list) else { continue };
        assert!(remove(&changed) == remove(input), "what was put in was not taken out again");
        let again = inject(&changed, &place, &list).expect("a page that was changed can be changed");
        assert!(again.as_deref() == Some(&changed[..]), "a second run changes the page");
    }
    if pages.is_empty() { Outcome::Refused } else { Outcome::Accepted }
}
