use foldin_core::model::{About, Catalogue, CatalogueItem, Model};
use foldin_core::{Source, Strategy};
use foldin_data::split::{HeldOut, Protocol, SplitOptions, split};
use foldin_data::{ItemNo, ReadOptions, UserNo, read};
use foldin_fixtures::real_data;

use super::*;
use crate::evaluate::{ShippedModel, items_of, mean_ndcg};
use crate::parallel::on_threads;

/// Counts as they are: nothing shrunk, nothing back.
fn plain() -> SequenceSettings {
    SequenceSettings { decay: 0.5, backward: 0.0, shrinkage: 0.0, normalisation: 0.0, ..SequenceSettings::default() }
}

fn assert_row(lists: &ItemLists, item: usize, expected: &[(u32, f32)]) {
    let row: Vec<(u32, f32)> = lists.rows.row(item).iter().collect();
    let columns = |row: &[(u32, f32)]| row.iter().map(|(column, _)| *column).collect::<Vec<_>>();
    assert_eq!(columns(&row), columns(expected), "{row:?}");
    let step = expected.iter().fold(0.0_f32, |largest, (_, value)| largest.max(*value)) / 127.0;
    for (found, expected) in row.iter().zip(expected) {
        assert!((found.1 - expected.1).abs() <= step * 0.51, "{row:?} is not {expected:?}");
    }
}

#[test]
fn one_item_follows_another_where_as_many_people_passed_as_are_asked_for() {
    // Three people pass from 0 to 1, one of them twice; one from 0 to 2, three times.
    let users = [vec![0, 1, 3, 0, 1], vec![0, 1], vec![0, 1], vec![0, 2, 0, 2, 0, 2]];
    let histories = Histories::from_users(users);
    let settings = SequenceSettings { window: 1, backward: 0.0, ..plain() };
    for (min_support, of_0) in [(1, vec![1, 2]), (2, vec![1]), (3, vec![1]), (4, vec![])] {
        assert_eq!(sequence(&histories, &settings, min_support).unwrap().rows.row(0).columns, of_0, "{min_support}");
    }
    assert_eq!(passers(&histories, &settings)[0], [(1, 3), (2, 1)]);
}

#[test]
fn a_step_counts_half_as_much_with_each_further_place_and_lists_add_up_over_users() {
    let histories = Histories::from_users([vec![0, 1, 2], vec![0, 2]]);
    let lists = sequence(&histories, &plain(), 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0), (2, 0.5 + 1.0)]);
    assert_row(&lists, 1, &[(2, 1.0)]);
    assert_row(&lists, 2, &[]);
}

#[test]
fn nothing_counts_beyond_the_window_or_after_the_last_event_of_a_user() {
    let histories = Histories::from_users([vec![0, 1, 2, 3], vec![1, 0]]);
    let lists = sequence(&histories, &SequenceSettings { window: 2, ..plain() }, 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0), (2, 0.5)]);
    assert_row(&lists, 3, &[]);
}

#[test]
fn steps_back_count_their_share() {
    let histories = Histories::from_users([vec![0, 1, 2]]);
    let lists = sequence(&histories, &SequenceSettings { backward: 0.2, ..plain() }, 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0), (2, 0.5)]);
    assert_row(&lists, 1, &[(0, 0.2), (2, 1.0)]);
    assert_row(&lists, 2, &[(0, 0.1), (1, 0.2)]);
}

#[test]
fn lists_are_divided_by_the_shrunk_sum_of_all_that_followed() {
    let histories = Histories::from_users([vec![0, 1, 2], vec![0, 2]]);
    let lists = sequence(&histories, &SequenceSettings { shrinkage: 1.5, normalisation: 0.5, ..plain() }, 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0 / 2.0), (2, 1.5 / 2.0)]);
}

#[test]
fn a_history_of_four_counts_half_as_much_as_one_of_one_where_the_exponent_is_a_half() {
    let histories = Histories::from_users([vec![0, 1, 2, 3]]);
    let lists = sequence(&histories, &SequenceSettings { length_exponent: 0.5, ..plain() }, 1).unwrap();
    assert_row(&lists, 0, &[(1, 0.5), (2, 0.25), (3, 0.125)]);
}

#[test]
fn the_heaviest_followers_stay_and_of_equals_the_more_popular() {
    let histories = Histories::from_users([vec![0, 3], vec![0, 2], vec![0, 1], vec![0, 3]]);
    let lists = sequence(&histories, &SequenceSettings { per_item: 2, ..plain() }, 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0), (3, 2.0)]);
}

#[test]
fn an_item_that_comes_twice_is_not_its_own_follower() {
    let lists = sequence(&Histories::from_users([vec![0, 1, 0]]), &plain(), 1).unwrap();
    assert_row(&lists, 0, &[(1, 1.0)]);
    assert_row(&lists, 1, &[(0, 1.0)]);
}

#[test]
fn no_history_gives_no_list() {
    assert_eq!(sequence(&Histories::default(), &SequenceSettings::default(), 1).unwrap().rows.n_rows(), 0);
    assert_eq!(Histories::of_likes(&Events::default(), None, &[]), Histories::default());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let users = (0..200_u32).map(|user| (0..30).map(|t| (user * 7 + t * t * (user % 5 + 1)) % 61).collect::<Vec<_>>());
    let histories = Histories::from_users(users);
    let settings = SequenceSettings { length_exponent: 0.3, normalisation: 0.7, ..SequenceSettings::default() };
    let with = |threads| on_threads(threads, || sequence(&histories, &settings, 1).unwrap());
    let one = with(1);
    assert!(one.rows.n_entries() > 1000);
    assert_eq!(one, with(4));
}

fn events(users: &[u32], times: &[i64]) -> Events {
    Events {
        users: users.iter().copied().map(UserNo).collect(),
        items: (0..users.len() as u32).map(ItemNo).collect(),
        ratings: vec![5.0; users.len()],
        times: times.to_vec(),
    }
}

#[test]
fn histories_are_the_likes_of_known_time_in_order_at_the_places_of_their_items() {
    let mut events = events(&[0, 1, 0, 0, 0, 0], &[30, 5, 10, 10, 0, 20]);
    events.ratings[5] = 2.0;
    let places: Vec<ItemIdx> = [5, 4, 3, 2, 1, 0].map(ItemIdx).into();
    assert_eq!(Histories::of_likes(&events, Some(4.0), &places), Histories::from_users([vec![3, 2, 5], vec![4]]));
}

#[test]
fn there_is_an_order_where_times_tell_a_quarter_of_neighbouring_events_apart() {
    assert!(has_order(&events(&[0; 5], &[1, 2, 2, 2, 2])));
    assert!(!has_order(&events(&[0; 6], &[1, 2, 2, 2, 2, 2])));
    assert!(has_order(&events(&[0, 0, 1], &[3, 1, 1])));
}

#[test]
fn without_times_or_with_one_for_a_whole_history_there_is_no_order() {
    assert!(!has_order(&events(&[0; 4], &[])));
    assert!(!has_order(&events(&[0; 4], &[0; 4])));
    assert!(!has_order(&events(&[0, 0, 1, 1], &[7, 7, 9, 9])));
    assert!(!has_order(&events(&[0, 1, 2], &[7, 8, 9])));
}

#[test]
fn an_unknown_time_tells_nothing_apart() {
    assert!(!has_order(&events(&[0; 5], &[0, 0, 0, 0, 5])));
    assert!(has_order(&events(&[0; 4], &[0, 0, 5, 6])));
}

#[test]
fn settings_are_read_by_their_names_and_unknown_ones_are_refused() {
    let settings: SequenceSettings = toml::from_str("window = 3\nprofile-decay = 0.5").unwrap();
    assert_eq!(settings, SequenceSettings { window: 3, profile_decay: 0.5, ..SequenceSettings::default() });
    assert!(toml::from_str::<SequenceSettings>("windw = 3").is_err());
}

/// NDCG@10 of the sequence and of popularity, from the encoded model, on the test part of `loo`; `None` where the data
/// set is absent.
fn ndcg_of(name: &str, threshold: Option<f32>) -> Option<[f64; 2]> {
    let (dataset, _) = read(&real_data(name)?, &ReadOptions::default()).unwrap();
    let split = split(&dataset, Protocol::Loo, &SplitOptions { threshold, seed: 7 }).unwrap();
    let mut likes = vec![0; dataset.items.len()];
    split.train.items.iter().for_each(|item| likes[item.at()] += 1);
    let items = dataset.items.iter().zip(likes);
    let items = items.map(|(id, likes)| CatalogueItem { id: id.to_string(), likes, ..CatalogueItem::default() });
    let catalogue = Catalogue::new(items.collect());
    let places: Vec<ItemIdx> = dataset.items.iter().map(|id| catalogue.find(id).unwrap()).collect();
    assert!(has_order(&split.train));
    let lists = sequence(&Histories::of_likes(&split.train, None, &places), &SequenceSettings::default(), 1).unwrap();
    let model = Model { sequence: Some(lists), ..Model::new(About::default(), catalogue) };
    let shipped = ShippedModel::new(&model, &dataset).unwrap();
    let ndcg = |source, part: &[HeldOut]| {
        let lists = shipped.recommend_all(part, Strategy::Only(source), 10).unwrap();
        mean_ndcg(&items_of(&lists), part, 10)
    };
    Some([Source::Sequence, Source::Popular].map(|source| ndcg(source, &split.test)))
}

#[test]
fn what_people_liked_next_is_far_better_than_popularity_on_timed_ratings() {
    for (name, threshold) in [("ml-100k", None), ("ml-1m-timed", None), ("ml-latest-small", Some(4.0))] {
        let Some([sequence, popularity]) = ndcg_of(name, threshold) else { continue };
        assert!(sequence > 1.5 * popularity, "{name}: {sequence} {popularity}");
    }
}
