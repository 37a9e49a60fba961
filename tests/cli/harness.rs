//! A folder, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder of its own for one test, removed at its end.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// The program with its arguments, ready to run in this folder. Arguments are separated by spaces and contain none.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foldin"));
        command.args(arguments.split_whitespace()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program here and waits for its end.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        Run::of(arguments, self.command(arguments))
    }

    /// Runs the program, which must succeed.
    #[track_caller]
    pub(crate) fn foldin(&self, arguments: &str) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{run}");
        run
    }

    /// Runs the program, which must refuse and print no result; gives what it said.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &str) -> String {
        let run = self.run(arguments);
        assert!(matches!(run.code, Some(1 | 2)), "{run}");
        assert_eq!(run.out, "", "{run}");
        assert!(run.err.contains("error: ") && !run.err.contains("panicked"), "{run}");
        run.err
    }

    /// The names of all files below a folder, and their content.
    pub(crate) fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(name), "", &mut files);
        files
    }

    /// The names alone.
    pub(crate) fn file_names(&self, name: &str) -> Vec<String> {
        self.files(name).into_keys().collect()
    }

    /// Content of the model files of one version, by their names.
    pub(crate) fn model_files(&self, version: &str) -> BTreeMap<String, Vec<u8>> {
        self.files(version).into_iter().filter(|(name, _)| name.ends_with(".foldin")).collect()
    }

    /// Path of the one file whose name begins so, as typed here.
    #[track_caller]
    pub(crate) fn only_file(&self, folder: &str, start: &str) -> String {
        let names: Vec<String> = self.file_names(folder).into_iter().filter(|name| name.starts_with(start)).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        format!("{folder}/{}", names[0])
    }
}

fn collect(folder: &Path, before: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(path).unwrap());
        }
    }
}

/// What a run of the program gave.
pub(crate) struct Run {
    arguments: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    pub(crate) fn of(arguments: &str, mut command: Command) -> Self {
        let output = command.output().unwrap();
        Run {
            arguments: arguments.to_owned(),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What was printed, as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// The words of one column of the printed list: `ids` is column 2, after rank and score.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.out.lines().map(|line| line.split_whitespace().nth(2).unwrap_or_default()).collect()
    }

    /// Asserts that all of these were said on standard error.
    #[track_caller]
    pub(crate) fn says(&self, wanted: &[&str]) -> &Self {
        says(&self.err, wanted);
        self
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Run { arguments, code, out, err } = self;
        write!(f, "foldin {arguments}\nended with {code:?}\n--- printed\n{out}--- said\n{err}")
    }
}

/// Asserts that a text holds all of these.
#[track_caller]
pub(crate) fn says(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "not said: {wanted:?} in\n{text}");
    }
}
