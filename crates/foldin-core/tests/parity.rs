//! What is recommended natively, written down for the wasm test to agree with.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write;
use std::path::PathBuf;

use foldin_core::{Recommendation, Recommender, file};
use foldin_fixtures::parity;

#[test]
fn recommendations_are_those_that_were_written_down() {
    let (model, _) = parity::model();
    let recommender = Recommender::new(file::read_score(&file::write_score(&model).into()).unwrap());
    let mut lines = String::new();
    for (n, profile) in parity::profiles().iter().enumerate() {
        let answer = recommender.recommend(profile, &parity::request(n)).unwrap();
        let item = |one: &Recommendation| {
            let sources: Vec<&str> = one.sources.iter().map(|source| source.name()).collect();
            format!("{} {} {} {}", recommender.id(one.item), one.score, one.stars.unwrap(), sources.join("+"))
        };
        let items: Vec<String> = answer.iter().map(item).collect();
        writeln!(lines, "{}", items.join(", ")).unwrap();
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity/expected.txt");
    if !path.exists() {
        std::fs::write(&path, &lines).unwrap();
        eprintln!("wrote {}; commit it", path.display());
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    for (n, (line, expected)) in lines.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, expected, "profile {n}; after a change of the algorithm delete expected.txt and run again");
    }
    assert_eq!(lines.lines().count(), expected.lines().count());
}
