//! The programs of foldin-tools answer. That they are tested here also means that `cargo test` builds them, with the same
//! libraries as all tests, for the scripts that need them.

use std::fs;
use std::path::Path;
use std::process::Command;

fn printed(program: &str, arguments: &[&Path]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_synthetic_model_recommends_for_lines_of_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    printed(env!("CARGO_BIN_EXE_synthetic-model"), &[&model, Path::new("60"), Path::new("8")]);
    let version = model.join("v1.0.0");
    let files = fs::read_dir(&version).unwrap().map(|file| file.unwrap().path());
    let is_score = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("score-");
    let score = files.into_iter().find(is_score).unwrap();
    let profiles = folder.path().join("profiles");
    fs::write(&profiles, "3\t0\t+item-1\t-item-2\t=item-3\n2\t0.5\t4.5*item-9\n").unwrap();
    let lines = printed(env!("CARGO_BIN_EXE_recommend-lines"), &[&score, &profiles]);
    let fields: Vec<usize> = lines.lines().map(|line| line.split('\t').count()).collect();
    assert_eq!(fields, [6, 4], "{lines}");
    assert!(lines.starts_with("item-") && !lines.contains("item-3\t"), "{lines}");
}

#[test]
fn lists_are_printed_before_they_are_rounded() {
    let folder = tempfile::tempdir().unwrap();
    let rows = (0..6).flat_map(|user| ["a", "b"].map(|item| format!("u{user},{item},{}\n", 100 + user)));
    let events = format!("user,item,timestamp\n{}", rows.collect::<String>());
    fs::write(folder.path().join("events.csv"), events).unwrap();
    let lists = printed(env!("CARGO_BIN_EXE_unrounded-lists"), &[folder.path(), Path::new("10")]);
    for pair in ["neighbours,a,b,", "neighbours,b,a,"] {
        assert!(lists.lines().any(|line| line.starts_with(pair)), "{lists}");
    }
}
