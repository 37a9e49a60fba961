//! Lines of whatever format to requests.

use super::known::known;
use super::line_format::LineFormat;
use super::w3c::Columns;
use super::{Request, json};

/// Reads the lines of one file. The format may change within it, as where logs were put together.
#[derive(Debug, Clone)]
pub struct Parser {
    formats: Vec<LineFormat>,
    /// The format of the line before.
    current: usize,
    columns: Columns,
}

impl Parser {
    /// A parser for a format that was given, and for the known ones.
    pub fn new(given: Option<&LineFormat>) -> Self {
        let formats = given.cloned().into_iter().chain(known()).collect();
        Parser { formats, current: 0, columns: Columns::default() }
    }

    /// Reads a line. `Some(None)`: it holds no request, such as a blank line or a comment. `None`: it is not understood.
    pub fn read<'a>(&mut self, line: &'a str) -> Option<Option<Request<'a>>> {
        if line.trim().is_empty() {
            return Some(None);
        }
        if line.starts_with('#') {
            self.columns.see(line);
            return Some(None);
        }
        if line.starts_with('{') {
            // Servers write other messages into the same file.
            return json::read(line)
                .map(Some)
                .or_else(|| serde_json::from_str::<serde_json::Value>(line).is_ok().then_some(None));
        }
        if self.columns.are_known()
            && let Some(request) = self.columns.read(line)
        {
            return Some(Some(request));
        }
        if let Some(request) = self.formats[self.current].read(line) {
            return Some(Some(request));
        }
        let (n, request) = self.formats.iter().enumerate().find_map(|(n, format)| Some((n, format.read(line)?)))?;
        self.current = n;
        Some(Some(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";

    fn read(line: &str) -> (String, i64, String, u16, Option<String>) {
        let mut parser = Parser::new(None);
        let request = parser.read(line).unwrap().unwrap();
        assert_eq!(request.method, "GET", "{line}");
        let agent = request.agent.map(|agent| agent.into_owned());
        (request.address.into_owned(), request.time, request.target.into_owned(), request.status, agent)
    }

    #[test]
    fn formats_of_servers_are_recognised_by_their_lines() {
        let request = r#"[17/May/2015:10:05:03 +0000] "GET /a/?q=1 HTTP/1.1" 200 5"#;
        let s3 = format!(
            "79a5 bucket [17/May/2015:10:05:03 +0000] 192.0.2.1 - 3E57 WEBSITE.GET.OBJECT a/index.html \
             \"GET /a/?q=1 HTTP/1.1\" 200 - 5 5 7 6 \"-\" \"{AGENT}\" - x= SigV4"
        );
        for line in [
            format!(r#"192.0.2.1 - - {request} "https://h.org/" "{AGENT}""#),
            format!(r#"192.0.2.1 - ann {request} "-" "{AGENT}" 0.003 "-""#),
            format!(r#"h.org:443 192.0.2.1 - - {request} "-" "{AGENT}""#),
            format!(r#"192.0.2.1 h.org - {request} "-" "{AGENT}""#),
            format!(r#"h.org 192.0.2.1 - - {request} "-" "{AGENT}""#),
            s3,
        ] {
            let expected = ("192.0.2.1".to_owned(), 1_431_857_103, "/a/?q=1".to_owned(), 200, Some(AGENT.to_owned()));
            assert_eq!(read(&line), expected, "{line}");
        }
        let common = ("2001:db8::1".to_owned(), 1_431_857_103, "/a/?q=1".to_owned(), 200, None);
        assert_eq!(read(&format!("2001:db8::1 - - {request}")), common);
    }

    #[test]
    fn the_format_may_change_within_a_file() {
        let mut parser = Parser::new(None);
        let common = r#"192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET /a/ HTTP/1.1" 200 5"#;
        for n in 0..4 {
            let line = if n % 2 == 0 { common.to_owned() } else { format!(r#"{common} "-" "{AGENT}""#) };
            let request = parser.read(&line).unwrap().unwrap();
            assert_eq!(request.agent.is_some(), n % 2 == 1);
        }
    }

    #[test]
    fn odd_lines_are_told_from_requests() {
        let mut parser = Parser::new(None);
        for line in ["", "  ", "#Version: 1.0", r#"{"level":"info","msg":"started"}"#] {
            assert_eq!(parser.read(line), Some(None), "{line}");
        }
        for line in ["x", "{", "192.0.2.1 - - [yesterday] \"GET / HTTP/1.1\" 200 5", "\u{fffd}\u{fffd}"] {
            assert_eq!(parser.read(line), None, "{line}");
        }
        let request = parser.read(r#"192.0.2.1 - - [17/May/2015:10:05:03 +0000] "\x16\x03\x01" 400 5 "-" "-""#);
        assert_eq!(request.unwrap().unwrap().target, "");
    }
}
