//! Without data: the built-in sample, whose viewers are simulated and called so wherever it is shown.

use crate::harness::{Place, says};

/// A place with a model of the sample.
fn trained_on_the_sample() -> Place {
    let place = Place::new();
    let run = place.foldin("train --no-evaluate");
    run.says(&["no data set given", "simulated"]);
    place
}

#[test]
fn three_films_that_people_know_give_films() {
    let place = trained_on_the_sample();
    let run = place.foldin("recommend --liked the-matrix,alien,blade-runner");
    run.says(&["for somebody who likes The Matrix (1999), Alien (1979), Blade Runner (1982)", "simulated"]);
    assert_eq!(run.out.lines().count(), 10, "{run}");
    let ids = run.ids();
    assert!(!["the-matrix", "alien", "blade-runner"].iter().any(|liked| ids.contains(liked)), "{run}");
    assert!(run.out.lines().all(|line| line.contains("because of ")), "{run}");
}

#[test]
fn the_sample_is_called_simulated_in_the_model_and_where_it_is_inspected() {
    let place = trained_on_the_sample();
    assert_eq!(place.json("model/manifest.json")["versions"][0]["trainedOn"]["simulated"], true);
    assert_eq!(place.json("model/v1.0.0/metadata.json")["simulated"], true);
    says(&place.foldin("inspect").out, &["simulated"]);
}

#[test]
fn the_sample_has_at_least_600_films_and_can_be_measured() {
    let place = Place::new();
    let json = place.foldin("evaluate --json").json();
    let systems = &json["protocols"][0]["systems"];
    let ndcg = |system: usize| systems[system]["metrics"]["ndcg@10"]["mean"].as_f64().unwrap();
    assert_eq!((&systems[0]["name"], &systems[1]["name"]), (&"foldin".into(), &"popularity".into()));
    assert!(ndcg(0) > ndcg(1), "{} {}", ndcg(0), ndcg(1));
    place.foldin("train --no-evaluate");
    assert!(place.json("model/manifest.json")["versions"][0]["trainedOn"]["items"].as_u64() >= Some(600));
}

#[test]
fn variety_has_a_price_on_the_sample() {
    let json = Place::new().foldin("evaluate --no-auto --diversity --json").json();
    let at = |metric: &str| -> Vec<f64> {
        let points = json["diversity"].as_array().unwrap().iter();
        points.map(|point| point[metric]["mean"].as_f64().unwrap()).collect()
    };
    let (ndcg, ild) = (at("ndcg@10"), at("ild@10"));
    assert!(ild.is_sorted(), "{ild:?}");
    // A little variety, which shares places among the likes, may be worth something; much of it costs.
    assert!(ndcg.iter().all(|figure| *figure < 1.05 * ndcg[0]), "{ndcg:?}");
    assert!(ndcg[3] > ndcg[4] && ndcg[4] > ndcg[5] && ndcg[5] < 0.8 * ndcg[0], "{ndcg:?}");
}

#[test]
fn an_id_that_is_nearly_one_of_the_sample_suggests_it() {
    let message = trained_on_the_sample().refused("recommend --liked matrix");
    says(&message, &["no item has the id \"matrix\"; did you mean", "the-matrix"]);
}
