//! Access logs, line by line, in the known formats and in one that is given.

use foldin_site::logs::{LineFormat, Parser, is_robot, kind_of};
use foldin_site::pages::address::{key, path_of};
use rand_chacha::ChaCha8Rng;

use super::{Outcome, Target, damaged};

pub(crate) const TARGET: Target = Target { name: "log", seeds, is_seed: |_| true, damage, check };

const WORDS: [&[u8]; 12] = [
    b"\"",
    b"\\\"",
    b" - - [",
    b"[30/Feb/2024:25:61:61 +9999]",
    b"%00%ff",
    b"999999999999999999999",
    b"{\"request\":{\"uri\":",
    b"\n#Fields: date time",
    b"\x1b[2J",
    b"/../../",
    b"\xff\xfe",
    b"HTTP/",
];

/// A format of one's own, as an operator writes it.
const GIVEN: &str = "$remote_addr|$time_iso8601|$request|$status|$http_user_agent";

fn seeds() -> Vec<Vec<u8>> {
    [
        "192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /a/?q=1 HTTP/1.1\" 200 5 \"https://h.org/\" \"Mozilla/5.0\"\n",
        "192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /a/ HTTP/1.1\" 200 5\n",
        "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n\
         2015-05-17 10:05:03 192.0.2.1 GET /a/ 200 Mozilla/5.0\n",
        "{\"ts\":1431857103.5,\"request\":{\"remote_ip\":\"192.0.2.1\",\"method\":\"GET\",\"uri\":\"/a/\",\
         \"headers\":{\"User-Agent\":[\"Mozilla/5.0\"]}},\"status\":200}\n",
        "192.0.2.1|2015-05-17T10:05:03+00:00|GET /a/ HTTP/1.1|200|Mozilla/5.0\n",
    ]
    .map(|log| log.as_bytes().to_vec())
    .to_vec()
}

fn damage(corpus: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    damaged(corpus, &WORDS, rng)
}

fn check(input: &[u8]) -> Outcome {
    let given: LineFormat = GIVEN.parse().expect("the format is one");
    let mut parser = Parser::new(Some(&given));
    let text = String::from_utf8_lossy(input);
    let mut outcome = Outcome::Refused;
    for line in text.lines() {
        let Some(Some(request)) = parser.read(line) else { continue };
        outcome = Outcome::Accepted;
        kind_of(&request.target);
        let _ = request.agent.as_deref().is_some_and(is_robot);
        let path = path_of(&request.target);
        assert!(path.starts_with('/'), "{path:?} is no path");
        assert!(!path.split('/').any(|part| part == "." || part == ".."), "{path:?} leads out of its folder");
        key(&request.target);
    }
    outcome
}
