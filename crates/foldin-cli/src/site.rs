//! The page and the package, as they were when the program was built: so that page, module and model always fit.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};

static WEB: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../web");
static PKG: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../pkg");

/// Where the package lies in a site.
const PACKAGE: &str = "foldin";
/// The module without which nothing runs.
const MODULE: &str = "wasm/foldin_bg.wasm";

/// Writes page and package into `out`, and nothing else that is not needed there.
pub fn write_page(out: &Path) -> anyhow::Result<()> {
    if PKG.get_file(MODULE).is_none() {
        bail!("this program was built without the wasm module: run scripts/build-wasm, then build the program again");
    }
    write_files(&WEB, out, &|_| true)?;
    write_files(&PKG, &out.join(PACKAGE), &|name| name.ends_with(".js") || name.ends_with(".wasm"))
}

fn write_files(dir: &Dir, out: &Path, wanted: &dyn Fn(&str) -> bool) -> anyhow::Result<()> {
    for file in dir.files().filter(|file| wanted(&file.path().to_string_lossy())) {
        let path = out.join(file.path());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&path, file.contents()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    dir.dirs().try_for_each(|dir| write_files(dir, out, wanted))
}
