//! Lists the versions of a model folder: `cargo run -p foldin-store --example versions -- MODEL`.

use std::error::Error;
use std::path::PathBuf;

use foldin_store::read_manifest;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).unwrap_or_else(|| "model".to_owned()).into();
    let manifest = read_manifest(&folder)?;
    for entry in &manifest.versions {
        let mark = if entry.version == manifest.current { "*" } else { " " };
        let bytes: u64 = entry.files.values().map(|file| file.bytes).sum();
        println!("{mark} {}  {}  {bytes} bytes", entry.version, entry.trained_on.data);
    }
    Ok(())
}
