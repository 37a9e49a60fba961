//! `foldin config`, `--config` and `foldin.toml`: which settings hold, and that a model can be made again from its own.

use crate::fixtures::{events, films};
use crate::harness::{Place, says};

/// A setting of the only version of a model.
#[track_caller]
fn setting(place: &Place, model: &str, key: &str) -> String {
    let text = place.read(&format!("{model}/v1.0.0/config.toml"));
    let line = text.lines().find(|line| line.starts_with(&format!("{key} = ")));
    line.unwrap_or_else(|| panic!("no {key} in\n{text}")).to_owned()
}

#[test]
fn the_printed_file_is_complete_and_right_and_can_be_used() {
    let place = films();
    let printed = place.foldin("config --print").out;
    says(
        &printed,
        &["[data]\n", "[train]\n", "[als]\n", "factors = 64\n", "# reg = 0.003\n", "A whole number from 1 to 512"],
    );
    place.write("mine.toml", &printed);
    says(&place.foldin("config --check mine.toml").out, &["mine.toml: right; all as by default"]);
    place.foldin("train films --no-auto --no-evaluate --out a");
    place.foldin("train films --no-evaluate --out b --config mine.toml");
    assert_eq!(place.model_files("a/v1.0.0"), place.model_files("b/v1.0.0"));
}

#[test]
fn a_file_that_is_right_says_what_it_changes() {
    let place = Place::new();
    place.write("mine.toml", "[als]\nfactors = 8\n[data]\nthreshold = 3.5\n");
    let out = place.foldin("config --check mine.toml").out;
    assert_eq!(out, "mine.toml: right; als.factors = 8, data.threshold = 3.5\n");
}

#[test]
fn a_setting_that_there_is_not_is_an_error_that_suggests_the_near_one() {
    let place = films();
    place.write("foldin.toml", "# settings\n\n[data]\nskip-bad-lines = true\n\n[als]\nfactor = 8\niterations = 0\n");
    let said = "error: foldin.toml:7:1: there is no setting \"factor\" in [als]; did you mean \"factors\"?\n\
                foldin.toml:8:14: iterations is 0; expected a whole number from 1 to 1000\n";
    for arguments in ["config --check foldin.toml", "train films", "evaluate films"] {
        says(&place.refused(arguments), &[said]);
    }
    assert!(!place.path("model").exists());
}

#[test]
fn a_file_that_is_not_there_or_no_toml_is_named() {
    let place = films();
    says(&place.refused("train films --config no.toml"), &["cannot read no.toml"]);
    says(&place.refused("config --check no.toml"), &["cannot read no.toml"]);
    place.write("bad.toml", "[als\n");
    says(&place.refused("train films --config bad.toml"), &["error: bad.toml:1:"]);
    says(&place.refused("config"), &["--print", "--check"]);
}

#[test]
fn the_file_that_lies_here_is_used_and_said_aloud() {
    let place = films();
    assert!(!place.foldin("train films --no-evaluate --factors 4 --out a").err.contains("settings from"));
    place.write("foldin.toml", "[als]\nfactors = 3\n");
    place
        .foldin("train films --no-evaluate --out b")
        .says(&["settings from foldin.toml\n", "learned taste (3 factors)"]);
    place.foldin("evaluate films").says(&["settings from foldin.toml\n", "learned taste (3 factors)"]);
    place.write("other.toml", "[als]\nfactors = 2\n");
    place.foldin("train films --no-evaluate --out c --config other.toml").says(&["settings from other.toml\n"]);
    assert_eq!(
        ["a", "b", "c"].map(|model| setting(&place, model, "factors")),
        ["factors = 4", "factors = 3", "factors = 2"]
    );
}

#[test]
fn flags_win_over_the_file_and_only_where_they_were_typed() {
    let place = films();
    place.write("foldin.toml", "[als]\nfactors = 3\nalpha0 = 0.25\nsolver = \"cholesky\"\n[data]\nthreshold = 2\n");
    place.foldin("train films --no-evaluate --factors 5 --threshold 4 --out a");
    for line in ["factors = 5", "alpha0 = 0.25", "solver = \"cholesky\"", "threshold = 4.0", "iterations = 15"] {
        let (key, _) = line.split_once(" = ").unwrap();
        assert_eq!(setting(&place, "a", key), line);
    }
}

#[test]
fn a_file_may_ask_to_skip_bad_lines_and_to_keep_users() {
    let place = films();
    place.write("bad/events.csv", events() + "u1,0078748,five,1000000000\n");
    place.refused("train bad --no-evaluate");
    place.write("foldin.toml", "[data]\nskip-bad-lines = true\n[train]\nwith-users = true\n");
    place.foldin("train bad --no-evaluate");
    place.only_file("model/v1.0.0", "users-");
}

#[test]
fn a_model_can_be_made_again_from_its_own_settings() {
    let place = films();
    place.write(
        "bare/events.csv",
        events().lines().map(|line| line.rsplitn(3, ',').last().unwrap().to_owned() + "\n").collect::<String>(),
    );
    for (n, (data, options)) in [
        ("films", ""),
        ("films", "--factors 5 --alpha0 0.17 --threshold 3 --solver cholesky --seed 3 --with-users --no-evaluate"),
        // Every event is a like: that is written down too.
        ("bare", "--iterations 2 --no-evaluate"),
    ]
    .into_iter()
    .enumerate()
    {
        place.foldin(&format!("train {data} --out model{n} {options}"));
        let run =
            place.foldin(&format!("train {data} --config model{n}/v1.0.0/config.toml --out again{n} --threads 1"));
        assert!(!run.err.contains("the model will be another"), "{run}");
        let (first, again) =
            (place.model_files(&format!("model{n}/v1.0.0")), place.model_files(&format!("again{n}/v1.0.0")));
        assert!(first.len() >= 2 && first == again, "{data} {options}");
        let configs = ["model", "again"].map(|model| place.read(&format!("{model}{n}/v1.0.0/config.toml")));
        assert_eq!(configs[0], configs[1]);
    }
}

#[test]
fn other_data_than_those_of_the_settings_are_noted() {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate");
    place.write("films/events.csv", events() + "u1,0078748,1,1900000000\n");
    let run = place.foldin("train films --no-evaluate --config model/v1.0.0/config.toml --out other");
    run.says(&["note: the data are not those that model/v1.0.0/config.toml was written for"]);
}

#[test]
fn only_sources_that_can_be_learned_can_be_asked_for() {
    let place = films();
    says(&place.refused("train films --sources colour"), &["expected any of taste"]);
    place.write("foldin.toml", "[train]\nsources = []\nstars = false\n");
    place.foldin("train films").says(&["learned popularity from 320 likes of 40 users"]);
    says(&place.foldin("inspect").out, &["factors   none"]);
    assert_eq!(place.foldin("recommend --liked 0078748 -k 3").out.matches(" popular\n").count(), 3);
}
