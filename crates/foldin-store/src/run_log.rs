//! The runs of the program in a file, one line of JSON each.
//!
//! A line is written in one piece, so that runs at the same time do not mix. A line that cannot be read, as a full disk
//! leaves one behind, is counted and does not hide the others.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use foldin_train::artefacts::RunLine;

/// The file that runs are written to where no other is named.
pub const RUNS: &str = "runs.jsonl";

/// The runs of a file, and how many lines could not be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Runs {
    /// In the order of the file: the newest last.
    pub runs: Vec<RunLine>,
    /// Lines that are no run.
    pub damaged: usize,
}

/// Adds a run at the end of a file, which is made where there is none.
///
/// # Errors
/// If the file cannot be written.
pub fn append(path: &Path, run: &RunLine) -> io::Result<()> {
    let mut line = serde_json::to_string(run)?;
    line.push('\n');
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    // A last line that was cut off would take this one with it.
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            line.insert(0, '\n');
        }
    }
    file.write_all(line.as_bytes())
}

/// Reads a file of runs.
///
/// # Errors
/// If the file cannot be read.
pub fn read(path: &Path) -> io::Result<Runs> {
    let bytes = fs::read(path)?;
    let mut found = Runs::default();
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice(line) {
            Ok(run) => found.runs.push(run),
            Err(_) => found.damaged += 1,
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(n: usize) -> RunLine {
        let metrics = [("ndcg@10".to_owned(), n as f64 / 7.0)].into();
        RunLine { command: "train".to_owned(), data: format!("data {n}"), metrics, seconds: 1.5, ..RunLine::default() }
    }

    #[test]
    fn runs_come_back_as_they_were_written_the_newest_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("runs.jsonl");
        (0..3).for_each(|n| append(&path, &run(n)).unwrap());
        assert_eq!(read(&path).unwrap(), Runs { runs: (0..3).map(run).collect(), damaged: 0 });
    }

    #[test]
    fn damaged_lines_are_counted_and_do_not_take_others_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("runs.jsonl");
        append(&path, &run(0)).unwrap();
        let whole = fs::read(&path).unwrap();
        let cut = &whole[..whole.len() / 2];
        fs::write(&path, [&whole[..], b"\xff\xfe{}\n\n[1]\n", cut].concat()).unwrap();
        append(&path, &run(1)).unwrap();
        assert_eq!(read(&path).unwrap(), Runs { runs: vec![run(0), run(1)], damaged: 3 });
    }

    #[test]
    fn runs_at_the_same_time_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let path = &folder.path().join("runs.jsonl");
        std::thread::scope(|scope| {
            for thread in 0..8 {
                scope.spawn(move || (0..50).for_each(|n| append(path, &run(thread * 50 + n)).unwrap()));
            }
        });
        let found = read(path).unwrap();
        let mut data: Vec<String> = found.runs.into_iter().map(|run| run.data).collect();
        data.sort_unstable();
        data.dedup();
        assert_eq!((data.len(), found.damaged), (400, 0));
    }
}
