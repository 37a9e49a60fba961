//! Addresses of pages: from a file or a link to the path under which the host serves it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// What a path percent-encodes, beside everything that is not ASCII: the path percent-encode set of the URL standard.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}').add(b'%');

/// The folder path that a site is served below, with slashes around it: `/` or `/blog/`.
pub fn normal_base(base: &str) -> String {
    let path = path_of(base);
    let inner = path.trim_matches('/');
    if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") }
}

/// The path of an address, decoded, without host, query, fragment, `.` and `..` and double slashes.
pub fn path_of(address: &str) -> String {
    let path = strip_host(address);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded: Cow<'_, str> = if path.is_ascii() && !path.contains('%') {
        path.into()
    } else {
        percent_decode_str(path).decode_utf8_lossy().nfc().collect::<String>().into()
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let is_folder = decoded.ends_with('/') || decoded.ends_with("/.") || decoded.ends_with("/..");
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// What follows the host of an address; all of a path.
fn strip_host(address: &str) -> &str {
    let address = address.trim();
    let rest = match address.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(|letter| letter.is_ascii_alphanumeric()) => rest,
        _ => match address.strip_prefix("//") {
            Some(rest) => rest,
            None => return address,
        },
    };
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

/// The host of an address, in lower case; `None` for a path.
pub fn host_of(address: &str) -> Option<String> {
    let rest = address.trim().split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// What all spellings of one page's address share: `/a/`, `/a`, `/a.html` and `/a/index.html` are the same page on every
/// host that serves more than one of them.
pub fn key(address: &str) -> String {
    let path = path_of(address);
    let path = ["index.html", "index.htm", "index.xhtml"]
        .iter()
        .find_map(|name| path.strip_suffix(name).filter(|rest| rest.ends_with('/')))
        .unwrap_or(&path);
    let path = path.trim_end_matches('/');
    let path = [".html", ".htm", ".xhtml"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    path.to_owned()
}

/// The path under which a host serves a file of the folder: `index.html` is its folder.
pub fn of_file(base: &str, file: &str) -> String {
    let file = file.replace('\\', "/");
    let path = match file.rsplit_once('/') {
        Some((folder, "index.html" | "index.htm" | "index.xhtml")) => format!("{folder}/"),
        None if matches!(&*file, "index.html" | "index.htm" | "index.xhtml") => String::new(),
        _ => file,
    };
    path_of(&encoded(&format!("{base}{path}")))
}

/// A path as links write it: percent-encoded.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The address that a link on a page leads to: a link may be relative to the page's own path. A link to a place on the
/// page, or with a query alone, leads to the page.
pub fn resolve(page: &str, link: &str) -> String {
    let link = link.trim();
    if link.is_empty() || link.starts_with(['#', '?']) {
        return path_of(page);
    }
    if host_of(link).is_some() || link.starts_with('/') {
        return path_of(link);
    }
    let folder = page.rfind('/').map_or("/", |slash| &page[..=slash]);
    path_of(&format!("{}{link}", encoded(folder)))
}

/// A link from one page to another that holds wherever the site is served: relative, and percent-encoded.
///
/// ```
/// use foldin_site::pages::address::relative;
/// assert_eq!(relative("/posts/a/", "/posts/b/"), "../b/");
/// assert_eq!(relative("/a.html", "/b.html"), "b.html");
/// ```
pub fn relative(from: &str, to: &str) -> String {
    let folders = |path: &str| -> Vec<String> {
        let folder = path.rfind('/').map_or("", |slash| &path[..slash]);
        folder.split('/').skip(1).map(str::to_owned).collect()
    };
    let (from, of_target) = (folders(from), folders(to));
    let shared = from.iter().zip(&of_target).take_while(|(a, b)| a == b).count();
    let mut link = "../".repeat(from.len() - shared);
    of_target[shared..].iter().for_each(|folder| link += &format!("{folder}/"));
    link += to.rsplit('/').next().unwrap_or_default();
    match link.as_str() {
        "" => "./".to_owned(),
        // A colon in the first part would be read as a scheme.
        link if link.split('/').next().is_some_and(|first| first.contains(':')) => format!("./{}", encoded(link)),
        link => encoded(link),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_path_under_which_they_are_served() {
        for (base, file, id) in [
            ("/", "index.html", "/"),
            ("/", "posts/a/index.html", "/posts/a/"),
            ("/blog/", "posts/a.html", "/blog/posts/a.html"),
            ("/", "é/100 %/index.html", "/é/100 %/"),
            ("/", "index.html/index.html", "/index.html/"),
        ] {
            assert_eq!(of_file(base, file), id);
        }
    }

    #[test]
    fn all_spellings_of_an_address_share_a_key() {
        for address in ["/a/", "/a", "/a.html", "/a/index.html", "//h.org/a/?q#f", "https://h.org/x/../a/", "/%61//"] {
            assert_eq!(key(address), "/a", "{address}");
        }
        assert_eq!([key("/"), key("/index.html"), key("https://h.org")], ["", "", ""]);
        assert_eq!(key("/caf%C3%A9/"), key("/cafe\u{301}/"));
    }

    #[test]
    fn links_hold_wherever_a_site_is_served() {
        for (from, to, link) in [
            ("/blog/a/", "/blog/", "../"),
            ("/", "/a/", "a/"),
            ("/a/", "/a/", "./"),
            ("/a", "/b", "b"),
            ("/x/a.html", "/y z/b.html", "../y%20z/b.html"),
            ("/a/", "/é/", "../%C3%A9/"),
            ("/a:b", "/c:d", "./c:d"),
        ] {
            assert_eq!(relative(from, to), link, "{from} to {to}");
            assert_eq!(resolve(from, link), to, "{from} to {to}");
        }
    }

    #[test]
    fn a_link_to_a_place_on_a_page_leads_to_the_page() {
        for link in ["#top", "?page=2", "", " #top "] {
            assert_eq!(resolve("/guide/intro.html", link), "/guide/intro.html", "{link}");
        }
    }

    #[test]
    fn a_base_has_slashes_around_it() {
        for (base, normal) in [("", "/"), ("/", "/"), ("blog", "/blog/"), ("https://h.org/a/b", "/a/b/")] {
            assert_eq!(normal_base(base), normal);
        }
    }
}
