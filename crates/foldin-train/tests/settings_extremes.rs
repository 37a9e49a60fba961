//! Permitted settings never panic: each gives a model that can be read back, or an error, at the ends of its range and
//! together with others at theirs.

use foldin_core::file::{read_score, write_score};
use foldin_data::Dataset;
use foldin_train::cancel::Cancelled;
use foldin_train::config::{Config, Expected, SECTIONS, parse};
use foldin_train::fit::{Event, fit};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A training that has not ended after so many events is cancelled: some settings are numbers of rounds.
const MOST_EVENTS: usize = 300;

/// Two groups of people with a taste of their own, who meet at an item that comes last.
fn tiny() -> Dataset {
    let events: Vec<(String, String, f32, i64)> = (0..12_i64)
        .flat_map(|user| {
            (0..4_i64).map(move |n| {
                let item = if n == 3 { "last".to_owned() } else { format!("i{}", (user % 2) * 10 + (user + n) % 5) };
                (format!("u{user}"), item, 1.0 + ((user + n) % 5) as f32, 1000 * user + n)
            })
        })
        .collect();
    let borrowed = events.iter().map(|(user, item, rating, time)| (&**user, &**item, *rating, *time));
    Dataset::from_events("tiny", borrowed)
}

/// A setting as a line of the file, with its section.
type Line = (&'static str, String);

/// The ends of the ranges of all settings.
fn ends() -> Vec<Vec<Line>> {
    let settings = SECTIONS.iter().filter(|section| section.name != "search").flat_map(|section| {
        section.settings.iter().map(move |setting| {
            let values = match setting.expected {
                Expected::Whole(least, most) => vec![least.to_string(), most.min(1_000_000).to_string()],
                Expected::Number(least, most) | Expected::NumberOr(least, most, _) => {
                    vec![format!("{least:?}"), format!("{most:?}")]
                }
                Expected::Switch => vec!["true".to_owned(), "false".to_owned()],
                Expected::Word(words) => words.iter().map(|word| format!("{word:?}")).collect(),
                _ => Vec::new(),
            };
            values.into_iter().map(|value| (section.name, format!("{} = {value}", setting.key))).collect::<Vec<Line>>()
        })
    });
    settings.filter(|values| !values.is_empty()).collect()
}

fn config_of(lines: &[&Line]) -> Option<Config> {
    let mut text = String::new();
    for section in SECTIONS {
        let own: Vec<&str> = lines.iter().filter(|(name, _)| *name == section.name).map(|(_, line)| &**line).collect();
        if !own.is_empty() {
            text += &format!("[{}]\n{}\n", section.name, own.join("\n"));
        }
    }
    // Some settings go with some others only, which is said when they are read.
    parse("foldin.toml", &text).ok()
}

/// Whether there was a model.
fn try_to_fit(dataset: &Dataset, lines: &[&Line]) -> bool {
    let Some(config) = config_of(lines) else { return false };
    let mut n_events = 0;
    let mut observer = |_: Event<'_>| {
        n_events += 1;
        if n_events > MOST_EVENTS { Err(Cancelled) } else { Ok(()) }
    };
    match fit(dataset, &config, &mut observer) {
        Ok(fitted) => {
            let read = read_score(&write_score(&fitted.model).into());
            assert!(read.is_ok(), "{lines:?}: a model that cannot be read back: {}", read.unwrap_err());
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{lines:?}");
            false
        }
    }
}

#[test]
fn every_setting_at_the_ends_of_its_range_gives_a_model_or_an_error() {
    let dataset = tiny();
    let n_models = ends().iter().flatten().filter(|line| try_to_fit(&dataset, &[line])).count();
    assert!(n_models > 100, "{n_models} models");
}

#[test]
fn random_settings_at_the_ends_of_their_ranges_give_a_model_or_an_error() {
    let (dataset, ends) = (tiny(), ends());
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut n_models = 0;
    for _ in 0..200 {
        let n = rng.random_range(2..8);
        let chosen: Vec<&Vec<Line>> = ends.choose_multiple(&mut rng, n).collect();
        let lines: Vec<&Line> = chosen.into_iter().filter_map(|values| values.choose(&mut rng)).collect();
        n_models += usize::from(try_to_fit(&dataset, &lines));
    }
    assert!(n_models > 20, "{n_models} models");
}

#[test]
fn lists_that_a_model_cannot_hold_are_an_error_that_names_the_settings() {
    let config = parse("foldin.toml", "[sequence]\nnormalisation = 2\nshrinkage = 0\nbackward = 1e-9\n").unwrap();
    let config = Config { privacy: foldin_train::config::PrivacySection { min_support: 1 }, ..config };
    let error = fit(&tiny(), &config, &mut ()).unwrap_err().to_string();
    assert!(error.starts_with("the settings of [sequence] lead to values beyond 1e6"), "{error}");
}
