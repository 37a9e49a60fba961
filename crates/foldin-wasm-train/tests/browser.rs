//! The module in a browser: the same training as in native code, and errors that say what is wrong.

#![cfg(target_arch = "wasm32")]

mod common;

use foldin_wasm_train::{Reading, Thrown};
use js_sys::{Array, Function, JSON, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |object, field| Reflect::get(&object, &field.into()).unwrap())
}

fn string(object: &JsValue, path: &str) -> String {
    get(object, path).as_string().unwrap_or_else(|| panic!("{path} is no text"))
}

fn number(object: &JsValue, path: &str) -> f64 {
    get(object, path).as_f64().unwrap_or_else(|| panic!("{path} is no number"))
}

/// A search of a few trials: the whole recipe, in a second.
const SHORT_SEARCH: &str = r#"{ "search": { "trials": 3, "patience": 2 }, "als": { "factors": 16 } }"#;

/// Reads files, whose settings are JSON or, without braces, a settings file.
fn read(files: &[(&str, &[u8])], items: Option<&str>, settings: &str) -> Result<Reading, Thrown> {
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let contents = files.iter().map(|(_, bytes)| Uint8Array::from(*bytes)).collect();
    let settings = if settings.starts_with('{') { JSON::parse(settings).unwrap() } else { settings.into() };
    Reading::new("films".to_owned(), names, contents, items.map(str::to_owned), &settings)
}

fn films(settings: &str) -> Reading {
    let (events, items) = (common::events(), common::items());
    let files = [("events.csv", events.as_bytes()), ("items.csv", items.as_bytes())];
    read(&files, Some("items.csv"), settings).unwrap()
}

/// Code and message of what a call threw.
fn thrown<T>(result: Result<T, Thrown>) -> (String, String) {
    let Err(error) = result else { panic!("nothing was thrown") };
    let error = JsValue::from(error);
    assert!(error.is_instance_of::<js_sys::Error>());
    (string(&error, "code"), string(&error, "message"))
}

/// A callback that keeps what it is told, and answers with what its body gives.
fn callback(body: &str) -> Function {
    Function::new_with_args("event", &format!("(globalThis.told ??= []).push(event); {body}"))
}

fn told() -> Array {
    let told = get(&js_sys::global(), "told");
    Reflect::delete_property(&js_sys::global(), &"told".into()).unwrap();
    Array::from(&told)
}

#[wasm_bindgen_test]
fn a_training_is_as_good_as_that_of_native_code() {
    common::assert_as_good_as_same(&common::trained(), &common::expected(include_str!("expected.txt")));
}

#[wasm_bindgen_test]
fn what_was_read_is_told_before_the_training() {
    let facts = films("{}").facts().unwrap();
    assert_eq!(
        (string(&facts, "name"), number(&facts, "users"), number(&facts, "items")),
        ("films".into(), 600.0, 60.0)
    );
    assert_eq!((number(&facts, "likeThreshold"), number(&facts, "highestRating")), (4.0, 5.0));
    let columns = Array::from(&get(&facts, "columns")).get(0);
    assert_eq!(string(&columns, "file"), "events.csv");
    assert_eq!((string(&columns, "roles.user"), string(&columns, "roles.time")), ("userId".into(), "timestamp".into()));
    assert!(get(&columns, "roles.event").is_null());
    assert!(string(&Array::from(&get(&facts, "mostLiked")).get(0), "title").starts_with("Film "));
    assert!(string(&facts, "report").starts_with("<!DOCTYPE html>"));
}

#[wasm_bindgen_test]
fn a_training_gives_the_files_of_a_model_folder_and_tells_its_phases() {
    let trained = films(SHORT_SEARCH).train(&callback("")).unwrap();
    let files = Array::from(&get(&trained, "files"));
    let paths: Vec<String> = files.iter().map(|file| Array::from(&file).get(0).as_string().unwrap()).collect();
    for name in ["config.toml", "metadata.json", "metrics.json", "card.html", "data.html"] {
        assert!(paths.contains(&format!("v1.0.0/{name}")), "{paths:?}");
    }
    assert_eq!(paths.last().map(String::as_str), Some("manifest.json"));
    assert_eq!(paths.len(), 8);
    assert!(number(&trained, "manifest.versions.0.files.score.bytes") > 1000.0);
    assert!(string(&trained, "privacy.sentence").contains("at least 3 people"));
    assert!(number(&trained, "privacy.minSupport") == 3.0 && Array::from(&get(&trained, "doubts")).length() == 0);
    let told = told();
    let phases: Vec<String> =
        told.iter().filter(|event| string(event, "type") == "phase").map(|event| string(&event, "phase")).collect();
    assert_eq!(phases, ["searching", "learning", "ranking", "measuring", "mapping"]);
    let measured = told.iter().find(|event| string(event, "type") == "measured").expect("it was measured");
    let ndcg = number(&measured, "metrics.foldin.ndcg@10");
    assert!(ndcg > number(&measured, "metrics.popularity.ndcg@10"), "{ndcg}");
    let trial = told.iter().find(|event| string(event, "type") == "trial").expect("settings were searched");
    assert!(Array::from(&get(&trial, "sources")).length() > 0 && get(&trial, "values").is_object());
}

#[wasm_bindgen_test]
fn a_callback_ends_a_training_by_false_or_by_throwing() {
    let films = films("{}");
    let no = films.train(&Function::new_no_args("return false"));
    assert_eq!(thrown(no).0, "cancelled");
    let Err(error) = films.train(&Function::new_no_args("throw 'enough'")) else { panic!("it was not cancelled") };
    assert_eq!(JsValue::from(error).as_string().as_deref(), Some("enough"));
    let late = callback("if (event.type === 'step' && event.phase === 'measuring') throw new RangeError('late')");
    let Err(error) = films.train(&late) else { panic!("it was not cancelled") };
    assert!(JsValue::from(error).is_instance_of::<js_sys::RangeError>());
    told();
    // The data are still there.
    assert!(films.train(&Function::new_no_args("")).is_ok());
}

#[wasm_bindgen_test]
fn bad_data_are_refused_in_the_words_of_the_reader() {
    let of = |text: &str| thrown(read(&[("events.csv", text.as_bytes())], None, "{}"));
    let (code, message) = of("user,item,rating\nann,alien,5\nann,aliens,many\n");
    assert_eq!(code, "unreadable-data");
    assert!(message.starts_with("events.csv:3: column 3 (rating): \"many\" is not a number"), "{message}");
    assert!(message.contains("`data.skip-bad-lines` leaves such lines out"), "{message}");
    let error = JsValue::from(read(&[("x.csv", b"who,what\nann,alien\n")], None, "{}").err().unwrap());
    assert_eq!(string(&error, "file"), "x.csv");
    assert_eq!(Array::from(&get(&error, "columns")).join(","), "who,what");
    assert!(string(&error, "message").contains("data.columns \"user=who,item=what\""));
    let columns = r#"{ "data": { "columns": "user=who,item=what" } }"#;
    assert!(read(&[("x.csv", b"who,what\nann,alien\n")], None, columns).is_ok());
}

#[wasm_bindgen_test]
fn wrong_settings_are_refused_by_their_names() {
    let of = |settings: &str| thrown(read(&[("events.csv", b"user,item\nann,alien\n")], None, settings));
    assert_eq!(of(r#"{ "als": { "factors": 0 } }"#).0, "invalid-value");
    assert!(of(r#"{ "als": { "factors": 0 } }"#).1.starts_with("settings: factors is 0; expected "));
    assert!(of(r#"{ "als": { "factor": 8 } }"#).1.contains("factors"));
    assert!(of(r#"{ "size": "huge" }"#).1.contains("small, medium, large"));
    assert!(of("[als]\nfactors = 0\n").1.starts_with("settings:2:11: factors is 0"));
}

#[wasm_bindgen_test]
fn data_without_a_like_have_nothing_to_learn() {
    let settings = r#"{ "data": { "threshold": 9 } }"#;
    let (code, message) = thrown(films(settings).train(&Function::new_no_args("")));
    assert_eq!(code, "nothing-to-learn");
    assert!(message.contains("lower data.threshold"), "{message}");
}
