//! `foldin similar`: items like one.

use crate::fixtures::{UNSEEN, is_space, trained};
use crate::harness::says;

#[test]
fn items_liked_by_the_same_people_are_alike_by_taste() {
    let place = trained();
    let run = place.foldin("similar 0078748 -k 5");
    run.says(&["like Alien (1979), by taste"]);
    assert!(run.ids().len() == 5 && run.ids().iter().all(|id| is_space(id) && *id != "0078748"), "{run}");
}

#[test]
fn items_of_the_same_genres_are_alike_by_genres() {
    let run = trained().foldin("similar 0078748 --by genres -k 50");
    assert!(run.ids().len() == 9 && run.ids().iter().all(|id| is_space(id)), "{run}");
    says(&run.out, &["1.000", "Science Fiction, Thriller"]);
}

#[test]
fn json_has_ids_titles_and_scores_and_no_empty_reasons() {
    let json = trained().foldin("similar 0078748 -k 2 --json").json();
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
    assert!(
        json["items"][0]["score"].as_f64() >= json["items"][1]["score"].as_f64()
            && json["items"][0]["title"].is_string()
    );
    assert!(json["items"][0].get("because").is_none() && json["items"][0].get("sources").is_none());
}

#[test]
fn an_item_that_nobody_liked_is_like_nothing() {
    let run = trained().foldin(&format!("similar {UNSEEN}"));
    assert_eq!(run.out, "");
    run.says(&["nothing is known to be like it"]);
}

#[test]
fn an_unknown_id_suggests_titles_and_an_unknown_measure_names_the_known() {
    let place = trained();
    says(&place.refused("similar matrix"), &["did you mean one of these?", "0133093  The Matrix (1999)"]);
    says(&place.refused("similar 0078748 --by colour"), &["expected one of taste, content, genres"]);
    says(&place.refused("similar"), &["<ID>"]);
}
