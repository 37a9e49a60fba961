//! Formats of lines in the syntax of nginx's `log_format`: variables between fixed text.

use std::borrow::Cow;

use super::{Request, time};

/// A format of lines: fixed text and variables in turn.
///
/// A variable ends where the fixed text behind it begins, and holds no space unless that text begins with `"` or `]`.
/// Inside of quotes, `\"` does not end it. The last one may go on to the end of the line.
///
/// ```
/// use foldin_site::logs::LineFormat;
/// let format: LineFormat = r#"$remote_addr [$time_iso8601] "$request" $status"#.parse()?;
/// let request = format.read(r#"192.0.2.1 [2024-05-01T00:00:00Z] "GET /a/ HTTP/1.1" 200"#).unwrap();
/// assert_eq!((&*request.target, request.status), ("/a/", 200));
/// # Ok::<(), foldin_site::logs::FormatError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LineFormat {
    /// Fixed text before the first variable.
    start: String,
    /// Variables, each with the fixed text behind it.
    variables: Vec<(Variable, String)>,
    /// Whether the last value is one word, and nothing may follow.
    is_whole_line: bool,
}

/// What is read of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Address,
    Forwarded,
    LocalTime,
    IsoTime,
    UnixTime,
    Request,
    Method,
    Target,
    Path,
    Query,
    Status,
    Agent,
    Purpose,
    Other,
}

impl Variable {
    fn of(name: &str) -> Self {
        match name {
            "remote_addr" | "binary_remote_addr" | "realip_remote_addr" => Variable::Address,
            "http_x_forwarded_for" | "proxy_add_x_forwarded_for" | "http_x_real_ip" | "http_cf_connecting_ip" => {
                Variable::Forwarded
            }
            "time_local" => Variable::LocalTime,
            "time_iso8601" => Variable::IsoTime,
            "msec" => Variable::UnixTime,
            "request" => Variable::Request,
            "request_method" => Variable::Method,
            "request_uri" => Variable::Target,
            "uri" | "document_uri" => Variable::Path,
            "args" | "query_string" => Variable::Query,
            "status" => Variable::Status,
            "http_user_agent" => Variable::Agent,
            "http_purpose" | "http_sec_purpose" | "http_x_purpose" | "http_x_moz" => Variable::Purpose,
            _ => Variable::Other,
        }
    }
}

/// Why a format cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// A part is missing without which there are no page views.
    #[error("the format has no {missing}; a page view needs at least an address, a time, a request and a status")]
    Missing {
        /// The variables, one of which is needed.
        missing: &'static str,
    },
    /// Two variables stand side by side.
    #[error("${first} and ${second} stand side by side; put the text between them that the log has there")]
    NotSeparated {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
}

impl std::str::FromStr for LineFormat {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let mut format = LineFormat { start: String::new(), variables: Vec::new(), is_whole_line: false };
        let mut names: Vec<String> = Vec::new();
        let mut rest = text.trim();
        loop {
            let (fixed, behind) = rest.split_once('$').map_or((rest, None), |(fixed, behind)| (fixed, Some(behind)));
            match (format.variables.last_mut(), names.last()) {
                (Some((_, after)), _) => fixed.clone_into(after),
                (None, _) => fixed.clone_into(&mut format.start),
            }
            let Some(behind) = behind else { break };
            let (name, next) = variable_name(behind);
            if let Some(first) = names.last().filter(|_| fixed.is_empty()) {
                return Err(FormatError::NotSeparated { first: first.clone(), second: name.to_owned() });
            }
            names.push(name.to_owned());
            format.variables.push((Variable::of(name), String::new()));
            rest = next;
        }
        format.check()?;
        Ok(format)
    }
}

/// The name behind a `$`, perhaps in braces, and what follows.
fn variable_name(text: &str) -> (&str, &str) {
    if let Some((name, rest)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) {
        return (name, rest);
    }
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
    text.split_at(end)
}

impl LineFormat {
    /// The same format for lines whose last value is one word.
    pub(super) fn whole_line(self) -> Self {
        LineFormat { is_whole_line: true, ..self }
    }

    fn check(&self) -> Result<(), FormatError> {
        use Variable::*;
        let needed: [(&[Variable], &'static str); 4] = [
            (&[Address, Forwarded], "$remote_addr"),
            (&[LocalTime, IsoTime, UnixTime], "$time_local, $time_iso8601 or $msec"),
            (&[Request, Target, Path], "$request or $request_uri"),
            (&[Status], "$status"),
        ];
        for (any, missing) in needed {
            if !self.variables.iter().any(|(variable, _)| any.contains(variable)) {
                return Err(FormatError::Missing { missing });
            }
        }
        Ok(())
    }

    /// Reads a line; `None` if it is in another format.
    pub fn read<'a>(&self, line: &'a str) -> Option<Request<'a>> {
        let mut rest = line.strip_prefix(&*self.start)?;
        let mut request = Request::default();
        let mut query = "";
        let mut has_time = false;
        for (n, (variable, behind)) in self.variables.iter().enumerate() {
            let is_last = n + 1 == self.variables.len();
            let has_words = matches!(variable, Variable::Request | Variable::Agent);
            let (value, after) =
                if is_last && behind.is_empty() { (rest, "") } else { split_value(rest, behind, has_words)? };
            rest = after;
            if is_last && self.is_whole_line && value.contains(' ') {
                return None;
            }
            match variable {
                Variable::Address if request.address.is_empty() => request.address = value.into(),
                Variable::Forwarded if value != "-" => {
                    request.address = value.split(',').next().unwrap_or_default().trim().into();
                }
                Variable::LocalTime => (request.time, has_time) = (time::local(value)?, true),
                Variable::IsoTime if !has_time => (request.time, has_time) = (time::iso(value)?, true),
                Variable::UnixTime if !has_time => (request.time, has_time) = (time::unix(value)?, true),
                Variable::Request => {
                    let mut words = value.split(' ');
                    request.method = words.next().unwrap_or_default().into();
                    request.target = words.next().unwrap_or_default().into();
                }
                Variable::Method => request.method = value.into(),
                Variable::Target => request.target = value.into(),
                Variable::Path if request.target.is_empty() => request.target = value.into(),
                Variable::Query if value != "-" => query = value,
                Variable::Status => request.status = value.parse().ok()?,
                Variable::Agent => request.agent = Some(unescaped(value)),
                Variable::Purpose => request.is_prefetch |= is_prefetch(value),
                _ => {}
            }
        }
        if !query.is_empty() && !request.target.contains('?') {
            request.target = format!("{}?{query}", request.target).into();
        }
        // A log that does not record the method is one of pages that were fetched.
        if request.method.is_empty() && !self.variables.iter().any(|(variable, _)| *variable == Variable::Request) {
            request.method = "GET".into();
        }
        Some(request)
    }
}

/// A value and what comes behind the fixed text that ends it. Without a quote or a bracket at its end, a value is one word,
/// but for those that have words.
fn split_value<'a>(text: &'a str, behind: &str, has_words: bool) -> Option<(&'a str, &'a str)> {
    if let Some(quote) = behind.chars().next().filter(|first| *first == '"') {
        let mut from = 0;
        loop {
            let at = from + text.get(from..)?.find(quote)?;
            let slashes = text[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
            if slashes % 2 == 0 && text[at..].starts_with(behind) {
                return Some((&text[..at], &text[at + behind.len()..]));
            }
            from = at + 1;
        }
    }
    let (value, rest) = text.split_once(behind)?;
    let is_whole = has_words || behind.starts_with(']') || !value.contains(' ');
    is_whole.then_some((value, rest))
}

/// Text with the escapes of nginx (`\x22`) and Apache (`\"`) undone.
fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains('\\') { text.replace("\\x22", "\"").replace("\\\"", "\"").into() } else { text.into() }
}

/// Whether a header says that a browser fetches in advance.
pub(super) fn is_prefetch(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["prefetch", "prerender", "preview"].iter().any(|word| value.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a>(format: &str, line: &'a str) -> Option<Request<'a>> {
        format.parse::<LineFormat>().unwrap().read(line)
    }

    #[test]
    fn values_with_words_need_no_quotes_where_something_else_ends_them() {
        let format: LineFormat = "$remote_addr|$time_iso8601|$request|$status|$http_user_agent|$host".parse().unwrap();
        let request =
            format.read("192.0.2.1|2015-05-17T10:05:03+00:00|GET /a/ HTTP/1.1|200|My Browser 5|h.org").unwrap();
        assert_eq!((&*request.target, request.status, request.agent.as_deref()), ("/a/", 200, Some("My Browser 5")));
        assert!(format.read("192.0.2.1 x|2015-05-17T10:05:03+00:00|GET /a/ HTTP/1.1|200|b|h.org").is_none());
    }

    #[test]
    fn values_end_where_the_text_behind_them_begins() {
        let format =
            r#"${remote_addr}|$msec|$request_method|$uri|$args|$status|"$http_user_agent"|$http_x_forwarded_for"#;
        let request = read(format, r#"10.0.0.1|1431857103.5|GET|/a/|x=1|200|"a \"b\" c"|192.0.2.1, 10.0.0.1"#).unwrap();
        assert_eq!((&*request.address, request.time), ("192.0.2.1", 1_431_857_103));
        assert_eq!((&*request.method, &*request.target), ("GET", "/a/?x=1"));
        assert_eq!(request.agent.as_deref(), Some("a \"b\" c"));
        assert_eq!(read(format, "10.0.0.1|x|GET|/a/|-|200|\"a\"|-"), None);
    }

    #[test]
    fn prefetches_are_seen_where_they_are_logged() {
        let format = r#"$remote_addr [$time_local] "$request" $status "$http_sec_purpose""#;
        let line = r#"192.0.2.1 [17/May/2015:10:05:03 +0000] "GET / HTTP/2.0" 200 "prefetch;prerender""#;
        assert!(read(format, line).unwrap().is_prefetch);
        assert!(!read(format, &line.replace("prefetch;prerender", "-")).unwrap().is_prefetch);
    }

    #[test]
    fn a_format_that_cannot_give_page_views_is_refused() {
        for (format, missing) in [
            ("", "$remote_addr"),
            ("$remote_addr $request $status", "$time_local, $time_iso8601 or $msec"),
            ("$remote_addr [$time_local] $status", "$request or $request_uri"),
            ("$remote_addr [$time_local] $request", "$status"),
        ] {
            assert_eq!(format.parse::<LineFormat>(), Err(FormatError::Missing { missing }), "{format}");
        }
        let error = "$remote_addr$status [$time_local] $request".parse::<LineFormat>().unwrap_err();
        assert!(matches!(error, FormatError::NotSeparated { .. }));
    }
}
