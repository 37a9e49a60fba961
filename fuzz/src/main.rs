//! Fuzzing on stable Rust: seeds are damaged at random, and every target is asked what it makes of them.
//!
//! ```text
//! foldin-fuzz TARGET SECONDS [--seed NUMBER] [--corpus FOLDER]
//! ```
//!
//! A target panics where a promise is broken. The input that did it is then written to `target/fuzz-findings`, and its seed is
//! printed: the same seed makes the same inputs again. `scripts/fuzz` runs all targets under a limit of memory.

mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use self::targets::{Outcome, TARGETS, Target};

/// Inputs that were accepted and are damaged further. More than these replace others at random.
const CORPUS: usize = 2_000;

/// An input that takes longer counts as a hang.
const LONGEST: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let target = arguments.first().and_then(|name| TARGETS.iter().find(|target| target.name == name));
    let seconds = arguments.get(1).and_then(|seconds| seconds.parse().ok());
    let (Some(target), Some(seconds)) = (target, seconds) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("foldin-fuzz TARGET SECONDS [--seed NUMBER] [--corpus FOLDER]; targets: {}", names.join(", "));
        return ExitCode::from(2);
    };
    let seed = option("--seed").and_then(|seed| seed.parse().ok()).unwrap_or_else(seed_of_now);
    let mut corpus = (target.seeds)();
    if let Some(folder) = option("--corpus") {
        corpus.extend(targets::files_below(Path::new(folder)).into_iter().filter(|file| (target.is_seed)(file)));
    }
    run(target, corpus, Duration::from_secs(seconds), seed)
}

fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos().into())
}

/// Damages inputs until the time is over or a promise is broken.
fn run(target: &Target, mut corpus: Vec<Vec<u8>>, time: Duration, seed: u64) -> ExitCode {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut n, mut n_accepted, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    let began = Instant::now();
    while began.elapsed() < time {
        let input = (target.damage)(&corpus, &mut rng);
        let began_one = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.check)(&input)));
        let took = began_one.elapsed();
        slowest = slowest.max(took);
        n += 1;
        if took > LONGEST && outcome.is_ok() {
            return broken(target, &input, seed, "took longer than 10 seconds");
        }
        match outcome {
            Ok(Outcome::Accepted) => {
                n_accepted += 1;
                if corpus.len() < CORPUS {
                    corpus.push(input);
                } else if rng.random_ratio(1, 20) {
                    let place = rng.random_range(0..corpus.len());
                    corpus[place] = input;
                }
            }
            Ok(Outcome::Refused) => {}
            Err(_) => return broken(target, &input, seed, "broke a promise (see above)"),
        }
    }
    println!(
        "{}: {n} inputs in {:.0} s, {n_accepted} accepted, slowest {:.0} ms, seed {seed}: nothing broke",
        target.name,
        began.elapsed().as_secs_f64(),
        slowest.as_secs_f64() * 1000.0
    );
    ExitCode::SUCCESS
}

fn broken(target: &Target, input: &[u8], seed: u64, what: &str) -> ExitCode {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fuzz-findings"));
    let path = folder.join(format!("{}-{seed}.bin", target.name));
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input));
    eprintln!("{}: an input {what}; seed {seed}, {}", target.name, path.display());
    if let Err(error) = written {
        eprintln!("it could not be written: {error}");
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A test for each target, so that they run at the same time.
    fn some_seconds_of(name: &str) {
        let target = TARGETS.iter().find(|target| target.name == name).unwrap();
        let outcome = run(target, (target.seeds)(), Duration::from_secs(15), seed_of_now());
        assert_eq!(outcome, ExitCode::SUCCESS, "the seed is printed above");
    }

    #[test]
    fn some_seconds_of_damaged_models_break_nothing() {
        some_seconds_of("model");
    }

    #[test]
    fn some_seconds_of_damaged_data_sets_break_nothing() {
        some_seconds_of("data");
    }

    #[test]
    fn some_seconds_of_damaged_manifests_break_nothing() {
        some_seconds_of("manifest");
    }

    #[test]
    fn some_seconds_of_damaged_logs_break_nothing() {
        some_seconds_of("log");
    }

    #[test]
    fn some_seconds_of_damaged_pages_break_nothing() {
        some_seconds_of("page");
    }
}
