//! `foldin import`, of a small folder that `tests/spark/write_cli_exchange.py` wrote with Spark.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Place, says};

fn exchange() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/exchange");
    folder.canonicalize().unwrap()
}

fn import(options: &str) -> String {
    format!("import {} {options}", exchange().display())
}

#[test]
fn a_folder_of_spark_becomes_a_model_that_recommends() {
    let place = Place::new();
    let run = place.foldin(&import("--no-auto"));
    says(
        &run.err,
        &[
            "read taste, neighbours, sequence of films from 454 likes of 56 users, by foldin-spark",
            "sample: 44 users who were not learned from",
            "taste (4 factors)",
            "for them: NDCG@10",
            "next: foldin recommend",
        ],
    );
    let answer = place.foldin("recommend --liked s0,s1,s2 -k 3").out;
    let ids: Vec<&str> = answer.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.starts_with('s')), "{answer}");
    let config = place.read("model/v1.0.0/config.toml");
    says(&config, &["factors = 4", "alpha0 = 0.4", "threshold = 4.0"]);
    says(&place.read("runs.jsonl"), &["\"import\""]);
    // Whoever is in the sample is known by no id.
    for (name, bytes) in place.files("model") {
        assert!(!bytes.windows(7).any(|part| part.starts_with(b"user-") && part[5].is_ascii_digit()), "{name}");
    }
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let place = Place::new();
    place.foldin(&import("--no-auto --no-evaluate --out first"));
    place.foldin(&import("--no-auto --no-evaluate --out second --threads 1"));
    let score = |out: &str| {
        let files = place.files(out);
        files.into_iter().filter(|(name, _)| name.ends_with(".foldin")).map(|(_, bytes)| bytes).collect::<Vec<_>>()
    };
    assert!(!score("first").is_empty() && score("first") == score("second"));
}

#[test]
fn what_cannot_be_imported_is_said_with_what_to_do() {
    let place = Place::new();
    says(&place.refused(&import("--threshold 3")), &["give --threshold to foldin-spark"]);
    says(&place.refused("import nowhere"), &["nowhere cannot be imported", "check that the file exists"]);
    fs::create_dir(place.path("exchange")).unwrap();
    fs::copy(exchange().join("foldin.json"), place.path("exchange/foldin.json")).unwrap();
    says(&place.refused("import exchange"), &["`sample.parquet` in `exchange` is missing", "copy the whole folder"]);
}
