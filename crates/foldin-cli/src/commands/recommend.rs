//! `foldin recommend`: what somebody who likes a few items may like too.

use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::model::Model;
use foldin_core::{Profile, Recommender, Request, Signal};
use foldin_data::{self as data, ReadOptions};
use foldin_store::{self as store, CONFIG, Stored};
use foldin_train::config;

use crate::args::RecommendArguments;
use crate::ids::{composed, named};
use crate::item_table::{Because, Line, as_spelled, explain, json, print, title};
use crate::output::{self, count};

pub(crate) fn run(arguments: &RecommendArguments) -> anyhow::Result<()> {
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
            let mut line = Line::new(n + 1, one.item, one.score, catalogue, &descriptions);
            line.stars = one.stars;
            line.sources = one.sources.iter().map(|source| source.name()).collect();
            let because = one.because.into_iter().map(|reason| {
                let (id, title) = (catalogue.id(reason.item).to_owned(), descriptions.title(reason.item).to_owned());
                Because { id, title, share: reason.share, contribution: reason.contribution }
            });
            line.because = because.collect();
            line
        })
        .collect();
    if arguments.json {
        return Ok(output::result(&json(&lines, recommender.model())?)?);
    }
    let liked = recommender.likes(&profile).map_err(|error| explain(error, catalogue, &descriptions))?;
    let liked: Vec<String> = liked.into_iter().map(|item| title(catalogue, &descriptions, item)).collect();
    match liked.len() {
        0 => match &arguments.user {
            Some(user) => output::step(&format!("user {user} likes nothing that this model knows: these are popular")),
            None => output::step("nothing is liked yet: these are popular"),
        },
        1..=8 => output::step(&format!("for somebody who likes {}", liked.join(", "))),
        n => output::step(&format!("for somebody who likes {n} items, such as {}", liked[n - 3..].join(", "))),
    }
    let is_filtered = !arguments.genre.is_empty() || arguments.years.is_some();
    Ok(print(&lines, recommender.model(), is_filtered)?)
}

fn profile(arguments: &RecommendArguments, stored: &Stored) -> anyhow::Result<Profile> {
    if let Some(user) = &arguments.user {
        return known_user(&composed(user), arguments, stored);
    }
    let mut profile = Profile::new();
    for (signal, given) in [(Signal::Disliked, &arguments.disliked), (Signal::Liked, &arguments.liked)] {
        named(given, &stored.model.catalogue)?.into_iter().for_each(|id| profile.push(id, signal));
    }
    Ok(profile)
}

/// What a user did, from the data set if one is given, or else from the model: the same profile either way.
fn known_user(user: &str, arguments: &RecommendArguments, stored: &Stored) -> anyhow::Result<Profile> {
    if let Some(data) = &arguments.data {
        return user_of_data(user, data, &read_options(&arguments.model.model, stored)?, &stored.model);
    }
    let Some(users) = &stored.users else {
        bail!(
            "this model holds no users: give the data set with --data DATA, or train with --with-users; \
             for anybody else use --liked"
        );
    };
    let Some(profile) = stored.model.profile_of_user(users, user) else {
        bail!(
            "no user has the id \"{user}\": the model knows {}{}",
            count(users.len(), "user"),
            such_as(users.ids().iter(), user)
        );
    };
    Ok(profile)
}

/// How the data set of a version was read, by the settings in the version: `--columns` and others need not be repeated.
fn read_options(folder: &Path, stored: &Stored) -> anyhow::Result<ReadOptions> {
    let path = folder.join(&stored.entry.version).join(CONFIG);
    let options = if path.is_file() { config::read(&path)?.data.read_options() } else { ReadOptions::default() };
    Ok(ReadOptions { skip_bad_lines: true, ..options })
}

fn user_of_data(user: &str, path: &Path, options: &ReadOptions, model: &Model) -> anyhow::Result<Profile> {
    let (dataset, _) =
        data::read(path, options).with_context(|| format!("the data set {} cannot be read", path.display()))?;
    let Some(history) = dataset.history_of(user) else {
        bail!(
            "no user has the id \"{user}\": the data set has {}{}",
            count(dataset.users.len(), "user"),
            such_as(dataset.users.iter().map(|id| &**id), user)
        );
    };
    // The model may be older than the data: what it does not know cannot move it.
    let (known, unknown): (Vec<_>, Vec<_>) =
        history.into_iter().partition(|(item, _)| model.catalogue.find(item).is_some());
    if !unknown.is_empty() {
        let unknown = count(unknown.len(), "item");
        output::note(&format!("the model does not know {unknown} of this user; is it trained on this data set?"));
    }
    Ok(model.profile_of(known))
}

/// Ids to go on with: one that differs in leading zeros only, or else the first.
fn such_as<'a>(mut known: impl Iterator<Item = &'a str>, wanted: &str) -> String {
    let number = |id: &str| id.trim_start_matches('0').to_owned();
    let first = known.next();
    let near = first.into_iter().chain(known).find(|id| number(id) == number(wanted));
    near.or(first).map_or_else(String::new, |id| format!(", such as {}", output::plain(id)))
}
