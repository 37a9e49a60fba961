//! Learning as every command does it: with what is to be said of the data, the search for settings, and progress.

use std::borrow::Cow;

use anyhow::bail;
use foldin_core::Source;
use foldin_core::model::{Model, Ranker};
use foldin_train::config::Config;
use foldin_train::dataset::{Dataset, Events};
use foldin_train::rank::learn_ranker;
use foldin_train::split::{HeldOut, Protocol, Split, SplitOptions, asks_for_next, split, users_of};
use foldin_train::train::{HIGHEST_SCALE, LEARNABLE, Likes, Step, TrainSettings, Trained, train};
use foldin_train::tune::{Journal, SearchOptions, Standing, Trial, Tuned, tune};

use crate::args::SettingsArguments;
use crate::live::Live;
use crate::progress::Progress;
use crate::talk;

/// The search of a training: a few trials a learner, about a minute on a million ratings. So many trials and not so many
/// seconds: the same data give the same model on any machine.
const TRIALS: usize = 24;
const PATIENCE: usize = 12;
const SEED: u64 = 1;
/// Fewer users than this would be learned by heart.
const LEAST_USERS: usize = 30;
/// Larger data are searched on some of their users.
const MOST_LIKES: usize = 1_000_000;

/// A model that knows nobody's taste must not take the place of one that does. A catalogue alone is another matter: what
/// items are about needs no event.
pub fn refuse_without_likes(events: &Events, threshold: Option<f32>) -> anyhow::Result<()> {
    let Some(highest) = events.ratings.iter().copied().max_by(f32::total_cmp) else { return Ok(()) };
    match threshold {
        Some(threshold) if threshold > highest => {
            bail!("nothing is liked from {threshold} on: the highest rating is {highest}; lower --threshold")
        }
        _ => Ok(()),
    }
}

/// One absurd rating among stars changes what all others mean: that is not to go unnoticed.
pub fn note_what_is_liked(dataset: &Dataset, likes: Likes) {
    let highest = dataset.events.ratings.iter().copied().fold(0.0, f32::max);
    if likes == Likes::Automatic && !dataset.ratings_are_counts && highest > HIGHEST_SCALE {
        talk::note(&format!(
            "ratings reach {highest}, so they are taken for counts and every event is a like; \
             --threshold N takes only ratings from N on"
        ));
    }
}

/// The settings that a run learns with: those that were asked for, or, where no file says any, the best that a short
/// search finds on the validation users of a split.
pub fn settle(arguments: &SettingsArguments, dataset: &Dataset, split: &Split) -> anyhow::Result<Config> {
    let config = arguments.config().clone();
    if !arguments.is_searched() {
        if !arguments.no_auto {
            talk::step("  taken as they are, without a search; --auto searches those that suit the data");
        }
        return Ok(config);
    }
    if split.validation.len() < LEAST_USERS {
        talk::note("too few users to search settings on: the settings are those that suit most data");
        return Ok(config);
    }
    let options = SearchOptions {
        trials: TRIALS,
        patience: PATIENCE,
        budget: None,
        seed: SEED,
        keep: typed(arguments),
        most_likes: Some(MOST_LIKES),
    };
    let n_users = talk::count(split.validation.len(), "user");
    talk::step(&format!("searching settings on the held-out likes of {n_users} (--no-auto leaves it out)"));
    let Tuned { settings, standings } = searched(dataset, split, &config, &options, &mut Journal::none())?;
    for standing in &standings {
        talk::step(&outcome(standing));
    }
    // What counts as a like is not searched.
    Ok(config.with(&TrainSettings { likes: config.settings().likes, ..settings }))
}

/// The sources whose knobs were typed: they stay as they are.
pub fn typed(arguments: &SettingsArguments) -> Vec<Source> {
    let taste = arguments.alpha0.is_some() || arguments.reg.is_some();
    taste.then_some(Source::Factors).into_iter().collect()
}

/// Learns what a visitor would be served by, from the training part of a split: with the settings that were asked for or
/// searched, and the ranker. Both are chosen on users of whom no figures are published.
pub fn learn_whole(
    arguments: &SettingsArguments,
    dataset: &Dataset,
    split: &Split,
) -> anyhow::Result<(Config, Trained)> {
    let chosen_on = with_validation(dataset, split);
    let config = match &chosen_on {
        Some(chosen_on) => settle(arguments, dataset, chosen_on)?,
        None => arguments.config().clone(),
    };
    let settings = TrainSettings { likes: split.likes, ..config.settings() };
    let ranker = chosen_on.map(|chosen_on| rank(dataset, &chosen_on, &settings)).transpose()?;
    let mut trained = learn(dataset, &split.train, &settings, "")?;
    trained.model.ranker = ranker.flatten();
    Ok((config, trained))
}

/// A split with users to make choices on: itself, or, where it has none of its own, a split of its training part that
/// asks what it asks. `None` where the training part is too small for one.
fn with_validation<'a>(dataset: &Dataset, given: &'a Split) -> Option<Cow<'a, Split>> {
    if !given.validation.is_empty() {
        return Some(Cow::Borrowed(given));
    }
    let training = dataset.with_events(given.train.clone());
    let threshold = given.likes.threshold(&training).unwrap_or(f32::MIN);
    let trained = users_of(&given.train);
    let protocol = match given.test.iter().all(|one| trained.contains(&one.user)) {
        false => Protocol::Strong,
        true if asks_for_next(&given.test) => Protocol::Loo,
        true => Protocol::Holdout,
    };
    let mut inner = split(&training, protocol, &SplitOptions { threshold, seed: SEED }).ok()?;
    // Whom to publish figures of is decided already.
    let mut test: Vec<HeldOut> = std::mem::take(&mut inner.test);
    match protocol {
        Protocol::Strong => inner.validation.append(&mut test),
        _ => inner.validation = test,
    }
    (!inner.validation.is_empty()).then_some(Cow::Owned(inner))
}

/// Learns the ranker on the validation users of a split and on others from its training part, with progress.
pub fn rank(dataset: &Dataset, split: &Split, settings: &TrainSettings) -> anyhow::Result<Option<Ranker>> {
    let progress = Progress::new("learning to rank", 100);
    let learned = learn_ranker(dataset, split, settings, |step| progress.set(100 * step.number / step.of))?;
    let Some(learned) = learned else { return Ok(None) };
    let from = talk::count(learned.n_profiles, "profile");
    progress.end(&match &learned.ranker {
        Some(Ranker { trees: Some(trees), .. }) => {
            format!("learned to rank from {from}: a blend and {}", talk::count(trees.len(), "tree"))
        }
        Some(_) => format!("learned to rank from {from}: a blend"),
        None => "no ranker was learned from so few: candidates are put in order by a fixed blend".to_owned(),
    });
    Ok(learned.ranker)
}

/// Searches, and shows how far it has come.
pub fn searched(
    dataset: &Dataset,
    split: &Split,
    config: &Config,
    options: &SearchOptions,
    journal: &mut Journal,
) -> anyhow::Result<Tuned> {
    let live = Live::new();
    let mut shown = Vec::new();
    let start = TrainSettings { likes: split.likes, ..config.settings() };
    let tuned = tune(dataset, split, &start, options, journal, |trial, standings| {
        let best: Vec<(Source, usize)> = standings.iter().map(|one| (one.source, one.best.number)).collect();
        // A short search says what came of it, a long one also what comes up.
        let is_news = options.budget.is_some() && best.iter().any(|one| !shown.contains(one));
        live.show(&table(standings), is_news.then(|| line(trial)).as_deref());
        shown = best;
    });
    live.end();
    Ok(tuned?)
}

/// The best of each learner.
pub fn table(standings: &[Standing]) -> String {
    let mut table = format!("{:<12}{:>7}{:>10}{:>9}  best settings\n", "source", "trials", "at start", "ndcg@10");
    for standing in standings {
        let values = match standing.best.number {
            0 => "as at the start".to_owned(),
            _ => values(&standing.best),
        };
        let (name, n_trials) = (standing.source.name(), standing.n_trials);
        let (start, best) = (figure(standing.at_start), figure(standing.best.figure));
        table += &format!("{name:<12}{n_trials:>7}{start:>10}{best:>9}  {values}\n");
    }
    table
}

fn line(trial: &Trial) -> String {
    format!("  {} {}: {}", trial.source.name(), figure(trial.figure), values(trial))
}

fn outcome(standing: &Standing) -> String {
    let (name, start, best) = (standing.source.name(), figure(standing.at_start), figure(standing.best.figure));
    match standing.best.number {
        0 => format!("  {name}: NDCG@10 {start} as it was"),
        _ => format!("  {name}: NDCG@10 {best} instead of {start} with {}", values(&standing.best)),
    }
}

fn values(trial: &Trial) -> String {
    trial.values.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}

fn figure(figure: Option<f64>) -> String {
    figure.map_or_else(|| "none".to_owned(), |figure| format!("{figure:.4}"))
}

/// Learns from some of a data set's events, with progress; `indent` is set before what is said of it.
pub fn learn(dataset: &Dataset, events: &Events, settings: &TrainSettings, indent: &str) -> anyhow::Result<Trained> {
    learn_watched(dataset, events, settings, indent, |_| {})
}

/// The same, with every step shown to `watch`.
pub fn learn_watched(
    dataset: &Dataset,
    events: &Events,
    settings: &TrainSettings,
    indent: &str,
    mut watch: impl FnMut(&Step),
) -> anyhow::Result<Trained> {
    let progress = Progress::new("learning", settings.n_steps());
    let trained = train(dataset, events, settings, |step| {
        watch(&step);
        progress.set(step.number);
    })?;
    let about = &trained.model.about;
    // Where likes were told apart before, nothing is to be said of ratings.
    let every = if settings.likes == Likes::Automatic { " (every event)" } else { "" }.to_owned();
    let learned = parts(&trained.model);
    if about.n_likes == 0 {
        progress.end(&format!("{indent}{learned} from the catalogue alone: there is no like"));
        return Ok(trained);
    }
    progress.end(&format!(
        "{indent}{learned} from {} of {}{}",
        talk::count(about.n_likes as usize, "like"),
        talk::count(about.n_users as usize, "user"),
        about.like_threshold.map_or_else(|| every, |stars| format!(" (ratings of {stars} and more)")),
    ));
    Ok(trained)
}

/// The parts that a model has, as a sentence begins.
fn parts(model: &Model) -> String {
    let name = |source: &Source| match (source, &model.factors) {
        (Source::Factors, Some(factors)) => format!("taste ({} factors)", factors.rows.n_cols()),
        _ => source.name().to_owned(),
    };
    let parts: Vec<String> = LEARNABLE.iter().filter(|&&source| model.has(source)).map(name).collect();
    match (parts.join(", "), &model.stars) {
        (parts, None) if parts.is_empty() => "counted what is popular".to_owned(),
        (parts, None) => format!("learned {parts}"),
        (parts, Some(_)) if parts.is_empty() => "learned stars".to_owned(),
        (parts, Some(_)) => format!("learned {parts} and stars"),
    }
}
