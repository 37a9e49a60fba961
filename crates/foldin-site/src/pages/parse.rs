//! One HTML file to what it says about itself.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::linked_data::{self, LinkedData, split_tags};
use super::main_text::{self, MainText};

/// Marks a page, or a part of its text, that foldin is to leave alone.
pub(super) const IGNORE: &str = "data-foldin-ignore";

/// What one file says, before it is compared with the other pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RawPage {
    /// `data-foldin-id`.
    pub id: Option<String>,
    /// Candidates for the title, the most trustworthy first: `og:title`, JSON-LD, `h1`, `title`.
    pub titles: Vec<String>,
    pub description: Option<String>,
    /// Addresses of pictures, the one for link previews first.
    pub images: Vec<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    /// `data-foldin-tags`: these and no others.
    pub own_tags: Option<Vec<String>>,
    /// `meta name=keywords`, which many sites fill with the same words on every page.
    pub keywords: Vec<String>,
    pub author: Option<String>,
    /// Dates as written, the most trustworthy first.
    pub dates: Vec<String>,
    pub language: Option<String>,
    pub canonical: Option<String>,
    /// Where a redirect leads.
    pub redirect: Option<String>,
    pub is_noindex: bool,
    pub is_ignored: bool,
    /// Whether the page says of itself that it is an article.
    pub is_article: bool,
    pub has_base: bool,
    /// Addresses of all links, those of the navigation included.
    pub links: Vec<String>,
    pub main: MainText,
}

macro_rules! selectors {
    ($($name:ident = $selector:literal;)*) => {
        $(static $name: LazyLock<Selector> =
            LazyLock::new(|| Selector::parse($selector).expect("the selector is fixed"));)*
    };
}

selectors! {
    META = "meta";
    HTML = "html";
    BASE = "base[href]";
    LINKS = "a[href]";
    CANONICAL = "link[rel~=canonical][href]";
    JSON_LD = "script[type='application/ld+json']";
    TITLE = "head > title, title";
    HEADING = "h1";
    OWN = "[data-foldin-id], [data-foldin-tags]";
    TIME = "article time[datetime], main time[datetime], header time[datetime], time[datetime]";
    PUBLISHED = "[itemprop=datePublished], time[pubdate], time.published, time.dt-published";
    AUTHOR = "[rel~=author], [itemprop=author], .p-author";
}

/// Reads a page.
pub(super) fn parse(html: &str) -> RawPage {
    let document = Html::parse_document(html);
    let metas: Vec<(String, String)> = document.select(&META).filter_map(meta).collect();
    let meta = |names: &[&str]| -> Option<String> {
        names.iter().find_map(|name| metas.iter().find(|(of, _)| of == name)).map(|(_, content)| content.clone())
    };
    let all = |name: &str| metas.iter().filter(|(of, _)| of == name).map(|(_, content)| content.clone()).collect();
    let data = linked_data(&document);
    let main = main_text::read(&document);
    let own =
        |name: &str| document.select(&OWN).find_map(|element| element.attr(name)).map(|text| text.trim().to_owned());
    let first_text = |selector: &Selector| {
        document.select(selector).map(|element| main_text::plain(&element)).find(|text| !text.is_empty())
    };
    let headings: Vec<String> = document.select(&HEADING).map(|element| main_text::plain(&element)).collect();

    let mut tags: Vec<String> = all("article:tag");
    tags.extend(data.tags);
    tags.extend(main.tags.iter().cloned());
    let titles = [meta(&["og:title"]), data.headline, headings.into_iter().find(|text| !text.is_empty())];
    let preview = meta(&["og:image", "og:image:url", "twitter:image"]);
    let robots = ["robots", "googlebot"].map(|name| meta(&[name]).unwrap_or_default().to_lowercase());
    let in_text = document.select(&PUBLISHED).chain(document.select(&TIME));
    let in_text =
        in_text.filter_map(|element| element.attr("datetime").or_else(|| element.attr("content")).map(str::to_owned));
    let metas_of_date =
        ["article:published_time", "date", "dc.date", "dc.date.issued", "dcterms.created", "publish_date"];
    let dates = meta(&metas_of_date[..1]).into_iter().chain(data.date).chain(meta(&metas_of_date[1..])).chain(in_text);
    RawPage {
        id: own("data-foldin-id").filter(|id| !id.is_empty()),
        titles: titles.into_iter().flatten().chain(first_text(&TITLE)).collect(),
        description: meta(&["og:description", "description", "twitter:description"]).or(data.description),
        images: preview.into_iter().chain(data.image).chain(main.image.clone()).collect(),
        section: meta(&["article:section"]).or(data.section),
        tags,
        own_tags: own("data-foldin-tags").map(|tags| split_tags(&tags)),
        keywords: meta(&["keywords"]).map(|text| split_tags(&text)).unwrap_or_default(),
        author: meta(&["author", "article:author"]).or(data.author).or_else(|| first_text(&AUTHOR)),
        dates: dates.collect(),
        language: document
            .select(&HTML)
            .find_map(|element| element.attr("lang").or_else(|| element.attr("xml:lang")))
            .map(str::to_owned)
            .or_else(|| meta(&["og:locale", "http:content-language"]))
            .or(data.language),
        canonical: document.select(&CANONICAL).find_map(|link| link.attr("href")).map(str::to_owned),
        redirect: meta(&["http:refresh"]).and_then(|content| redirect(&content)),
        is_noindex: robots
            .iter()
            .flat_map(|rules| rules.split(','))
            .any(|rule| matches!(rule.trim(), "noindex" | "none")),
        is_ignored: main.is_ignored || meta(&["foldin"]).is_some_and(|content| content == "ignore"),
        is_article: data.is_article || meta(&["og:type"]).is_some_and(|kind| kind == "article"),
        has_base: document.select(&BASE).next().is_some(),
        links: document.select(&LINKS).filter_map(|link| link.attr("href")).map(str::to_owned).collect(),
        main,
    }
}

/// Name and content of a `meta`; those with `http-equiv` have names that begin with `http:`.
fn meta(element: ElementRef<'_>) -> Option<(String, String)> {
    let content = element.attr("content")?.trim();
    let name = match element.attr("http-equiv") {
        Some(name) => format!("http:{}", name.trim().to_lowercase()),
        None => element.attr("property").or_else(|| element.attr("name"))?.trim().to_lowercase(),
    };
    (!content.is_empty()).then(|| (name, content.to_owned()))
}

/// The first article that JSON-LD describes.
fn linked_data(document: &Html) -> LinkedData {
    let scripts = document.select(&JSON_LD).map(|script| linked_data::read(&script.text().collect::<String>()));
    scripts.into_iter().find(|data| data.is_article).unwrap_or_default()
}

/// The target of `0; url=/new/`.
fn redirect(content: &str) -> Option<String> {
    let (_, target) = content.split_once([';', ','])?;
    let target = target.trim();
    let target = target.get(..3).filter(|start| start.eq_ignore_ascii_case("url")).map_or(target, |_| &target[3..]);
    let target = target.trim_start_matches([' ', '=']).trim_matches(['\'', '"', ' ']);
    (!target.is_empty()).then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_who_it_is() {
        let page = parse(
            r#"<!doctype html><html lang="de-AT"><head><title>Brot – Backen</title>
            <meta property="og:title" content="Brot"><meta name="description" content="Über Brot">
            <meta property="og:image" content="/brot.jpg"><meta name="keywords" content="a, b">
            <meta property="article:tag" content="Teig"><meta property="article:published_time" content="2024-05-01">
            <link rel="canonical" href="https://h.org/brot/"></head>
            <body><nav>Weg</nav><main><h1>Brot!</h1><p>Mehl und Wasser.</p><a rel="tag" href="/t/x/">Ofen</a></main>"#,
        );
        assert_eq!(page.titles, ["Brot", "Brot!", "Brot – Backen"]);
        assert_eq!(page.tags, ["Teig", "Ofen"]);
        assert_eq!(page.keywords, ["a", "b"]);
        assert_eq!((page.language.as_deref(), page.canonical.as_deref()), (Some("de-AT"), Some("https://h.org/brot/")));
        assert_eq!((page.dates, page.images), (vec!["2024-05-01".to_owned()], vec!["/brot.jpg".to_owned()]));
        assert!(!page.is_noindex && !page.is_ignored && page.redirect.is_none());
    }

    #[test]
    fn redirects_and_robots_are_seen() {
        let page = parse(
            r#"<meta http-equiv="refresh" content="0; URL='/new/'"><meta name=robots content="NOINDEX, follow">"#,
        );
        assert_eq!((page.redirect.as_deref(), page.is_noindex), (Some("/new/"), true));
        assert_eq!(parse(r#"<meta http-equiv="refresh" content="300">"#).redirect, None);
        assert!(!parse("<meta name=robots content='index, max-image-preview:none'>").is_noindex);
    }

    #[test]
    fn attributes_of_our_own_win() {
        let page = parse(r#"<body><main data-foldin-id="x" data-foldin-tags="p, q"><a rel=tag>r</a>"#);
        assert_eq!((page.id.as_deref(), page.own_tags), (Some("x"), Some(vec!["p".to_owned(), "q".to_owned()])));
        assert!(parse("<html data-foldin-ignore><body>x").is_ignored);
        assert!(parse("<body><article data-foldin-ignore>x</article>").is_ignored);
        let part = parse("<body><main>a <p data-foldin-ignore>b</p></main>");
        assert!(!part.is_ignored && part.main.text == "a");
    }
}
