//! Writes a report on a data set: `cargo run -p foldin-report --example report -- DATA > report.html`. Without DATA it
//! takes the built-in sample.

use std::error::Error;
use std::path::Path;

use foldin_data::{Likes, ReadOptions, read, sample};
use foldin_report::data::{data_facts, render};

fn main() -> Result<(), Box<dyn Error>> {
    let (dataset, report) = match std::env::args().nth(1) {
        Some(path) => {
            let (dataset, report) = read(Path::new(&path), &ReadOptions::default())?;
            (dataset, Some(report))
        }
        None => (sample::sample(), None),
    };
    print!("{}", render(&data_facts(&dataset, report.as_ref(), Likes::Automatic)));
    Ok(())
}
