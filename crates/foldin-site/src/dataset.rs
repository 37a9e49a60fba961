//! Pages and visits as a data set that [`fit`](foldin_train::fit::fit) learns from.
//!
//! A page is an item: its section is its genre, its tags are its tags, and its text holds the terms of title,
//! description and main text, those of the title three times. A session is a user, and a view an event without a rating.
//! Where a site has several languages, each page also has the genre `lang:CODE`, so that a request can ask for one.

use std::collections::HashMap;

use foldin_data::{Dataset, Events, ItemNo, ItemRecord, UserNo};

use crate::counts::Counts;
use crate::pages::{Page, Pages};
use crate::text::{Language, terms};
use crate::visits::Session;

/// How often terms of the title count beside those of the main text.
const TITLE: usize = 3;
/// The same of the description.
const DESCRIPTION: usize = 2;

/// The genre of a language, where a site has several.
pub fn language_genre(language: &str) -> String {
    format!("lang:{language}")
}

/// The data set of a site, from its pages, the sessions of its visitors, and what was counted in earlier runs.
pub fn dataset(name: &str, pages: &Pages, sessions: &[Session], counts: &Counts) -> Dataset {
    let languages: HashMap<&str, Language> =
        pages.languages().into_iter().map(|code| (code, Language::of(code))).collect();
    let has_several = languages.len() > 1;
    let record = |page: &Page| {
        let language = languages.get(&*page.language).expect("all languages of the pages are there");
        record(page, language, has_several)
    };
    let mut dataset = Dataset {
        name: name.to_owned(),
        items: pages.pages.iter().map(|page| page.id.clone().into_boxed_str()).collect(),
        catalogue: pages.pages.iter().map(record).collect(),
        ..Dataset::default()
    };
    // The past comes first: sessions are divided by time.
    for (times, views) in counts.sessions(pages) {
        add_session(&mut dataset, &views, &times);
    }
    sessions.iter().for_each(|session| add_session(&mut dataset, &session.pages, &session.times));
    dataset
}

fn add_session(dataset: &mut Dataset, pages: &[u32], times: &[i64]) {
    let user = UserNo(dataset.users.len() as u32);
    dataset.users.insert(format!("s{:08}", user.0).into());
    let events: &mut Events = &mut dataset.events;
    for (&page, &time) in pages.iter().zip(times) {
        events.users.push(user);
        events.items.push(ItemNo(page));
        events.ratings.push(1.0);
        events.times.push(time);
    }
}

fn record(page: &Page, language: &Language, has_several: bool) -> ItemRecord {
    let mut words = Vec::new();
    for (text, times) in [(&page.title, TITLE), (&page.description, DESCRIPTION), (&page.text, 1)] {
        let terms = terms(text, language);
        (0..times).for_each(|_| words.extend_from_slice(&terms));
    }
    let genres = page.section.clone().into_iter().chain(has_several.then(|| language_genre(&page.language)));
    ItemRecord {
        title: page.title.clone(),
        year: None,
        genres: genres.collect(),
        tags: page.tags.clone(),
        text: words.join(" "),
        ..ItemRecord::default()
    }
}
