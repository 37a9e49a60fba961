//! What `foldin site` says: the pages it understood, how many requests were left out and why, and what was learned.

use std::fmt::Write;
use std::path::Path;

use foldin_site::inject::Place;
use foldin_site::pages::{Page, Pages, day, kinds};
use foldin_site::visits::{Funnel, Visits};
use foldin_train::fit::Fitted;

use crate::output::{self, columns, count, plain};
use crate::tables;

/// How many examples of files are named.
const EXAMPLES: usize = 3;

/// What was found in the folder.
pub(crate) fn pages(folder: &Path, pages: &Pages) {
    let Pages { base, pages: found, left_out, .. } = pages;
    let below = if base == "/" { String::new() } else { format!(", served below {base}") };
    output::step(&format!("{}: {}{below}", folder.display(), count(found.len(), "page")));
    let share = |what: &str, has: &dyn Fn(&Page) -> bool| {
        let n = found.iter().filter(|page| has(page)).count();
        (n > 0).then(|| format!("{what} {}", if n == found.len() { "all".to_owned() } else { n.to_string() }))
    };
    let fields = [
        share("with description", &|page| !page.description.is_empty()),
        share("section", &|page| page.section.is_some()),
        share("tags", &|page| !page.tags.is_empty()),
        share("date", &|page| page.date.is_some()),
        share("image", &|page| page.image.is_some()),
    ];
    let fields: Vec<String> = fields.into_iter().flatten().collect();
    if !fields.is_empty() {
        output::detail(&fields.join(", "));
    }
    let languages = pages.languages();
    if languages.len() > 1 {
        output::detail(&format!("languages: {}; lists never mix them", languages.join(", ")));
    }
    let kinds: Vec<String> = kinds(left_out).iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    if !kinds.is_empty() {
        output::detail(&format!("left out: {} (--dry-run lists them)", kinds.join(", ")));
    }
}

/// What the logs told.
pub(crate) fn visits(pages: &Pages, visits: &Visits) {
    let Funnel { files, lines, views, visitors, .. } = visits.funnel;
    output::step(&format!("{} of {}:", count(lines as usize, "line"), count(files as usize, "log")));
    for line in funnel(&visits.funnel).lines() {
        output::detail(line);
    }
    let unread = visits.views.iter().filter(|&&views| views == 0).count();
    if views > 0 {
        if unread > 0 {
            output::detail(&format!(
                "{unread} of {} were read by none of the {}",
                count(pages.pages.len(), "page"),
                count(visitors as usize, "visitor")
            ));
        }
    } else {
        output::note(
            "no request is for a page of the folder: compare the ids of --dry-run with the addresses in the log, and \
             name the path that the folder is served below with --base",
        );
    }
}

/// The funnel as a table.
fn funnel(funnel: &Funnel) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |n: u64, what: &str| {
        if n > 0 {
            rows.push(vec![n.to_string(), what.to_owned()]);
        }
    };
    row(funnel.unread, "in no known format");
    row(funnel.counted_before, "counted before");
    row(funnel.robots, "by robots, by user agent or robots.txt");
    row(funnel.other_methods, "no GET");
    row(funnel.other_statuses, "answered with another status than 200 and 304");
    row(funnel.assets, "for pictures, styles and other files");
    row(funnel.feeds, "for feeds");
    row(funnel.prefetches, "fetched in advance");
    row(funnel.elsewhere, "for pages that are not in the folder or were left out");
    row(funnel.robots_by_behaviour, "by robots, by behaviour");
    row(funnel.views, "views of pages are left");
    row(funnel.visitors, "visitors");
    row(funnel.sessions, "sessions");
    row(funnel.bounces, "of them with one page only, left out");
    row(funnel.repeats, "repeated views, left out");
    row(funnel.kept_sessions(), "sessions to learn from");
    row(funnel.kept_views, "views in them");
    columns(&rows, &[0])
}

/// Everything that was understood, for `--dry-run`.
pub(crate) fn listing(pages: &Pages, visits: &Visits) -> String {
    let mut text = format!("{} to suggest\n", count(pages.pages.len(), "page"));
    for (n, page) in pages.pages.iter().enumerate() {
        let _ = write!(text, "\n{}\n", page.file);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(text, "  {name:<12} {}", output::clip(&plain(value), 100));
            }
        };
        field("id", &page.id);
        if page.id != page.path {
            field("path", &page.path);
        }
        field("title", &page.title);
        field("description", &page.description);
        field("image", page.image.as_deref().unwrap_or_default());
        field("section", page.section.as_deref().unwrap_or_default());
        field("tags", &page.tags.join(", "));
        field("author", page.author.as_deref().unwrap_or_default());
        field("date", &page.date.map(day).unwrap_or_default());
        field("language", &page.language);
        let words = page.text.split_whitespace().count();
        field("text", &format!("{}: {}", count(words, "word"), page.text));
        if let Some(views) = visits.views.get(n) {
            field("views", &views.to_string());
        }
    }
    if !pages.left_out.is_empty() {
        let _ = write!(text, "\n{} left out\n\n", count(pages.left_out.len(), "file"));
        let rows: Vec<Vec<String>> =
            pages.left_out.iter().map(|(file, why)| vec![file.clone(), plain(&why.to_string()).into_owned()]).collect();
        text += &columns(&rows, &[]);
    }
    if visits.funnel.files > 0 {
        let _ = write!(text, "\n{}\n\n{}", count(visits.funnel.lines as usize, "line"), funnel(&visits.funnel));
    }
    text
}

/// What was learned, and how good it is.
pub(crate) fn learned(fitted: &Fitted, bytes: u64) {
    output::step(&format!("the model has {}", output::size(bytes)));
    let points = fitted.metrics.as_ref().map_or(&[][..], |metrics| &metrics.file.sessions);
    if points.is_empty() {
        output::note("too few sessions to measure on: the lists rest on what the pages are about");
        return;
    }
    output::step("what is read next by the newest sessions, learned from those before:");
    tables::sessions::table(points).lines().for_each(output::detail);
}

/// What was done to the pages.
pub(crate) fn injected(n_pages: usize, n_changed: usize, without_place: &[&str], place: &Place) {
    let n_with = n_pages - without_place.len();
    output::step(&format!("{} with a list; {n_changed} changed", count(n_with, "page")));
    if without_place.is_empty() {
        return;
    }
    let what = match place {
        Place::Selector(selector) => format!("no element that matches {selector}, or it is not closed"),
        _ => "no <foldin-related>".to_owned(),
    };
    let examples: Vec<&str> = without_place.iter().take(EXAMPLES).copied().collect();
    output::note(&format!("{what} in {}, such as {}", count(without_place.len(), "page"), examples.join(", ")));
}
