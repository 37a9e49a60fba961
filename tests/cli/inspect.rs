//! `foldin inspect`: what it shows of a model, and of what is none.

use std::fs;

use crate::fixtures::{films, trained};
use crate::harness::{Place, says};

#[test]
fn a_folder_is_described_with_its_files() {
    let place = films();
    place.foldin("train films --factors 4 --with-users");
    let run = place.foldin("inspect");
    says(&run.out, &["model v1.0.0, trained by foldin ", "  data      films\n"]);
    says(&run.out, &["  learned   from 320 likes of 40 users, ratings of 4 or more\n", "  items     21, 5 genres\n"]);
    says(&run.out, &["  factors   4 for 20 items\n", "  users     40\n", "  measured  NDCG@10 "]);
    says(
        &run.out,
        &["model/v1.0.0/score-", "  score file ", " gzip\n", "    factors ", "  show file ", "  users file "],
    );
    assert!(!run.out.contains("simulated"), "{run}");
    assert_eq!(run.err, "");
    assert_eq!(place.foldin("inspect model").out, run.out);
    assert_eq!(place.foldin("inspect model/manifest.json").out, run.out);
}

#[test]
fn a_file_is_described_by_its_sections() {
    let place = trained();
    let score = place.only_file("model/v1.0.0", "score-");
    let run = place.foldin(&format!("inspect {score}"));
    let names: Vec<&str> = run.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let parts =
        ["about", "catalogue", "factors", "stars", "neighbours", "ease", "sequence", "content", "popularity", "ranker"];
    assert_eq!(names[..2], [score.as_str(), "score"]);
    assert_eq!(names[2..], parts);
}

#[test]
fn json_adds_up_to_the_length_of_the_files() {
    let place = trained();
    let json = place.foldin("inspect --json").json();
    assert_eq!(json["manifest"]["current"], "v1.0.0");
    for file in json["files"].as_array().unwrap() {
        let length = fs::metadata(place.path(file["path"].as_str().unwrap())).unwrap().len();
        assert_eq!(file["bytes"], length);
        let sections = file["sections"].as_array().unwrap();
        let sections: u64 = sections.iter().map(|section| section["bytes"].as_u64().unwrap()).sum();
        assert!(sections > 0 && sections < length);
    }
    let one = place.foldin(&format!("inspect {} --json", place.only_file("model/v1.0.0", "show-"))).json();
    assert_eq!((&one["kind"], &one["sections"][0]["name"]), (&"show".into(), &"descriptions".into()));
}

#[test]
fn a_file_that_is_no_model_says_so() {
    let place = Place::new();
    place.write("notes.txt", "Hello, this is quite another thing.").write("empty.foldin", "");
    for file in ["notes.txt", "empty.foldin"] {
        let message = place.refused(&format!("inspect {file}"));
        says(&message, &[&format!("error: {file}: this is not a foldin file")]);
    }
}

#[test]
fn a_file_that_was_cut_or_changed_says_what_to_do() {
    let place = trained();
    let score = place.only_file("model/v1.0.0", "score-");
    let whole = fs::read(place.path(&score)).unwrap();
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    for (content, of_file, of_model) in [
        (&whole[..20], "the file has 20 bytes but should have", "has 20 bytes instead of"),
        (&whole[..whole.len() - 1], "bytes but should have", "bytes instead of"),
        (&changed[..], "its checksum does not hold; fetch or copy the file again", "is not what was written"),
    ] {
        place.write(&score, content);
        says(&place.refused(&format!("inspect {score}")), &[&score, of_file]);
        for arguments in ["inspect", "recommend", "build"] {
            says(&place.refused(arguments), &["v1.0.0 is not whole", &score, of_model, "copy it back, or train again"]);
        }
    }
}

#[test]
fn a_manifest_that_is_damaged_says_how() {
    let place = trained();
    let manifest = place.read("model/manifest.json");
    let show = place.json("model/manifest.json")["versions"][0]["files"]["show"]["path"].as_str().unwrap().to_owned();
    for (content, said) in [
        (String::new(), "EOF while parsing"),
        (manifest.replace("\"format\": 1", "\"format\": 99"), "it has format 99, newer than 1; update foldin"),
        (manifest.replace("\"current\": \"v1.0.0\"", "\"current\": \"v7.0.0\""), "current version v7.0.0 is not among"),
        (manifest.replace("\"show\": {", "\"other\": {"), "version v1.0.0 has no show file"),
        (manifest.replace(&show, "../../etc/passwd"), "leads out of the folder"),
        (manifest.replace(&show, "/etc/passwd"), "leads out of the folder"),
    ] {
        place.write("model/manifest.json", content);
        let message = place.refused("inspect");
        says(&message, &["model/manifest.json is not a manifest that this version of foldin reads", said]);
    }
    place.write("model/manifest.json", manifest.replace(&show, "v1.0.0/gone.foldin"));
    says(&place.refused("inspect"), &["v1.0.0 is not whole: model/v1.0.0/gone.foldin is missing"]);
}

#[test]
fn a_file_of_another_model_is_not_taken_for_its_own() {
    let place = trained();
    place.write("d/events.csv", "user,item\nann,a\nann,b\nbob,a\n").foldin("train d --out other --no-evaluate");
    fs::copy(
        place.path(&place.only_file("other/v1.0.0", "show-")),
        place.path(&place.only_file("model/v1.0.0", "show-")),
    )
    .unwrap();
    says(&place.refused("recommend"), &["v1.0.0 is not whole", "show-"]);
}

#[test]
fn a_folder_without_a_model_says_how_to_make_one() {
    let place = Place::new();
    says(&place.refused("inspect nowhere"), &["there is no model in nowhere", "foldin train --out nowhere"]);
}
