//! `foldin serve`: a plain conversation over a socket, as a browser would have it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::fixtures::trained;
use crate::harness::{Place, says};

/// The program while it serves; ended with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(place: &Place, folder: &str) -> Self {
        let mut command = place.command(&format!("serve {folder} --port 0"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/'));
        let port = port.and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no address: {address:?}"));
        Server { child, port }
    }

    /// A connection that gives up where nothing comes for long.
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str) -> Answer {
        self.ask_with(method, path, "Content-Length: 0")
    }

    fn ask_with(&self, method: &str, path: &str, header: &str) -> Answer {
        let mut stream = self.connect();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find_map(|(found, value)| found.eq_ignore_ascii_case(name).then_some(value))
    }
}

/// A site whose page and scripts do not depend on the package.
fn small_site() -> Place {
    let place = Place::new();
    place.write("site/index.html", "<!doctype html><title>Films</title>");
    place.write("site/foldin/foldin.js", "export {};").write("site/foldin/wasm/foldin_bg.wasm", "\0asm");
    place.write("site/model/manifest.json", "{}").write("site/a b/é.css", "").write("site/sub/index.html", "sub");
    place.write("site/model/v1.0.0/score-1.foldin", [0, 159, 146, 150]).write("secret", "secret");
    place.write("site/app.webmanifest", "{}").write("site/icon.svg", "<svg/>").write("site/model/v1.0.0/card.html", "");
    place
}

#[test]
fn files_come_with_the_types_that_browsers_insist_on() {
    let place = small_site();
    let server = Server::start(&place, "site");
    for (path, mime) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html?v=1", "text/html; charset=utf-8"),
        ("/foldin/foldin.js", "text/javascript; charset=utf-8"),
        ("/foldin/wasm/foldin_bg.wasm", "application/wasm"),
        ("/model/manifest.json", "application/json; charset=utf-8"),
        ("/model/v1.0.0/score-1.foldin", "application/octet-stream"),
        ("/a%20b/%C3%A9.css", "text/css; charset=utf-8"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/icon.svg", "image/svg+xml"),
        ("/model/v1.0.0/card.html", "text/html; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(mime)), "{path}");
    }
    assert_eq!(server.get("/model/v1.0.0/score-1.foldin").body, [0, 159, 146, 150]);
    assert_eq!(server.get("/").header("cache-control"), Some("no-cache"));
}

#[test]
fn what_a_browser_has_already_is_not_sent_again_until_it_changes() {
    let place = small_site();
    let server = Server::start(&place, "site");
    let first = server.get("/foldin/foldin.js");
    for (name, condition) in [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")] {
        let value = first.header(name).unwrap_or_else(|| panic!("{name}: {}", first.head));
        let again = server.ask_with("GET", "/foldin/foldin.js", &format!("{condition}: {value}"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{condition}: {value}");
        assert_eq!(again.header("cache-control"), Some("no-cache"));
        if name == "etag" {
            place.write("site/foldin/foldin.js", "export const changed = true;");
            let again = server.ask_with("GET", "/foldin/foldin.js", &format!("{condition}: {value}"));
            assert_eq!((again.status, &again.body[..]), (200, &b"export const changed = true;"[..]));
        }
    }
}

#[test]
fn text_and_wasm_are_compressed_for_those_who_take_it_and_models_are_not() {
    let place = small_site();
    let long = "films ".repeat(1000);
    let files = ["a.html", "a.js", "a.css", "a.json", "a.svg", "a.webmanifest", "a.wasm"].map(|name| (name, true));
    let files = files.into_iter().chain([("a.foldin", false), ("a.png", false)]);
    let server = Server::start(&place, "site");
    for (name, is_compressed) in files {
        place.write(&format!("site/{name}"), &long);
        let answer = server.ask_with("GET", &format!("/{name}"), "Accept-Encoding: gzip");
        let encoding = is_compressed.then_some("gzip");
        assert_eq!((answer.status, answer.header("content-encoding")), (200, encoding), "{name}");
        let plain = server.get(&format!("/{name}"));
        assert_eq!((plain.header("content-encoding"), plain.header("content-length")), (None, Some("6000")), "{name}");
        assert!(plain.body == long.as_bytes());
        if encoding.is_none() {
            assert!(answer.body == plain.body, "{name}");
        }
    }
}

#[test]
fn what_lies_there_at_the_start_is_soon_sent_as_brotli() {
    let place = small_site();
    place.write("site/a.js", "films ".repeat(1000));
    let server = Server::start(&place, "site");
    let ask = || server.ask_with("GET", "/a.js", "Accept-Encoding: gzip, br");
    let begin = Instant::now();
    let mut answer = ask();
    while answer.header("content-encoding") != Some("br") {
        assert!(begin.elapsed() < Duration::from_secs(60), "it is still not compressed");
        answer = ask();
    }
    assert_eq!((answer.status, answer.header("vary")), (200, Some("accept-encoding")));
    assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
    assert!(answer.body.len() < 100 && answer.header("last-modified").is_some());
    place.write("site/a.js", "other films");
    let after = ask();
    assert_ne!(after.header("content-encoding"), Some("br"), "the file has changed");
}

#[test]
fn connections_in_a_burst_and_idle_ones_do_not_hold_each_other_up() {
    let place = small_site();
    let server = Server::start(&place, "site");
    // Several times over: a server whose threads wait for a next connection may mistake them for enough.
    for n_idle in [0, 30, 30, 30, 30, 0, 0] {
        let idle: Vec<TcpStream> = (0..n_idle).map(|_| server.connect()).collect();
        let mut busy: Vec<TcpStream> = (0..12).map(|_| server.connect()).collect();
        // Twice over each: they stay open.
        for path in ["/", "/sub/"] {
            for stream in &mut busy {
                write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            }
            let expected = place.read(&format!("site{path}index.html"));
            for stream in &busy {
                assert_eq!(kept_open(stream), expected);
            }
        }
        // The server closes its end of each connection once it has seen that the other end is closed.
        for mut stream in idle.into_iter().chain(busy) {
            stream.shutdown(Shutdown::Write).unwrap();
            assert_eq!(stream.read(&mut [0]).unwrap(), 0);
        }
    }
}

#[test]
fn hundreds_of_connections_are_answered_after_hundreds_that_said_half_of_something() {
    let place = small_site();
    let server = Server::start(&place, "site");
    // More than are served at once; the others wait for their turn.
    let half_open: Vec<TcpStream> = (0..400)
        .map(|_| {
            let mut stream = server.connect();
            write!(stream, "GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    drop(half_open);
    let ask = |_| {
        let mut stream = server.connect();
        write!(stream, "GET /sub/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        stream
    };
    let all: Vec<TcpStream> = (0..700).map(ask).collect();
    for mut stream in all {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("sub"), "{answer}");
    }
}

/// The body of an answer, on a connection that stays open.
#[track_caller]
fn kept_open(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let lines = reader.by_ref().lines().map(|line| line.expect("every connection is answered"));
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    assert_eq!(head[0], "http/1.1 200 ok");
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

#[test]
fn a_built_site_is_served_whole() {
    let place = trained();
    place.foldin("build");
    let server = Server::start(&place, "site");
    for (name, content) in place.files("site") {
        let answer = server.get(&format!("/{name}"));
        assert!(answer.status == 200 && answer.body == content, "{name}: {}", answer.head);
    }
    assert_eq!(server.get("/").body, place.files("site")["index.html"]);
}

#[test]
fn head_has_no_body_and_other_methods_are_refused() {
    let place = small_site();
    let server = Server::start(&place, "site");
    let head = server.ask("HEAD", "/");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-type"), Some("text/html; charset=utf-8"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn what_is_not_there_is_not_found_and_the_next_request_is_answered() {
    let place = small_site();
    let server = Server::start(&place, "site");
    for path in ["/nothing", "/favicon.ico", "/index.html/", "/%", "/%zz", "/%00", "/model", "/model/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn nothing_outside_the_folder_is_given_away() {
    let place = small_site();
    #[cfg(unix)]
    std::os::unix::fs::symlink(place.path("secret"), place.path("site/link")).unwrap();
    let server = Server::start(&place, "site");
    let paths = ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/foldin/../../secret", "//etc/passwd", "/link"];
    for path in paths.into_iter().chain(["/..%5csecret", "/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd"]) {
        let answer = server.get(path);
        assert!(answer.status == 404 && !answer.body.starts_with(b"secret"), "{path}: {}", answer.head);
    }
}

#[test]
fn a_folder_without_its_last_slash_is_sent_there() {
    let place = small_site();
    let server = Server::start(&place, "site");
    let answer = server.get("/sub?v=1");
    assert_eq!((answer.status, answer.header("location")), (301, Some("/sub/")));
    assert_eq!(server.get("//sub").header("location"), Some("/sub/"), "no other host");
    assert_eq!(server.get("/sub/").body, b"sub");
}

#[test]
fn a_port_that_is_taken_is_named_with_a_way_out() {
    let place = small_site();
    let server = Server::start(&place, "site");
    let message = place.refused(&format!("serve site --port {}", server.port));
    says(&message, &[&format!("port {} is taken; choose another with --port, or 0 for a free one", server.port)]);
}

#[test]
fn a_folder_without_a_page_says_how_to_build_one() {
    let place = Place::new();
    says(&place.refused("serve"), &["site has no index.html; build a site first: foldin build --out site"]);
    says(&place.refused("serve --port 99999"), &["99999 is not in 0..=65535"]);
}
