//! `foldin recommend`: what somebody who likes a few items may like too.

use std::collections::HashSet;

use anyhow::{Context, bail};
use foldin_core::{ItemIdx, Profile, Recommender, Request, Signal};
use foldin_train::dataset::{self, ReadOptions};
use foldin_train::store::{self, Stored};

use crate::args::RecommendArguments;
use crate::items::{Because, Line, as_spelled, explain, json, print, title};
use crate::talk;

pub fn run(arguments: &RecommendArguments) -> anyhow::Result<()> {
    let stored = store::read(&arguments.model.model)?;
    let profile = profile(arguments, &stored)?;
    let Stored { model, descriptions, .. } = stored;
    let recommender = Recommender::new(model);
    let catalogue = &recommender.model().catalogue;
    let request = Request {
        k: arguments.k,
        genres: arguments.genre.iter().map(|name| as_spelled(name, catalogue)).collect(),
        years: arguments.years,
        strategy: arguments.strategy,
        diversity: arguments.diversity,
        ..Request::default()
    };
    let answer = recommender.recommend(&profile, &request).map_err(|error| explain(error, catalogue, &descriptions))?;
    let lines: Vec<Line> = answer
        .into_iter()
        .enumerate()
        .map(|(n, one)| {
            let mut line = Line::new(n + 1, &one.id, one.score, catalogue, &descriptions);
            line.stars = one.stars;
            line.sources = one.sources.iter().map(|source| source.name()).collect();
            let because = one.because.into_iter().map(|reason| {
                let item = catalogue.find(&reason.id).expect("reasons are known items");
                let (title, share) = (descriptions.title(item).to_owned(), reason.share);
                Because { id: reason.id, title, share, contribution: reason.contribution }
            });
            line.because = because.collect();
            line
        })
        .collect();
    if arguments.json {
        return Ok(talk::result(&json(&lines, recommender.model())?)?);
    }
    let liked = profile.events().iter().filter(|event| event.signal == Signal::Liked);
    let mut liked: Vec<ItemIdx> = liked.filter_map(|event| catalogue.find(&event.item)).collect();
    let mut met = HashSet::new();
    liked.retain(|item| met.insert(item.at()));
    let liked: Vec<String> = liked.into_iter().map(|item| title(catalogue, &descriptions, item)).collect();
    match liked.len() {
        0 => match &arguments.user {
            Some(user) => talk::step(&format!("user {user} likes nothing that this model knows: these are popular")),
            None => talk::step("nothing is liked yet: these are popular"),
        },
        1..=8 => talk::step(&format!("for somebody who likes {}", liked.join(", "))),
        n => talk::step(&format!("for somebody who likes {n} items, such as {}", liked[n - 3..].join(", "))),
    }
    let is_filtered = !arguments.genre.is_empty() || arguments.years.is_some();
    Ok(print(&lines, recommender.model(), is_filtered)?)
}

fn profile(arguments: &RecommendArguments, stored: &Stored) -> anyhow::Result<Profile> {
    if let Some(user) = &arguments.user {
        return known_user(user, arguments, stored);
    }
    let mut profile = Profile::new();
    arguments.disliked.iter().for_each(|id| profile.push(id, Signal::Disliked));
    arguments.liked.iter().for_each(|id| profile.push(id, Signal::Liked));
    Ok(profile)
}

/// What a user liked, from the data set if one is given, or else from the model. Everything else that the data set
/// says they rated is known to them too.
fn known_user(user: &str, arguments: &RecommendArguments, stored: &Stored) -> anyhow::Result<Profile> {
    let Some(data) = &arguments.data else {
        let Some(users) = &stored.users else {
            bail!(
                "this model holds no users: give the data set with --data DATA, or train with --with-users; \
                 for a stranger use --liked"
            );
        };
        let Some(likes) = users.likes(user) else {
            bail!(
                "no user has the id \"{user}\": the model knows {}{}",
                talk::count(users.len(), "user"),
                such_as(users.ids().iter(), user)
            );
        };
        return Ok(Profile::liking(likes.map(|item| stored.model.catalogue.id(item))));
    };
    let (dataset, _) = dataset::read(data, &ReadOptions { skip_bad_lines: true })
        .with_context(|| format!("the data set {} cannot be read", data.display()))?;
    let Some(user_index) = dataset.users.get_index_of(user) else {
        bail!(
            "no user has the id \"{user}\": the data set has {}{}",
            talk::count(dataset.users.len(), "user"),
            such_as(dataset.users.iter().map(|id| &**id), user)
        );
    };
    let threshold = stored.model.about.like_threshold.unwrap_or(f32::MIN);
    let mut profile = Profile::new();
    let events = &dataset.events;
    let mut n_unknown = 0;
    for row in events.in_time_order().into_iter().filter(|&row| events.users[row] as usize == user_index) {
        let item = &*dataset.items[events.items[row] as usize];
        // The model may be older than the data: what it does not know cannot move it.
        if stored.model.catalogue.find(item).is_some() {
            let signal = if events.ratings[row] >= threshold { Signal::Liked } else { Signal::Seen };
            profile.push(item, signal);
        } else {
            n_unknown += 1;
        }
    }
    if n_unknown > 0 {
        talk::note(&format!(
            "the model does not know {} of this user; is it trained on this data set?",
            talk::count(n_unknown, "item")
        ));
    }
    Ok(profile)
}

/// Ids to go on with: one that differs in leading zeros only, or else the first.
fn such_as<'a>(mut known: impl Iterator<Item = &'a str>, wanted: &str) -> String {
    let number = |id: &str| id.trim_start_matches('0').to_owned();
    let first = known.next();
    let near = first.into_iter().chain(known).find(|id| number(id) == number(wanted));
    near.or(first).map_or_else(String::new, |id| format!(", such as {}", talk::plain(id)))
}
