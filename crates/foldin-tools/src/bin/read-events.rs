//! Reads a file of events and prints how long it took and how much memory, for `scripts/bench read`.
//!
//! ```sh
//! cargo run --release -p foldin-tools --bin read-events -- events.parquet
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use foldin_data::{ReadOptions, read_paths};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        return Err("give the files of events".into());
    }
    let started = Instant::now();
    let (dataset, _) = read_paths(&paths, None, &ReadOptions::default())?;
    let seconds = started.elapsed().as_secs_f64();
    let (events, users, items) = (dataset.events.len(), dataset.users.len(), dataset.items.len());
    let megabytes = peak_kilobytes().unwrap_or_default() / 1000;
    println!(
        r#"{{"seconds": {seconds:.2}, "megabytes": {megabytes}, "events": {events}, "users": {users}, "items": {items}}}"#
    );
    Ok(())
}

/// The most memory that this process has had, as Linux counts it.
fn peak_kilobytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
