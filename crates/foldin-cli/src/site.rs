//! The page and the package, as they were when the program was built: so that page, module and model always fit.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use include_dir::{Dir, File, include_dir};

use crate::descriptions::DescriptionsFile;

static WEB: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../web");
static PKG: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../pkg");

/// Where the package lies in a site.
const PACKAGE: &str = "foldin";
/// The module without which nothing runs.
const MODULE: &str = "wasm/foldin_bg.wasm";
/// The page, and the script that it starts with.
const PAGE: &str = "index.html";
const SCRIPT: &str = "app.js";
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

/// Writes page and package into `out`, and the list of their files.
pub(crate) fn write_page(out: &Path) -> anyhow::Result<()> {
    let Some(module) = PKG.get_file(MODULE) else {
        bail!("this program was built without the wasm module: run scripts/build-wasm, then build the program again");
    };
    write_file(&out.join(PACKAGE), module.path(), module.contents())?;
    let files = files();
    for (path, file) in &files {
        write_file(out, path, file.contents())?;
    }
    write_file(out, Path::new(DESCRIPTIONS), &serde_json::to_vec(&DescriptionsFile::new())?)?;
    let urls = files.iter().map(|(path, _)| url(path)).chain([DESCRIPTIONS.to_owned()]);
    let mut urls: Vec<String> = urls.filter(|url| !url.contains("LICENSE")).collect();
    urls.sort_unstable();
    write_file(out, Path::new(FILES), (serde_json::to_string_pretty(&urls)? + "\n").as_bytes())
}

/// Writes the page once more, so that browsers fetch its modules and these files of the model at once, not each when
/// the one before has been read.
pub(crate) fn add_preloads(out: &Path, model: &[String]) -> anyhow::Result<()> {
    let Some(page) = WEB.get_file(PAGE).and_then(File::contents_utf8) else { return Ok(()) };
    let model = model.iter().map(String::as_str);
    let files = model
        .chain([DESCRIPTIONS])
        .map(|url| format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{url}\">"));
    let modules = modules(Path::new(SCRIPT)).into_iter().skip(1);
    let modules = modules.map(|path| format!("<link rel=\"modulepreload\" href=\"{}\">", url(&path)));
    let links: Vec<String> = files.chain(modules).collect();
    write_file(out, Path::new(PAGE), page.replace(PRELOAD, &links.join("\n    ")).as_bytes())
}

/// All files of a site but the model's, by their path in it. Types and notes of the package are for those who install it.
fn files() -> Vec<(PathBuf, &'static File<'static>)> {
    let is_needed = |file: &&File| {
        let name = file.path().to_string_lossy();
        name.ends_with(".js") || name.ends_with(".wasm") || name.starts_with("LICENSE")
    };
    let package = all_files(&PKG).into_iter().filter(is_needed);
    let package = package.map(|file| (Path::new(PACKAGE).join(file.path()), file));
    package.chain(all_files(&WEB).into_iter().map(|file| (file.path().to_owned(), file))).collect()
}

fn all_files(dir: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    dir.files().chain(dir.dirs().flat_map(all_files)).collect()
}

/// A module and all that it imports before it runs, itself first: what is imported only when it is needed is not there.
fn modules(entry: &Path) -> Vec<PathBuf> {
    let mut found = vec![entry.to_owned()];
    let mut n = 0;
    while let Some(path) = found.get(n).cloned() {
        let file = match path.strip_prefix(PACKAGE) {
            Ok(path) => PKG.get_file(path),
            Err(_) => WEB.get_file(&path),
        };
        match file.and_then(File::contents_utf8) {
            Some(text) => {
                let new: Vec<PathBuf> = imports(text).map(|name| beside(&path, name)).collect();
                new.into_iter().for_each(|path| {
                    if !found.contains(&path) {
                        found.push(path)
                    }
                });
                n += 1;
            }
            // Such as a comment that looks like an import.
            None => drop(found.remove(n)),
        }
    }
    found
}

/// The relative names behind `import ... from`, `import` and `export ... from`, as the formatter leaves them.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(import)
}

fn import(line: &str) -> Option<&str> {
    let is_import = ["import ", "export ", "} from "].iter().any(|start| line.starts_with(start));
    let name = match line.strip_prefix("import \"") {
        Some(name) => name,
        None => line.split_once("from \"").filter(|_| is_import)?.1,
    };
    name.split('"').next().filter(|name| name.starts_with('.'))
}

/// The path of a name that stands in a file.
fn beside(file: &Path, name: &str) -> PathBuf {
    let mut path = file.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(part) => path.push(part),
            _ => {}
        }
    }
    path
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
    fn imports_are_found_however_they_are_written_and_later_ones_are_not() {
        let text = "import { a } from \"./a.js\";\nimport * as b from \"../b.js\";\nimport \"./c.js\";\nimport {\n  d,\n} \
                    from \"./d.js\";\nexport { e } from \"./e.js\";\nimport x from \"package\";\n\
                    const f = await import(\"./f.js\");\n// import g from \"./g.js\"\n";
        assert_eq!(imports(text).collect::<Vec<_>>(), ["./a.js", "../b.js", "./c.js", "./d.js", "./e.js"]);
    }

    #[test]
    fn names_are_relative_to_the_file_that_they_stand_in() {
        for (file, name, path) in [
            ("app.js", "./a.js", "a.js"),
            ("views/x/y.js", "../../b.js", "b.js"),
            ("views/x.js", "./c/d.js", "views/c/d.js"),
        ] {
            assert_eq!(beside(Path::new(file), name), Path::new(path));
        }
    }

    #[test]
    fn the_page_names_modules_that_there_are_and_itself_first() {
        let found = modules(Path::new(SCRIPT));
        assert_eq!(found[0], Path::new(SCRIPT));
        assert!(found.contains(&Path::new("foldin/foldin.js").to_owned()), "{found:?}");
        assert_eq!(modules(Path::new("none.js")), Vec::<PathBuf>::new());
    }
}
