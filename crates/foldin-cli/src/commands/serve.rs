//! `foldin serve`: shows a folder in the browser of this machine. For a look, not for the public.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::args::ServeArguments;
use crate::talk;

pub fn run(arguments: &ServeArguments) -> anyhow::Result<()> {
    let dir = &arguments.dir;
    if !dir.join("index.html").is_file() {
        bail!("{} has no index.html; build a site first: foldin build --out {}", dir.display(), talk::shell(dir));
    }
    let root = fs::canonicalize(dir)?;
    // Only this machine: the folder is not meant for others.
    let server = Server::http(("127.0.0.1", arguments.port)).map_err(|error| {
        let taken = error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse);
        match taken {
            true => anyhow!("port {} is taken; choose another with --port, or 0 for a free one", arguments.port),
            false => anyhow!("cannot listen on port {}: {error}", arguments.port),
        }
    })?;
    let address = server.server_addr().to_ip().ok_or_else(|| anyhow!("the server has no address"))?;
    talk::result(&format!("http://{address}/"))?;
    talk::step("press Ctrl-C to stop");
    for request in server.incoming_requests() {
        // A browser that hangs up is no reason to stop for the next one.
        if let Err(error) = answer(&root, request) {
            talk::note(&format!("a request was not answered: {error}"));
        }
    }
    Ok(())
}

fn answer(root: &Path, request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let answer = text(405, "only GET and HEAD are answered here\n").with_header(header("Allow", "GET, HEAD"));
        return request.respond(answer);
    }
    let Some(path) = find(root, request.url()) else {
        return request.respond(text(404, "there is no such file\n"));
    };
    if path.is_dir() {
        // Without the slash the page would look for its files one folder too high.
        let mut place = request.url().split('?').next().unwrap_or_default().to_owned() + "/";
        // Two slashes at the beginning would name another host.
        place.replace_range(..place.len() - place.trim_start_matches('/').len(), "/");
        return request.respond(text(301, "").with_header(header("Location", &place)));
    }
    let mime = mime_guess::from_path(&path).first_or_octet_stream();
    // Text says that it is UTF-8: the page, its scripts and the manifest are.
    let is_text = mime.type_() == "text" || matches!(mime.subtype().as_str(), "javascript" | "json");
    let mime = if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    // With its length, as static hosts send it, and not in chunks.
    let response = Response::from_file(File::open(&path)?)
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", &mime))
        .with_header(header("Cache-Control", "no-cache"))
        .with_header(header("X-Content-Type-Options", "nosniff"));
    request.respond(response)
}

/// The file behind a URL's path, if it lies inside `root`; a folder where the URL misses its last slash.
fn find(root: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mut file = root.join(decode(path)?.trim_start_matches('/'));
    if path.ends_with('/') {
        file.push("index.html");
    }
    let file = fs::canonicalize(file).ok()?;
    let is_there = file.is_file() || file.join("index.html").is_file();
    (file.starts_with(root) && is_there).then_some(file)
}

/// `%20` and its kin turned back; `None` if what comes out is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

fn text(status: u16, message: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    Response::from_string(message).with_status_code(status)
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("names and values are plain text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_the_folder_are_found() {
        let folder = std::env::temp_dir().join(format!("foldin-serve-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/a b")).unwrap();
        fs::write(folder.join("secret"), "").unwrap();
        fs::write(folder.join("site/index.html"), "").unwrap();
        fs::write(folder.join("site/a b/é.js"), "").unwrap();
        let root = fs::canonicalize(folder.join("site")).unwrap();
        assert_eq!(find(&root, "/"), Some(root.join("index.html")));
        fs::write(folder.join("site/a b/index.html"), "").unwrap();
        assert_eq!(find(&root, "/a%20b"), Some(root.join("a b")));
        assert_eq!(find(&root, "/a%20b/"), Some(root.join("a b/index.html")));
        assert_eq!(find(&root, "/a%20b/%C3%A9.js?v=1"), Some(root.join("a b/é.js")));
        for url in ["/../secret", "/%2e%2e/secret", "//etc/hostname", "/index.html/", "/%", "/%zz", "/%00", "/none"] {
            assert_eq!(find(&root, url), None, "{url}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
