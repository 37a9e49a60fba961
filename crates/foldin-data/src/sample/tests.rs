//! What the sample promises.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::diary::{FIRST_DAY, MAX_DAYS, N_FIRST_DAYS};
use super::*;

const LIKED: f32 = 4.0;

/// Made once for all tests: unlike the rest, it takes a moment.
static SAMPLE: LazyLock<Dataset> = LazyLock::new(sample);

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
    data.events.items.iter().for_each(|&item| seen[item.at()] = true);
    assert!(seen.into_iter().all(|seen| seen), "every film is watched by somebody");
}

#[test]
fn every_viewer_keeps_a_plausible_diary() {
    let events = &SAMPLE.events;
    let mut n_viewers = 0;
    for range in viewers(events) {
        n_viewers += 1;
        assert!((15..=200).contains(&range.len()), "{range:?}");
        let items: HashSet<ItemNo> = events.items[range.clone()].iter().copied().collect();
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
    data.events.items.iter().for_each(|&item| n_events[item.at()] += 1);
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
        let place = |film: usize| data.events.items[range.clone()].iter().position(|item| item.at() == film);
        if let (Some(first), Some(last)) = (place(first), place(last)) {
            both += 1;
            in_order += usize::from(first < last);
        }
    }
    assert!(both > 100 && in_order * 4 > both * 3, "{in_order} of {both}");
}
