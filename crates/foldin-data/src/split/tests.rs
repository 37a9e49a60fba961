use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::dataset::plain_numbers;

/// A data set of (user, item, rating, time); ids sort as the numbers do.
fn dataset_of(rows: &[(u32, u32, f32, i64)]) -> Dataset {
    let mut dataset = Dataset { name: "small".to_owned(), ..Dataset::default() };
    for &(user, item, rating, time) in rows {
        let user = dataset.users.insert_full(format!("u{user:03}").into()).0;
        let item = dataset.items.insert_full(format!("i{item:03}").into()).0;
        dataset.events.users.push(UserNo(user as u32));
        dataset.events.items.push(ItemNo(item as u32));
        dataset.events.ratings.push(rating);
        dataset.events.times.push(time);
    }
    dataset.catalogue.resize(dataset.items.len(), Default::default());
    dataset
}

/// Every one of `n_users` likes `n_likes` of ten items, in another order each.
fn crowd(n_users: u32, n_likes: u32) -> Vec<(u32, u32, f32, i64)> {
    (0..n_users).flat_map(|u| (0..n_likes).map(move |n| (u, (u + 3 * n) % 10, 5.0, i64::from(n)))).collect()
}

/// The test users of a split by their ids: user, shown in order, relevant in order.
fn named(dataset: &Dataset, held_out: &[HeldOut]) -> Vec<(String, Vec<String>, Vec<String>)> {
    let items = |items: &[ItemNo]| items.iter().map(|item| dataset.items[item.at()].to_string()).collect();
    held_out
        .iter()
        .map(|one| {
            let shown: Vec<ItemNo> = one.shown.iter().map(|shown| shown.item).collect();
            (dataset.users[one.user.at()].to_string(), items(&shown), items(&one.relevant))
        })
        .collect()
}

const OPTIONS: SplitOptions = SplitOptions { threshold: Some(4.0), seed: 7 };

#[test]
fn names_of_protocols_are_read_and_written() {
    for protocol in Protocol::ALL {
        assert_eq!(protocol.to_string().parse(), Ok(protocol));
    }
    assert_eq!("cold7".parse(), Ok(Protocol::Cold(7)));
    for name in ["lo", "cold", "cold0", "cold-1", "cold1.5", "cold99999", "Strong"] {
        let error = name.parse::<Protocol>().unwrap_err().to_string();
        let known = "loo, holdout, strong, cold1, cold3, cold5, cold10, cold20, sessions";
        assert_eq!(error, format!("there is no protocol `{name}`; choose one of: {known}"));
    }
}

#[test]
fn loo_tests_on_the_newest_like_and_validates_on_the_second_newest() {
    // User 0 in mixed order, with a dislike as the newest event; user 1 has too few likes, though plenty of events.
    let dataset = dataset_of(&[
        (0, 1, 5.0, 30),
        (0, 2, 4.0, 10),
        (0, 3, 4.5, 40),
        (0, 4, 5.0, 20),
        (0, 5, 1.0, 50),
        (1, 1, 5.0, 1),
        (1, 2, 5.0, 2),
        (1, 3, 1.0, 3),
        (2, 3, 5.0, 1),
        (2, 1, 5.0, 1),
        (2, 2, 5.0, 1),
    ]);
    let split = split(&dataset, Protocol::Loo, &OPTIONS).unwrap();
    // User 0 trains 2 and 4, user 2 (no two times differ: file order) trains 3. Item 1 occurs in no training event,
    // so nothing is left to validate on, and 3 and 2 remain as the tests.
    assert_eq!(
        split.train.items.iter().map(|item| &*dataset.items[item.at()]).collect::<Vec<_>>(),
        ["i002", "i004", "i003"]
    );
    assert_eq!(split.train.times, [10, 20, 1]);
    let text = |items: &[&str]| items.iter().map(|&i| i.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        named(&dataset, &split.test),
        [
            ("u000".to_owned(), text(&["i002", "i004"]), text(&["i003"])),
            ("u002".to_owned(), text(&["i003"]), text(&["i002"])),
        ]
    );
    assert_eq!(split.validation, []);
    assert_eq!(split.about, "loo small threshold 4.0 seed 7");
}

#[test]
fn loo_without_times_goes_by_the_order_of_the_file() {
    let mut dataset =
        dataset_of(&[(0, 1, 5.0, 9), (0, 2, 5.0, 8), (0, 3, 5.0, 7), (1, 3, 5.0, 9), (1, 1, 5.0, 8), (1, 2, 5.0, 7)]);
    dataset.events.times.clear();
    let split = split(&dataset, Protocol::Loo, &OPTIONS).unwrap();
    assert!(split.train.times.is_empty());
    assert_eq!(split.test.iter().map(|one| one.relevant[0]).collect::<Vec<_>>(), [2]);
    assert_eq!(split.validation.iter().map(|one| one.relevant[0]).collect::<Vec<_>>(), [0]);
}

#[test]
fn a_like_that_repeats_a_shown_item_is_not_relevant() {
    let rows = [(0, 1, 5.0, 1), (0, 2, 5.0, 2), (0, 1, 5.0, 3), (1, 3, 5.0, 1), (1, 4, 5.0, 2), (1, 1, 5.0, 3)];
    let dataset = dataset_of(&rows);
    let split = split(&dataset, Protocol::Loo, &OPTIONS).unwrap();
    assert_eq!(named(&dataset, &split.test), [("u001".to_owned(), vec!["i003".to_owned()], vec!["i001".to_owned()])]);
}

#[test]
fn strong_holds_out_a_fifth_and_a_tenth_and_shows_four_fifths_of_each() {
    // 20 users with 6 likes, one with 4 who takes no part: 4 test users, 2 validation users, 14 who train.
    let mut rows = crowd(20, 6);
    rows.extend(crowd(1, 4).into_iter().map(|(_, item, rating, time)| (90, item, rating, time)));
    let split = split(&dataset_of(&rows), Protocol::Strong, &OPTIONS).unwrap();
    assert_eq!((split.test.len(), split.validation.len(), split.train.items.len()), (4, 2, 14 * 6));
    assert!(!split.train.users.contains(&UserNo(20)));
    for one in split.test.iter().chain(&split.validation) {
        assert_eq!((one.shown.len(), one.relevant.len()), (4, 2)); // floor(0.8 * 6)
    }
}

#[test]
fn strong_never_holds_out_more_than_a_thousand_users() {
    let split = split(&dataset_of(&crowd(5_100, 5)), Protocol::Strong, &OPTIONS).unwrap();
    assert_eq!((split.test.len(), split.validation.len(), split.train.items.len()), (1_000, 500, 3_600 * 5));
}

#[test]
fn strong_depends_on_the_seed_but_not_on_the_order_of_the_file() {
    let rows = crowd(40, 8);
    let (dataset, backwards) = (dataset_of(&rows), dataset_of(&rows.iter().rev().copied().collect::<Vec<_>>()));
    let at = |dataset: &Dataset, seed| {
        named(dataset, &split(dataset, Protocol::Strong, &SplitOptions { seed, ..OPTIONS }).unwrap().test)
    };
    assert_eq!(at(&dataset, 1), at(&dataset, 1));
    assert_eq!(at(&dataset, 1), at(&backwards, 1));
    assert_ne!(at(&dataset, 1), at(&dataset, 2));
}

#[test]
fn holdout_parts_every_users_ratings_and_keeps_dislikes_in_training() {
    // User 0 rates ten items, every second one badly; user 1 four, all of them well.
    let rated = |user, n| (0..n).map(move |item| (user, item, if user == 0 && item % 2 == 0 { 1.0 } else { 5.0 }, 0));
    let rows: Vec<_> = rated(0, 10).chain(rated(1, 4)).chain((2..12).flat_map(|user| rated(user, 10))).collect();
    let dataset = dataset_of(&rows);
    let split = split(&dataset, Protocol::Holdout, &OPTIONS).unwrap();
    assert_eq!(split.threshold, Some(4.0));
    let n_of = |user: u32| split.train.users.iter().filter(|&&of| of == user).count();
    // floor(.6 n) of 10 and of 4.
    assert_eq!((n_of(0), n_of(1)), (6, 2));
    assert!(split.train.ratings.contains(&1.0));
    let of = |part: &[HeldOut], user: u32| part.iter().find(|one| one.user == user).cloned();
    for part in [&split.validation, &split.test] {
        for one in part {
            // All that trains is shown, with its stars, and only what is liked is relevant.
            let trained: HashSet<(ItemNo, u32)> = (0..split.train.len())
                .filter(|&row| split.train.users[row] == one.user)
                .map(|row| (split.train.items[row], split.train.ratings[row] as u32))
                .collect();
            assert_eq!(
                one.shown.iter().map(|shown| (shown.item, shown.rating as u32)).collect::<HashSet<_>>(),
                trained
            );
            assert!(one.user != 0 || one.relevant.iter().all(|item| item.0 % 2 == 1));
        }
    }
    // 3 - 2 of four ratings are the validation, 4 - 3 the test; users who like all they rate have 2 and 2 of ten.
    assert_eq!((of(&split.validation, 1).unwrap().relevant.len(), of(&split.test, 1).unwrap().relevant.len()), (1, 1));
    assert_eq!((of(&split.validation, 5).unwrap().relevant.len(), of(&split.test, 5).unwrap().relevant.len()), (2, 2));
    let held: HashSet<ItemNo> = [&split.validation, &split.test]
        .into_iter()
        .filter_map(|part| of(part, 0))
        .flat_map(|one| one.relevant)
        .collect();
    let trained: HashSet<ItemNo> =
        of(&split.test, 0).or(of(&split.validation, 0)).unwrap().shown.iter().map(|one| one.item).collect();
    assert!(held.is_disjoint(&trained));
    assert_eq!(held.len() + trained.iter().filter(|item| item.0 % 2 == 1).count(), 5);
}

#[test]
fn holdout_does_not_depend_on_the_order_of_the_file() {
    let rows = crowd(12, 8);
    let (dataset, backwards) = (dataset_of(&rows), dataset_of(&rows.iter().rev().copied().collect::<Vec<_>>()));
    let at = |dataset: &Dataset, seed| {
        let mut users =
            named(dataset, &split(dataset, Protocol::Holdout, &SplitOptions { seed, ..OPTIONS }).unwrap().test);
        users.sort();
        users
    };
    assert_eq!(at(&dataset, 1), at(&backwards, 1));
    assert_ne!(at(&dataset, 1), at(&dataset, 2));
}

#[test]
fn cold_shows_a_few_likes_of_the_users_of_strong_and_trains_on_the_same_events() {
    // 30 users with 10 likes, and 10 with 6, who have too few where 3 are shown.
    let mut rows = crowd(30, 10);
    rows.extend(crowd(10, 6).into_iter().map(|(user, item, rating, time)| (user + 30, item, rating, time)));
    let dataset = dataset_of(&rows);
    let strong = split(&dataset, Protocol::Strong, &OPTIONS).unwrap();
    let [one, three] = [1, 3].map(|shown| split(&dataset, Protocol::Cold(shown), &OPTIONS).unwrap());
    assert_eq!((&one.train, &three.train), (&strong.train, &strong.train));
    assert_eq!(one.about, "cold1 small threshold 4.0 seed 7");
    for (of_strong, of_one, of_three) in
        [(&strong.test, &one.test, &three.test), (&strong.validation, &one.validation, &three.validation)]
    {
        let users = |part: &[HeldOut]| part.iter().map(|one| one.user).collect::<Vec<_>>();
        assert_eq!(users(of_one), users(of_strong));
        let long: Vec<UserNo> = users(of_strong).into_iter().filter(|user| user.0 < 30).collect();
        assert_eq!(users(of_three), long);
        for three in of_three {
            let same = |part: &[HeldOut]| part.iter().find(|one| one.user == three.user).unwrap().clone();
            let (one, strong) = (same(of_one), same(of_strong));
            assert_eq!((one.shown.len(), three.shown.len(), strong.shown.len()), (1, 3, 8));
            assert_eq!((one.relevant.len(), three.relevant.len(), strong.relevant.len()), (9, 7, 2));
            // What fewer likes show, more likes show too.
            assert!(one.shown.iter().all(|shown| three.shown.contains(shown)));
            assert!(three.shown.iter().all(|shown| strong.shown.contains(shown)));
            assert!(strong.relevant.iter().all(|item| three.relevant.contains(item)));
        }
    }
    assert!(strong.test.iter().any(|one| one.user.0 >= 30), "the second case is not met");
}

#[test]
fn a_curve_is_made_of_the_splits_of_its_protocols() {
    let dataset = dataset_of(&crowd(40, 9));
    let curve = cold_start(&dataset, &[1, 4, 5], &OPTIONS).unwrap();
    assert_eq!(curve.full, split(&dataset, Protocol::Strong, &OPTIONS).unwrap());
    // Nobody has 5 + 5 likes.
    assert_eq!(curve.at.iter().map(|at| at.shown).collect::<Vec<_>>(), [1, 4]);
    for at in &curve.at {
        let alone = split(&dataset, Protocol::Cold(at.shown), &OPTIONS).unwrap();
        assert_eq!((&at.test, &at.validation), (&alone.test, &alone.validation));
        assert_eq!(curve.full.train, alone.train);
    }
    assert_eq!(curve.points(Part::Test), [(1, &*curve.at[0].test), (4, &*curve.at[1].test)]);
    let error = split(&dataset, Protocol::Cold(5), &OPTIONS).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`cold5` shows 5 likes and looks for 5 more at least, and none of the 8 held-out users has so many; hint: show \
         fewer, or add events"
    );
}

#[test]
fn too_small_a_data_set_says_what_it_has_and_what_it_needs() {
    let error = split(&dataset_of(&crowd(4, 6)), Protocol::Strong, &OPTIONS).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`strong` needs at least 5 users with 5 or more ratings of 4 or above, and has 4: the data set has 24 events \
         of 4 users; hint: lower the threshold or add events"
    );
    let apart = dataset_of(&[(0, 1, 5.0, 1), (0, 2, 5.0, 2), (0, 3, 5.0, 3)]);
    let error = split(&apart, Protocol::Loo, &OPTIONS).unwrap_err();
    assert_eq!(error, SplitError::NoTestUser { n_held_out: 1, n_train: 1 });
    assert!(split(&Dataset::default(), Protocol::Loo, &OPTIONS).is_err());
}

#[test]
fn files_that_are_given_lose_unknown_items_and_users_with_nothing_left() {
    let events = |rows: &[(u32, u32, i64)]| {
        let rows: Vec<_> = rows.iter().map(|&(user, item, time)| (user, item, 1.0, time)).collect();
        plain_numbers::events(&rows)
    };
    let train = events(&[(0, 1, 0), (0, 2, 0), (0, 3, 0)]);
    let shown = events(&[(5, 2, 9), (5, 1, 3), (5, 8, 1), (7, 1, 1), (4, 1, 1)]);
    let test = events(&[(6, 9, 0), (7, 3, 0), (5, 3, 0), (5, 9, 0), (8, 1, 0)]);
    let split = from_events(train.clone(), &shown, &test, None).unwrap();
    let one = |user, shown: &[u32], relevant: &[u32]| {
        let shown = shown.iter().map(|&item| Shown { item: ItemNo(item), rating: 1.0 }).collect();
        HeldOut { user: UserNo(user), shown, relevant: relevant.iter().copied().map(ItemNo).collect() }
    };
    assert_eq!(split.test, [one(7, &[1], &[3]), one(5, &[1, 2], &[3]), one(8, &[], &[1])]);
    let error = from_events(train.clone(), &shown, &events(&[(6, 9, 0)]), None).unwrap_err();
    assert_eq!(error, SplitError::NoTestUser { n_held_out: 1, n_train: 3 });
    let error = from_events(Events::default(), &shown, &train, None).unwrap_err();
    assert_eq!(error, SplitError::NoTrainingEvents { n_test: 3 });
}

/// Events of a file of `write_csv`, by the indices of the data set.
fn read_csv(path: &std::path::Path, dataset: &Dataset) -> Events {
    let mut events = Events::default();
    for row in csv::Reader::from_path(path).unwrap().deserialize() {
        let (user, item, rating, time): (String, String, f32, i64) = row.unwrap();
        events.users.push(UserNo(dataset.users.get_index_of(user.as_str()).unwrap() as u32));
        events.items.push(ItemNo(dataset.items.get_index_of(item.as_str()).unwrap() as u32));
        events.ratings.push(rating);
        events.times.push(time);
    }
    events
}

#[test]
fn a_split_that_is_written_and_read_again_is_the_same() {
    let rows = crowd(40, 10)
        .into_iter()
        .enumerate()
        .map(|(n, (user, item, _, time))| (user, item, if n % 7 == 0 { 2.5 } else { 5.0 }, time));
    let dataset = dataset_of(&rows.collect::<Vec<_>>());
    for protocol in [Protocol::Loo, Protocol::Holdout, Protocol::Strong, Protocol::Cold(3)] {
        let folder = tempfile::tempdir().unwrap();
        let written = split(&dataset, protocol, &OPTIONS).unwrap();
        write_csv(&written, &dataset, folder.path()).unwrap();
        let [train, shown, test] =
            ["train.csv", "shown.csv", "test.csv"].map(|name| read_csv(&folder.path().join(name), &dataset));
        assert_eq!(shown.ratings.contains(&2.5), protocol == Protocol::Holdout);
        assert!(test.ratings.iter().all(|&rating| rating == 5.0));
        let read = from_events(train, &shown, &test, Some(4.0)).unwrap();
        assert_eq!((read.train, read.test, read.threshold), (written.train, written.test, written.threshold));
        let about = std::fs::read_to_string(folder.path().join("about")).unwrap();
        assert_eq!(about, format!("{protocol} small threshold 4.0 seed 7\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_split_lets_the_test_into_the_training(
        rows in prop::collection::vec((0u32..15, 0u32..12, 1u8..=5, 0i64..50), 0..300),
        seed in any::<u64>(),
    ) {
        let rows: Vec<_> = rows.into_iter().map(|(user, item, stars, time)| (user, item, f32::from(stars), time)).collect();
        let dataset = dataset_of(&rows);
        for protocol in Protocol::ALL {
            let Ok(split) = split(&dataset, protocol, &SplitOptions { threshold: Some(3.0), seed }) else { continue };
            let trained: HashSet<(UserNo, ItemNo)> =
                split.train.users.iter().copied().zip(split.train.items.iter().copied()).collect();
            let keeps_all = protocol == Protocol::Holdout;
            prop_assert!(keeps_all || split.train.ratings.iter().all(|&rating| rating >= 3.0));
            prop_assert!(!split.test.is_empty());
            for one in split.test.iter().chain(&split.validation) {
                prop_assert!(!one.relevant.is_empty());
                prop_assert!(one.relevant.iter().all(|item| one.shown.iter().all(|shown| shown.item != *item)));
                prop_assert!(one.relevant.iter().all(|&item| !trained.contains(&(one.user, item))));
                // New pages of a site are recommended by their content.
                let may_be_new = protocol == Protocol::Sessions;
                prop_assert!(may_be_new || one.items().all(|item| split.train.items.contains(&item)));
                let trains = split.train.users.contains(&one.user);
                match protocol {
                    Protocol::Loo => prop_assert!(trains),
                    Protocol::Holdout => prop_assert_eq!(trains, !one.shown.is_empty()),
                    Protocol::Strong => prop_assert!(!trains),
                    Protocol::Cold(n) => prop_assert!(!trains && one.shown.len() <= n.into()),
                    Protocol::Sessions => prop_assert!(!trains && one.shown.len() <= 3),
                }
            }
        }
    }
}
