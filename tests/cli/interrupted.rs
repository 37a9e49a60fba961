//! A training that is killed, at any moment, leaves the earlier model as it was; a build a site with one model or the
//! other.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::fixtures::trained;
use crate::harness::Place;

/// Everything before writing is over at once with so few factors.
const TRAIN: &str = "train films --factors 2 --iterations 1 --no-evaluate";

fn start(place: &Place, arguments: &str) -> Child {
    place.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until the program reports a step in a line that begins with these words.
#[track_caller]
fn wait_for_line(child: &mut Child, words: &str) {
    let lines = BufReader::new(child.stderr.as_mut().unwrap()).lines().map(Result::unwrap);
    let mut seen = Vec::new();
    for line in lines {
        if line.starts_with(words) {
            return;
        }
        seen.push(line);
    }
    panic!("not said: {words:?} in\n{}", seen.join("\n"));
}

#[track_caller]
fn expect_usable(place: &Place) {
    place.foldin("inspect");
    assert_eq!(place.foldin("recommend --liked 0078748 -k 3").out.lines().count(), 3);
}

#[test]
fn a_training_that_is_killed_before_it_writes_leaves_the_earlier_model_as_it_was() {
    let place = trained();
    let before = place.files("model");
    // Nothing is written while the test holds the lock, so that no step can be missed.
    let lock = File::open(place.path("model/.lock")).unwrap();
    lock.lock().unwrap();
    for (step, arguments) in [
        ("read films", "train films --factors 128 --iterations 1000 --no-evaluate"),
        ("learned ", TRAIN),
        ("drew a map", TRAIN),
        ("waiting for another foldin", TRAIN),
    ] {
        let mut child = start(&place, arguments);
        wait_for_line(&mut child, step);
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "{step}");
        assert!(place.files("model") == before, "{step}");
        expect_usable(&place);
    }
}

/// Whether a folder of the model whose name begins with `folder` holds a file whose name begins with `file`.
fn has_file(place: &Place, folder: &str, file: &str) -> bool {
    let names = |path: &Path| -> Vec<String> {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let model = place.path("model");
    let folders = names(&model).into_iter().filter(|name| name.starts_with(folder));
    folders.into_iter().any(|name| names(&model.join(name)).iter().any(|name| name.starts_with(file)))
}

#[test]
fn a_training_that_is_killed_while_it_writes_leaves_a_whole_model() {
    let written = ["score-", "show-", "config.toml", "metadata.json", "data.html", "card.html"];
    let written = written.map(|file| (".version-", file));
    for (folder, file) in written.into_iter().chain([("v1.1.0", "score-")]) {
        let place = trained();
        let before = place.files("model");
        let mut child = start(&place, TRAIN);
        while !has_file(&place, folder, file) && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // The new version is there as a whole or not at all, and all but the manifest is as it was: also where the kill
        // came too late.
        let mut after = place.files("model");
        after.insert("manifest.json".to_owned(), before["manifest.json"].clone());
        assert!(before.iter().all(|(name, content)| after.get(name) == Some(content)), "{folder} {file}");
        expect_usable(&place);
        // What was left behind is not in the way.
        place.foldin(TRAIN);
        expect_usable(&place);
    }
}

#[test]
fn a_training_goes_on_beside_what_a_killed_one_has_left_behind() {
    let place = trained();
    let manifest = place.read("model/manifest.json");
    place.foldin(TRAIN);
    // Killed before the manifest was replaced, and another one while it wrote.
    place.write("model/manifest.json", &manifest).write("model/.version-abc/score-0.foldin", "half of a file");
    expect_usable(&place);
    place.foldin(TRAIN);
    assert_eq!(place.json("model/manifest.json")["current"], "v1.1.0");
    assert!(place.path("model/unlisted-v1.1.0/config.toml").exists(), "a whole version is not thrown away");
    assert!(!place.path("model/.version-abc").exists(), "half of a version is");
    expect_usable(&place);
}

#[test]
fn a_build_that_is_killed_leaves_a_site_with_the_model_before_or_the_new_one() {
    let place = trained();
    place.foldin("build --out site");
    let versions = || place.json("site/model/manifest.json")["current"].as_str().unwrap().to_owned();
    for n in 0..8_u64 {
        let before = versions();
        place.foldin(TRAIN);
        let new = place.json("model/manifest.json")["current"].as_str().unwrap().to_owned();
        let mut child = start(&place, "build --out site");
        let is_there = |child: &mut Child| child.try_wait().unwrap().is_none();
        // At other moments of the build each time: what is asserted holds at any.
        let file = ["app-OLD.js", "index.html", "files.json", "model"][n as usize % 4];
        let stamp = || fs::metadata(place.path(&format!("site/{file}"))).and_then(|about| about.modified()).ok();
        let first = stamp();
        while stamp() == first && is_there(&mut child) {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!([before, new.clone()].contains(&versions()));
        // Every file of the model that the manifest names is there, with its checksum.
        assert_eq!(place.foldin("recommend --model site/model --liked 0078748 -k 3").out.lines().count(), 3);
        place.foldin("build --out site");
        assert_eq!(versions(), new);
    }
}
