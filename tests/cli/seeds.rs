//! `foldin seeds`: what to ask a newcomer about, and what that is worth.

use crate::fixtures::{films, is_space, trained};
use crate::harness::says;

#[test]
fn seeds_come_from_both_tastes_by_turns_with_titles_and_how_many_like_them() {
    let run = trained().foldin("seeds -k 4");
    run.says(&["what to ask a newcomer about"]);
    let n_space = run.ids().iter().filter(|id| is_space(id)).count();
    assert_eq!((run.ids().len(), n_space), (4, 2), "{run}");
    says(&run.out, &["Science Fiction, Thriller", "Comedy, Romance"]);
}

#[test]
fn answers_lead_on_and_what_was_asked_is_not_asked_again() {
    let place = trained();
    let first = place.foldin("seeds -k 4");
    let liked = first.ids().into_iter().find(|id| is_space(id)).unwrap();
    let next = place.foldin(&format!("seeds -k 4 --liked {liked} --exclude {}", first.ids().join(",")));
    next.says(&["what to ask about next"]);
    assert!(next.ids().iter().all(|id| !first.ids().contains(id)), "{first} {next}");
    assert!(is_space(next.ids()[0]), "{next}");
}

#[test]
fn filters_hold_and_json_has_likes_in_place_of_scores() {
    let place = trained();
    let json = place.foldin("seeds --genre romance --years 1990-1999 -k 3 --json").json();
    let items = json["items"].as_array().unwrap();
    assert!(!items.is_empty());
    for item in items {
        assert!(!is_space(item["id"].as_str().unwrap()) && item["likes"].as_u64() > Some(0), "{item}");
        assert!((1990..2000).contains(&item["year"].as_i64().unwrap()) && item.get("score").is_none(), "{item}");
    }
    place.foldin("seeds --years 1900-1901").says(&["no item passes the filters"]);
}

#[test]
fn mistakes_are_named() {
    let place = trained();
    says(&place.refused("seeds --liked matrix"), &["did you mean one of these?", "0133093  The Matrix (1999)"]);
    says(&place.refused("seeds --genre Western"), &["Western"]);
    says(&place.refused("seeds -k 0"), &["at least 1"]);
}

#[test]
fn newcomers_are_asked_in_four_ways_and_the_same_at_any_number_of_threads() {
    let place = films();
    let run = place.foldin("evaluate films --factors 4 --protocol newcomers");
    says(&run.out, &["newcomers on films, seed 7", "seeds by page", "popular", "random", "everything known"]);
    // Without sequence, to which the order of the answers matters.
    let options = "--factors 4 --sources taste,neighbours,content --protocol newcomers --json";
    let json = |threads| place.foldin(&format!("evaluate films {options} --threads {threads}")).json();
    let one = json(1);
    assert_eq!(one, json(2));
    assert_eq!((&one["protocol"], &one["newcomers"]["users"]), (&"newcomers".into(), &8.into()));
    let point = |way: usize, at: usize| one["newcomers"]["asked"][way]["points"][at].clone();
    // All 20 films that anybody liked were shown: whatever the order, everything is known.
    for way in 0..4 {
        assert_eq!(point(way, 2)["questions"], 20);
        assert_eq!(point(way, 2)["ndcg"], one["newcomers"]["known"], "{one:#}");
    }
    assert!(point(0, 0)["likes"].as_f64() > Some(1.0), "{one:#}");
}
