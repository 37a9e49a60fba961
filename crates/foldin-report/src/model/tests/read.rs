//! Which version is read, and what is read of it.

use std::fs;
use std::path::Path;

use super::super::{ModelFacts, is_model, model_facts, render};
use super::{folder, measured};
use crate::page::well_formed::assert_well_formed;

fn facts_of(path: &Path) -> ModelFacts {
    model_facts(path, None).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn facts_are_what_the_version_holds() {
    let dir = folder(measured());
    let facts = facts_of(dir.path());
    assert_eq!((facts.version.as_str(), facts.is_current), ("v1.1.0", Some(true)));
    // Two people are fewer than the three that stand behind every count.
    assert_eq!((facts.users, facts.likes, facts.items, facts.liked_items), (0, 0, 3, 0));
    assert_eq!((facts.factors, facts.like_threshold), (None, None));
    let sections = facts.settings.unwrap();
    assert_eq!(sections.iter().map(|section| section.name.as_deref().unwrap()).collect::<Vec<_>>(), ["als", "other"]);
    let settings: Vec<(&str, &str)> = sections[0].settings.iter().map(|one| (&*one.key, &*one.value)).collect();
    assert_eq!(settings, [("factors", "4"), ("reg", "0.5"), ("nu", "1")]);
    assert_eq!(facts.metadata.map(|metadata| (metadata.trained_at, metadata.events)), Some((951_782_400, 3)));
    assert_eq!(facts.measured, Some(measured()));
    assert_eq!(facts.files.iter().map(|file| file.kind).collect::<Vec<_>>(), ["score", "show"]);
    for file in &facts.files {
        let sections: u64 = file.sections.iter().map(|section| section.bytes).sum();
        assert!(sections > 0 && sections < file.bytes);
    }
    let versions: Vec<(&str, Option<f64>)> = facts.versions.iter().map(|one| (&*one.version, one.ndcg_at_10)).collect();
    assert_eq!(versions, [("v1.0.0", None), ("v1.1.0", Some(0.34))]);
}

#[test]
fn a_version_that_was_not_measured_has_no_metrics() {
    let dir = folder(measured());
    assert_eq!(model_facts(dir.path(), Some("v1.0.0")).unwrap().measured, None);
}

#[test]
fn files_beside_the_model_may_be_absent() {
    let dir = folder(measured());
    for file in ["metrics.json", "metadata.json", "config.toml"] {
        fs::remove_file(dir.path().join("v1.1.0").join(file)).unwrap();
    }
    let facts = facts_of(dir.path());
    assert!(facts.settings.is_none() && facts.metadata.is_none() && facts.measured.is_none());
    let page = render(&facts);
    assert_well_formed(&page);
    for text in ["There is no config.toml", "There is no metadata.json", "Nothing was measured"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn a_version_is_found_by_name_by_folder_and_by_manifest() {
    let dir = folder(measured());
    let first = dir.path().join("v1.0.0");
    for (path, version) in
        [(dir.path(), Some("v1.0.0")), (dir.path(), Some("1.0.0")), (&first, None), (&first, Some("1.0.0"))]
    {
        assert!(is_model(path));
        let facts = model_facts(path, version).unwrap();
        assert_eq!((facts.version.as_str(), facts.is_current, facts.versions.len()), ("v1.0.0", Some(false), 2));
    }
    let manifest = dir.path().join("manifest.json");
    assert!(is_model(&manifest));
    assert_eq!(facts_of(&manifest), facts_of(dir.path()));
}

#[test]
fn a_version_that_was_copied_elsewhere_stands_alone() {
    let dir = folder(measured());
    let elsewhere = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(dir.path().join("v1.0.0")).unwrap().flatten() {
        fs::copy(entry.path(), elsewhere.path().join(entry.file_name())).unwrap();
    }
    let facts = facts_of(elsewhere.path());
    assert_eq!((facts.is_current, facts.versions.len(), facts.files.len()), (None, 0, 2));
    assert_well_formed(&render(&facts));
}

#[test]
fn errors_name_what_is_wrong() {
    let dir = folder(measured());
    let message = |path: &Path, version: Option<&str>| model_facts(path, version).unwrap_err().to_string();
    assert!(message(dir.path(), Some("v9.0.0")).ends_with("has no version v9.0.0; it has v1.0.0, v1.1.0"));
    let first = dir.path().join("v1.0.0");
    assert!(message(&first, Some("v1.1.0")).contains("is the folder of one version, not v1.1.0"));
    let empty = tempfile::tempdir().unwrap();
    assert!(!is_model(empty.path()));
    assert!(message(empty.path(), None).contains("there is no model in"));
    for (file, content, expected) in [
        ("metrics.json", "{", "metrics.json cannot be read: EOF"),
        ("metrics.json", r#"{ "protocols": 5 }"#, "metrics.json cannot be read: invalid type"),
        ("metadata.json", "[", "metadata.json cannot be read: EOF"),
        ("config.toml", "[als", "config.toml cannot be read: "),
    ] {
        let path = dir.path().join("v1.1.0").join(file);
        let sound = fs::read(&path).unwrap();
        fs::write(&path, content).unwrap();
        let found = message(dir.path(), None);
        assert!(found.contains(expected), "{found}");
        fs::write(&path, sound).unwrap();
    }
    let score = fs::read_dir(&first).unwrap().flatten().map(|entry| entry.path());
    let mut score = score.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("score"));
    let score = score.next().unwrap();
    fs::write(&score, "no model").unwrap();
    assert!(message(&first, None).contains("this is not a foldin file"));
    fs::remove_file(&score).unwrap();
    assert!(message(&first, None).contains("has no score file"));
}
