//! JSON-LD: what search engines are told about a page (schema.org).

use serde_json::Value;

/// The types of schema.org that are something to read.
const ARTICLES: [&str; 9] = [
    "Article",
    "BlogPosting",
    "NewsArticle",
    "TechArticle",
    "ScholarlyArticle",
    "Report",
    "Recipe",
    "HowTo",
    "Product",
];

/// What JSON-LD says about an article; empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LinkedData {
    pub is_article: bool,
    pub headline: Option<String>,
    pub description: Option<String>,
    pub image: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub author: Option<String>,
    pub date: Option<String>,
    pub language: Option<String>,
}

/// Reads the content of one `<script type="application/ld+json">`; broken JSON says nothing.
pub(super) fn read(json: &str) -> LinkedData {
    let Ok(value) = serde_json::from_str::<Value>(json) else { return LinkedData::default() };
    let found = objects(&value).into_iter().find(|object| types(object).any(|name| ARTICLES.contains(&name)));
    let Some(object) = found else { return LinkedData::default() };
    let text = |key: &str| first_text(&object[key]);
    LinkedData {
        is_article: true,
        headline: text("headline").or_else(|| text("name")),
        description: text("description"),
        image: text("image").or_else(|| text("thumbnailUrl")),
        section: text("articleSection").or_else(|| text("recipeCategory")),
        tags: keywords(&object["keywords"]),
        author: text("author"),
        date: text("datePublished").or_else(|| text("dateCreated")),
        language: text("inLanguage"),
    }
}

/// All objects at the top, in an array, or in an `@graph`.
fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(objects).collect(),
        Value::Object(object) => {
            let inner = object.get("@graph").map(objects).unwrap_or_default();
            std::iter::once(value).chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let (one, many) = match &object["@type"] {
        Value::String(name) => (Some(name.as_str()), None),
        Value::Array(names) => (None, Some(names.iter().filter_map(Value::as_str))),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten())
}

/// A text, the name or address of an object, or that of the first in a list.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Array(values) => values.iter().find_map(first_text),
        Value::Object(object) => ["name", "url", "@value"].iter().find_map(|key| object.get(*key).and_then(first_text)),
        _ => None,
    }
}

fn keywords(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => split_tags(text),
        Value::Array(values) => values.iter().filter_map(first_text).collect(),
        _ => Vec::new(),
    }
}

/// Tags separated by commas.
pub(super) fn split_tags(text: &str) -> Vec<String> {
    text.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_of_a_graph_is_found() {
        let read = read(
            r#"{"@graph": [{"@type": "WebSite", "name": "Site"}, {"@type": ["BlogPosting"], "headline": " A ",
            "image": [{"url": "/a.png"}], "keywords": "x, y", "author": {"name": "Ann"}, "datePublished": "2024-05-01"}]}"#,
        );
        let text = |text: &str| Some(text.to_owned());
        assert_eq!((read.headline, read.image, read.author), (text("A"), text("/a.png"), text("Ann")));
        assert_eq!((read.tags, read.date), (vec!["x".to_owned(), "y".to_owned()], text("2024-05-01")));
    }

    #[test]
    fn broken_and_other_data_say_nothing() {
        for json in ["", "{", "[]", "3", r#"{"@type": "WebSite", "headline": "A"}"#] {
            assert_eq!(read(json), LinkedData::default(), "{json}");
        }
    }
}
