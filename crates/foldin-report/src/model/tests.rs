use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::dataset::{Dataset, Events, ItemRecord};
use crate::report::page::well_formed;
use crate::store::{self, Encoded, Measurements, Notes};
use crate::train::{TrainSettings, train};

/// Every part that is known, and some that are not.
fn measured() -> Value {
    json!({
        "format": 1,
        "protocols": [
            { "protocol": "strong", "part": "test", "threshold": 4.0, "seed": 7, "users": 1000, "colour": "red",
              "systems": [
                { "name": "foldin",
                  "metrics": { "ndcg@10": { "mean": 0.34, "low": 0.33, "high": 0.35 }, "recall@20": 0.25,
                               "coverage@10": { "mean": 0.21 }, "hits@5": "many" },
                  "byHistory": [ { "from": 1, "to": 4, "users": 120, "metrics": { "ndcg@10": 0.2 } },
                                 { "from": 5, "metrics": { "ndcg@10": { "mean": 0.4 } } } ] },
                { "name": "popularity", "metrics": { "ndcg@10": { "mean": 0.17, "low": 0.16, "high": 0.18 } } },
                { "metrics": { "ndcg@10": 1.0 } } ] },
            { "protocol": "loo", "systems": [ { "name": "foldin", "metrics": { "ndcg@10": 0.05 } } ] },
            { "protocol": "empty" }, 5 ],
        "coldStart": [
            { "shown": 3, "users": 800, "systems": [ { "name": "foldin", "ndcg@10": { "mean": 0.5, "low": 0.4, "high": 0.6 } } ] },
            { "shown": 1, "users": 900, "systems": [ { "name": "foldin", "ndcg@10": { "mean": 0.46 } },
                                                     { "name": "popularity", "ndcg@10": 0.4 } ] },
            { "users": 1 } ],
        "diversity": [
            { "lambda": 0.3, "users": 300, "ndcg@10": { "mean": 0.396, "low": 0.3, "high": 0.5 }, "ild@10": { "mean": 0.6 },
              "coverage@10": { "mean": 0.22 } },
            { "lambda": 0, "users": 300, "ndcg@10": { "mean": 0.4 }, "ild@10": 0.5, "coverage@10": { "mean": 0.2 } },
            { "lambda": 0.7, "ndcg@10": 0.3, "ild@10": 0.75 }, { "ndcg@10": 1.0 } ],
        "training": { "als": [ { "iteration": 1, "seconds": 0.05, "loss": 200.0 }, { "iteration": 2, "loss": 123.4 }, {} ] },
        "stars": { "rmse": 0.91, "mae": 0.72, "baselines": { "bias": { "rmse": 0.944 } } },
        "unknown": [1, 2, 3]
    })
}

/// A folder with two versions, the second of which has these figures.
fn folder(all: Value) -> TempDir {
    let record = |title: &str| ItemRecord { title: title.to_owned(), ..ItemRecord::default() };
    let dataset = Dataset {
        name: "<script>films</script>".to_owned(),
        users: ["u", "v"].map(Box::from).into_iter().collect(),
        items: ["a", "b", "c"].map(Box::from).into_iter().collect(),
        catalogue: ["A", "B", "C"].map(record).to_vec(),
        events: Events { users: vec![0, 0, 1], items: vec![0, 1, 1], ratings: vec![1.0; 3], times: Vec::new() },
        ..Dataset::default()
    };
    let mut settings = TrainSettings::default();
    settings.als.factors = 4;
    let trained = train(&dataset, &dataset.events, &settings, |_| {}).unwrap();
    let encoded = Encoded::new(&trained, None);
    let dir = tempfile::tempdir().unwrap();
    let lock = store::lock(dir.path(), || {}).unwrap();
    let notes =
        Notes { config: "[other]\nkey = 5\n[als]\nfactors = 4\nreg = 0.5\nnu = 1.0\n".to_owned(), ..Notes::default() };
    store::write(&lock, &trained, &encoded, None, &notes).unwrap();
    let metrics = Measurements { summary: json!({ "foldin": { "ndcg@10": 0.34 } }), all };
    let notes = Notes { metrics: Some(metrics), metadata: json!({ "trainedAt": 951_782_400, "events": 3 }), ..notes };
    store::write(&lock, &trained, &encoded, None, &notes).unwrap();
    dir
}

fn facts_of(path: &Path) -> ModelFacts {
    model_facts(path, None).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_card_has_what_the_version_holds() {
    let dir = folder(measured());
    let facts = facts_of(dir.path());
    assert_eq!((facts.version.as_str(), facts.is_current), ("v1.1.0", Some(true)));
    assert_eq!((facts.users, facts.likes, facts.items, facts.liked_items), (2, 3, 3, 2));
    assert_eq!((facts.factors, facts.like_threshold), (Some(4), None));
    let names: Vec<&str> = facts.settings.iter().map(|section| &*section.name).collect();
    assert_eq!(names, ["als", "other"]);
    let settings: Vec<(&str, &str)> = facts.settings[0].settings.iter().map(|one| (&*one.key, &*one.value)).collect();
    assert_eq!(settings, [("factors", "4"), ("reg", "0.5"), ("nu", "1")]);
    let files: Vec<&str> = facts.files.iter().map(|file| file.kind).collect();
    assert_eq!(files, ["score", "show"]);
    for file in &facts.files {
        let sections: u64 = file.sections.iter().map(|section| section.bytes).sum();
        assert!(sections > 0 && sections < file.bytes);
    }
    let versions: Vec<(&str, Option<f64>)> = facts.versions.iter().map(|one| (&*one.version, one.ndcg_at_10)).collect();
    assert_eq!(versions, [("v1.0.0", None), ("v1.1.0", Some(0.34))]);
}

#[test]
fn figures_are_taken_and_what_is_none_is_left_out() {
    let dir = folder(measured());
    let measured = facts_of(dir.path()).measured;
    let names: Vec<&str> = measured.protocols.iter().map(|protocol| protocol.protocol.as_str()).collect();
    assert_eq!(names, ["strong", "loo"]);
    let strong = &measured.protocols[0];
    assert_eq!((strong.users, strong.seed, strong.threshold), (Some(1000), Some(7), Some(4.0)));
    assert_eq!(strong.systems.iter().map(|system| &*system.name).collect::<Vec<_>>(), ["foldin", "popularity"]);
    let foldin = &strong.systems[0];
    assert_eq!(foldin.metrics.keys().collect::<Vec<_>>(), ["coverage@10", "ndcg@10", "recall@20"]);
    assert_eq!(foldin.metrics["ndcg@10"].interval(), Some((0.33, 0.35)));
    assert_eq!(foldin.metrics["recall@20"], Estimate { mean: 0.25, low: None, high: None });
    assert_eq!((foldin.by_history.len(), foldin.by_history[1].to), (2, None));
    assert_eq!(measured.cold_start.iter().map(|point| point.shown).collect::<Vec<_>>(), [1, 3]);
    let diversity: Vec<(f64, usize)> =
        measured.diversity.iter().map(|point| (point.lambda, point.metrics.len())).collect();
    assert_eq!(diversity, [(0.0, 3), (0.3, 3), (0.7, 2)]);
    assert_eq!(measured.training[0].points, [(1.0, 200.0), (2.0, 123.4)]);
    let stars = measured.stars.unwrap();
    assert_eq!((stars.errors["mae"].mean, stars.baselines["bias"]["rmse"].mean), (0.72, 0.944));
}

#[test]
fn the_first_shape_of_the_figures_is_read_too() {
    let dir = folder(json!({
        "protocol": "strong", "threshold": 4.0, "seed": 7,
        "foldin": { "users": 40, "at": [ { "k": 10, "ndcg": 0.3, "coverage": 0.5 }, { "k": 20, "recall": 0.6 } ] },
        "popularity": { "users": 40, "at": [ { "k": 10, "ndcg": 0.1 } ] }
    }));
    let facts = facts_of(dir.path());
    let [protocol] = facts.measured.protocols.as_slice() else { panic!("{:?}", facts.measured) };
    assert_eq!((protocol.protocol.as_str(), protocol.users, protocol.systems.len()), ("strong", Some(40), 2));
    assert_eq!(protocol.systems[0].metrics["recall@20"].mean, 0.6);
    assert!(render(&facts).contains("3.0 times what is reached by popularity"));
}

#[test]
fn the_page_shows_every_part_is_well_formed_and_loads_nothing() {
    let dir = folder(measured());
    let page = render(&facts_of(dir.path()));
    well_formed(&page);
    for word in ["http", "<script", "src=", "url(", "@import", "NaN"] {
        assert!(!page.contains(word), "{word}");
    }
    for words in [
        "&lt;script&gt;films&lt;/script&gt; v1.1.0",
        "2.0 times what is reached by popularity. The intervals do not touch",
        "0.3300 to 0.3500",
        "NDCG@10 by length of history",
        "After 1 like a stranger gets 0.4600, after 3 0.5000",
        "NDCG@10 against ILD@10",
        "20\u{a0}% more variety costs 1.0\u{a0}% of NDCG@10 (diversity 0.3); 50\u{a0}% more variety costs 25\u{a0}% of NDCG@10 (diversity 0.7).",
        "The same people at every line, 300 users here",
        "Loss of als goes from 200 to 123.4 in 2 iterations",
        "off by 0.910 (root mean square); the best of what it is compared with, bias, by 0.944",
        "2000-02-29 00:00 UTC",
        "2 of 4 differ from the defaults",
        "als.factors</th><td>4</td><td>64</td>",
        "<summary>als: The factors behind taste",
        "4<br><small>by default 64</small>",
        "score: factors",
        "v1.1.0 (current) (this card)",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page, render(&facts_of(dir.path())));
}

#[test]
fn figures_at_unusual_cutoffs_are_folded_unless_there_are_no_others() {
    let page = |metrics: Value| {
        let dir = folder(json!({ "protocols": [{ "systems": [{ "name": "foldin", "metrics": metrics }] }] }));
        render(&facts_of(dir.path()))
    };
    let both = page(json!({ "ndcg@10": 0.3, "ndcg@50": 0.4 }));
    well_formed(&both);
    let folds = both.find("<summary>At other cutoffs</summary>").unwrap();
    assert!(both[..folds].contains("NDCG@10</th>") && !both[..folds].contains("NDCG@50</th>"));
    assert!(both[folds..].contains("NDCG@50</th>"));
    let unusual = page(json!({ "ndcg@50": 0.4 }));
    assert!(unusual.contains("NDCG@50</th>") && !unusual.contains("At other cutoffs"));
}

#[test]
fn what_variety_costs_is_shown_as_far_as_it_is_known() {
    let page = |all: Value| {
        let dir = folder(all);
        let page = render(&facts_of(dir.path()));
        well_formed(&page);
        page
    };
    let mut older = measured();
    older.as_object_mut().unwrap().remove("diversity");
    assert!(!page(older).contains("What variety costs"));
    assert!(!page(json!({ "diversity": [{ "lambda": 0.1 }, 5] })).contains("What variety costs"));
    // Without a word of what items are about there is no curve, and the table stays.
    let point = |lambda: f64| json!({ "lambda": lambda, "ndcg@10": 0.5, "coverage@10": { "mean": lambda } });
    let bare = page(json!({ "diversity": [point(0.0), point(0.5)] }));
    assert!(bare.contains("What variety costs") && bare.contains("Coverage@10") && !bare.contains("ILD@10"));
}

#[test]
fn the_price_of_variety_is_said_in_words() {
    let point = |lambda: f64, ndcg: f64, ild: f64| {
        let metrics = [("ndcg@10", ndcg), ("ild@10", ild)];
        let figure = |(name, mean): (&str, f64)| (name.to_owned(), Estimate { mean, low: None, high: None });
        Diversity { lambda, users: None, metrics: metrics.into_iter().map(figure).collect() }
    };
    let said = |points: &[Diversity]| says::diversity(points).replace('\u{a0}', " ");
    let plain = point(0.0, 0.5, 0.5);
    assert_eq!(
        said(&[plain.clone(), point(0.1, 0.51, 0.55)]),
        "10 % more variety costs nothing of NDCG@10 (diversity 0.1)."
    );
    assert_eq!(
        said(&[plain.clone(), point(0.1, 0.4, 0.6), point(0.2, 0.3, 0.7)]),
        "20 % more variety costs 20 % of NDCG@10 (diversity 0.1); 40 % more variety costs 40 % of NDCG@10 (diversity 0.2)."
    );
    assert_eq!(
        said(&[plain.clone(), point(0.1, 0.5, 0.6)]),
        "20 % more variety costs nothing of NDCG@10 (diversity 0.1)."
    );
    assert!(said(&[plain.clone(), point(0.1, 0.5, 0.5)]).starts_with("Lists do not become more varied"));
    assert!(said(&[point(0.1, 0.5, 0.5)]).starts_with("What lists are worth"));
}

#[test]
fn no_part_is_required() {
    for all in [json!({}), json!([]), json!({ "protocols": 5, "coldStart": {}, "training": [], "stars": "many" })] {
        let dir = folder(all);
        let page = render(&facts_of(dir.path()));
        well_formed(&page);
        assert!(page.contains("Nothing was measured"));
    }
    let dir = folder(measured());
    for file in ["metrics.json", "metadata.json", "config.toml"] {
        fs::remove_file(dir.path().join("v1.1.0").join(file)).unwrap();
    }
    let page = render(&facts_of(dir.path()));
    well_formed(&page);
    assert!(page.contains("There is no config.toml") && page.contains("Nothing was measured"));
}

#[test]
fn a_version_is_found_by_name_by_folder_and_by_manifest() {
    let dir = folder(measured());
    let first = dir.path().join("v1.0.0");
    for (path, version) in
        [(dir.path(), Some("v1.0.0")), (dir.path(), Some("1.0.0")), (&first, None), (&first, Some("v1.0.0"))]
    {
        assert!(is_model(path));
        let facts = model_facts(path, version).unwrap();
        assert_eq!((facts.version.as_str(), facts.is_current, facts.versions.len()), ("v1.0.0", Some(false), 2));
    }
    let manifest = dir.path().join("manifest.json");
    assert!(is_model(&manifest));
    assert_eq!(facts_of(&manifest), facts_of(dir.path()));
    // A version that was copied elsewhere stands alone.
    let elsewhere = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&first).unwrap().flatten() {
        fs::copy(entry.path(), elsewhere.path().join(entry.file_name())).unwrap();
    }
    let facts = facts_of(elsewhere.path());
    assert_eq!((facts.is_current, facts.versions.len(), facts.files.len()), (None, 0, 2));
    well_formed(&render(&facts));
}

#[test]
fn what_is_wrong_is_named() {
    let dir = folder(measured());
    let said = |path: &Path, version: Option<&str>| model_facts(path, version).unwrap_err().to_string();
    assert!(said(dir.path(), Some("v9.0.0")).ends_with("has no version v9.0.0; it has v1.0.0, v1.1.0"));
    assert!(said(&dir.path().join("v1.0.0"), Some("v1.1.0")).contains("is the folder of one version, not v1.1.0"));
    fs::write(dir.path().join("v1.1.0/metrics.json"), "{").unwrap();
    assert!(said(dir.path(), None).contains("metrics.json cannot be understood: EOF"));
    let empty = tempfile::tempdir().unwrap();
    assert!(!is_model(empty.path()));
    assert!(said(empty.path(), None).contains("there is no model in"));
    let files = facts_of(&dir.path().join("v1.0.0")).files;
    assert_eq!(files.len(), 2);
    for entry in fs::read_dir(dir.path().join("v1.0.0")).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("score") {
            fs::write(entry.path(), "no model").unwrap();
            assert!(said(&dir.path().join("v1.0.0"), None).contains("this is not a foldin file"));
            fs::remove_file(entry.path()).unwrap();
        }
    }
    assert!(said(&dir.path().join("v1.0.0"), None).contains("has no score file"));
}
