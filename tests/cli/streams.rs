//! Standard output and standard error: data and talk, and readers that go away.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::fixtures::trained;
use crate::harness::Place;

#[test]
fn a_reader_that_stops_reading_is_no_reason_to_complain() {
    // More items than a pipe holds, so that the program does meet the closed end.
    let place = Place::new();
    let (mut events, mut items) = ("user,item\n".to_owned(), "id,title\n".to_owned());
    for n in 0..4000 {
        events.push_str(&format!("u{},i{n}\n", n % 3));
        items.push_str(&format!("i{n},A title that takes some room in the pipe {n}\n"));
    }
    place.write("d/events.csv", events).write("d/items.csv", items);
    place.foldin("train d --factors 1 --iterations 1 --no-evaluate --min-support 1");
    for arguments in ["recommend -k 5000", "recommend -k 5000 --json", "similar i0 -k 5000"] {
        let mut child = place.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && !err.contains("panicked") && !err.contains("error"), "{arguments}: {err}");
    }
}

#[test]
fn talk_that_nobody_hears_does_not_stop_the_work() {
    let place = trained();
    let mut child = place.command("recommend --liked 0078748");
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 10);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_not_a_success() {
    let place = trained();
    let mut command = place.command("recommend");
    command.stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).stderr(Stdio::piped());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("error: No space left on device"));
}

#[test]
fn json_is_all_that_stands_on_standard_output() {
    let place = trained();
    for arguments in [
        "recommend --liked 0078748 --json",
        "similar 0078748 --json",
        "inspect --json",
        "evaluate films --factors 4 --json",
        "versions --json",
        "diff v1.0.0 v1.0.0 --json",
        "runs --json",
    ] {
        place.foldin(arguments).json();
    }
}

#[test]
fn every_command_has_help_with_its_flags() {
    let place = Place::new();
    for (command, flag) in [
        ("", "Example:"),
        ("train", "--with-users"),
        ("recommend", "--liked <ID,ID,...>"),
        ("similar", "--by <BY>"),
        ("inspect", "--json"),
        ("evaluate", "--write-split <DIR>"),
        ("build", "--out <DIR>"),
        ("serve", "--port <PORT>"),
        ("versions", "--model <DIR>"),
        ("rollback", "<VERSION>"),
        ("diff", "--profiles <N>"),
        ("runs", "--sort <METRIC>"),
        ("config", "--check <FILE>"),
    ] {
        let run = place.foldin(&format!("{command} --help"));
        assert!(run.out.contains(flag) && run.err.is_empty(), "{run}");
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{run}");
    }
    assert!(place.foldin("--version").out.starts_with("foldin "));
}
