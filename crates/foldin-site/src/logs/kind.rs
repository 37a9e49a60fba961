//! What a request is for.

use super::super::pages::address::path_of;

/// What a request is for, as far as its address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page,
    /// A file that belongs to pages, or is loaded by hand: a picture, a style, a script, a document.
    Asset,
    /// A feed or a site map.
    Feed,
    /// `robots.txt`, which programs read and people do not.
    Robots,
}

/// Endings of files that are no pages.
const ASSETS: [&str; 64] = [
    "css",
    "js",
    "mjs",
    "map",
    "json",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "avif",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "mp3",
    "mp4",
    "m4a",
    "m4v",
    "webm",
    "ogg",
    "ogv",
    "wav",
    "flac",
    "mov",
    "avi",
    "pdf",
    "zip",
    "gz",
    "tgz",
    "bz2",
    "xz",
    "zst",
    "7z",
    "rar",
    "tar",
    "deb",
    "rpm",
    "exe",
    "dmg",
    "iso",
    "jar",
    "apk",
    "wasm",
    "webmanifest",
    "txt",
    "csv",
    "tsv",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "epub",
    "vtt",
    "bin",
    "foldin",
];

/// Endings of feeds.
const FEEDS: [&str; 4] = ["xml", "rss", "atom", "rdf"];

/// The kind of an address.
pub fn kind_of(target: &str) -> Kind {
    let path = path_of(target).to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    if name == "robots.txt" {
        return Kind::Robots;
    }
    let is_feed_query = target.split_once('?').is_some_and(|(_, query)| query.starts_with("feed="));
    if ["feed", "rss", "atom", "feed.json"].contains(&name) || is_feed_query {
        return Kind::Feed;
    }
    match name.rsplit_once('.') {
        Some((_, end)) if FEEDS.contains(&end) => Kind::Feed,
        Some((_, end)) if ASSETS.contains(&end) => Kind::Asset,
        _ => Kind::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_what_they_are_for() {
        for (target, kind) in [
            ("/", Kind::Page),
            ("/a/b.html?x=1", Kind::Page),
            ("/v1.2/notes", Kind::Page),
            ("/a.PNG?v=3", Kind::Asset),
            ("/fonts/x.woff2", Kind::Asset),
            ("/index.xml", Kind::Feed),
            ("/feed/", Kind::Feed),
            ("/?feed=rss2", Kind::Feed),
            ("/robots.txt", Kind::Robots),
        ] {
            assert_eq!(kind_of(target), kind, "{target}");
        }
    }
}
