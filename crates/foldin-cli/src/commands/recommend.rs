//! `foldin recommend`: what somebody who likes a few items may like too.

use anyhow::{Context, bail};
use foldin_core::{Profile, Recommender, Request, Signal};
use foldin_train::dataset::{self, ReadOptions};
use foldin_train::store::{self, Stored};

use crate::args::RecommendArguments;
use crate::items::{Because, Line, explain, table, title};
use crate::talk;

pub fn run(arguments: &RecommendArguments) -> anyhow::Result<()> {
    let stored = store::read(&arguments.model.model)?;
    let profile = profile(arguments, &stored)?;
    let Stored { model, descriptions, .. } = stored;
    let recommender = Recommender::new(model);
    let catalogue = &recommender.model().catalogue;
    let request = Request {
        k: arguments.k.get(),
        genres: arguments.genre.clone(),
        years: arguments.years,
        strategy: arguments.strategy,
        ..Request::default()
    };
    let answer = recommender.recommend(&profile, &request).map_err(|error| explain(error, catalogue, &descriptions))?;
    let lines: Vec<Line> = answer
        .into_iter()
        .enumerate()
        .map(|(n, one)| {
            let mut line = Line::new(n + 1, &one.id, one.score, catalogue, &descriptions);
            line.source = Some(one.source.name());
            let because = one.because.into_iter().map(|reason| {
                let item = catalogue.find(&reason.id).expect("reasons are known items");
                Because { id: reason.id, title: descriptions.title(item).to_owned(), share: reason.share }
            });
            line.because = because.collect();
            line
        })
        .collect();
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(());
    }
    let liked: Vec<String> = profile
        .events()
        .iter()
        .filter(|event| event.signal == Signal::Liked)
        .filter_map(|event| catalogue.find(&event.item))
        .map(|item| title(catalogue, &descriptions, item))
        .collect();
    match liked.len() {
        0 => talk::step("nothing is liked yet: these are popular"),
        1..=8 => talk::step(&format!("for somebody who likes {}", liked.join(", "))),
        n => talk::step(&format!("for somebody who likes {n} items, such as {}", liked[n - 3..].join(", "))),
    }
    if recommender.model().about.simulated {
        talk::note("learned from simulated viewers");
    }
    if lines.is_empty() {
        talk::step("no item passes the filters");
    }
    print!("{}", table(&lines));
    Ok(())
}

fn profile(arguments: &RecommendArguments, stored: &Stored) -> anyhow::Result<Profile> {
    if let Some(user) = &arguments.user {
        return known_user(user, arguments, stored);
    }
    let mut profile = Profile::new();
    arguments.disliked.iter().for_each(|id| profile.push(id.trim(), Signal::Disliked));
    arguments.liked.iter().for_each(|id| profile.push(id.trim(), Signal::Liked));
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
                "no user has the id \"{user}\": the model knows {}, such as {}",
                count(users.len()),
                users.ids().get(0)
            );
        };
        return Ok(Profile::liking(likes.map(|item| stored.model.catalogue.id(item))));
    };
    let (dataset, _) = dataset::read(data, &ReadOptions { skip_bad_lines: true })
        .with_context(|| format!("the data set {} cannot be read", data.display()))?;
    let Some(user_index) = dataset.users.get_index_of(user) else {
        let first = dataset.users.first().map_or("none", |id| id);
        bail!("no user has the id \"{user}\": the data set has {}, such as {first}", count(dataset.users.len()));
    };
    let threshold = stored.model.about.like_threshold.unwrap_or(f32::MIN);
    let mut profile = Profile::new();
    let events = &dataset.events;
    for row in events.in_time_order().into_iter().filter(|&row| events.users[row] as usize == user_index) {
        let item = &*dataset.items[events.items[row] as usize];
        // The model may be older than the data: what it does not know cannot move it.
        if stored.model.catalogue.find(item).is_some() {
            let signal = if events.ratings[row] >= threshold { Signal::Liked } else { Signal::Seen };
            profile.push(item, signal);
        }
    }
    Ok(profile)
}

fn count(n_users: usize) -> String {
    format!("{} users", talk::grouped(n_users as u64))
}
