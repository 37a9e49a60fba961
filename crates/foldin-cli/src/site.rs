//! The page and the package, as they were when the program was built: so that page, module and model always fit.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use include_dir::{Dir, File, include_dir};

use crate::descriptions::DescriptionsFile;

/// Both as the build script has put them together.
static WEB: Dir = include_dir!("$OUT_DIR/site/page");
static PKG: Dir = include_dir!("$OUT_DIR/site/package");

/// Where the package lies in a site.
pub(crate) const PACKAGE: &str = "foldin";
/// The module without which nothing runs.
const MODULE: &str = "wasm/foldin_bg.wasm";
/// The trainer of the view "Your data", where the package was built with it.
const TRAINER: [&str; 3] = ["train.js", "train-worker.js", TRAINER_MODULE];
const TRAINER_MODULE: &str = "wasm/foldin_train_bg.wasm";
/// The page.
const PAGE: &str = "index.html";
/// What stands in the page where preloads go.
const PRELOAD: &str = "<!-- preload -->";
/// The list of all files of page and package, for the service worker that keeps them.
const FILES: &str = "files.json";
/// What strategies, metrics, protocols and features mean.
const DESCRIPTIONS: &str = "descriptions.json";

/// Whether a folder is a site that this program wrote, perhaps in part: the module is the first file of all.
pub(crate) fn is_site(folder: &Path) -> bool {
    folder.join(PACKAGE).join(MODULE).is_file()
}

/// Writes page and package into `out`, and the list of their files; removes files of an earlier list that are no more,
/// since names of scripts change with what is in them.
pub(crate) fn write_page(out: &Path) -> anyhow::Result<()> {
    write_module(out)?;
    let files: Vec<_> = files().into_iter().chain(trainer_files()).collect();
    let earlier = listed(out);
    for (path, file) in &files {
        write_file(out, path, file.contents())?;
    }
    write_file(out, Path::new(DESCRIPTIONS), &serde_json::to_vec(&DescriptionsFile::new())?)?;
    let urls = files.iter().map(|(path, _)| url(path)).chain([DESCRIPTIONS.to_owned()]);
    // The trainer's module is larger than all others together, and few visitors train: it is fetched when they do.
    let is_kept = |url: &String| !url.contains("LICENSE") && !url.ends_with(TRAINER_MODULE);
    let mut urls: Vec<String> = urls.filter(is_kept).collect();
    urls.sort_unstable();
    write_file(out, Path::new(FILES), (serde_json::to_string_pretty(&urls)? + "\n").as_bytes())?;
    for url in earlier.iter().filter(|url| !urls.contains(url)) {
        remove_file(out, url)?;
    }
    Ok(())
}

/// The files that an earlier build listed; none where there is no list.
fn listed(out: &Path) -> Vec<String> {
    let list = fs::read(out.join(FILES)).unwrap_or_default();
    serde_json::from_slice(&list).unwrap_or_default()
}

/// Removes a file that an earlier build listed, if it is a file inside `out`.
fn remove_file(out: &Path, url: &str) -> anyhow::Result<()> {
    let path = Path::new(url);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(());
    }
    let path = out.join(path);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error)
            .with_context(|| format!("cannot remove {}, which the site does not need any more", path.display())),
        _ => Ok(()),
    }
}

/// Writes the package alone into the folder `foldin` of a site that somebody else made.
#[cfg(feature = "site")]
pub(crate) fn write_package(site: &Path) -> anyhow::Result<()> {
    write_module(site)?;
    package_files().into_iter().try_for_each(|(path, file)| write_file(site, &path, file.contents()))
}

fn write_module(site: &Path) -> anyhow::Result<()> {
    let Some(module) = PKG.get_file(MODULE).filter(|_| WEB.contains(PAGE)) else {
        bail!(
            "this program was built without the wasm module or the page: run scripts/build-wasm, then build the program \
             again"
        );
    };
    write_file(&site.join(PACKAGE), module.path(), module.contents())
}

/// Writes the page once more, so that browsers fetch these files of the model at once, not each when the one before has
/// been read.
pub(crate) fn add_preloads(out: &Path, model: &[String]) -> anyhow::Result<()> {
    let Some(page) = WEB.get_file(PAGE).and_then(File::contents_utf8) else { return Ok(()) };
    let links: Vec<String> =
        model.iter().map(|url| format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{url}\">")).collect();
    write_file(out, Path::new(PAGE), page.replace(PRELOAD, &links.join("\n    ")).as_bytes())
}

/// All files of a site but the model's, by their path in it: of the package those that run without a bundler.
fn files() -> Vec<(PathBuf, &'static File<'static>)> {
    let page = all_files(&WEB).into_iter().map(|file| (file.path().to_owned(), file));
    package_files().into_iter().chain(page).collect()
}

/// What every site needs of the package.
fn package_files() -> Vec<(PathBuf, &'static File<'static>)> {
    let is_needed = |file: &&File| !TRAINER.iter().any(|name| file.path() == Path::new(name));
    let package = all_files(&PKG).into_iter().filter(is_needed);
    package.map(|file| (Path::new(PACKAGE).join(file.path()), file)).collect()
}

fn trainer_files() -> Vec<(PathBuf, &'static File<'static>)> {
    let there = TRAINER.iter().filter_map(|name| PKG.get_file(name));
    there.map(|file| (Path::new(PACKAGE).join(file.path()), file)).collect()
}

fn all_files(dir: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    dir.files().chain(dir.dirs().flat_map(all_files)).collect()
}

/// A path as pages write it.
fn url(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn write_file(out: &Path, path: &Path, contents: &[u8]) -> anyhow::Result<()> {
    let path = out.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(&path, contents).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_build_listed_and_this_one_has_not_is_removed_and_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        write_page(&out).unwrap();
        let kept = fs::read_to_string(out.join(FILES)).unwrap();
        fs::write(out.join("app-OLD.js"), "old").unwrap();
        fs::write(out.join("CNAME"), "films.example").unwrap();
        fs::write(folder.path().join("outside.js"), "mine").unwrap();
        let list = kept.replacen('[', "[\"app-OLD.js\", \"../outside.js\", \"gone.js\",", 1);
        fs::write(out.join(FILES), list).unwrap();
        write_page(&out).unwrap();
        assert!(!out.join("app-OLD.js").exists());
        assert!(out.join("CNAME").exists() && folder.path().join("outside.js").exists());
        assert_eq!(fs::read_to_string(out.join(FILES)).unwrap(), kept);
    }
}
