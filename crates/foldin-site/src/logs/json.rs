//! One JSON object per line: Caddy, Traefik, and nginx with `escape=json`, whose keys are the names of its variables.

use serde_json::Value;

use super::line_format::is_prefetch;
use super::{Request, time};

/// Reads a line; `None` if it is no object, or has neither a time nor an address.
pub(super) fn read(line: &str) -> Option<Request<'static>> {
    let line: Value = serde_json::from_str(line).ok()?;
    // Caddy puts the request into an object of its own; others are flat.
    let request = if line["request"].is_object() { &line["request"] } else { &line };
    let text = |names: &[&str]| {
        let found = names.iter().map(|name| if line[*name].is_null() { &request[*name] } else { &line[*name] });
        found.filter_map(text_of).find(|text| !text.is_empty() && text != "-")
    };
    let header = |names: &[&str]| {
        let headers = request["headers"].as_object();
        let of = |name: &&str| {
            headers?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| text_of(value))
        };
        names.iter().find_map(of)
    };
    let at = text(&["ts", "time_iso8601", "time_local", "msec", "timestamp", "@timestamp", "StartUTC", "time"])?;
    let address = header(&["X-Forwarded-For"]).or_else(|| {
        text(&["client_ip", "http_x_forwarded_for", "remote_ip", "remote_addr", "ClientHost", "clientip"])
    })?;
    let (mut method, mut target) = (text(&["method", "request_method", "RequestMethod", "verb"]), None);
    if let Some(whole) = line["request"].as_str() {
        let mut words = whole.split(' ');
        method = words.next().map(str::to_owned);
        target = words.next().map(str::to_owned);
    }
    let target = target.or_else(|| text(&["uri", "request_uri", "RequestPath", "path", "url"]));
    let agent =
        header(&["User-Agent"]).or_else(|| text(&["http_user_agent", "user_agent", "request_User-Agent", "agent"]));
    // A line of another kind, such as a start message, has none of these.
    let status = text(&["status", "DownstreamStatus", "response"])?.parse().ok()?;
    let purpose = header(&["Sec-Purpose", "Purpose", "X-Moz"]).or_else(|| text(&["http_sec_purpose", "http_purpose"]));
    Some(Request {
        address: address.split(',').next().unwrap_or_default().trim().to_owned().into(),
        time: time::any(&at)?,
        method: method.unwrap_or_default().into(),
        target: target.unwrap_or_default().into(),
        status,
        agent: Some(agent.unwrap_or_default().into()),
        is_prefetch: purpose.is_some_and(|purpose| is_prefetch(&purpose)),
    })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().and_then(text_of),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caddy_nginx_and_traefik_are_read() {
        for line in [
            r#"{"level":"info","ts":1431857103.52,"logger":"http.log.access.log0","msg":"handled request","request":
               {"remote_ip":"192.0.2.1","client_ip":"192.0.2.1","proto":"HTTP/2.0","method":"GET","host":"h.org",
               "uri":"/a/","headers":{"User-Agent":["Firefox"],"Sec-Purpose":["prefetch"]}},"status":200}"#,
            r#"{"time_iso8601":"2015-05-17T10:05:03+00:00","remote_addr":"192.0.2.1","request":"GET /a/ HTTP/1.1",
               "status":"200","http_user_agent":"Firefox","http_purpose":"prefetch"}"#,
            r#"{"StartUTC":"2015-05-17T10:05:03.1Z","ClientHost":"192.0.2.1","RequestMethod":"GET","RequestPath":"/a/",
               "DownstreamStatus":200,"request_User-Agent":"Firefox","http_purpose":"prefetch"}"#,
        ] {
            let request = read(line).unwrap();
            assert_eq!((&*request.address, request.time, request.status), ("192.0.2.1", 1_431_857_103, 200), "{line}");
            assert_eq!((&*request.method, &*request.target, request.is_prefetch), ("GET", "/a/", true), "{line}");
            assert_eq!(request.agent.as_deref(), Some("Firefox"));
        }
    }

    #[test]
    fn other_objects_are_no_requests() {
        for line in ["", "{", "[]", "{}", r#"{"level":"info","ts":1431857103.5,"msg":"serving initial configuration"}"#]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
