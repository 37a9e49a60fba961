//! A training that is killed, at any moment, leaves the earlier model as it was.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::fixtures::{films, trained};
use crate::harness::Place;

/// The files of all versions that the manifest names: all that a reader can come across.
fn named_files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let manifest = place.json("model/manifest.json");
    let versions = manifest["versions"].as_array().unwrap().iter().map(|one| one["version"].as_str().unwrap());
    let folders: Vec<String> = versions.map(|version| format!("{version}/")).collect();
    let is_named = |name: &str| folders.iter().any(|folder| name.starts_with(folder));
    place.files("model").into_iter().filter(|(name, _)| is_named(name)).collect()
}

#[test]
fn a_training_that_is_killed_while_learning_leaves_the_earlier_model_as_it_was() {
    let place = trained();
    let before = place.files("model");
    let mut child = place.command("train films --factors 128 --iterations 1000 --no-evaluate");
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(100));
    assert!(child.try_wait().unwrap().is_none(), "the training was to take longer");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(place.files("model"), before);
    assert_eq!(place.foldin("recommend --liked 0078748 -k 3").out.lines().count(), 3);
}

#[test]
fn a_training_that_is_killed_at_any_moment_leaves_a_whole_model() {
    let place = films();
    // Learning is short here, so that kills fall into reading, learning, writing and renaming alike.
    let arguments = "train films --factors 2 --iterations 1 --no-evaluate";
    let started = Instant::now();
    place.foldin(arguments);
    let whole = started.elapsed();
    let mut n_killed = 0;
    for step in 0..24 {
        let before = named_files(&place);
        let mut child = place.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(step) / 20.0));
        child.kill().unwrap();
        n_killed += usize::from(!child.wait().unwrap().success());
        // One version more, or none: those that were there are as they were.
        let after = named_files(&place);
        assert!(before.iter().all(|(name, content)| after.get(name) == Some(content)), "after step {step}");
        place.foldin("inspect");
        assert_eq!(place.foldin("recommend --liked 0078748 -k 3").out.lines().count(), 3);
    }
    assert!(n_killed > 0);
    // What was left behind does not stand in the way.
    place.foldin(arguments);
    place.foldin("inspect");
}
