//! `foldin serve`: shows a folder in the browser of this machine. For a look, not for the public.

mod compressed;

use std::convert::Infallible;
use std::fs;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Semaphore;
use tower_http::compression::Compression;
use tower_http::services::ServeFile;
use tower_http::services::fs::ServeFileSystemResponseBody;

use self::compressed::Compressed;
use crate::args::ServeArguments;
use crate::output;

/// Connections that are open at a time; further ones wait.
const MOST_CONNECTIONS: usize = 256;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// A file, or what is in memory.
type Answer = Response<Either<ServeFileSystemResponseBody, Full<Bytes>>>;

pub(crate) fn run(arguments: &ServeArguments) -> anyhow::Result<()> {
    let dir = &arguments.dir;
    if !dir.join("index.html").is_file() {
        bail!("{} has no index.html; build a site first: foldin build --out {}", dir.display(), output::shell(dir));
    }
    let root = fs::canonicalize(dir)?;
    // One thread is enough for one browser, and a connection that says nothing does not hold it up.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(&root, arguments.port))
}

/// Listens at a port of this machine, with room for a burst of connections to wait in.
fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows the same option would let a second server take the port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(1024)
}

async fn serve(root: &Path, port: u16) -> anyhow::Result<()> {
    // Only this machine: the folder is not meant for others.
    let listener = listen(port).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is taken; choose another with --port, or 0 for a free one"),
        _ => anyhow!("cannot listen on port {port}: {error}"),
    })?;
    output::result(&format!("http://{}/", listener.local_addr()?))?;
    output::step("press Ctrl-C to stop");
    let compressed = Compressed::of(root);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let place = places.clone().acquire_owned().await?;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                output::note(&format!("a connection was not taken: {error}"));
                // Such as too many open files: it takes a moment until some are closed.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Small files go out at once; where that cannot be had, a little later.
        let _ = stream.set_nodelay(true);
        let (root, compressed) = (root.to_owned(), compressed.clone());
        let answer = tower::service_fn(move |request| {
            let (root, compressed) = (root.clone(), compressed.clone());
            async move { Ok::<_, Infallible>(answer(&root, &compressed, request).await) }
        });
        let service = TowerToHyperService::new(Compression::new(answer).compress_when(is_compressed));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A browser that hangs up is no reason to stop for the next one, nor to say anything.
            let _ = connection.await;
            drop(place);
        });
    }
}

async fn answer(root: &Path, compressed: &Compressed, mut request: Request<Incoming>) -> Answer {
    if !is_this_machine(request.headers()) {
        return text(StatusCode::MISDIRECTED_REQUEST, "only http://localhost and http://127.0.0.1 are answered here\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let answer = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered here\n");
        return with(answer, header::ALLOW, "GET, HEAD");
    }
    ignore_unreadable_range(request.headers_mut());
    let url = request.uri().path();
    let Some(path) = find(root, url) else {
        return text(StatusCode::NOT_FOUND, "there is no such file\n");
    };
    if path.is_dir() {
        // Without the slash the page would look for its files one folder too high; two slashes at the beginning would
        // name another host.
        let place = format!("/{}/", url.trim_start_matches('/'));
        return with(text(StatusCode::MOVED_PERMANENTLY, ""), header::LOCATION, &place);
    }
    let body = compressed.get(&path, request.headers()).filter(|_| *request.method() == Method::GET);
    let answer = send(&path, request).await.unwrap_or_else(|error| {
        output::note(&format!("{} was not sent: {error}", path.display()));
        text(StatusCode::INTERNAL_SERVER_ERROR, "the file cannot be read\n")
    });
    match body {
        // Not of a part of the file, nor where only nothing has changed.
        Some(body) if answer.status() == StatusCode::OK => as_brotli(answer, body),
        _ => answer,
    }
}

/// The same answer with its content compressed.
fn as_brotli(answer: Answer, body: Bytes) -> Answer {
    let (mut head, _) = answer.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::ACCEPT_RANGES);
    let answer = Response::from_parts(head, Either::Right(Full::new(body)));
    with(with(answer, header::CONTENT_ENCODING, "br"), header::VARY, "accept-encoding")
}

/// A file, or only that it has not changed, or a part of it: as the request wants it.
async fn send(path: &Path, request: Request<Incoming>) -> io::Result<Answer> {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    // Text says that it is UTF-8: the page, its scripts and the manifest are.
    let is_text = mime.type_() == "text" || matches!(mime.subtype().as_str(), "javascript" | "json");
    let mime = if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    let answer = ServeFile::new(path).try_call(request).await?.map(Either::Left);
    let answer = with(answer, header::CONTENT_TYPE, &mime);
    let answer = with(answer, header::CACHE_CONTROL, "no-cache");
    Ok(with(answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

/// What [`Compressed`] does not hold is compressed as it is sent.
fn is_compressed(_: StatusCode, _: hyper::Version, headers: &HeaderMap, _: &hyper::http::Extensions) -> bool {
    let mime = headers.get(header::CONTENT_TYPE).and_then(|mime| mime.to_str().ok()).unwrap_or_default();
    !headers.contains_key(header::CONTENT_ENCODING) && is_text_or_wasm(mime)
}

fn is_compressible(path: &Path) -> bool {
    is_text_or_wasm(mime_guess::from_path(path).first_or_octet_stream().as_ref())
}

/// Static hosts compress what is text, and wasm; model files hardly become smaller.
fn is_text_or_wasm(mime: &str) -> bool {
    mime.starts_with("text/") || ["json", "wasm", "svg+xml"].iter().any(|kind| mime.contains(kind))
}

/// Whether the address that the browser shows is one of this machine. A page elsewhere whose name suddenly leads here
/// (DNS rebinding) would otherwise read what is served.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// RFC 9110, section 14.2: a range that cannot be read is as if it were not there.
fn ignore_unreadable_range(headers: &mut HeaderMap) {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |part: &str| {
        part.trim()
            .split_once('-')
            .is_some_and(|(first, last)| is_number(first) && is_number(last) && !(first.is_empty() && last.is_empty()))
    };
    let is_readable = |range: &str| range.strip_prefix("bytes=").is_some_and(|parts| parts.split(',').all(is_part));
    if !headers.get(header::RANGE).is_none_or(|range| range.to_str().is_ok_and(is_readable)) {
        headers.remove(header::RANGE);
    }
}

/// The file behind a URL's path, if it lies inside `root`; a folder where the URL misses its last slash. Names that begin
/// with a dot (`.git`, `.env`) are not for browsers, but for `.well-known`.
fn find(root: &Path, url: &str) -> Option<PathBuf> {
    let path = percent_decode_str(url).decode_utf8().ok()?;
    let path = Path::new(path.trim_start_matches('/'));
    let is_hidden = |part: Component<'_>| {
        let name = part.as_os_str().to_string_lossy();
        matches!(part, Component::Normal(_)) && name.starts_with('.') && name != ".well-known"
    };
    if path.components().any(is_hidden) {
        return None;
    }
    let mut file = root.join(path);
    if url.ends_with('/') {
        file.push("index.html");
    }
    let file = fs::canonicalize(file).ok()?;
    let is_there = file.is_file() || file.join("index.html").is_file();
    (file.starts_with(root) && is_there).then_some(file)
}

fn text(status: StatusCode, message: &str) -> Answer {
    let mut answer = Response::new(Either::Right(Full::from(message.to_owned())));
    *answer.status_mut() = status;
    with(answer, header::CONTENT_TYPE, "text/plain; charset=utf-8")
}

fn with(mut answer: Answer, name: header::HeaderName, value: &str) -> Answer {
    // Types are plain text, and the URL was a line of the request.
    let value = HeaderValue::from_bytes(value.as_bytes()).expect("no control characters");
    answer.headers_mut().insert(name, value);
    answer
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
        assert_eq!(find(&root, "/a%20b/%C3%A9.js"), Some(root.join("a b/é.js")));
        fs::create_dir_all(folder.join("site/.git")).unwrap();
        fs::write(folder.join("site/.git/config"), "").unwrap();
        fs::write(folder.join("site/.env"), "").unwrap();
        for url in ["/.git/config", "/.env", "/%2eenv", "/a%20b/../.env"] {
            assert_eq!(find(&root, url), None, "{url}");
        }
        for url in ["/../secret", "/%2e%2e/secret", "//etc/hostname", "/index.html/", "/%", "/%zz", "/%00", "/none"] {
            assert_eq!(find(&root, url), None, "{url}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn only_this_machine_by_its_own_names_is_answered() {
        let is_answered =
            |host: &str| is_this_machine(&HeaderMap::from_iter([(header::HOST, HeaderValue::from_str(host).unwrap())]));
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "demo.localhost:1"] {
            assert!(is_answered(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "192.168.0.2", "", "[::2]"]
        {
            assert!(!is_answered(host), "{host}");
        }
        assert!(!is_this_machine(&HeaderMap::new()));
    }

    #[test]
    fn a_range_that_cannot_be_read_is_ignored() {
        let stays = |range: &'static str| {
            let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
            ignore_unreadable_range(&mut headers);
            headers.contains_key(header::RANGE)
        };
        assert!(["bytes=0-9", "bytes=5-", "bytes=-5", "bytes=0-1, 4-5"].into_iter().all(stays));
        assert!(!["bytes=a-b", "lines=0-1", "bytes=-", "bytes", "bytes=5"].into_iter().any(stays));
    }
}
