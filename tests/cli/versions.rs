//! `foldin versions`, `rollback` and `diff`, and several writers of one folder.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::fixtures::{films, trained};
use crate::harness::{Place, says};

/// A place with two versions of a model that differ in factors and seed.
fn two_versions() -> Place {
    let place = films();
    place.foldin("train films --factors 4");
    place.foldin("train films --factors 2 --seed 9 --threshold 2 --no-evaluate");
    place
}

/// What the newest model recommends, by the ids.
fn recommended(place: &Place) -> String {
    place.foldin("recommend --liked 0078748,0098635 --json").out
}

#[test]
fn versions_are_listed_with_what_was_measured_and_which_is_current() {
    let place = two_versions();
    let out = place.foldin("versions").out;
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0][..5], ["version", "trained", "(UTC)", "data", "likes"], "{out}");
    assert_eq!((lines[1][0], lines[2][..2].to_vec()), ("v1.0.0", vec!["*", "v1.1.0"]), "{out}");
    // Measured was the first alone.
    assert!(lines[1].last().unwrap().parse::<f64>().is_ok() && lines[2].last() == Some(&"-"), "{out}");
    let json = place.foldin("versions --json").json();
    let versions = json["versions"].as_array().unwrap();
    assert_eq!((&versions[0]["version"], &versions[0]["current"]), (&"v1.0.0".into(), &false.into()));
    assert_eq!((&versions[1]["current"], &versions[1]["likes"]), (&true.into(), &400.into()));
    let bytes: usize = place.model_files("model/v1.0.0").values().map(Vec::len).sum();
    assert_eq!(versions[0]["bytes"], bytes);
    assert!(versions[0]["trainedAt"].as_str().unwrap().ends_with('Z') && versions[1]["metrics"].is_null());
    says(&place.refused("versions --model nowhere"), &["there is no model in nowhere"]);
}

#[test]
fn a_rollback_and_a_way_forward_again_change_what_answers_and_nothing_else() {
    let place = two_versions();
    let (files, newer) = (place.files("model"), recommended(&place));
    let run = place.foldin("rollback v1.0.0");
    assert_eq!(run.out, "model: v1.0.0\n");
    run.says(&["to go back: foldin rollback v1.1.0"]);
    let older = recommended(&place);
    assert_ne!(older, newer);
    says(&place.foldin("inspect").out, &["model v1.0.0, trained by"]);
    place.foldin("rollback 1.1.0");
    assert_eq!(recommended(&place), newer);
    assert_eq!(place.files("model"), files);
    place.foldin("rollback v1.1.0").says(&["note: it was current already"]);
    // After a rollback the next version is still a new one.
    place.foldin("rollback v1.0.0");
    assert!(place.foldin("train films --factors 3 --no-evaluate").out.starts_with("model/v1.2.0: "));
}

#[test]
fn a_version_that_is_not_whole_does_not_become_current() {
    let place = two_versions();
    let score = place.only_file("model/v1.0.0", "score-");
    let whole = fs::read(place.path(&score)).unwrap();
    let manifest = place.read("model/manifest.json");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for (content, said) in
        [(Some(&whole[1..]), "bytes instead of"), (Some(&changed[..]), "its SHA-256 differs"), (None, "is missing")]
    {
        match content {
            Some(content) => fs::write(place.path(&score), content).unwrap(),
            None => fs::remove_file(place.path(&score)).unwrap(),
        }
        says(&place.refused("rollback v1.0.0"), &["error: v1.0.0 is not whole: ", &score, said]);
        assert_eq!(place.read("model/manifest.json"), manifest);
    }
    fs::write(place.path(&score), whole).unwrap();
    place.foldin("rollback v1.0.0");
}

#[test]
fn a_version_that_there_is_not_names_those_that_there_are() {
    let place = two_versions();
    let before = place.files("model");
    for arguments in ["rollback v3.0.0", "diff v1.0.0 v3.0.0", "diff v3.0.0 v1.0.0"] {
        says(&place.refused(arguments), &["model has no version v3.0.0; it has v1.0.0, v1.1.0"]);
    }
    says(&place.refused("rollback latest"), &["\"latest\" is not a version; expected three numbers"]);
    says(&place.refused("rollback v1.0.0 --model nowhere"), &["there is no model in nowhere"]);
    assert!(!place.path("nowhere").exists());
    assert_eq!(place.files("model"), before);
}

#[test]
fn a_diff_names_settings_figures_sizes_and_changed_lists() {
    let place = two_versions();
    let run = place.foldin("diff v1.0.0 v1.1.0");
    says(
        &run.out,
        &["v1.0.0 -> v1.1.0\n", "als.factors", "als.seed", "data.threshold", "ndcg@10", "score file", "factors"],
    );
    says(&run.out, &["top-10 lists changed", "mean overlap"]);
    let json = place.foldin("diff v1.0.0 v1.1.0 --json").json();
    let settings = json["settings"].as_array().unwrap();
    let factors = settings.iter().find(|one| one["key"] == "als.factors").unwrap();
    assert_eq!((&factors["before"], &factors["after"]), (&4.into(), &2.into()));
    assert!(settings.iter().all(|one| one["before"] != one["after"]), "{settings:?}");
    let size = |section: Option<&str>| {
        let sizes = json["sizes"].as_array().unwrap();
        sizes.iter().find(|one| one["file"] == "score" && one["section"] == serde_json::json!(section)).unwrap().clone()
    };
    let lengths = ["v1.0.0", "v1.1.0"].map(|version| {
        let path = place.only_file(&format!("model/{version}"), "score-");
        fs::metadata(place.path(&path)).unwrap().len()
    });
    assert_eq!([size(None)["before"].as_u64(), size(None)["after"].as_u64()], lengths.map(Some));
    assert!(size(Some("factors"))["before"].as_u64() > size(Some("factors"))["after"].as_u64());
    let lists = &json["lists"];
    assert_eq!((&lists["profiles"], &lists["commonItems"]), (&221.into(), &21.into()));
    assert!(lists["changed"].as_u64() > Some(0) && lists["meanOverlap"].as_f64().unwrap() < 1.0, "{lists}");
    assert_eq!(place.foldin("diff v1.0.0 v1.1.0 --json --threads 1").json(), json);
}

#[test]
fn versions_made_alike_differ_in_nothing() {
    let place = films();
    place.foldin("train films --factors 4");
    place.foldin("train films --factors 4");
    let run = place.foldin("diff v1.0.0 v1.1.0");
    says(&run.out, &["settings\n  the same\n", " 0 of 221 top-10 lists changed (0.0 %); mean overlap 100.0 %"]);
}

#[test]
fn trainings_at_the_same_time_each_get_a_version() {
    let place = films();
    let children: Vec<_> = (0..6)
        .map(|n| {
            let mut command = place.command(&format!("train films --factors 2 --no-evaluate --seed {n}"));
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let json = place.foldin("versions --json").json();
    let versions = json["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 6);
    for version in versions {
        place.foldin(&format!("rollback {}", version["version"].as_str().unwrap()));
    }
    // Each wrote its own line about itself, too.
    assert_eq!(place.foldin("runs --json").json()["runs"].as_array().unwrap().len(), 6);
}

#[test]
fn a_training_waits_for_another_writer_and_says_so() {
    let place = trained();
    let lock = File::options().write(true).open(place.path("model/.lock")).unwrap();
    lock.lock().unwrap();
    let mut child = place.command("train films --factors 2 --no-evaluate");
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    assert!(lines.any(|line| line == "waiting for another foldin to finish writing into model"));
    assert_eq!(place.json("model/manifest.json")["current"], "v1.0.0");
    lock.unlock().unwrap();
    assert!(lines.any(|line| line.starts_with("next: ")));
    assert!(child.wait().unwrap().success());
    assert_eq!(place.json("model/manifest.json")["current"], "v1.1.0");
}

#[test]
fn metadata_tell_data_seed_program_and_times() {
    let place = films();
    place.foldin("train films --factors 4 --seed 5 --threads 1");
    let metadata = place.json("model/v1.0.0/metadata.json");
    assert_eq!(metadata["fingerprint"].as_str().map(str::len), Some(64));
    assert_eq!((&metadata["seed"], &metadata["threads"]), (&5.into(), &1.into()));
    assert!(metadata["program"].as_str().unwrap().starts_with("foldin "));
    assert!(metadata["startedAt"].as_str().unwrap().ends_with('Z') && metadata["hostThreads"].as_u64() > Some(0));
    let seconds =
        ["readingSeconds", "measuringSeconds", "trainingSeconds"].map(|name| metadata[name].as_f64().unwrap());
    let total = metadata["totalSeconds"].as_f64().unwrap();
    assert!(seconds.iter().sum::<f64>() <= total + 0.01, "{metadata}");
}
