//! `foldin tune`, and the short search of a training.

use crate::fixtures::{events, films};
use crate::harness::{Place, says};

/// The films with ten times as many viewers, of whom enough can be held out for a search.
fn many() -> Place {
    let place = films();
    let mut all = "user,item,rating,timestamp\n".to_owned();
    for copy in 0..10 {
        all.extend(events().lines().skip(1).map(|line| format!("{copy}-{line}\n")));
    }
    place.write("films/events.csv", all);
    place
}

#[test]
fn the_best_settings_are_a_file_that_training_takes() {
    let place = films();
    let run = place.foldin("tune films --budget 2s --patience 3 --factors 4");
    says(&run.out, &["source", "trials", "at start", "ndcg@10", "taste", "neighbours", "content"]);
    run.says(&[
        "searching for up to 2s on the held-out likes of 4 users",
        "next: foldin train films --config tuned.toml",
    ]);
    // What was typed is in the file, too.
    says(&place.read("tuned.toml"), &["[als]\nfactors = 4\n", "damping = ["]);
    says(&place.foldin("config --check tuned.toml").out, &["tuned.toml: right; "]);
    let trained = place.foldin("train films --config tuned.toml");
    assert!(!trained.err.contains("searching"), "{trained}");
    trained.says(&["learned taste (4 factors), "]);
    // The search is a run like others.
    says(&place.foldin("runs").out, &["tune", "strong (validation)"]);
}

#[test]
fn a_search_goes_on_where_its_trials_end_and_begins_anew_for_other_data() {
    let place = films();
    let search = "tune films --budget 5m --patience 2 --sources taste --factors 2 --no-runs";
    let first = place.foldin(search);
    let trials = place.read("trials.jsonl");
    assert!(trials.lines().count() >= 3 && !first.err.contains("known from"), "{first}");
    let again = place.foldin(search);
    again.says(&[&format!("{} trials known from trials.jsonl", trials.lines().count())]);
    assert_eq!(first.out, again.out);
    assert_eq!(place.read("trials.jsonl"), trials);
    let other = place.foldin("tune films --budget 1s --patience 2 --sources taste --factors 3 --no-runs");
    assert!(!other.err.contains("known from"), "{other}");
}

#[test]
fn a_training_searches_unless_a_file_or_a_flag_says_the_settings() {
    let place = many();
    let searched = place.foldin("train films --no-evaluate --factors 4 --out a");
    searched.says(&[
        "searching settings on the held-out likes of 40 users",
        "  taste: NDCG@10 ",
        "  neighbours: NDCG@10 ",
    ]);
    let typed = place.foldin("train films --no-evaluate --factors 4 --alpha0 0.3 --out b");
    assert!(typed.err.contains("searching") && !typed.err.contains("  taste: NDCG@10 "), "{typed}");
    says(&place.read("b/v1.0.0/config.toml"), &["alpha0 = 0.3\n"]);
    for flags in ["--no-auto", "--config a/v1.0.0/config.toml"] {
        let run = place.foldin(&format!("train films --no-evaluate {flags} --out c"));
        assert!(!run.err.contains("searching"), "{run}");
    }
    place.foldin("train films --no-evaluate --config a/v1.0.0/config.toml --auto --out d").says(&["searching"]);
}

#[test]
fn few_users_are_no_reason_for_other_settings_than_those_that_suit_most_data() {
    let run = films().foldin("train films --no-evaluate");
    run.says(&["note: too few users to search settings on"]);
    assert!(!run.err.contains("searching"), "{run}");
}

#[test]
fn a_search_that_cannot_begin_says_why() {
    let place = films();
    says(&place.refused("tune films --budget soon"), &["--budget <TIME>"]);
    says(&place.refused("tune films --patience 0"), &["expected a whole number of at least 1"]);
    place.write("tiny/events.csv", "user,item\nann,a\nann,b\nbob,a\n");
    says(&place.refused("tune tiny"), &["`strong` needs at least 5 users"]);
    says(&place.refused("tune films --journal nowhere/trials.jsonl"), &["nowhere/trials.jsonl"]);
}
