//! Reads a data set and splits it: `cargo run -p foldin-data --example split -- DATA`. Without DATA it takes the built-in
//! sample.

use std::error::Error;
use std::path::Path;

use foldin_data::split::{Protocol, SplitOptions, split};
use foldin_data::{Likes, ReadOptions, read, sample};

fn main() -> Result<(), Box<dyn Error>> {
    let dataset = match std::env::args().nth(1) {
        Some(path) => {
            let (dataset, report) = read(Path::new(&path), &ReadOptions::default())?;
            report.notes().iter().for_each(|note| println!("note: {note}"));
            dataset
        }
        None => sample::sample(),
    };
    let threshold = Likes::Automatic.threshold(&dataset);
    let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed: 7 })?;
    println!("{}: {} events to learn from, likes from {threshold:?} on", dataset.name, split.train.len());
    println!("{} validation users, {} test users", split.validation.len(), split.test.len());
    Ok(())
}
