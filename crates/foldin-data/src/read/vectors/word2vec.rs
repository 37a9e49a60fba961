//! Vectors as text: a word and its numbers on each line, as word2vec, GloVe and fastText write them.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::arrays::Matrix;
use super::{Found, VectorsError};

/// The vectors; `None` for a file that is something else.
pub(super) fn read(path: &Path) -> Result<Option<Found>, VectorsError> {
    let unreadable = |source| VectorsError::Io { path: path.to_owned(), source };
    let mut lines = BufReader::new(File::open(path).map_err(unreadable)?).split(b'\n');
    let Some(first) = lines.next().transpose().map_err(unreadable)? else { return Ok(None) };
    let Ok(first) = String::from_utf8(first) else { return Ok(None) };
    let fields: Vec<&str> = first.split_whitespace().collect();
    let whole = |field: &str| field.parse::<usize>().ok();
    // The number of words and of numbers, or, in the files of GloVe, the first word already.
    let (rank, has_header) = match fields.as_slice() {
        [words, rank] if whole(words).is_some() => match whole(rank) {
            Some(rank) if rank > 0 => (rank, true),
            _ => return Ok(None),
        },
        fields => {
            let numbers = fields.iter().skip(1).rev().take_while(|field| field.parse::<f32>().is_ok()).count();
            if numbers < 2 {
                return Ok(None);
            }
            (numbers, false)
        }
    };
    let (mut ids, mut values) = (Vec::new(), Vec::new());
    let head = (!has_header).then(|| Ok(first.clone().into_bytes()));
    for (n, line) in head.into_iter().chain(lines).enumerate() {
        let n = n + if has_header { 2 } else { 1 };
        let wrong = |problem: String| VectorsError::Line { path: path.to_owned(), line: n, problem };
        let line = String::from_utf8(line.map_err(unreadable)?).map_err(|_| {
            wrong(
                "is not UTF-8 text; of a binary file, write the text with `save_word2vec_format(..., binary=False)`"
                    .to_owned(),
            )
        })?;
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        // A word may hold spaces: the last fields are the numbers.
        let mut fields: Vec<&str> = line.rsplitn(rank + 1, [' ', '\t']).collect();
        let word = fields.pop().unwrap_or_default().trim();
        if fields.len() != rank || word.is_empty() {
            return Err(wrong(format!("has fewer than {rank} numbers behind the id")));
        }
        for field in fields.iter().rev() {
            values.push(field.parse().map_err(|_| wrong(format!("{field:?} is not a number")))?);
        }
        ids.push(word.to_owned());
    }
    Ok(Some(Found { rows: Matrix { values, rank }, ids: Some(ids), loss: None }))
}
