//! User agents of programs: a maintained list, and what tools for automation say of themselves.

use iscrawl::{crawler_info, is_crawler};

/// What programs that drive a browser, or read feeds, have in their names, beside what the list knows.
const PROGRAMS: [&str; 14] = [
    "headless",
    "phantomjs",
    "lighthouse",
    "selenium",
    "puppeteer",
    "playwright",
    "pingdom",
    "gtmetrix",
    "feedly",
    "newsblur",
    "netnewswire",
    "akregator",
    "liferea",
    "thunderbird",
];

/// Whether a user agent is that of a program: a crawler, a feed reader, a library. A browser always sends one, so an
/// empty one is a program's.
pub fn is_robot(agent: &str) -> bool {
    let agent = agent.trim();
    if agent.is_empty() || agent == "-" || is_crawler(agent) {
        return true;
    }
    let name = agent.to_ascii_lowercase();
    // Only old versions of Internet Explorer said this of themselves.
    let is_compatible = name.contains("compatible;") && !name.contains("msie");
    is_compatible || PROGRAMS.iter().any(|program| name.contains(program)) || crawler_info(agent).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_browsers() {
        for agent in [
            "",
            "-",
            "curl/8.5.0",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Linux; Android 6.0.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Mobile Safari/537.36 (compatible; GoogleOther)",
            "Tiny Tiny RSS/1.11 (http://tt-rss.org/)",
            "UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/",
            "python-requests/2.31.0",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            "facebookexternalhit/1.1",
        ] {
            assert!(is_robot(agent), "{agent}");
        }
        for agent in [
            "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0",
            "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)",
            "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18",
        ] {
            assert!(!is_robot(agent), "{agent}");
        }
    }
}
