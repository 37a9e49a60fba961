//! What the sample promises, and whether a model trained on it makes sense to somebody who knows films.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldin_core::{Profile, Recommender, Request, Source, Strategy};

use super::diary::{FIRST_DAY, MAX_DAYS, N_FIRST_DAYS};
use super::*;
use crate::dataset::ItemRecord;
use crate::evaluate::{ItemFacts, Metric, measure};
use crate::split::{Protocol, Shown, Split, SplitOptions, split};
use crate::train::{TrainSettings, train};

const LIKED: f32 = 4.0;

/// Made once for all tests: unlike the rest, it takes a moment.
static SAMPLE: LazyLock<Dataset> = LazyLock::new(sample);
static SPLIT: LazyLock<Split> = LazyLock::new(|| {
    split(&SAMPLE, Protocol::Strong, &SplitOptions { threshold: LIKED, seed: 7 }).expect("there are enough viewers")
});
static TRAINED: LazyLock<Recommender> =
    LazyLock::new(|| Recommender::new(train(&SAMPLE, &SPLIT.train, &TrainSettings::default(), |_| {}).unwrap().model));

fn viewers(events: &Events) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    events.users.chunk_by(|a, b| a == b).map(move |chunk| {
        start += chunk.len();
        start - chunk.len()..start
    })
}

#[test]
fn the_sample_is_the_same_at_every_call() {
    let options = SampleOptions { users: 200, ..SampleOptions::default() };
    let (first, second) = (simulate(&options), simulate(&options));
    assert_eq!(first.events, second.events);
    assert_eq!((first.users, first.items, first.catalogue), (second.users, second.items, second.catalogue));
    assert_ne!(first.events, simulate(&SampleOptions { seed: 7, ..options }).events);
}

#[test]
fn more_viewers_leave_the_first_ones_as_they_are() {
    let of = |users: usize| simulate(&SampleOptions { users, ..SampleOptions::default() }).events;
    let (few, many) = (of(20), of(40));
    assert_eq!(few.items, many.items[..few.len()]);
    assert_eq!(few.times, many.times[..few.len()]);
}

#[test]
fn no_viewers_leave_a_catalogue_without_events() {
    let data = simulate(&SampleOptions { users: 0, ..SampleOptions::default() });
    assert!(data.events.is_empty() && data.users.is_empty() && !data.items.is_empty());
}

#[test]
fn the_sample_says_that_it_is_simulated_and_is_of_a_useful_size() {
    let data = &*SAMPLE;
    assert!(data.simulated);
    assert_eq!(data.name, "simulated sample");
    assert_eq!((data.users.len(), data.items.len()), (5500, data.catalogue.len()));
    assert!(data.items.len() >= 600, "{}", data.items.len());
    assert!((200_000..=260_000).contains(&data.events.len()), "{}", data.events.len());
    let mut seen = vec![false; data.items.len()];
    data.events.items.iter().for_each(|&item| seen[item as usize] = true);
    assert!(seen.into_iter().all(|seen| seen), "every film is watched by somebody");
}

#[test]
fn every_viewer_keeps_a_plausible_diary() {
    let events = &SAMPLE.events;
    let mut n_viewers = 0;
    for range in viewers(events) {
        n_viewers += 1;
        assert!((15..=200).contains(&range.len()), "{range:?}");
        let items: HashSet<u32> = events.items[range.clone()].iter().copied().collect();
        assert_eq!(items.len(), range.len(), "no film twice in {range:?}");
        assert!(events.times[range].is_sorted_by(|a, b| a < b));
    }
    assert_eq!(n_viewers, 5500);
    let last_day = FIRST_DAY + (N_FIRST_DAYS + MAX_DAYS as i64 + 1) * 24 * 3600;
    assert!(events.times.iter().all(|time| (FIRST_DAY..last_day).contains(time)));
}

#[test]
fn stars_are_half_steps_with_a_mean_as_people_give_them() {
    let events = &SAMPLE.events;
    assert!(events.ratings.iter().all(|stars| (0.5..=5.0).contains(stars) && (stars * 2.0).fract() == 0.0));
    let mean = events.ratings.iter().sum::<f32>() / events.len() as f32;
    assert!((3.4..3.8).contains(&mean), "{mean}");
    let liked = events.ratings.iter().filter(|&&stars| stars >= LIKED).count() as f32 / events.len() as f32;
    assert!((0.3..0.6).contains(&liked), "{liked}");
}

#[test]
fn famous_films_are_watched_most() {
    let (data, films) = (&*SAMPLE, Films::built_in());
    let mut n_events = vec![0; data.items.len()];
    data.events.items.iter().for_each(|&item| n_events[item as usize] += 1);
    let mut order: Vec<usize> = (0..data.items.len()).collect();
    order.sort_by_key(|&film| std::cmp::Reverse(n_events[film]));
    let mean_fame = |part: &[usize]| part.iter().map(|&n| films.films[n].fame).sum::<f64>() / part.len() as f64;
    let (head, tail) = (mean_fame(&order[..50]), mean_fame(&order[order.len() / 2..]));
    assert!(head > 70.0 && tail < 40.0, "{head} {tail}");
    assert!(n_events[order[0]] > 10 * n_events[order[order.len() / 2]]);
}

#[test]
fn series_are_mostly_watched_in_order_of_release() {
    let data = &*SAMPLE;
    let towers = ["the-fellowship-of-the-ring", "the-return-of-the-king"];
    let [first, last] = towers.map(|film| data.items.get_index_of(&*format!("the-lord-of-the-rings-{film}")).unwrap());
    let (mut in_order, mut both) = (0, 0);
    for range in viewers(&data.events) {
        let place = |film: usize| data.events.items[range.clone()].iter().position(|&item| item as usize == film);
        if let (Some(first), Some(last)) = (place(first), place(last)) {
            both += 1;
            in_order += usize::from(first < last);
        }
    }
    assert!(both > 100 && in_order * 4 > both * 3, "{in_order} of {both}");
}

/// Three films that somebody picks, and of how many of the ten recommended what is expected.
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
fn who_picks_three_films_they_know_is_recommended_films_that_make_sense() {
    let data = &*SAMPLE;
    // As `foldin train` ships it: learned from all viewers.
    let recommender = Recommender::new(train(data, &data.events, &TrainSettings::default(), |_| {}).unwrap().model);
    for (picks, at_least, expected) in PERSONAS {
        let answer = recommender.recommend(&Profile::liking(picks), &Request::default()).unwrap();
        let records = answer.iter().map(|found| &data.catalogue[data.items.get_index_of(&*found.id).unwrap()]);
        let n_expected = records.clone().filter(|record| expected(record)).count();
        let titles: Vec<&str> = records.map(|record| record.title.as_str()).collect();
        assert!(n_expected >= at_least, "{picks:?}: {n_expected} of {titles:?}");
    }
}

#[test]
fn what_viewers_like_next_is_found_by_taste_far_better_than_by_popularity() {
    let (data, split) = (&*SAMPLE, &*SPLIT);
    let facts = ItemFacts::new(&split.train, &data.catalogue);
    let measured = |strategy: Strategy| {
        let request = Request { k: 100, strategy, reasons: false, ..Request::default() };
        let list = |shown: &[Shown]| -> Vec<u32> {
            let profile = Profile::liking(shown.iter().map(|shown| data.items[shown.item as usize].to_string()));
            let answer = TRAINED.recommend(&profile, &request).unwrap();
            answer.iter().map(|found| data.items.get_index_of(&*found.id).unwrap() as u32).collect()
        };
        let lists: Vec<Vec<u32>> = split.test.iter().map(|user| list(&user.shown)).collect();
        measure(&lists, &split.test, &facts).metrics
    };
    let (taste, popular) = (measured(Strategy::Only(Source::Factors)), measured(Strategy::Only(Source::Popular)));
    let at_10 = |metric: Metric| (taste.get(metric, 10).unwrap(), popular.get(metric, 10).unwrap());
    let (by_taste, by_popularity) = at_10(Metric::Ndcg);
    assert!(by_taste > 0.15 && by_taste > 3.0 * by_popularity, "{by_taste} {by_popularity}");
    assert!(at_10(Metric::Coverage).0 > 0.25, "{:?}", at_10(Metric::Coverage));
}
