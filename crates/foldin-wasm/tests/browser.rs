//! The module in a browser: the same answers as native code, and errors that say what is wrong.

#![cfg(target_arch = "wasm32")]

use foldin_core::model::{ItemMap, Users};
use foldin_core::{ItemIdx, Signal, file};
use foldin_fixtures::parity;
use foldin_wasm::{FoldinModel, Thrown};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn model() -> FoldinModel {
    let (model, descriptions) = parity::model();
    FoldinModel::new(file::write_score(&model), file::write_show(&descriptions)).unwrap()
}

/// The same with a map and with two users.
fn model_with_all() -> FoldinModel {
    let (model, descriptions) = parity::model();
    let position = |n: usize| [n as f32 / 1500.0, (n * 7 % 100) as f32 / 100.0];
    let map = ItemMap::new(&(0..model.catalogue.len()).map(position).collect::<Vec<_>>());
    // In the order in which a profile is read: seen, rated, liked.
    let ann = vec![(ItemIdx(7), Signal::Seen), (ItemIdx(2), Signal::Stars(4.5)), (ItemIdx(5), Signal::Liked)];
    let users = Users::new(&model.catalogue, vec![("ann", ann), ("bob", vec![])]);
    let show = file::write_show(&descriptions.with_map(map));
    let mut all = FoldinModel::new(file::write_score(&model), show).unwrap();
    all.add_users(file::write_users(&users)).unwrap();
    all
}

fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn get(object: &JsValue, field: &str) -> JsValue {
    Reflect::get(object, &field.into()).unwrap()
}

fn string(object: &JsValue, field: &str) -> String {
    get(object, field).as_string().unwrap()
}

/// Code and message of the error that a call threw.
fn thrown(result: Result<JsValue, Thrown>) -> (String, String) {
    let error = JsValue::from(result.unwrap_err());
    assert!(error.is_instance_of::<js_sys::Error>());
    (string(&error, "code"), string(&error, "message"))
}

#[wasm_bindgen_test]
fn ranked_ids_and_scores_are_those_of_native_code_to_the_last_bit() {
    let model = model();
    let expected: Vec<&str> = include_str!("../../../tests/parity/expected.txt").lines().collect();
    let profiles = parity::profiles();
    assert_eq!(profiles.len(), expected.len());
    for (n, (profile, expected)) in profiles.iter().zip(expected).enumerate() {
        // The fixture's events are in the order in which the module reads these lists.
        let input = Object::new();
        let lists = ["liked", "disliked", "seen", "ratings"].map(|name| (name, Array::new()));
        for event in profile.events() {
            let id = JsValue::from(event.item.as_str());
            match event.signal {
                Signal::Liked => lists[0].1.push(&id),
                Signal::Disliked => lists[1].1.push(&id),
                Signal::Seen => lists[2].1.push(&id),
                Signal::Stars(stars) => lists[3].1.push(&Array::of2(&id, &stars.into())),
            };
        }
        lists.iter().for_each(|(name, list)| assert!(Reflect::set(&input, &(*name).into(), list).unwrap()));
        let asked = parity::request(n);
        let request = Object::new();
        Reflect::set(&request, &"strategy".into(), &asked.strategy.name().into()).unwrap();
        Reflect::set(&request, &"k".into(), &(asked.k as f64).into()).unwrap();
        Reflect::set(&request, &"diversity".into(), &asked.diversity.into()).unwrap();
        let answer = Array::from(&model.recommend(&input, &request).unwrap());
        let expected: Vec<&str> = expected.split(", ").collect();
        assert_eq!(answer.length() as usize, expected.len(), "profile {n}");
        for (one, expected) in answer.iter().zip(expected) {
            let [id, score, stars, sources] = *expected.split(' ').collect::<Vec<_>>() else { panic!("{expected}") };
            assert_eq!(string(&one, "id"), id, "profile {n}");
            let number = |field: &str| get(&one, field).as_f64().unwrap() as f32;
            assert_eq!(number("score"), score.parse::<f32>().unwrap(), "profile {n}, score of {id}");
            assert_eq!(number("stars"), stars.parse::<f32>().unwrap(), "profile {n}, stars of {id}");
            let found = Array::from(&get(&one, "sources"));
            assert_eq!(found.join("+"), sources, "profile {n}, sources of {id}");
        }
    }
}

#[wasm_bindgen_test]
fn answers_hold_all_that_a_page_shows() {
    let answer = model().recommend(&json(r#"{"liked": ["item-3"]}"#), &json(r#"{"k": 2}"#)).unwrap();
    let answer = Array::from(&answer);
    assert_eq!(answer.length(), 2);
    let first = answer.get(0);
    let id = string(&first, "id");
    assert_eq!(string(&first, "title"), format!("Title of {id}"));
    assert_eq!(Array::from(&get(&first, "genres")).length(), 2);
    assert!(Array::from(&get(&first, "sources")).length() > 0);
    for one in answer.iter() {
        let stars = get(&one, "stars").as_f64().unwrap();
        assert!((0.5..=5.0).contains(&stars), "{stars}");
        for reason in Array::from(&get(&one, "because")).iter() {
            assert_eq!((string(&reason, "id"), get(&reason, "share").as_f64()), ("item-3".to_owned(), Some(1.0)));
        }
    }
    assert!(get(&first, "year").as_f64().is_some() || get(&first, "year").is_null());
}

#[wasm_bindgen_test]
fn one_source_alone_names_itself_and_the_items_that_led_to_each() {
    let request = json(r#"{"k": 2, "strategy": "neighbours"}"#);
    let answer = Array::from(&model().recommend(&json(r#"{"liked": ["item-3"]}"#), &request).unwrap());
    let first = answer.get(0);
    assert_eq!(Array::from(&get(&first, "sources")).join("+"), "neighbours");
    let reason = Array::from(&get(&first, "because")).get(0);
    assert_eq!((string(&reason, "id"), get(&reason, "share").as_f64()), ("item-3".to_owned(), Some(1.0)));
}

#[wasm_bindgen_test]
fn diversity_keeps_the_first_and_changes_the_rest() {
    let model = model();
    let ids = |diversity: &str| -> Vec<String> {
        let request = json(&format!("{{\"diversity\": {diversity}}}"));
        let answer = Array::from(&model.recommend(&json(r#"{"liked": ["item-3", "item-14"]}"#), &request).unwrap());
        answer.iter().map(|one| string(&one, "id")).collect()
    };
    let (plain, varied) = (ids("0"), ids("0.9"));
    assert_eq!((plain.len(), varied.len(), &plain[0]), (10, 10, &varied[0]));
    assert_ne!(plain, varied);
}

#[wasm_bindgen_test]
fn stars_are_predicted_from_an_object_or_from_pairs() {
    let model = model();
    let predict = |profile: &str| model.predict("item-9", &json(profile)).unwrap();
    let of_all = predict("{}");
    assert_eq!(predict(r#"{"liked": ["item-3"]}"#), of_all);
    let own = predict(r#"{"ratings": {"item-3": 5, "item-4": 0.5}}"#);
    assert_ne!(own, of_all);
    assert_eq!(predict(r#"{"ratings": [["item-3", 5], ["item-4", 0.5]]}"#), own);
    // Of several on one item the last counts.
    assert_eq!(predict(r#"{"ratings": [["item-4", 5], ["item-3", 5], ["item-4", 0.5]]}"#), own);
    assert_eq!(thrown(model.predict("nope", &JsValue::NULL).map(JsValue::from)).0, "unknown-item");
}

#[wasm_bindgen_test]
fn filters_hold_before_the_best_are_taken() {
    let request = json(r#"{"k": 7, "where": {"genres": ["genre 3"], "years": [1950, 1990]}, "exclude": ["item-3"]}"#);
    let answer = Array::from(&model().recommend(&json(r#"{"liked": ["item-14"]}"#), &request).unwrap());
    assert_eq!(answer.length(), 7);
    for one in answer.iter() {
        assert!(Array::from(&get(&one, "genres")).includes(&"genre 3".into(), 0));
        assert!((1950.0..=1990.0).contains(&get(&one, "year").as_f64().unwrap()));
        assert_ne!(string(&one, "id"), "item-3");
    }
}

#[wasm_bindgen_test]
fn an_empty_profile_gets_what_is_popular() {
    let answer = Array::from(&model().recommend(&JsValue::NULL, &JsValue::NULL).unwrap());
    let ids: Vec<String> = answer.iter().map(|one| string(&one, "id")).collect();
    assert_eq!(ids, (0..10).map(|n| format!("item-{n}")).collect::<Vec<_>>());
    assert_eq!(Array::from(&get(&answer.get(0), "sources")).get(0), "popular");
}

#[wasm_bindgen_test]
fn a_list_can_be_ranked() {
    let request = json(r#"{"only": ["item-500", "item-40", "no such item", "item-41"]}"#);
    let answer = Array::from(&model().recommend(&json(r#"{"liked": ["item-1"]}"#), &request).unwrap());
    assert_eq!(answer.length(), 3);
}

#[wasm_bindgen_test]
fn similar_and_search_give_items() {
    let model = model();
    for by in ["taste", "content", "genres"] {
        let similar = Array::from(&model.similar("item-9", &by.into(), &5.into()).unwrap());
        assert_eq!(similar.length(), 5);
        assert!(similar.iter().all(|one| get(&one, "score").as_f64().is_some() && string(&one, "id") != "item-9"));
    }
    let found = Array::from(&model.search("titel of item 77", &JsValue::UNDEFINED).unwrap());
    assert_eq!(string(&found.get(0), "id"), "item-77");
}

#[wasm_bindgen_test]
fn about_says_what_the_model_is() {
    let about = model().about();
    assert_eq!(string(&about, "data"), "parity");
    assert_eq!(get(&about, "items").as_f64(), Some(1500.0));
    assert_eq!(get(&about, "factors").as_f64(), Some(32.0));
    assert_eq!(get(&about, "likeThreshold").as_f64(), Some(4.0));
}

#[wasm_bindgen_test]
fn about_names_what_the_model_can_do() {
    let about = model().about();
    assert_eq!((get(&about, "map").as_bool(), get(&about, "stars").as_bool()), (Some(false), Some(true)));
    let strategies = Array::from(&get(&about, "strategies")).join(" ").as_string().unwrap();
    assert_eq!(strategies, "hybrid taste neighbours ease sequence transformer content popular recent top-rated");
    let (mut model, descriptions) = parity::model();
    (model.ease, model.popularity, model.rating_model) = (None, None, None);
    let less = FoldinModel::new(file::write_score(&model), file::write_show(&descriptions)).unwrap().about();
    let strategies = Array::from(&get(&less, "strategies")).join(" ").as_string().unwrap();
    assert_eq!(strategies, "hybrid taste neighbours sequence transformer content popular");
    assert_eq!(get(&less, "stars").as_bool(), Some(false));
    assert_eq!(get(&model_with_all().about(), "map").as_bool(), Some(true));
}

#[wasm_bindgen_test]
fn ids_stand_by_popularity_and_items_in_the_order_asked() {
    let model = model();
    let ids = model.ids();
    assert_eq!(
        (ids.length(), ids.get(0).as_string().unwrap(), ids.get(1499).is_string()),
        (1500, "item-0".into(), true)
    );
    let items = Array::from(&model.items(&json(r#"["item-9", "nope", "item-0", "item-9"]"#)).unwrap());
    let found: Vec<String> = items.iter().map(|item| string(&item, "id")).collect();
    assert_eq!(found, ["item-9", "item-0", "item-9"]);
    assert_eq!(string(&items.get(1), "title"), "Title of item-0");
    let wrong = thrown(model.items(&json(r#"["item-9", 5]"#)));
    assert_eq!(wrong, ("invalid-value".to_owned(), "ids[1] is 5; expected a string".to_owned()));
    assert_eq!(thrown(model.items(&JsValue::UNDEFINED)).1, "ids is undefined; expected an array of ids or names");
}

#[wasm_bindgen_test]
fn a_known_users_profile_is_what_is_recommended_to_them() {
    let model = model_with_all();
    let profile = model.user_profile("ann").unwrap();
    assert_eq!(
        JSON::stringify(&profile).unwrap(),
        r#"{"liked":["item-5"],"seen":["item-7"],"ratings":[["item-2",4.5]]}"#
    );
    let of_user = model.recommend_user("ann", &JsValue::NULL).unwrap();
    let of_profile = model.recommend(&profile, &JsValue::NULL).unwrap();
    assert_eq!(JSON::stringify(&of_user).unwrap(), JSON::stringify(&of_profile).unwrap());
    assert_eq!(JSON::stringify(&model.user_profile("bob").unwrap()).unwrap(), "{}");
    assert_eq!(model.user_ids().join(" "), "ann bob");
    assert_eq!(self::model().user_ids().length(), 0);
    assert_eq!(thrown(model.user_profile("eve")).0, "unknown-user");
    assert_eq!(thrown(self::model().user_profile("ann")).0, "not-in-model");
}

#[wasm_bindgen_test]
fn a_map_has_a_place_for_every_item_and_for_the_visitor() {
    let model = model_with_all();
    let map = model.map().unwrap();
    let [x, y] = ["x", "y"].map(|axis| js_sys::Float32Array::from(get(&map, axis)));
    assert_eq!((x.length(), y.length()), (1500, 1500));
    assert!((x.get_index(750) - 0.5).abs() < 1e-4 && (y.get_index(1) - 0.07).abs() < 1e-4);
    let place = model.place(&json(r#"{"liked": ["item-750"]}"#)).unwrap();
    let [x, y] = ["x", "y"].map(|axis| get(&place, axis).as_f64().unwrap());
    assert!((0.3..0.7).contains(&x) && (0.3..0.7).contains(&y), "{x} {y}");
    assert!(model.place(&json(r#"{"seen": ["item-750"]}"#)).unwrap().is_null());
    assert_eq!(thrown(model.place(&json(r#"{"liked": ["nope"]}"#))).0, "unknown-item");
    let without = self::model();
    assert_eq!(thrown(without.map()), ("not-in-model".to_owned(), "this model has no map".to_owned()));
    assert_eq!(thrown(without.place(&JsValue::NULL)).0, "not-in-model");
}

#[wasm_bindgen_test]
fn an_explanation_is_of_the_very_item_that_was_recommended() {
    let model = model();
    let profile = json(r#"{"liked": ["item-3", "item-14"], "ratings": {"item-20": 1}}"#);
    let request = json(r#"{"k": 3, "where": {"genres": ["genre 3"]}}"#);
    let answer = Array::from(&model.recommend(&profile, &request).unwrap());
    for (n, one) in answer.iter().enumerate() {
        let explanation = model.explain(&string(&one, "id"), &profile, &request).unwrap();
        let number = |object: &JsValue, field: &str| get(object, field).as_f64().unwrap();
        assert_eq!(JSON::stringify(&get(&explanation, "item")).unwrap(), JSON::stringify(&one).unwrap());
        assert_eq!(number(&explanation, "place"), n as f64 + 1.0);
        assert_eq!(number(&explanation, "score"), number(&one, "score"));
        assert!(number(&explanation, "candidates") > 100.0);
        let features = Array::from(&get(&explanation, "features"));
        let sum: f64 = features.iter().map(|feature| number(&feature, "contribution")).sum();
        assert!((sum - number(&explanation, "blend")).abs() < 1e-3);
        let total = number(&explanation, "blend") + number(&explanation, "trees");
        assert!((total - number(&explanation, "score")).abs() < 1e-3);
        assert_eq!(
            (string(&features.get(0), "name"), string(&features.get(0), "source")),
            ("taste score".into(), "taste".into())
        );
        // What is about the profile is the same for all candidates.
        let likes = features.get(27);
        assert!(get(&likes, "source").is_null() && (number(&likes, "value") - number(&likes, "mean")).abs() < 1e-4);
        let sources = Array::from(&get(&explanation, "sources"));
        assert_eq!(sources.length(), 9);
        for source in sources.iter() {
            assert!(get(&source, "score").is_null() || number(&source, "score").is_finite());
            assert!(get(&source, "place").is_null() || number(&source, "place") >= 1.0);
            assert!(number(&source, "part").is_finite() && Array::is_array(&get(&source, "because")));
        }
    }
    let known = model.explain("item-3", &profile, &request).unwrap();
    assert!(get(&known, "place").is_null() && get(&known, "score").as_f64().is_some());
    assert_eq!(thrown(model.explain("nope", &profile, &request)).0, "unknown-item");
    assert_eq!(thrown(model.explain("item-1", &profile, &json(r#"{"k": 0}"#))).0, "invalid-value");
}

#[wasm_bindgen_test]
fn wrong_requests_throw_errors_that_name_the_place() {
    let model = model();
    let ask = |profile: &str, request: &str| thrown(model.recommend(&json(profile), &json(request)));
    for (profile, request, code, message) in [
        (r#"{"liked": ["nope"]}"#, "{}", "unknown-item", r#"no item has the id "nope""#),
        (r#"{"liked": [5]}"#, "{}", "invalid-value", "profile.liked[0] is 5; expected a string"),
        (r#"{"liked": "5"}"#, "{}", "invalid-value", r#"profile.liked is "5"; expected an array of ids or names"#),
        (r#"{"likes": []}"#, "{}", "invalid-value", r#"profile has a field "likes"; expected only liked"#),
        (r#"[]"#, "{}", "invalid-value", "profile is []; expected an object"),
        (
            r#"{"ratings": {"item-1": "5"}}"#,
            "{}",
            "invalid-value",
            r#"an entry of profile.ratings is ["item-1","5"]; expected an id and a number of stars"#,
        ),
        (
            r#"{"ratings": [["item-1"]]}"#,
            "{}",
            "invalid-value",
            r#"an entry of profile.ratings is ["item-1"]; expected"#,
        ),
        (r#"{"ratings": 5}"#, "{}", "invalid-value", "profile.ratings is 5; expected an object of ids and stars, or"),
        (r#"{"ratings": {"item-1": -1}}"#, "{}", "invalid-value", "a rating is below 0"),
        ("{}", r#"{"k": 0}"#, "invalid-value", "request.k is 0; expected a whole number of at least 1"),
        ("{}", r#"{"k": 2.5}"#, "invalid-value", "request.k is 2.5; expected a whole number"),
        (
            "{}",
            r#"{"strategy": "luck"}"#,
            "invalid-value",
            r#"request.strategy is "luck"; expected one of hybrid, taste, neighbours"#,
        ),
        ("{}", r#"{"diversity": "much"}"#, "invalid-value", r#"request.diversity is "much"; expected a number"#),
        ("{}", r#"{"diversity": 1.5}"#, "invalid-value", "diversity is outside; expected a number from 0 to 1"),
        (
            "{}",
            r#"{"where": {"genres": ["War"]}}"#,
            "unknown-genre",
            r#"no item has the genre "War"; there are: genre 0"#,
        ),
        ("{}", r#"{"where": {"years": [1990]}}"#, "invalid-value", "request.where.years is [1990]; expected two"),
        ("{}", r#"{"where": {"years": [1990, 1980]}}"#, "invalid-value", "years is 1990 to 1980"),
        ("{}", r#"{"where": {"year": 1990}}"#, "invalid-value", r#"request.where has a field "year""#),
    ] {
        let (found_code, found_message) = ask(profile, request);
        assert_eq!(found_code, code, "{profile} {request}");
        assert!(found_message.starts_with(message), "{found_message}");
    }
    let odd = js_sys::Function::new_no_args("return { liked: [undefined] }").call0(&JsValue::NULL).unwrap();
    let (code, message) = thrown(model.recommend(&odd, &JsValue::NULL));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("invalid-value", "profile.liked[0] is undefined; expected a string")
    );
    let odd = js_sys::Function::new_no_args("return { k: NaN }").call0(&JsValue::NULL).unwrap();
    assert!(thrown(model.recommend(&JsValue::NULL, &odd)).1.starts_with("request.k is not a number; expected"));
    let by = thrown(model.similar("item-1", &"mood".into(), &JsValue::UNDEFINED));
    assert_eq!(by.1, r#"by is "mood"; expected one of taste, content, genres"#);
    assert_eq!(thrown(model.recommend_user("1", &JsValue::NULL)).0, "not-in-model");
}

#[wasm_bindgen_test]
fn bytes_that_are_no_model_throw_and_do_not_trap() {
    let (model, descriptions) = parity::model();
    let (score, show) = (file::write_score(&model), file::write_show(&descriptions));
    let code = |score: &[u8], show: &[u8]| match FoldinModel::new(score.to_vec(), show.to_vec()) {
        Ok(_) => panic!("bytes that are no model were accepted"),
        Err(error) => string(&error.into(), "code"),
    };
    assert_eq!(code(b"<!doctype html>", &show), "not-foldin");
    assert_eq!(code(&score[..score.len() / 2], &show), "wrong-length");
    assert_eq!(code(&show, &show), "wrong-kind");
    let mut damaged = score.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert_eq!(code(&damaged, &show), "damaged");
    let mut newer = score.clone();
    newer[8] = 200;
    assert_eq!(code(&newer, &show), "newer-format");
}

#[wasm_bindgen_test]
fn thousands_of_likes_and_a_huge_k_are_answered() {
    let model = model();
    let liked: Vec<String> = (0..10_000).map(|n| format!("\"item-{}\"", n % 1400)).collect();
    let profile = json(&format!("{{\"liked\": [{}]}}", liked.join(",")));
    let answer = Array::from(&model.recommend(&profile, &json(r#"{"k": 1000000}"#)).unwrap());
    assert_eq!(answer.length(), 100);
}
