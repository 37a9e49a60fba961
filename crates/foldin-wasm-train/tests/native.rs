//! What native code learns from the data that wasm is compared on, written down in `expected.txt`.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::fmt::Write;
use std::path::PathBuf;

use common::{assert_as_good_as_same, expected, trained};

#[test]
fn a_training_is_as_good_as_the_one_that_was_written_down() {
    let found = trained();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expected.txt");
    if !path.exists() {
        let mut text = String::new();
        found.metrics.iter().for_each(|(name, value)| writeln!(text, "{name} {value:.6}").unwrap());
        text.push('\n');
        found.lists.iter().for_each(|list| writeln!(text, "{}", list.join(" ")).unwrap());
        std::fs::write(&path, text).unwrap();
        eprintln!("wrote {}; commit it", path.display());
    }
    // After a change of the algorithm delete expected.txt and run again.
    assert_as_good_as_same(&found, &expected(&std::fs::read_to_string(&path).unwrap()));
}
