//! What is said of the people that a model is learned from.

use crate::fixtures::films;
use crate::harness::{Place, says};

/// The films, and one that only `u1` has seen.
fn with_a_lone_film() -> Place {
    let place = films();
    let events = place.read("films/events.csv") + "u1,lone,5,1000000000\n";
    place.write("films/events.csv", events);
    place
}

#[test]
fn by_default_no_like_can_be_named() {
    let place = with_a_lone_film();
    place
        .foldin("train films --factors 4 --no-evaluate")
        .says(&["privacy: at least 3 people behind every entry; 0 of 321 likes can be named from the files"]);
    let run = place.foldin("inspect --privacy");
    says(&run.out, &["model v1.0.0\n", "  min-support  3 people behind every entry\n"]);
    says(&run.out, &["  learned from 321 likes of 40 people\n", "  rare         1 item liked by fewer than 3"]);
    says(&run.out, &["  named        0 of 321 likes can be named from the files\n", "10 or more\nneighbours "]);
    assert!(!run.out.contains("membership"), "{run}");
    let recorded = place.foldin("inspect --privacy --json").json();
    let measured = place.foldin("inspect --privacy --data films --json").json();
    for key in ["minSupport", "people", "likes", "rareItems", "lists", "named", "inferred"] {
        assert_eq!(recorded[key], measured[key], "{key}");
    }
    let auc = measured["membership"]["auc"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&auc), "{auc}");
    // The film has no row anywhere, but is still known.
    says(&place.foldin("inspect").out, &["for 20 items\n", "  items     22,"]);
}

#[test]
fn below_three_people_histories_can_be_named_and_that_is_said() {
    let place = with_a_lone_film();
    let run = place.foldin("train films --factors 4 --no-evaluate --min-support 1");
    run.says(&["--min-support 1: 1 person can be behind an entry or a count, so that histories can be read"]);
    run.says(&["privacy: one person is enough for an entry; 9 of 321 likes, of 1 of 40 people, can be named"]);
    let run = place.foldin("inspect --privacy --data films");
    says(&run.out, &["  named        9 of 321 likes, of 1 of 40 people, can be named from the files\n"]);
    place.foldin("train films --factors 4 --no-evaluate --min-support 2").says(&["--min-support 2: 2 people can be"]);
    for wrong in ["0", "101", "x"] {
        place.refused(&format!("train films --min-support {wrong}"));
    }
}

#[test]
fn a_site_of_forty_people_and_twenty_items_is_still_recommended_to() {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate");
    let run = place.foldin("recommend --liked 0078748 -k 5");
    assert_eq!(run.out.lines().filter(|line| line.contains("because of Alien")).count(), 5, "{run}");
}

#[test]
fn a_model_of_which_nothing_is_known_says_how_to_measure_it() {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate");
    place.write("model/v1.0.0/metadata.json", "{}");
    says(&place.refused("inspect --privacy"), &["metadata.json says nothing about it", "--data DATA"]);
    says(&place.refused("inspect --data films"), &["--privacy"]);
    let score = place.only_file("model/v1.0.0", "score-");
    says(&place.refused(&format!("inspect {score} --privacy")), &["is about a whole model"]);
}

#[test]
fn who_publishes_histories_is_warned_and_asked_on_a_terminal_alone() {
    let place = films();
    for options in ["--with-users", "--with-users --yes"] {
        place
            .foldin(&format!("train films --factors 3 --no-evaluate {options}"))
            .says(&["--with-users writes the history of every user into a file"]);
        says(&place.foldin("inspect --privacy").out, &["  users file   every history"]);
    }
}
