//! The page and the package are built into the program: a change to either is a change to the program.
//!
//! In the repository they are taken from where they are built. A crate that was packaged for a registry carries them in
//! its folder `site`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let repository = folder.join("../..");
    let (page, package) = if repository.join("pkg/package.json").is_file() {
        (repository.join("web/built"), repository.join("pkg"))
    } else {
        (folder.join("site/page"), folder.join("site/package"))
    };
    let out = PathBuf::from(variable("OUT_DIR")).join("site");
    if out.is_dir() {
        fs::remove_dir_all(&out)?;
    }
    copy(&page, &out.join("page"), &|_| true)?;
    copy(&package, &out.join("package"), &is_for_sites)?;
    println!("cargo::rerun-if-changed={}", page.display());
    println!("cargo::rerun-if-changed={}", package.display());
    Ok(())
}

/// Whether a site needs this file of the package: entries that run without a bundler, modules and licences.
fn is_for_sites(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_entry = name.ends_with(".js") && !matches!(&*name, "react.js" | "vue.js");
    let is_at_top = path.components().count() == 1;
    is_at_top && (is_entry || name.starts_with("LICENSE")) || path.starts_with("wasm") && name.ends_with(".wasm")
}

/// Copies the files of a folder that are wanted, by their path in it; hidden ones only keep a folder in the repository.
fn copy(from: &Path, to: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if is_wanted(&path) {
                if let Some(parent) = to.join(&path).parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::copy(entry.path(), to.join(&path))?;
            }
        }
    }
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
