//! What is fuzzed. A target says what its inputs look like, how they are damaged, and what must hold of them.

mod container;
mod data;
mod log;
mod manifest;
mod model;
mod page;

use std::path::Path;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::mutate::damage;

/// What became of an input.
pub(crate) enum Outcome {
    Accepted,
    Refused,
}

/// Something that reads bytes.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Sound inputs to begin with.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Whether a file of another folder can be begun with.
    pub(crate) is_seed: fn(&[u8]) -> bool,
    /// A damaged copy of one of the inputs.
    pub(crate) damage: fn(&[Vec<u8>], &mut ChaCha8Rng) -> Vec<u8>,
    /// Reads an input and uses what comes out; panics where a promise is broken.
    pub(crate) check: fn(&[u8]) -> Outcome,
}

pub(crate) const TARGETS: [&Target; 5] =
    [&model::TARGET, &data::TARGET, &manifest::TARGET, &log::TARGET, &page::TARGET];

/// The contents of all files below a folder that are not large.
pub(crate) fn files_below(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let is_small = |path: &Path| path.metadata().is_ok_and(|metadata| metadata.len() < 200_000);
    paths
        .into_iter()
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            _ if is_small(&path) => std::fs::read(&path).into_iter().collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// One of the inputs, with some bytes of it changed.
fn damaged(corpus: &[Vec<u8>], words: &[&[u8]], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut input = corpus[rng.random_range(0..corpus.len())].clone();
    damage(&mut input, corpus, words, rng);
    input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_is_accepted() {
        for target in TARGETS {
            for (n, seed) in (target.seeds)().iter().enumerate() {
                assert!(matches!((target.check)(seed), Outcome::Accepted), "{}, seed {n}", target.name);
            }
        }
    }
}
