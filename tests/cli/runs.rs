//! `foldin runs` and the file behind it.

use crate::fixtures::films;
use crate::harness::says;

#[test]
fn every_training_and_evaluation_is_written_down() {
    let place = films();
    place.foldin("train films --no-auto --factors 4");
    place.foldin("evaluate films --factors 3 --part validation");
    place.foldin("recommend");
    let lines: Vec<serde_json::Value> =
        place.read("runs.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let [train, evaluate] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(
        (&train["command"], &train["data"], &train["version"]),
        (&"train".into(), &"films".into(), &"v1.0.0".into())
    );
    // What was left to the data is logged as it was decided.
    let settings = &train["settings"];
    assert_eq!((&settings["als.factors"], &settings["data.threshold"]), (&4.into(), &4.0.into()));
    assert!(settings["als.reg"].is_number() && settings.get("als.seed").is_none(), "{settings}");
    assert_eq!(train["config"]["als.iterations"], 15);
    assert_eq!(train["fingerprint"], place.json("model/v1.0.0/metadata.json")["fingerprint"]);
    assert_eq!(train["fingerprint"], evaluate["fingerprint"]);
    let measured = &place.json("model/manifest.json")["versions"][0]["metrics"]["foldin"]["ndcg@10"];
    assert_eq!(&train["metrics"]["ndcg@10"], measured);
    assert_eq!((&evaluate["command"], &evaluate["measured"]), (&"evaluate".into(), &"strong (validation)".into()));
    assert!(evaluate["metrics"]["recall@20"].is_number() && evaluate.get("version").is_none());
    assert!(train["seconds"].as_f64() > Some(0.0) && train["time"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn the_file_may_be_another_or_none() {
    let place = films();
    place.foldin("train films --factors 2 --no-evaluate --runs all.jsonl");
    place.foldin("train films --factors 2 --no-evaluate --no-runs");
    assert!(!place.path("runs.jsonl").exists());
    assert_eq!(place.read("all.jsonl").lines().count(), 1);
    assert_eq!(place.foldin("runs --runs all.jsonl").out.lines().count(), 2);
}

#[test]
fn a_run_that_cannot_be_written_down_is_a_note_and_not_a_failure() {
    let place = films();
    let run = place.foldin("train films --factors 2 --no-evaluate --runs films/nowhere/runs.jsonl");
    run.says(&["note: this run is not logged: cannot write films/nowhere/runs.jsonl"]);
    place.foldin("inspect");
}

#[test]
fn a_run_that_fails_is_not_written_down() {
    let place = films();
    place.refused("train nowhere");
    place.refused("evaluate films --threshold 9");
    assert!(!place.path("runs.jsonl").exists());
    says(&place.refused("runs"), &["no run is logged in runs.jsonl"]);
}

#[test]
fn runs_are_listed_the_newest_last_or_the_highest_first() {
    let place = films();
    for options in ["--factors 1 --iterations 1", "--factors 8", "--factors 2 --no-evaluate"]
        .map(|options| format!("--no-auto --sources taste {options}"))
    {
        place.foldin(&format!("train films {options}"));
    }
    let versions = |arguments: &str| -> Vec<String> {
        let json = place.foldin(&format!("runs --json {arguments}")).json();
        json["runs"].as_array().unwrap().iter().map(|run| run["version"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(versions(""), ["v1.0.0", "v1.1.0", "v1.2.0"]);
    assert_eq!(versions("--last 2"), ["v1.1.0", "v1.2.0"]);
    // What was not measured comes last.
    let sorted = place.foldin("runs --json --sort ndcg@10").json();
    let figures: Vec<Option<f64>> =
        sorted["runs"].as_array().unwrap().iter().map(|run| run["metrics"]["ndcg@10"].as_f64()).collect();
    assert!(figures[0] >= figures[1] && figures[1].is_some() && figures[2].is_none(), "{figures:?}");
    assert_eq!(versions("--sort ndcg@10")[2], "v1.2.0");
    let table = place.foldin("runs").out;
    let last = table.lines().last().unwrap();
    assert!(last.contains("v1.2.0") && last.contains("als.factors=2"), "{table}");
    says(&place.refused("runs --sort colour"), &["no run has a figure \"colour\": there are coverage@10, ndcg@10"]);
    says(&place.foldin("runs --sort coverage@10").out, &["coverage@10"]);
}

#[test]
fn damaged_lines_are_counted_and_left_out() {
    let place = films();
    place.foldin("train films --factors 2 --no-evaluate");
    place.write("runs.jsonl", place.read("runs.jsonl") + "{ \"command\": \"tr");
    // The next run begins on a line of its own.
    place.foldin("train films --factors 3 --no-evaluate");
    let run = place.foldin("runs");
    run.says(&["note: 1 line of runs.jsonl cannot be read and left out"]);
    assert_eq!(run.out.lines().count(), 3, "{run}");
    assert_eq!(place.foldin("runs --json").json()["damaged"], 1);
}
