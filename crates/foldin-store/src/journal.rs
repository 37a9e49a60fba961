//! The trials of a search in a file, one line of JSON each: a search that was stopped resumes there.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use foldin_core::Source;
use foldin_data::text::hex;
use foldin_train::tune::{Trial, Values};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Trials that were made before, and the file to which further ones go.
#[derive(Debug)]
pub struct Journal {
    known: HashMap<String, Option<f64>>,
    path: PathBuf,
    file: File,
    task: String,
}

/// Why trials cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct JournalError {
    /// The file.
    pub path: PathBuf,
    /// What went wrong with it.
    #[source]
    pub cause: std::io::Error,
}

#[derive(Serialize, Deserialize)]
struct Line {
    /// A checksum of what was measured: trials of another task say nothing of this.
    task: String,
    source: Source,
    trial: usize,
    values: Map<String, Value>,
    #[serde(rename = "ndcg@10")]
    ndcg: Option<f64>,
    seconds: f64,
}

impl Journal {
    /// Opens a file of trials, or begins one; `task` names what is measured. A last line that was cut short is left
    /// out, and so are trials of other tasks.
    ///
    /// # Errors
    /// [`JournalError`] if the file cannot be read or written.
    pub fn open(path: &Path, task: &str) -> Result<Self, JournalError> {
        let task = &hex(Sha256::digest(task))[..16];
        let failed = |cause| JournalError { path: path.to_owned(), cause };
        let mut known = HashMap::new();
        let mut ends_whole = true;
        if path.exists() {
            let mut reader = BufReader::new(File::open(path).map_err(failed)?);
            let mut text = String::new();
            while reader.read_line(&mut text).map_err(failed)? > 0 {
                ends_whole = text.ends_with('\n');
                if let Ok(line) = serde_json::from_str::<Line>(&text)
                    && line.task == task
                {
                    known.insert(key(line.source, &line.values), line.ndcg);
                }
                text.clear();
            }
        }
        let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
        if !ends_whole {
            file.write_all(b"\n").map_err(failed)?;
        }
        Ok(Journal { known, path: path.to_owned(), file, task: task.to_owned() })
    }

    /// Number of trials that are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no trial is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The NDCG@10 of a trial that was made before; its own value may be missing.
    pub fn find(&self, source: Source, values: &Values) -> Option<Option<f64>> {
        self.known.get(&key(source, &map(values))).copied()
    }

    /// Adds a trial, and how long it took.
    ///
    /// # Errors
    /// [`JournalError`] if the file cannot be written.
    pub fn write(&mut self, trial: &Trial, seconds: f64) -> Result<(), JournalError> {
        let values = map(&trial.values);
        self.known.insert(key(trial.source, &values), trial.ndcg);
        let &Trial { source, number, ndcg, .. } = trial;
        let line = Line { task: self.task.clone(), source, trial: number, values, ndcg, seconds };
        let text = serde_json::to_string(&line).expect("a trial is plain values") + "\n";
        self.file.write_all(text.as_bytes()).map_err(|cause| JournalError { path: self.path.clone(), cause })
    }
}

fn map(values: &Values) -> Map<String, Value> {
    values.iter().map(|&(name, value)| (name.to_owned(), value.into())).collect()
}

fn key(source: Source, values: &Map<String, Value>) -> String {
    format!("{} {}", source.name(), serde_json::to_string(values).expect("values are plain numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_are_known_again_but_not_those_of_another_task_nor_a_line_cut_short() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trials.jsonl");
        let values = vec![("alpha0", 0.1)];
        let trial = |source, ndcg| Trial { source, number: 3, values: values.clone(), ndcg };
        let mut journal = Journal::open(&path, "ml-1m").unwrap();
        journal.write(&trial(Source::Factors, Some(0.25)), 1.5).unwrap();
        journal.write(&trial(Source::Ease, None), 1.5).unwrap();
        drop(journal);
        let whole = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();

        let mut journal = Journal::open(&path, "ml-1m").unwrap();
        assert_eq!(journal.find(Source::Factors, &values), Some(Some(0.25)));
        assert_eq!(journal.find(Source::Factors, &vec![("alpha0", 0.2)]), None);
        assert_eq!(journal.find(Source::Ease, &values), None);
        journal.write(&trial(Source::Ease, None), 1.5).unwrap();
        drop(journal);
        assert_eq!(Journal::open(&path, "ml-1m").unwrap().find(Source::Ease, &values), Some(None));
        assert!(Journal::open(&path, "ml-100k").unwrap().is_empty());
    }
}
