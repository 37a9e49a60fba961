use foldin_core::Source;
use foldin_core::model::{About, Catalogue, CatalogueItem, Model};
use foldin_data::Dataset;
use foldin_data::split::Shown;
use foldin_fixtures::{events, items};

use super::*;
use crate::evaluate::FOLDIN;
use crate::parallel::on_threads;

/// Four users, six items.
fn dataset_of(rows: &[(u32, u32, f32, i64)]) -> Dataset {
    Dataset {
        users: (0..4).map(|user| format!("u{user}").into_boxed_str()).collect(),
        items: (0..6).map(|item| format!("i{item}").into_boxed_str()).collect(),
        events: events(rows),
        ..Dataset::default()
    }
}

/// Item 0 is the most popular of the model, 4 the least; 5 comes later.
const ROWS: [(u32, u32, f32, i64); 12] = [
    (2, 5, 5.0, 70), // an item that training does not know
    (0, 0, 5.0, 10),
    (0, 1, 5.0, 20),
    (1, 2, 5.0, 30),
    (1, 3, 2.0, 40),
    (1, 4, 5.0, 45),
    (2, 0, 5.0, 60), // new user, nothing known
    (0, 2, 5.0, 50), // the cut
    (2, 1, 1.0, 80), // disliked: no trial
    (2, 3, 4.0, 90),
    (1, 0, 5.0, 90),
    (0, 4, 5.0, 95),
];

fn replay() -> (Dataset, Replay) {
    let dataset = dataset_of(&ROWS);
    let replay = Replay::new(&dataset, Until::Share(0.42), Some(4.0)).unwrap();
    (dataset, replay)
}

fn model() -> Model {
    let item = |n: u32| CatalogueItem { id: format!("i{n}"), likes: 9 - n, ..CatalogueItem::default() };
    let about = About { like_threshold: Some(4.0), ..About::default() };
    Model::new(about, Catalogue::new((0..6).map(item).collect()))
}

const POPULAR: System = System::Only(Strategy::Only(Source::Popular));

#[test]
fn likes_after_the_cut_are_tried_with_what_came_before() {
    let (_, replay) = replay();
    // A share of .42 of 12 events is five of them.
    assert_eq!((replay.cut, replay.train.len()), (50, 5));
    assert_eq!(replay.counts, ReplayCounts { events: 7, of_unknown_items: 1, likes: 5 });
    let tried = replay.trials.iter().map(|trial| {
        let before: Vec<ItemNo> = replay.before(trial).iter().map(|shown| shown.item).collect();
        (trial.user.0, trial.item.0, trial.is_new, before)
    });
    assert_eq!(
        tried.collect::<Vec<_>>(),
        [
            (0, 2, false, items(&[0, 1])),
            (2, 0, true, vec![]),
            (2, 3, true, items(&[0, 1])),
            (1, 0, false, items(&[2, 3, 4])),
            (0, 4, false, items(&[0, 1, 2])),
        ]
    );
    assert_eq!(replay.before(&replay.trials[2])[1], Shown { item: ItemNo(1), rating: 1.0 });
}

#[test]
fn metrics_are_as_counted_by_hand() {
    let (dataset, replay) = replay();
    let settings = Match { a: FOLDIN, b: POPULAR, k: 2, seed: 7 };
    let mut done = Vec::new();
    let model = model();
    let shipped = ShippedModel::new(&model, &dataset).unwrap();
    let one = simulate(&replay, &shipped, &settings, |n| {
        done.push(n);
        Ok(())
    });
    let one = one.unwrap();
    assert_eq!(done, [5]);
    // Popular items that are not known yet, two of them: 2 3 (hit at 1), 0 1 (1), 2 3 (2), 0 1 (1), 3 4 (2).
    assert_eq!((one.all.users, one.all.likes, one.all.hit.a.mean), (3, 5, 1.0));
    assert!((one.all.mrr.a.mean - 4.0 / 5.0).abs() < 1e-12);
    assert_eq!(one.all.hit.difference, Mean { mean: 0.0, low: 0.0, high: 0.0 });
    // Every item is in the list of both, so that somebody wins each.
    assert_eq!((one.all.interleaving.wins_a + one.all.interleaving.wins_b, one.all.interleaving.ties), (5, 0));
    let (known, new) = (one.known.as_ref().unwrap(), one.new.as_ref().unwrap());
    assert_eq!((known.users, known.likes, new.users, new.likes), (2, 3, 1, 2));
    assert_eq!((known.mrr.a.mean, new.mrr.a.mean), (2.5 / 3.0, 1.5 / 2.0));
    assert_eq!(one.stages.len(), 5);
    assert_eq!((one.a.as_str(), one.b.as_str(), one.from.as_str()), ("foldin", "popularity", "1970-01-01"));
}

#[test]
fn the_same_seed_gives_the_same_outcome_on_any_number_of_threads() {
    let (dataset, replay) = replay();
    let model = model();
    let shipped = ShippedModel::new(&model, &dataset).unwrap();
    let on = |n_threads, seed| {
        let settings = Match { a: FOLDIN, b: POPULAR, k: 2, seed };
        on_threads(n_threads, || simulate(&replay, &shipped, &settings, |_| Ok(())).unwrap())
    };
    assert_eq!(on(1, 7), on(3, 7));
    assert!((1..20).any(|seed| on(1, seed).all.interleaving != on(1, 7).all.interleaving));
}

#[test]
fn a_sample_keeps_the_order_and_the_histories() {
    let (_, whole) = replay();
    let mut some = whole.clone();
    some.keep(3, 7);
    assert_eq!(some.trials.len(), 3);
    let places: Vec<usize> =
        some.trials.iter().map(|trial| whole.trials.iter().position(|one| one == trial).unwrap()).collect();
    assert!(places.is_sorted());
    assert!(some.trials.iter().all(|trial| some.before(trial) == whole.before(trial)));
    some.keep(10, 7);
    assert_eq!((some.trials.len(), some.counts.likes), (3, 5));
}

#[test]
fn what_cannot_be_replayed_says_why() {
    let said = |dataset: &Dataset, until: &str| {
        Replay::new(dataset, until.parse().unwrap(), Some(4.0)).map(drop).unwrap_err().to_string()
    };
    let mut dataset = dataset_of(&ROWS);
    assert!(said(&dataset, "1970-01-01").starts_with("no event is older than 1970-01-01, so that there is nothing"));
    assert!(said(&dataset, "1970-01-02").starts_with("from 1970-01-02 on nobody likes an item that the 12 events"));
    dataset.events.times.clear();
    assert!(said(&dataset, "0.8").starts_with("the data set has no times"));
}
