//! W3C extended log files, whose `#Fields` line names the columns: IIS with spaces between them, CloudFront with tabs.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::line_format::is_prefetch;
use super::{Request, time};

/// The columns of a file, as its latest `#Fields` line names them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Columns {
    names: Vec<String>,
}

impl Columns {
    /// Reads a line that begins with `#`.
    pub(super) fn see(&mut self, directive: &str) {
        if let Some(names) = directive.strip_prefix("#Fields:") {
            self.names = names.split_whitespace().map(str::to_lowercase).collect();
        }
    }

    /// Whether there was a `#Fields` line.
    pub(super) fn are_known(&self) -> bool {
        !self.names.is_empty()
    }

    /// Reads a line; `None` if it has too few columns, or a part is missing.
    pub(super) fn read<'a>(&self, line: &'a str) -> Option<Request<'a>> {
        let separator = if line.contains('\t') { '\t' } else { ' ' };
        let mut request = Request::default();
        let (mut date, mut clock, mut query) = ("", "", "");
        let mut values = line.split(separator);
        for name in &self.names {
            let value = values.next()?;
            match name.as_str() {
                "date" => date = value,
                "time" => clock = value,
                "timestamp" | "x-timestamp" => request.time = time::any(value)?,
                "c-ip" => request.address = value.into(),
                "x-forwarded-for" | "cs(x-forwarded-for)" if value != "-" => {
                    request.address = value.split([',', '+']).next().unwrap_or_default().into();
                }
                "cs-method" => request.method = value.into(),
                "cs-uri-stem" | "cs-uri" => request.target = value.into(),
                "cs-uri-query" if value != "-" => query = value,
                "sc-status" => request.status = value.parse().ok()?,
                "cs(user-agent)" => request.agent = Some(plain(value)),
                "cs(purpose)" | "cs(sec-purpose)" => request.is_prefetch = is_prefetch(value),
                _ => {}
            }
        }
        if !date.is_empty() {
            request.time = time::iso(&format!("{date}T{clock}"))?;
        }
        if !query.is_empty() {
            request.target = format!("{}?{query}", request.target).into();
        }
        (request.time > 0 && !request.target.is_empty()).then_some(request)
    }
}

/// IIS writes spaces as `+`, CloudFront as `%20` and once wrote `%2520`.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains(['+', '%']) {
        return value.into();
    }
    let once = percent_decode_str(value).decode_utf8_lossy();
    let twice = percent_decode_str(&once).decode_utf8_lossy();
    twice.replace('+', " ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iis_and_cloudfront_are_read_by_their_fields() {
        let mut columns = Columns::default();
        assert!(!columns.are_known());
        columns.see("#Software: Microsoft Internet Information Services 10.0");
        columns.see("#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status");
        let line = "2015-05-17 10:05:03 10.0.0.9 GET /a/ x=1 443 - 192.0.2.1 Mozilla/5.0+(X11)+Gecko 200";
        let request = columns.read(line).unwrap();
        assert_eq!((&*request.address, request.time, &*request.target), ("192.0.2.1", 1_431_857_103, "/a/?x=1"));
        assert_eq!((request.agent.as_deref(), request.status), (Some("Mozilla/5.0 (X11) Gecko"), 200));

        columns.see("#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)");
        let line = "2015-05-17\t10:05:03\tFRA2\t99\t192.0.2.1\tGET\td1.net\t/b/\t304\t-\tMozilla/5.0%2520(X11)%20Gecko";
        let request = columns.read(line).unwrap();
        assert_eq!((&*request.target, request.status), ("/b/", 304));
        assert_eq!(request.agent.as_deref(), Some("Mozilla/5.0 (X11) Gecko"));
        assert_eq!(columns.read("2015-05-17\t10:05:03"), None);
    }
}
