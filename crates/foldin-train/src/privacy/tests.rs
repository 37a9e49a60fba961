use foldin_core::file::write_score;
use foldin_data::{Dataset, ReadOptions, read};
use foldin_fixtures::{dataset_of, real_data};

use super::*;
use crate::artefacts::{NamedLikes, SupportRange};
use crate::assemble::assemble;
use crate::fit::like_threshold;

fn assessed(dataset: &Dataset, min_support: usize) -> PrivacyFigures {
    let mut config = Config::default();
    config.privacy.min_support = min_support;
    config.als.iterations = 2;
    config.train.stars = false;
    let threshold = like_threshold(dataset, config.data.threshold).unwrap();
    let data = TrainingData { dataset, events: &dataset.events, threshold };
    let model = assemble(data, &config, |_| Ok(())).unwrap().model;
    assess(&write_score(&model).into(), data, &config).unwrap()
}

/// Five people who like items 0 to 3; three of them have one or two items each that nobody else likes.
fn with_lone_items() -> Dataset {
    let mut rows: Vec<(u32, u32, f32, i64)> = Vec::new();
    for user in 0..5 {
        rows.extend((0..4).map(|item| (user, item, 5.0, i64::from(10 * user + item))));
    }
    rows.extend([(0, 4, 5.0, 100), (0, 5, 5.0, 101), (1, 6, 5.0, 100), (2, 7, 5.0, 100), (2, 8, 5.0, 101)]);
    dataset_of(&rows)
}

#[test]
fn without_a_floor_every_like_of_whoever_has_a_lone_item_is_named_and_with_one_none() {
    let dataset = with_lone_items();
    let figures = assessed(&dataset, 1);
    // Users 0 and 2 have six likes each, user 1 has five.
    assert_eq!(figures.named, NamedLikes { claims: 17, right: 17, people: 3 });
    assert_eq!((figures.people, figures.likes, figures.rare_items), (5, 25, 0));
    for min_support in [2, 3, 5] {
        let figures = assessed(&dataset, min_support);
        assert_eq!(figures.named, NamedLikes::default(), "{min_support}");
        assert_eq!(figures.rare_items, 5, "{min_support}");
        assert!(figures.lists.iter().any(|list| list.entries.iter().sum::<usize>() > 0), "something is learned");
    }
}

#[test]
fn what_two_people_share_is_in_the_file_only_below_a_floor_of_three() {
    // Four people like items 0 to 2, two of them item 3.
    let rows: Vec<(u32, u32, f32, i64)> = (0..4_u32)
        .flat_map(|user| (0..3).map(move |item| (user, item, 5.0, i64::from(item) + 1)))
        .chain([(0, 3, 5.0, 9), (1, 3, 5.0, 9)])
        .collect();
    let dataset = dataset_of(&rows);
    for (min_support, by_two) in [(1, true), (2, true), (3, false)] {
        let figures = assessed(&dataset, min_support);
        let of_two = SupportRange::of(2);
        let n_of_two: usize = figures.lists.iter().map(|list| list.entries[of_two]).sum();
        assert_eq!(n_of_two > 0, by_two, "{min_support}: {figures:?}");
    }
}

#[test]
fn nothing_is_named_of_real_people_at_the_default() {
    let Some(folder) = real_data("ml-latest-small") else { return };
    let (dataset, _) = read(&folder, &ReadOptions::default()).unwrap();
    let open = assessed(&dataset, 1);
    assert!(open.named.people > 250 && open.named.precision() == Some(1.0), "{open:?}");
    let default = assessed(&dataset, Config::default().privacy.min_support);
    assert_eq!(default.named, NamedLikes::default());
    for list in &default.lists {
        assert_eq!(list.entries[..SupportRange::of(3)], [0; 3], "{}", list.source);
    }
}
