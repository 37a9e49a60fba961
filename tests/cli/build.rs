//! `foldin build`: a complete site, and nothing of anybody else's lost.

use std::fs;

use crate::fixtures::{films, trained};
use crate::harness::{Place, says};

/// The model's files in a site.
fn model_of(place: &Place, site: &str) -> Vec<String> {
    place.file_names(&format!("{site}/model"))
}

#[test]
fn a_site_has_page_package_module_and_model() {
    let place = trained();
    let run = place.foldin("build");
    assert_eq!(run.out, "site\n");
    run.says(&["foldin serve site"]);
    let files = place.files("site");
    for name in ["index.html", "foldin/foldin.js", "foldin/worker.js", "foldin/wasm/foldin_bg.wasm"] {
        assert!(files.get(name).is_some_and(|content| !content.is_empty()), "{name} is missing: {:?}", files.keys());
    }
    assert!(files["foldin/wasm/foldin_bg.wasm"].starts_with(b"\0asm"));
    // Types and notes are for those who install the package.
    assert!(!files.keys().any(|name| name.ends_with(".d.ts") || name.ends_with(".md")), "{:?}", files.keys());
}

#[test]
fn a_site_holds_the_current_version_alone_and_its_files_are_those_of_the_manifest() {
    let place = trained();
    place.foldin("train films --factors 4 --no-evaluate");
    place.foldin("build --uncompressed --out site");
    let manifest = place.json("site/model/manifest.json");
    assert_eq!((&manifest["current"], manifest["versions"].as_array().unwrap().len()), (&"v1.1.0".into(), 1));
    let files = &manifest["versions"][0]["files"];
    let [score, show] = ["score", "show"].map(|kind| files[kind]["path"].as_str().unwrap());
    let [card, data] = ["card", "data"].map(|kind| manifest["versions"][0]["reports"][kind].as_str().unwrap());
    assert_eq!(model_of(&place, "site"), ["manifest.json", card, data, score, show]);
    assert_eq!(place.files("site/model")[score], place.files("model")[score]);
    // It is a model like any other.
    says(&place.foldin("inspect site/model").out, &["site/model v1.1.0"]);
    place.foldin("recommend --model site/model --liked 0078748");
}

#[test]
fn a_site_can_be_built_again_and_keeps_no_file_of_the_earlier_model() {
    let place = trained();
    place.foldin("build");
    let (files, first) = (place.files("site"), model_of(&place, "site"));
    place.foldin("build");
    assert_eq!(place.files("site"), files);

    place.foldin("train films --factors 4 --no-evaluate");
    place.foldin("build");
    let second = model_of(&place, "site");
    assert_eq!(second.len(), 5);
    assert!(second.iter().all(|name| name == "manifest.json" || !first.contains(name)), "{second:?}");
    assert!(!place.path("site/model/v1.0.0").exists());

    // The same version of another model: same folder, other names.
    place.foldin("train films --factors 2 --no-evaluate --out other --version v1.1.0");
    place.foldin("build --uncompressed --model other");
    assert_eq!(model_of(&place, "site").len(), 5);
    assert_eq!(place.model_files("site/model/v1.1.0"), place.model_files("other/v1.1.0"));
}

#[test]
fn a_site_holds_the_same_model_in_fewer_bytes_unless_told_otherwise() {
    let place = trained();
    place.foldin("build --uncompressed");
    place.foldin("build --out packed");
    let length = |site: &str| place.model_files(&format!("{site}/model/v1.0.0")).values().map(Vec::len).sum::<usize>();
    assert!(length("packed") < length("site"), "{} and {}", length("packed"), length("site"));
    assert_eq!(place.json("packed/model/manifest.json"), place.json("site/model/manifest.json"));
    let asked = |model: &str| place.foldin(&format!("recommend --model {model} --liked 0078748")).out;
    assert_eq!(asked("packed/model"), asked("model"));
}

#[test]
fn what_people_put_beside_a_site_stays() {
    let place = trained();
    place.foldin("build");
    place.write("site/CNAME", "films.example").write("site/.git/HEAD", "ref").write("site/about/index.html", "me");
    place.foldin("build");
    for (name, content) in [("CNAME", "films.example"), (".git/HEAD", "ref"), ("about/index.html", "me")] {
        assert_eq!(place.read(&format!("site/{name}")), content);
    }
}

#[test]
fn a_folder_that_holds_other_things_than_a_site_is_left_alone() {
    let place = trained();
    place.write("thesis/chapter.txt", "years of work").write("blog/index.html", "my blog").write("blog/model/x", "");
    place.write("file", "");
    for (out, said) in [
        ("thesis", "thesis holds other things than a site; name a new or empty folder with --out"),
        ("blog", "blog holds other things than a site"),
        ("model", "model holds other things than a site"),
        (".", ". holds other things than a site"),
        ("file", "file is not a folder"),
    ] {
        let before = place.files("");
        says(&place.refused(&format!("build --out {out}")), &[said]);
        assert!(place.files("") == before, "{out} has changed");
    }
}

#[test]
fn an_empty_folder_will_do() {
    let place = trained();
    fs::create_dir(place.path("new")).unwrap();
    place.foldin("build --out new");
    place.foldin("build --out deep/down/site");
}

#[test]
fn a_model_inside_the_site_is_not_its_own_source() {
    let place = trained();
    place.foldin("build");
    let before = place.files("site");
    says(&place.refused("build --model site/model --out site"), &["cannot be the source"]);
    assert_eq!(place.files("site"), before);
}

#[test]
fn without_a_sound_model_no_site_is_begun() {
    let place = Place::new();
    says(&place.refused("build"), &["there is no model in model"]);
    assert!(!place.path("site").exists());

    let place = trained();
    let score = place.only_file("model/v1.0.0", "score-");
    place.write(&score, "cut");
    says(&place.refused("build"), &[&score]);
    assert!(!place.path("site").exists());
}

#[test]
fn known_users_go_along_and_are_spoken_of() {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate --with-users");
    place.foldin("build").says(&["the site holds what 40 users liked, for everybody to read"]);
    assert_eq!(model_of(&place, "site").len(), 6);
}

#[test]
fn a_page_fetches_modules_and_model_at_once_by_relative_addresses() {
    let place = trained();
    place.foldin("build");
    let page = place.read("site/index.html");
    let links = |kind: &str| -> Vec<String> {
        let lines = page.lines().map(str::trim).filter(|line| line.starts_with(&format!("<link rel=\"{kind}\"")));
        lines.map(|line| line.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
    };
    let files = place.json("site/model/manifest.json")["versions"][0]["files"].clone();
    let [score, show] = ["score", "show"].map(|kind| format!("model/{}", files[kind]["path"].as_str().unwrap()));
    let module = "foldin/wasm/foldin_bg.wasm";
    assert_eq!(links("preload"), [module, &score, &show, "model/manifest.json"], "{page}");
    let modules = links("modulepreload");
    assert!(modules.contains(&"foldin/foldin.js".to_owned()), "{modules:?}");
    for name in modules.iter().chain(&links("preload")) {
        assert!(place.path(&format!("site/{name}")).is_file(), "{name}");
    }
    assert!(!page.contains("<!-- preload -->"));
}

#[test]
fn the_list_of_files_has_all_of_page_and_package_and_nothing_of_the_model() {
    let place = trained();
    place.foldin("build");
    let mut expected = place.file_names("site");
    // The trainer's module is fetched where somebody trains.
    let is_left_out = |name: &String| {
        name.starts_with("model/") || name.contains("LICENSE") || name == "files.json" || name.contains("train_bg.wasm")
    };
    expected.retain(|name| !is_left_out(name));
    let listed: Vec<String> = serde_json::from_value(place.json("site/files.json")).unwrap();
    assert_eq!(listed, expected);
    assert!(listed.is_sorted() && listed.contains(&"foldin/wasm/foldin_bg.wasm".to_owned()));
}

#[test]
fn a_site_with_variants_holds_each_of_them_and_the_current_version() {
    let place = trained();
    for factors in [2, 3, 4] {
        place.foldin(&format!("train films --factors {factors} --no-evaluate"));
    }
    place.foldin("variants v1.0.0=90 v1.1.0=10");
    place.foldin("build");
    let manifest = place.json("site/model/manifest.json");
    let versions: Vec<_> = manifest["versions"].as_array().unwrap().iter().map(|one| &one["version"]).collect();
    assert_eq!(versions, ["v1.0.0", "v1.1.0", "v1.3.0"]);
    assert_eq!(manifest["variants"][1], serde_json::json!({ "version": "v1.1.0", "share": 10.0 }));
    assert_eq!(model_of(&place, "site").len(), 1 + 3 * 4);
    // The module and the manifest: which of the versions a visitor gets is not known before.
    assert_eq!(place.read("site/index.html").matches("rel=\"preload\"").count(), 2);

    // When they end, their files go.
    place.foldin("variants --off");
    place.foldin("build");
    assert_eq!(model_of(&place, "site").len(), 1 + 4);

    // A manifest that was changed by hand.
    place.foldin("variants v1.0.0=90 v1.1.0=10");
    let changed = place
        .read("model/manifest.json")
        .replace("\"version\": \"v1.1.0\",\n      \"share\"", "\"version\": \"v9.0.0\",\n      \"share\"");
    place.write("model/manifest.json", changed);
    let before = place.files("site");
    says(
        &place.refused("build"),
        &["model names the variant v9.0.0, which is none of its versions", "foldin variants"],
    );
    assert_eq!(place.files("site"), before);
}
