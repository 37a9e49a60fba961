//! `foldin train`: what it writes, what it says, and what it leaves alone.

use std::fs;

use crate::fixtures::{events, films, trained};
use crate::harness::{Place, says};

#[test]
fn a_training_writes_manifest_model_and_how_it_was_made() {
    let place = films();
    let run = place.foldin("train films --factors 4");
    let names = place.file_names("model");
    let at = |n: usize| names[n].as_str();
    assert_eq!((names.len(), at(0), at(1), at(2)), (9, ".lock", "manifest.json", "v1.0.0/card.html"), "{names:?}");
    assert_eq!((at(3), at(4)), ("v1.0.0/config.toml", "v1.0.0/data.html"));
    assert_eq!((at(5), at(6)), ("v1.0.0/metadata.json", "v1.0.0/metrics.json"));
    assert!(at(7).starts_with("v1.0.0/score-") && at(8).starts_with("v1.0.0/show-"), "{names:?}");

    let manifest = place.json("model/manifest.json");
    let version = &manifest["versions"][0];
    assert_eq!((&manifest["current"], &version["version"]), (&"v1.0.0".into(), &"v1.0.0".into()));
    assert_eq!(version["files"]["score"]["path"], at(7));
    assert_eq!(version["files"]["score"]["bytes"], place.files("model")[at(7)].len());
    assert_eq!(version["trainedOn"]["simulated"], false);
    assert_eq!(version["trainedOn"]["likes"], 320);
    assert!(version["metrics"]["foldin"]["ndcg@10"].is_number() && version["metrics"]["popularity"].is_object());

    says(&place.read("model/v1.0.0/config.toml"), &["factors = 4\n", "threshold = 4.0\n", "seed = 42\n"]);
    let metadata = place.json("model/v1.0.0/metadata.json");
    assert_eq!(
        (&metadata["data"], &metadata["events"], &metadata["items"]),
        (&"films".into(), &400.into(), &21.into())
    );
    let metrics = place.json("model/v1.0.0/metrics.json");
    let strong = &metrics["protocols"][0];
    assert_eq!((&metrics["format"], &strong["protocol"], &strong["users"]), (&1.into(), &"strong".into(), &8.into()));
    let names: Vec<_> = strong["systems"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(["foldin", "taste", "popularity", "random"].iter().all(|name| names.contains(name)), "{names:?}");
    assert!(strong["systems"][0]["metrics"]["ndcg@10"]["low"].is_number());
    assert_eq!(metrics["coldStart"][0]["shown"], 1);
    assert_eq!(metrics["coldStart"][0]["systems"].as_array().map(Vec::len), Some(names.len()));
    run.says(&["read films: 400 events of 40 users on 21 items", "for them: NDCG@10", "popularity alone"]);
    run.says(&["predicted ratings: RMSE", "biases alone"]);
    let curve = metrics["training"]["als"].as_array().unwrap();
    assert_eq!((&curve[0]["iteration"], curve.len()), (&1.into(), 15));
    let loss = |n: usize| curve[n]["loss"].as_f64().unwrap();
    assert!(loss(14) < loss(0), "{curve:?}");
    let stars = &metrics["stars"];
    for errors in [stars, &stars["baselines"]["biases"], &stars["baselines"]["mean"]] {
        assert!(errors["rmse"].as_f64() >= errors["mae"].as_f64() && errors["mae"].is_number(), "{stars}");
    }
}

#[test]
fn reports_are_written_beside_each_version_and_the_manifest_names_them() {
    let place = films();
    place.foldin("train films --factors 4");
    place.foldin("train films --factors 2 --no-evaluate");
    let reports = |n: usize| place.json("model/manifest.json")["versions"][n]["reports"].clone();
    let [metrics, card, data] = ["metrics.json", "card.html", "data.html"].map(|name| format!("v1.0.0/{name}"));
    assert_eq!(reports(0), serde_json::json!({ "metrics": metrics, "card": card, "data": data }));
    // What was not measured has no figures, and the rest all the same.
    assert_eq!(reports(1), serde_json::json!({ "card": "v1.1.0/card.html", "data": "v1.1.0/data.html" }));
    assert!(!place.path("model/v1.1.0/metrics.json").exists());

    // They are the reports that can be asked for later.
    place.foldin("report model --out card.html").says(&["wrote card.html"]);
    assert_eq!(place.read("card.html"), place.read("model/v1.1.0/card.html"));
    place.foldin("report films --out data.html");
    assert_eq!(place.read("data.html"), place.read("model/v1.0.0/data.html"));
}

#[test]
fn a_map_is_drawn_unless_it_is_not_wanted_and_is_the_same_at_any_number_of_threads() {
    let place = films();
    let sections = |version: &str| {
        let show = place.only_file(&format!("model/{version}"), "show-");
        place.foldin(&format!("inspect {show}")).out
    };
    place.foldin("train films --factors 4 --no-evaluate --threads 1").says(&["drew a map of 21 items"]);
    // Four bytes an item, and how many there are.
    says(&sections("v1.0.0"), &["    map "]);
    says(&place.foldin("inspect").out, &["  map       a place for every item\n"]);
    place.foldin("train films --factors 4 --no-evaluate --threads 3");
    assert_eq!(place.model_files("model/v1.0.0"), place.model_files("model/v1.1.0"));
    place.write("plain.toml", "[map]\nenabled = false\n");
    place.foldin("train films --factors 4 --no-evaluate --config plain.toml");
    assert!(!sections("v1.2.0").contains("map"));
    says(&place.foldin("inspect").out, &["  map       none\n"]);
    place.foldin("train films --no-evaluate --size small");
    assert!(!sections("v1.3.0").contains("map"));
}

#[test]
fn only_the_new_version_is_a_result_and_the_rest_is_talk() {
    let run = films().foldin("train films --factors 4");
    assert_eq!(run.out.lines().count(), 1, "{run}");
    assert!(run.out.starts_with("model/v1.0.0: score "), "{run}");
    // What is suggested next can be typed as it stands.
    run.says(&["next: foldin recommend --liked 0", "foldin build --out site"]);
}

#[test]
fn the_suggested_next_command_works() {
    let place = films();
    let run = place.foldin("train films --factors 4 --no-evaluate --out m");
    let (_, next) = run.err.split_once("next: foldin ").unwrap();
    let (recommend, _) = next.split_once(", or ").unwrap();
    assert_eq!(place.foldin(recommend).out.lines().count(), 10);
}

#[test]
fn a_folder_that_holds_something_else_is_not_suggested_for_the_site() {
    let place = films();
    place.write("site/index.html", "my own");
    let run = place.foldin("train films --factors 4 --no-evaluate");
    run.says(&["foldin build --out site-2\n"]);
    place.foldin("build --out site-2");
    place.foldin("train films --factors 3 --no-evaluate").says(&["foldin build --out site-2\n"]);
}

#[test]
fn the_same_data_gives_the_same_bytes_at_any_number_of_threads() {
    let place = films();
    for (out, options) in [("a", ""), ("b", ""), ("c", "--threads 1"), ("d", "--threads 2")] {
        place.foldin(&format!("train films --out {out} --with-users {options}"));
    }
    let first = place.model_files("a/v1.0.0");
    assert_eq!(first.len(), 3);
    for other in ["b", "c", "d"] {
        assert!(place.model_files(&format!("{other}/v1.0.0")) == first, "{other} differs");
    }
}

#[test]
fn another_seed_gives_another_model() {
    let place = films();
    place.foldin("train films --out a --factors 4 --no-evaluate");
    place.foldin("train films --out b --factors 4 --no-evaluate --seed 1");
    assert_ne!(place.only_file("a/v1.0.0", "score-")[1..], place.only_file("b/v1.0.0", "score-")[1..]);
}

#[test]
fn a_second_training_makes_the_next_version_and_keeps_the_first() {
    let place = trained();
    let before = place.files("model/v1.0.0");
    place.foldin("train films --factors 3 --no-evaluate");
    let manifest = place.json("model/manifest.json");
    assert_eq!(manifest["current"], "v1.1.0");
    assert_eq!(manifest["versions"].as_array().unwrap().len(), 2);
    assert_eq!(place.files("model/v1.0.0"), before);
    let inspected = place.foldin("inspect").out;
    says(&inspected, &["model v1.1.0", "factors   3 for 20 items", "versions  v1.0.0, v1.1.0"]);
}

#[test]
fn a_version_may_be_named() {
    let place = trained();
    let run = place.foldin("train films --factors 3 --no-evaluate --version v2.0.1");
    assert!(run.out.starts_with("model/v2.0.1: "), "{run}");
    assert!(place.foldin("train films --factors 3 --no-evaluate").out.starts_with("model/v2.1.0: "));
}

#[test]
fn a_version_that_is_no_version_or_is_taken_is_refused_before_anything_is_read() {
    let place = trained();
    let before = place.files("model");
    for (version, said) in [
        ("1", "\"1\" is not a version; expected three numbers, as in v1.2.0"),
        ("v1.2", "is not a version"),
        ("v1.-2.0", "is not a version"),
        ("v+1.2.0", "is not a version"),
        ("v1.99999999999.0", "is not a version"),
        ("../../v1.0.0", "is not a version"),
        ("v1.0.0", "model holds v1.0.0 already; choose another --version"),
        ("1.0.0", "model holds v1.0.0 already"),
    ] {
        let message = place.refused(&format!("train films --version {version}"));
        says(&message, &[said]);
        assert!(!message.contains("read films"), "{message}");
    }
    assert_eq!(place.files("model"), before);
}

#[test]
fn a_folder_of_somebody_else_that_is_called_like_a_version_is_left_alone() {
    let place = films();
    place.write("model/v1.0.0/thesis.txt", "years of work");
    says(&place.refused("train films"), &["model holds v1.0.0 already; choose another --version"]);
    assert_eq!(place.file_names("model"), ["v1.0.0/thesis.txt"]);
}

#[test]
fn a_training_that_fails_leaves_the_earlier_model_exactly_as_it_was() {
    let place = trained();
    let before = place.files("model");
    place.write("bad/events.csv", events() + "u1,0078748,five,1000000000\n");
    for arguments in ["train bad", "train nowhere", "train films --threshold 9", "train films --version v1.0.0"] {
        place.refused(arguments);
        assert_eq!(place.files("model"), before, "after {arguments}");
    }
}

#[test]
fn a_training_that_fails_leaves_nothing_behind() {
    let place = films();
    place.refused("train films --threshold 9 --out model");
    place.refused("train nowhere --out model");
    place.refused("train films --version one --out deep/down/model");
    assert_eq!(place.file_names(""), ["films/events.csv", "films/items.csv"]);
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 1);
}

#[test]
fn a_place_that_cannot_be_written_is_named_before_anything_is_read() {
    let place = films();
    place.write("file", "");
    let message = place.refused("train films --out file");
    says(&message, &["error: cannot write into file: not a directory"]);
    assert!(!message.contains("read films"), "{message}");
    place.refused("train films --out file/model");
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_named_and_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;

    let place = trained();
    let before = place.files("model");
    let may = |mode: u32| fs::set_permissions(place.path("model"), fs::Permissions::from_mode(mode)).unwrap();
    may(0o555);
    if fs::write(place.path("model/probe"), "").is_ok() {
        fs::remove_file(place.path("model/probe")).unwrap();
        println!("skipped: this user may write anywhere");
    } else {
        says(&place.refused("train films"), &["cannot write into model: permission denied"]);
    }
    may(0o755);
    assert_eq!(place.files("model"), before);
}

#[test]
fn a_damaged_manifest_is_named_and_not_replaced() {
    let place = trained();
    place.write("model/manifest.json", "{ \"format\": 1,");
    let before = place.files("model");
    let message = place.refused("train films");
    says(&message, &["model/manifest.json is not a manifest that this version of foldin reads"]);
    assert_eq!(place.files("model"), before);
}

#[test]
fn a_threshold_that_nothing_reaches_is_refused() {
    let message = films().refused("train films --threshold 6");
    says(&message, &["error: no rating reaches the threshold 6 (the highest is 5); lower --threshold"]);
}

#[test]
fn a_threshold_decides_what_is_liked() {
    let place = films();
    place.foldin("train films --factors 3 --no-evaluate --threshold 2");
    assert_eq!(place.json("model/manifest.json")["versions"][0]["trainedOn"]["likes"], 400);
}

#[test]
fn values_out_of_range_name_their_flag_and_their_range() {
    let place = films();
    for (arguments, said) in [
        ("--factors 0", "'--factors <FACTORS>': 0 is not in 1..=512"),
        ("--iterations 0", "'--iterations <ITERATIONS>': 0 is not in"),
        ("--alpha0 0", "'--alpha0 <ALPHA0>': expected a number from"),
        ("--reg x", "'--reg <REG>': expected a number from"),
        ("--threshold NaN", "'--threshold <STARS>': expected a number such as 4 or 3.5"),
        ("--threads 0", "'--threads <N>': expected a whole number of at least 1"),
        ("--solver lu", "[possible values: cg, cholesky, subspace]"),
    ] {
        says(&place.refused(&format!("train films {arguments}")), &[said]);
    }
}

#[test]
fn a_data_set_that_is_too_small_to_measure_is_trained_all_the_same() {
    let place = Place::new();
    place.write("tiny/events.csv", "user,item\nann,a\nann,b\nbob,a\n");
    let run = place.foldin("train tiny --min-support 1");
    run.says(&["not measured: `strong` needs at least 5 users with 5 or more events, and has 0"]);
    run.says(&["3 events of 2 users on 2 items", "from 3 likes of 2 users"]);
    assert!(!place.path("model/v1.0.0/metrics.json").exists());
    assert_eq!(place.json("model/manifest.json")["versions"][0]["metrics"], serde_json::Value::Null);
}

#[test]
fn known_users_are_written_only_where_asked_for() {
    let place = films();
    place.foldin("train films --factors 3 --no-evaluate --out without");
    place.foldin("train films --factors 3 --no-evaluate --out with --with-users");
    assert_eq!(place.model_files("without/v1.0.0").len(), 2);
    place.only_file("with/v1.0.0", "users-");
}

#[test]
fn settings_that_let_factors_grow_without_bounds_are_refused_in_words() {
    let place = films();
    let message = place.refused("train films --no-evaluate --alpha0 1e-9 --reg 1e-9 --solver cholesky");
    says(&message, &["grew beyond all bounds", "raise --reg"]);
}
