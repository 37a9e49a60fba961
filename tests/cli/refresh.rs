//! `foldin train --from`, and `foldin evaluate --model`: newer events, and what the new version is worth.

use crate::fixtures::films;
use crate::harness::says;

#[test]
fn a_version_is_refreshed_with_its_settings_and_says_what_changed() {
    let place = films();
    place.foldin("train films --factors 4 --no-auto");
    let events = place.read("films/events.csv");
    let newer = "u1,fresh,5,1000900000\nu3,fresh,5,1000900001\nu5,fresh,5,1000900002\n";
    place.write("films/events.csv", format!("{events}{newer}"));
    let run = place.foldin("train films --from model");
    says(
        &run.err,
        &[
            "settings from model/v1.0.0/config.toml",
            "learned taste (4 factors)",
            "since v1.0.0: +3 likes, 1 item new, 0 gone; ",
            "% of their items stay",
        ],
    );
    assert!(!run.err.contains("measuring") && !run.err.contains("learned to rank"), "{}", run.err);
    assert_eq!(place.json("model/v1.1.0/metadata.json")["startedFrom"], "v1.0.0");
    assert!(place.json("model/v1.0.0/metadata.json").get("startedFrom").is_none());
    let settings = |version: &str| -> String {
        place.read(&format!("model/{version}/config.toml")).lines().skip(1).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(settings("v1.0.0"), settings("v1.1.0"));
    says(&place.read("model/v1.1.0/config.toml"), &["starting from v1.0.0"]);
    assert!(place.foldin("recommend --liked fresh -k 3").out.lines().count() == 3);
    // The same events: the same model, but for where factors have gone on to.
    let again = place.foldin("train films --from model").err;
    says(&again, &["since v1.1.0: +0 likes, 0 items new, 0 gone"]);
}

#[test]
fn what_to_start_from_has_to_be_there_and_settings_are_its_own() {
    let place = films();
    says(&place.refused("train films --from nowhere"), &["nowhere"]);
    assert_eq!(place.files("").iter().filter(|(name, _)| name.starts_with("model/")).count(), 0);
    says(&place.refused("train films --from model --auto"), &["cannot be used with"]);
}

#[test]
fn a_model_that_exists_is_measured_as_one_that_is_learned() {
    let place = films();
    place.write("foldin.toml", "[ranker]\nkind = \"fixed\"\n");
    place.foldin("evaluate films --no-auto --factors 4 --write-split split");
    place.foldin("train split/train.csv --items films/items.csv --no-auto --factors 4 --no-evaluate --min-support 1");
    let files = "--train split/train.csv --shown split/shown.csv --test split/test.csv --json --threshold 4";
    let ndcg = |run: &serde_json::Value| {
        let systems = run["protocols"][0]["systems"].as_array().unwrap();
        let foldin = systems.iter().find(|system| system["name"] == "foldin").unwrap();
        foldin["metrics"]["ndcg@10"]["mean"].as_f64().unwrap()
    };
    let measured = place.foldin(&format!("evaluate films {files} --model model"));
    assert!(!measured.err.contains("learned"), "{}", measured.err);
    let learned = place.foldin(&format!("evaluate films {files} --no-auto --factors 4 --min-support 1"));
    let (measured, learned) = (ndcg(&measured.json()), ndcg(&learned.json()));
    assert!((measured - learned).abs() < 0.05 && measured > 0.2, "{measured} {learned}");
    says(&place.refused("evaluate films --model model"), &["--train"]);
}
