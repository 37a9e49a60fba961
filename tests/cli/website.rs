//! `foldin site`: pages and access logs to a model, and links in the pages.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Stdio;

use crate::harness::{Place, Run, says};

/// What pages are about, with words of each topic.
const TOPICS: [(&str, &str); 3] = [
    ("bread", "flour yeast oven dough sourdough crust knead rise baker loaf"),
    ("bikes", "wheel chain brake gear saddle ride mountain tyre pedal frame"),
    ("stars", "telescope galaxy planet orbit comet nebula moon eclipse lens sky"),
];

/// Pages of a topic.
const PAGES: usize = 12;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";
const ROBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/// The address of a reader: from the range that is kept for documentation.
fn address(reader: usize) -> String {
    format!("198.51.100.{reader}")
}

fn page(topic: usize, n: usize) -> String {
    let (name, words) = TOPICS[topic];
    let words: Vec<&str> = words.split(' ').collect();
    let own = format!("{} {} {}", words[n % 10], words[(n * 3 + 1) % 10], words[(n * 7 + 2) % 10]);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><title>{name} {n} | The Site</title>\
         <link rel=\"canonical\" href=\"https://example.org/{name}/{n}/\">\
         <meta property=\"article:published_time\" content=\"2024-05-{:02}\"></head>\n<body><nav><a href=\"/\">Home</a></nav>\n\
         <main><article><h1>{name} {n}</h1>\r\n<p>About {own}. {name} is {own}.</p>\n</article></main></body></html>\n",
        n + 1
    )
}

/// A site of three topics, with pages that are none to suggest.
fn site() -> Place {
    let place = Place::new();
    for (topic, (name, _)) in TOPICS.iter().enumerate() {
        for n in 0..PAGES {
            place.write(&format!("public/{name}/{n}/index.html"), page(topic, n));
        }
    }
    let list: String = (0..PAGES).map(|n| format!("<h2><a href=\"/bread/{n}/\">bread {n}</a></h2>")).collect();
    place.write("public/index.html", format!("<html lang=en><title>The Site</title><main>{list}</main>"));
    place.write("public/bread/index.html", format!("<html lang=en><title>Bread</title><main>{list}</main>"));
    place.write("public/404.html", "<html lang=en><title>Not found</title><main>Nothing here</main>");
    place.write("public/secret/index.html", "<title>Secret</title><meta name=robots content=noindex><main>x</main>");
    place.write(
        "public/old/index.html",
        "<title>Moved</title><meta http-equiv=refresh content=\"0; url=/stars/0/\"><link rel=canonical href=/stars/0/>",
    );
    place
}

fn line(reader: usize, second: i64, target: &str, agent: &str) -> String {
    let (day, second) = (second / 86_400 + 1, second % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    format!(
        "{} - - [{day:02}/May/2024:{clock} +0000] \"GET {target} HTTP/1.1\" 200 99 \"-\" \"{agent}\"\n",
        address(reader)
    )
}

/// Readers who read about one topic each, in the order of the pages, and a robot that reads everything.
fn log(days: std::ops::Range<i64>) -> String {
    let mut log = String::new();
    for day in days {
        for reader in 0..40 {
            let at = day * 86_400 + 600 * reader as i64;
            let topic = TOPICS[reader % 3].0;
            let first = (reader / 3 + day as usize) % PAGES;
            log += &line(reader + day as usize * 40, at, "/style.css", BROWSER);
            for step in 0..2 + reader % 3 {
                let target = format!("/{topic}/{}/", (first + step) % PAGES);
                log += &line(reader + day as usize * 40, at + 60 * step as i64, &target, BROWSER);
            }
        }
        for (topic, _) in TOPICS {
            (0..PAGES).for_each(|n| log += &line(250, day * 86_400 + n as i64, &format!("/{topic}/{n}/"), ROBOT));
        }
    }
    log
}

/// The links of each page's list.
fn links(place: &Place, name: &str, n: usize) -> Vec<String> {
    let html = place.read(&format!("public/{name}/{n}/index.html"));
    let (_, section) = html.split_once("<!--foldin-->").unwrap_or_else(|| panic!("no list in {html}"));
    let (section, _) = section.split_once("<!--/foldin-->").unwrap();
    section.split("<a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn share_of_own_topic(place: &Place) -> f64 {
    let (mut own, mut all) = (0, 0);
    for (name, _) in TOPICS {
        for n in 0..PAGES {
            let links = links(place, name, n);
            assert_eq!(links.len(), 6, "{links:?}");
            assert!(links.iter().all(|link| *link != "./"), "{links:?}");
            all += links.len();
            own += links.iter().filter(|link| !link.starts_with("../../")).count();
        }
    }
    own as f64 / all as f64
}

#[test]
fn pages_alone_give_every_page_links_of_its_topic() {
    let place = site();
    let run = place.foldin("site public");
    run.says(&["36 pages", "left out: ", "1 noindex", "1 redirects", "1 error pages", "36 pages with a list"]);
    assert!(share_of_own_topic(&place) > 0.9);
    assert!(place.path("public/foldin/related.js").is_file() && place.path("public/foldin/wasm").is_dir());
    // What is not to be suggested has no list.
    for file in ["index.html", "404.html", "old/index.html", "secret/index.html", "bread/index.html"] {
        assert!(!place.read(&format!("public/{file}")).contains("foldin-related"), "{file}");
    }
}

#[test]
fn visits_are_learned_from_and_measured() {
    let place = site();
    place.write("access.log", log(0..5));
    let run = place.foldin("site public --log access.log --related related.json");
    run.says(&["by robots, by user agent", "sessions to learn from", "hit@6", "popularity", "v-sknn", "same-section"]);
    assert!(share_of_own_topic(&place) > 0.99);
    let related = place.json("related.json");
    assert_eq!(related["/stars/3/"].as_array().unwrap().len(), 6);
    assert!(related["/stars/3/"][0]["title"].as_str().unwrap().starts_with("stars "));
}

#[test]
fn a_second_run_changes_nothing_and_remove_undoes_everything() {
    let place = site();
    place.write("access.log", log(0..3));
    let before = place.files("public");
    place.foldin("site public --log access.log");
    let after = place.files("public");
    assert_ne!(before, after);
    place.foldin("site public --log access.log").says(&["0 changed"]);
    assert_same(&after, &place.files("public"));
    place.foldin("site public --remove").says(&["removed foldin from 36 pages"]);
    assert_same(&before, &place.files("public"));
}

#[test]
fn offline_adds_a_worker_and_its_registration_and_a_run_without_it_takes_both_away() {
    let place = site();
    let before = place.files("public");
    place.foldin("site public");
    let online = place.files("public");
    place.foldin("site public --offline").says(&["36 changed"]);
    let offline = place.files("public");
    let worker = place.read("public/foldin-service-worker.js");
    assert!(worker.contains("shell: \"foldin/offline.json\", visited: true"), "{worker}");
    for name in place.json("public/foldin/offline.json").as_array().unwrap() {
        assert!(place.path(&format!("public/foldin/{}", name.as_str().unwrap())).is_file(), "{name}");
    }
    let page = place.read("public/bread/1/index.html");
    assert!(page.contains("<script type=\"module\" src=\"../../foldin/offline.js\"></script><!--/foldin-->"), "{page}");
    place.foldin("site public --offline").says(&["0 changed"]);
    assert_same(&offline, &place.files("public"));
    place.foldin("site public");
    assert_same(&online, &place.files("public"));
    place.foldin("site public --offline");
    place.foldin("site public --remove");
    assert_same(&before, &place.files("public"));
}

#[test]
fn a_service_worker_of_the_site_is_left_alone() {
    let place = site();
    place.write("public/sw.js", "self.skipWaiting()");
    place.foldin("site public --offline").says(&["a service worker of its own, sw.js"]);
    assert!(!place.path("public/foldin-service-worker.js").exists());
    assert!(!place.read("public/bread/1/index.html").contains("offline.js"));
    place.foldin("site public --remove");
    assert_eq!(place.read("public/sw.js"), "self.skipWaiting()");

    let place = site();
    place.write("public/foldin-service-worker.js", "mine");
    says(&place.refused("site public --offline"), &["foldin-service-worker.js is not a file of foldin", "rename it"]);
    place.foldin("site public --remove");
    assert_eq!(place.read("public/foldin-service-worker.js"), "mine");
}

fn assert_same(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, content) in before {
        assert!(after[name] == *content, "{name} differs");
    }
}

#[test]
fn a_run_that_is_killed_leaves_whole_pages_and_the_next_one_goes_on() {
    let place = site();
    let before = place.files("public");
    let run = |kill_after: Option<usize>| {
        let mut child = place.command("site public").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let has_list =
            |name: &str, n: usize| place.read(&format!("public/{name}/{n}/index.html")).contains("<!--foldin-->");
        let n_lists =
            || TOPICS.iter().map(|(name, _)| (0..PAGES).filter(|&n| has_list(name, n)).count()).sum::<usize>();
        if let Some(wanted) = kill_after {
            while n_lists() < wanted && child.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
            child.kill().unwrap();
        }
        child.wait().unwrap();
    };
    run(None);
    let done = place.files("public");
    for kill_after in [1, 7, 20] {
        place.foldin("site public --remove");
        run(Some(kill_after));
        for (name, content) in place.files("public").iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!(Some(content) == before.get(name) || Some(content) == done.get(name), "half of {name}");
        }
        // What a run leaves that is killed between writing a page and giving it its name.
        place.write("public/stars/1/.foldin-a1b2c3.part", "<html>");
        run(None);
        assert_same(&done, &place.files("public"));
    }
    place.write("public/.foldin-a1b2c3.part", "<html>");
    place.foldin("site public --remove");
    assert_same(&before, &place.files("public"));
}

#[test]
fn nothing_about_visitors_is_written_anywhere() {
    let place = site();
    place.write("access.log", log(0..5));
    place.write("broken.log", log(0..1).replace("GET", "\u{1}") + "no line of a log, from 198.51.100.77\n");
    let runs: Vec<Run> = [
        "site public --log access.log broken.log --related related.json --counts counts --log-file messages.log",
        "site public --log access.log --dry-run",
    ]
    .map(|arguments| place.foldin(arguments))
    .into();
    place.write("strange.log", "strange line of 198.51.100.77\n".repeat(9));
    let refused = place.refused("site public --log strange.log");
    says(&refused, &["strange.log: 9 of 9 lines are in no known format, the first at line 1", "--log-format"]);

    let mut written: Vec<(String, Vec<u8>)> = place.files(".").into_iter().collect();
    written.retain(|(name, _)| !matches!(name.as_str(), "access.log" | "broken.log" | "strange.log"));
    assert!(written.iter().any(|(name, _)| name == "counts") && written.iter().any(|(name, _)| name == "messages.log"));
    written.push(("messages".to_owned(), refused.into_bytes()));
    written.extend(runs.into_iter().map(|run| ("output".to_owned(), (run.out + &run.err).into_bytes())));
    // Addresses, agents, and the names that sessions have in memory.
    for (name, content) in written {
        for secret in ["198.51.100.", "Firefox/115", "Googlebot", "s00000001"] {
            let found = content.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{name} holds {secret}");
        }
    }
}

#[test]
fn a_dry_run_shows_every_choice_and_writes_nothing() {
    let place = site();
    let before = place.files("public");
    let run = place.foldin("site public --dry-run");
    for wanted in ["bread/3/index.html", "id           /bread/3/", "title        bread 3\n", "date         2024-05-04"]
    {
        assert!(run.out.contains(wanted), "{run}");
    }
    for wanted in ["404.html           error page", "noindex", "redirect to /stars/0/", "home page", "list of pages: "]
    {
        assert!(run.out.contains(wanted), "{run}");
    }
    assert_same(&before, &place.files("public"));
}

#[test]
fn counts_take_the_place_of_logs() {
    let place = site();
    place.write("access.log", log(0..5));
    place.foldin("site public --log access.log --counts counts --no-inject");
    let counts = place.read("counts");
    assert!(
        counts.starts_with("# foldin-counts 1 until ") && counts.contains("2024-05\t/bread/0/\t/bread/1/\t"),
        "{counts}"
    );
    // The same log again is not counted again.
    place.foldin("site public --log access.log --counts counts --no-inject").says(&["counted before"]);
    assert_eq!(place.read("counts"), counts);
    // Nor is there a need for it.
    place.write("access.log", log(5..6));
    place.foldin("site public --log access.log --counts counts").says(&["v-sknn"]);
    assert!(place.read("counts").len() >= counts.len());
    let share = share_of_own_topic(&place);
    assert!(share > 0.85, "{share}");
    place.write("counts", "something else");
    says(&place.refused("site public --counts counts"), &["counts is no file of counts"]);
}

#[test]
fn formats_of_logs_are_described_in_the_syntax_of_nginx() {
    let place = site();
    let mut lines = String::new();
    for reader in 0..9 {
        let _ = writeln!(lines, "2024-05-01T10:00:0{reader}+00:00|{}|GET|/stars/1/|200|{BROWSER}", address(reader));
        let _ = writeln!(lines, "2024-05-01T10:01:0{reader}+00:00|{}|GET|/stars/2/|200|{BROWSER}", address(reader));
    }
    place.write("own.log", lines);
    let mut command = place.command("site public --dry-run --log own.log --log-format");
    command.arg("$time_iso8601|$remote_addr|$request_method|$request_uri|$status|$http_user_agent");
    let run = Run::of("site --log-format", command);
    assert_eq!(run.code, Some(0), "{run}");
    run.says(&[" 9  sessions to learn from", "18  views in them"]);
    let mut command = place.command("site public --log own.log --log-format");
    command.arg("$time_iso8601|$remote_addr");
    says(&Run::of("site --log-format", command).err, &["--log-format cannot be used", "$request"]);
}

#[test]
fn lists_go_where_they_are_wanted() {
    let place = site();
    place.write(
        "public/own/index.html",
        "<html lang=en><title>Own</title><main>dough oven <foldin-related></foldin-related> yeast</main>",
    );
    place.foldin("site public --inject marker").says(&["1 page with a list", "no <foldin-related> in 36 pages"]);
    let own = place.read("public/own/index.html");
    assert!(
        own.contains("<foldin-related><!--foldin--><h2") && own.contains("<!--/foldin--></foldin-related> yeast"),
        "{own}"
    );
    assert!(!place.read("public/bread/1/index.html").contains("foldin"));
    says(&place.refused("site public --inject a["), &["`a[` is no CSS selector"]);
}

/// The mean number of the pages in all lists: the number is the day of the page's date.
fn mean_day(place: &Place) -> f64 {
    let mut days = Vec::new();
    for (name, _) in TOPICS {
        for n in 0..PAGES {
            let day = |link: &String| link.trim_end_matches('/').rsplit('/').next().unwrap().parse::<f64>().unwrap();
            days.extend(links(place, name, n).iter().map(day));
        }
    }
    days.iter().sum::<f64>() / days.len() as f64
}

#[test]
fn a_half_life_prefers_newer_pages_as_far_as_it_is_short() {
    let place = site();
    place.foldin("site public");
    let without = mean_day(&place);
    assert!(place.json("public/foldin/pages.json")["freshness"].is_null());
    place.foldin("site public --half-life 1000");
    assert!((mean_day(&place) - without).abs() < 0.5, "{} and {without}", mean_day(&place));
    place.foldin("site public --half-life 2");
    assert!(mean_day(&place) > without + 0.3, "{} and {without}", mean_day(&place));
    let pages = place.json("public/foldin/pages.json");
    assert_eq!(pages["freshness"], serde_json::json!({ "halfLife": 2.0, "undated": "2024-05-07" }));
    assert_eq!(pages["pages"]["/bread/0/"]["date"], "2024-05-01");

    says(&place.refused("site public --half-life 0"), &["expected a number of days from 1 to 36500"]);
    place.write("undated/a.html", "<main>dough</main>").write("undated/b.html", "<main>dough</main>");
    place.foldin("site undated --half-life 9").says(&["--half-life changes nothing, because no page has a date"]);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let place = site();
    place.write("empty/readme.txt", "x").write("hidden/index.html", "<title>x</title>");
    says(&place.refused("site nowhere"), &["nowhere is no folder", "public, _site or dist"]);
    says(&place.refused("site empty"), &["empty holds no page to suggest", "build the site first"]);
    says(&place.refused("site hidden"), &["1 home page", "--dry-run"]);
    says(&place.refused("site public --log nothing.log"), &["nothing.log"]);
    place.write("two/a.html", "<body data-foldin-id=x>a").write("two/b.html", "<body data-foldin-id=x>b");
    says(&place.refused("site two"), &["a.html and b.html have the same id `x`", "data-foldin-id"]);
}
