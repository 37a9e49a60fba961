//! How the program talks: to people, to programs, into a file, or not at all.

use serde_json::Value;

use crate::fixtures::films;
use crate::harness::{Place, says};

#[track_caller]
fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The one event whose message holds this.
#[track_caller]
fn event<'a>(events: &'a [Value], message: &str) -> &'a Value {
    let found: Vec<&Value> =
        events.iter().filter(|event| event["message"].as_str().unwrap().contains(message)).collect();
    assert_eq!(found.len(), 1, "{message}: {events:?}");
    found[0]
}

#[test]
fn json_logs_are_one_object_a_line_with_figures_and_the_result_stays_alone() {
    let place = films();
    let run = place.foldin("train films --factors 4 --log-format json");
    assert_eq!(run.out.lines().count(), 1, "{run}");
    let events = objects(&run.err);
    assert!(events.iter().all(|event| event["timestamp"].is_string() && event["level"].is_string()), "{run}");
    let read = event(&events, "read films: 400 events");
    assert_eq!((&read["level"], &read["users"], &read["items"]), (&"INFO".into(), &40.into(), &21.into()));
    assert!(read["seconds"].is_number());
    assert!(event(&events, "and ratings from 320 likes of 40 users")["seconds"].is_number());
    let measured = event(&events, "for them: NDCG@10");
    assert!(measured["ndcg@10"].as_f64() > Some(0.0) && measured["recall@20"].is_number());
    // What stands further in as text begins with its words here.
    assert!(measured["message"].as_str().unwrap().starts_with("for them: "));
}

#[test]
fn notes_are_warnings_and_errors_name_their_causes() {
    let place = films();
    place.write("tiny/events.csv", "user,item\nann,a\nann,b\nbob,a\n");
    let run = place.foldin("train tiny --log-format json --out tiny-model");
    assert_eq!(event(&objects(&run.err), "not measured: ")["level"], "WARN");
    let run = place.run("train nowhere --log-format json");
    let events = objects(&run.err);
    let error = event(&events, "the data set nowhere cannot be read");
    assert_eq!((run.code, &error["level"]), (Some(1), &"ERROR".into()));
    assert!(error["because"].is_string(), "{run}");
    says(&place.refused("train nowhere"), &["error: the data set nowhere cannot be read\n  because: "]);
}

#[test]
fn a_log_file_gets_everything_line_after_line_and_the_text_stays_as_it_is() {
    let place = films();
    let run = place.foldin("train films --factors 4 --no-evaluate --log-file run.log");
    run.says(&["read films: 400 events", "and ratings from 320 likes of 40 users"]);
    let first = objects(&place.read("run.log"));
    assert_eq!(first.len(), run.err.lines().count(), "{run}");
    for (event, line) in first.iter().zip(run.err.lines()) {
        assert!(line.ends_with(event["message"].as_str().unwrap()), "{line}");
    }
    place.run("train nowhere --log-file run.log");
    let both = objects(&place.read("run.log"));
    assert_eq!((&both[..first.len()], both.len()), (&first[..], first.len() + 1));
}

#[test]
fn quiet_leaves_results_and_errors() {
    let place = films();
    let run = place.foldin("train films --factors 4 --quiet");
    assert_eq!((run.err.as_str(), run.out.lines().count()), ("", 1), "{run}");
    says(&place.refused("train nowhere -q"), &["error: the data set nowhere cannot be read"]);
    // A file that was asked for is no noise.
    place.foldin("train films --factors 4 --quiet --log-file run.log");
    event(&objects(&place.read("run.log")), "and ratings from 320 likes");
}

#[test]
fn pipes_get_no_control_characters() {
    let place = films();
    for format in ["text", "json"] {
        let run = place.foldin(&format!("train films --factors 4 --log-format {format}"));
        assert!(!run.err.chars().any(|letter| letter.is_control() && letter != '\n'), "{:?}", run.err);
    }
}

#[test]
fn a_log_file_that_cannot_be_written_is_an_error_before_any_work() {
    let place = Place::new();
    let message = place.refused("train --log-file no/where.log");
    says(&message, &["error: cannot write no/where.log\n  because: "]);
    assert!(!place.path("model").exists());
}
