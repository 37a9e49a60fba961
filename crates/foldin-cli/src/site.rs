//! The page and the package, as they were when the program was built: so that page, module and model always fit.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use include_dir::{Dir, File, include_dir};

static WEB: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../web");
static PKG: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../pkg");

/// Where the package lies in a site.
const PACKAGE: &str = "foldin";
/// The module without which nothing runs.
const MODULE: &str = "wasm/foldin_bg.wasm";

/// Whether a folder is a site that this program wrote, perhaps in part: the module is the first file of all.
pub fn is_site(folder: &Path) -> bool {
    folder.join(PACKAGE).join(MODULE).is_file()
}

/// Writes page and package into `out`, and nothing else that is not needed there.
pub fn write_page(out: &Path) -> anyhow::Result<()> {
    let Some(module) = PKG.get_file(MODULE) else {
        bail!("this program was built without the wasm module: run scripts/build-wasm, then build the program again");
    };
    let package = out.join(PACKAGE);
    write_file(module, &package)?;
    write_files(&PKG, &package, &|name| {
        name.ends_with(".js") || name.ends_with(".wasm") || name.starts_with("LICENSE")
    })?;
    write_files(&WEB, out, &|_| true)
}

fn write_files(dir: &Dir, out: &Path, wanted: &dyn Fn(&str) -> bool) -> anyhow::Result<()> {
    for file in dir.files().filter(|file| wanted(&file.path().to_string_lossy())) {
        write_file(file, out)?;
    }
    dir.dirs().try_for_each(|dir| write_files(dir, out, wanted))
}

fn write_file(file: &File, out: &Path) -> anyhow::Result<()> {
    let path = out.join(file.path());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(&path, file.contents()).with_context(|| format!("cannot write {}", path.display()))
}
