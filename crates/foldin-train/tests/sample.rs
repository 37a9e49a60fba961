//! Models of the built-in sample: films that make sense to somebody who knows them.

use foldin_core::{Profile, Recommender, Request, Source, Strategy};
use foldin_data::sample::sample;
use foldin_data::split::{Protocol, SplitOptions, split};
use foldin_data::{Dataset, Events, ItemRecord};
use foldin_train::assemble::{TrainingData, assemble};
use foldin_train::config::Config;
use foldin_train::evaluate::{Evaluation, ItemFacts, Metric, POPULARITY, ShippedModel, System, measure_systems};

const THRESHOLD: Option<f32> = Some(4.0);

fn model_of(dataset: &Dataset, events: &Events) -> foldin_core::model::Model {
    let data = TrainingData { dataset, events, threshold: THRESHOLD };
    assemble(data, &Config::default(), |_| Ok(())).unwrap().model
}

/// Three films that somebody picks, and how many of the ten recommended ones are of the expected kind.
type Persona = ([&'static str; 3], usize, fn(&ItemRecord) -> bool);

fn has(record: &ItemRecord, tag: &str) -> bool {
    record.tags.iter().any(|other| other == tag)
}

fn is(record: &ItemRecord, genre: &str) -> bool {
    record.genres.iter().any(|other| other == genre)
}

fn is_before(record: &ItemRecord, year: i32) -> bool {
    record.year.is_some_and(|other| other < year)
}

const PERSONAS: [Persona; 13] = [
    (["the-matrix", "alien", "blade-runner"], 8, |film| is(film, "Science Fiction")),
    (["spirited-away", "my-neighbor-totoro", "kikis-delivery-service"], 8, |film| has(film, "Studio Ghibli")),
    (["goldfinger", "goldeneye", "skyfall"], 6, |film| has(film, "James Bond")),
    (["vertigo", "rear-window", "north-by-northwest"], 5, |film| has(film, "Alfred Hitchcock")),
    (["vertigo", "rear-window", "north-by-northwest"], 7, |film| is_before(film, 1970)),
    (["notting-hill", "pretty-woman", "10-things-i-hate-about-you"], 7, |film| is(film, "Romance")),
    (["la-dolce-vita", "la-strada", "bicycle-thieves"], 8, |film| is(film, "Drama") && is_before(film, 1980)),
    (["seven-samurai", "tokyo-story", "rashomon"], 7, |film| has(film, "Japanese")),
    (["halloween", "a-nightmare-on-elm-street", "the-exorcist"], 8, |film| is(film, "Horror")),
    (["iron-man", "the-avengers", "black-panther"], 8, |film| has(film, "Marvel Cinematic Universe")),
    (["singin-in-the-rain", "my-fair-lady", "the-sound-of-music"], 7, |film| is(film, "Musical")),
    (["lagaan", "dangal", "3-idiots"], 7, |film| has(film, "Hindi")),
    (["free-solo", "man-on-wire", "senna"], 7, |film| is(film, "Documentary")),
];

#[test]
fn who_picks_three_films_is_recommended_films_that_make_sense() {
    let data = sample();
    // As it ships: learned from all viewers.
    let recommender = Recommender::new(model_of(&data, &data.events));
    for (picks, at_least, expected) in PERSONAS {
        let answer = recommender.recommend(&Profile::liking(picks), &Request::default()).unwrap();
        let record = |id: &str| &data.catalogue[data.items.get_index_of(id).unwrap()];
        let records = answer.iter().map(|found| record(recommender.id(found.item)));
        let n_expected = records.clone().filter(|record| expected(record)).count();
        let titles: Vec<&str> = records.map(|record| record.title.as_str()).collect();
        assert!(n_expected >= at_least, "{picks:?}: {n_expected} of {titles:?}");
    }
}

#[test]
fn what_viewers_like_next_is_found_by_taste_far_better_than_by_popularity() {
    let data = sample();
    let split = split(&data, Protocol::Strong, &SplitOptions { threshold: THRESHOLD, seed: 7 }).unwrap();
    let model = model_of(&data, &split.train);
    let shipped = ShippedModel::new(&model, &data).unwrap();
    let facts = ItemFacts::new(&split.train, &data.catalogue);
    let evaluation = Evaluation::new(&shipped, &split.test, &facts, 7);
    let systems = [System::Only(Strategy::Only(Source::Factors)), POPULARITY];
    let results = measure_systems(&evaluation, &systems, |_| Ok(())).unwrap();
    let at_10 = |metric| [0, 1].map(|n: usize| results[n].measured.metrics.get(metric, 10).unwrap());
    let [taste, popularity] = at_10(Metric::Ndcg);
    assert!(taste > 0.15 && taste > 3.0 * popularity, "{taste} {popularity}");
    assert!(at_10(Metric::Coverage)[0] > 0.25, "{:?}", at_10(Metric::Coverage));
}
