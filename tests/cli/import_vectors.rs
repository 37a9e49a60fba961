//! `foldin import` of item vectors, as other programs wrote them (`tests/cli/vectors/write.py`).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Place, says};

fn vectors(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/vectors");
    folder.canonicalize().unwrap().join(name).display().to_string()
}

fn recommended(place: &Place, options: &str) -> Vec<String> {
    let answer = place.foldin(&format!("recommend --liked f00,f04 --json {options}")).out;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let items = answer["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_stranger_gets_what_implicit_itself_recommends() {
    let place = Place::new();
    let options = format!("--ids {} --items {}", vectors("ids.txt"), vectors("items.csv"));
    let run = place.foldin(&format!("import {} {options}", vectors("als.npz")));
    says(
        &run.err,
        &[
            "read 24 vectors of 6 numbers",
            "visitors are placed by the loss of implicit's ALS",
            "leave out items of fewer than 3 people",
            "without events there are no figures",
        ],
    );
    let expected: Value = serde_json::from_str(&fs::read_to_string(vectors("expected.json")).unwrap()).unwrap();
    let expected: Vec<&str> = expected["recommended"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(recommended(&place, "--strategy taste -k 8"), expected);
    // Even films are alike.
    let similar = place.foldin("similar f00 -k 5").out;
    assert!(!similar.contains("odd") && similar.contains("even"), "{similar}");
}

#[test]
fn with_events_the_rest_is_learned_and_only_items_of_enough_people_have_vectors() {
    let place = Place::new();
    let few = "lonely,f00\nlonely,rare\n";
    let events = fs::read_to_string(vectors("events.csv")).unwrap() + few;
    fs::write(place.path("events.csv"), events).unwrap();
    let text = fs::read_to_string(vectors("word2vec.txt")).unwrap().replacen("24 6", "26 6", 1);
    fs::write(place.path("vectors.txt"), format!("{text}rare 1 1 1 1 1 1\nnew 1 0 0 0 0 0\n")).unwrap();
    let run = place.foldin("import vectors.txt events.csv --no-auto");
    says(
        &run.err,
        &[
            "25 of 25 items have a vector; 1 item only have a vector",
            "figures flatter vectors that were learned from the same people",
            "learned taste (6 factors), neighbours",
            "for them: NDCG@10",
        ],
    );
    says(&place.foldin("inspect").out, &["6 for 24 items"]);
    place.foldin("import vectors.txt events.csv --no-auto --no-evaluate --about content");
    says(&place.foldin("inspect").out, &["6 for 26 items"]);
    let even = |id: &String| id[1..].parse::<u32>().unwrap() % 2 == 0;
    assert!(recommended(&place, "-k 4").iter().all(even));
}

#[test]
fn wide_vectors_are_reduced() {
    let place = Place::new();
    let run = place.foldin(&format!("import {} --factors 3 --about content", vectors("lists.parquet")));
    says(&run.err, &["reduced 6 numbers to 3, which keep", "% of the squared lengths"]);
    says(&place.foldin("inspect").out, &["3 for 24 items"]);
    assert!(!run.err.contains("leave out items"));
}

#[test]
fn what_cannot_be_imported_is_said_with_what_to_do() {
    let place = Place::new();
    let refused = |line: String| place.refused(&format!("import {line}"));
    let pickle = refused(vectors("model.pkl"));
    says(&pickle, &["is a pickle of Python", "\n      numpy.savez(\"items.npz\"", "Then: foldin import items.npz"]);
    says(&refused(vectors("als.npz")), &["has 24 rows and no ids", "--ids"]);
    let ids = vectors("ids.txt");
    says(&refused(format!("{} --ids {ids} --factors 4", vectors("als.npz"))), &["--compare cosine"]);
    says(&refused(format!("{} --confidence 4", vectors("word2vec.txt"))), &["--confidence is for the .npz files"]);
    fs::write(place.path("other.csv"), "user,item\nu,1\nv,2\n").unwrap();
    says(
        &refused(format!("{} other.csv", vectors("word2vec.txt"))),
        &[
            "none of the ids of the vectors is an id of the data: vectors are of \"f00\", \"f01\", \"f02\", the data of \"1\"",
        ],
    );
    says(&refused("nowhere.npz".to_owned()), &["cannot read `nowhere.npz`"]);
    assert!(!place.path("model").exists());
}
