//! `foldin simulate`: a replay in time, and what it refuses.

use crate::fixtures::films;
use crate::harness::says;

#[test]
fn a_replay_sets_two_systems_side_by_side_for_known_and_new_users() {
    let place = films();
    let run = place.foldin("simulate films --factors 4");
    says(&run.out, &["films from 2001-09-0", "on, with a model of the ", "foldin is"]);
    // Users come one after the other: those after the cut are new, and taste is all that tells them apart.
    says(&run.out, &["all users: ", "new users: ", "hit@10 ", "mrr@10 ", "wins ", "as the model ages"]);
    let json = place.foldin("simulate films --factors 4 -k 3 --json").json();
    assert_eq!((&json["a"], &json["b"], &json["k"]), (&"foldin".into(), &"popularity".into(), &3.into()));
    let hit = &json["all"]["hit"];
    assert!(hit["difference"]["low"].as_f64() > Some(0.0), "{json:#}");
    let interleaving = &json["all"]["interleaving"];
    let n = |name: &str| interleaving[name].as_u64().unwrap();
    assert_eq!(n("winsA") + n("winsB") + n("ties"), json["all"]["likes"].as_u64().unwrap());
    assert!(n("winsA") > n("winsB"), "{json:#}");
}

#[test]
fn a_replay_is_the_same_at_any_number_of_threads() {
    let place = films();
    let one = place.foldin("simulate films --factors 4 --json --threads 1").out;
    assert_eq!(one, place.foldin("simulate films --factors 4 --json --threads 2").out);
    assert_ne!(one, place.foldin("simulate films --factors 4 --json --replay-seed 8").out);
}

#[test]
fn a_sample_is_said_aloud() {
    let place = films();
    let run = place.foldin("simulate films --factors 4 --events 9");
    says(&run.out, &["events before: 9 of ", " likes, drawn at random", "all users: 9 likes of "]);
    run.says(&["note: asking at 9 of ", " likes, drawn at random; --events changes how many"]);
}

#[test]
fn a_day_may_part_before_from_after() {
    let place = films();
    // The first 18 users act before 1,000,019,000 seconds, which is 2001-09-09 07:03; the fixture has one day only.
    let message = place.refused("simulate films --until 2001-09-09");
    says(&message, &["no event is older than 2001-09-09, so that there is nothing to learn from"]);
    let message = place.refused("simulate films --until 2001-09-10");
    says(&message, &["from 2001-09-10 on nobody likes an item that"]);
    says(
        &place.refused("simulate films --until 1.5"),
        &["expected a share between 0 and 1, or a day as in 2000-12-31"],
    );
}

#[test]
fn items_that_are_newer_than_the_model_are_counted_and_skipped() {
    let place = films();
    let events = place.read("films/events.csv") + "u3,0000001,5,1900000000\n";
    place.write("films/events.csv", events);
    let run = place.foldin("simulate films --factors 4");
    run.says(&["note: skipping 1 event on items that do not occur before the cut"]);
}

#[test]
fn without_times_there_is_nothing_to_replay() {
    let place = films();
    let events: Vec<String> =
        place.read("films/events.csv").lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned()).collect();
    place.write("timeless/events.csv", events.join("\n") + "\n");
    says(&place.refused("simulate timeless"), &["error: the data set has no times", "add a column timestamp"]);
}

#[test]
fn systems_that_cannot_recommend_are_refused() {
    let place = films();
    says(&place.refused("simulate films --a random"), &["expected one of foldin, taste, neighbours"]);
    says(&place.refused("simulate films --b best"), &["expected one of foldin, taste"]);
}
