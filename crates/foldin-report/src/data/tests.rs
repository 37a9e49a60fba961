use foldin_data::ItemRecord;
use foldin_fixtures::{dataset_of, events};

use super::*;
use crate::page::well_formed::assert_well_formed;

fn record(title: &str, year: Option<i32>, genres: &[&str]) -> ItemRecord {
    let genres = genres.iter().map(|genre| (*genre).to_owned()).collect();
    ItemRecord { title: title.to_owned(), year, genres, ..ItemRecord::default() }
}

/// Three users, five items, eight events; likes are ratings of 4 and more.
///
/// | | a | b | c | d | e |
/// |---|---|---|---|---|---|
/// | u | 5 | 4 | 2 |   |   |
/// | v | 4 | 3 | 5 | 1 |   |
/// | w | 5 |   |   |   |   |
fn small() -> Dataset {
    Dataset {
        name: "small".to_owned(),
        users: ["u", "v", "w"].map(Box::from).into_iter().collect(),
        items: ["a", "b", "c", "d", "e"].map(Box::from).into_iter().collect(),
        catalogue: vec![
            record("A", Some(1990), &["Drama", "War"]),
            record("B", Some(1991), &["Drama"]),
            record("B", Some(1991), &["Drama", "Comedy"]),
            record("", None, &[]),
            record("E", Some(1999), &["War"]),
        ],
        events: events(&[
            (0, 0, 5.0, 951_782_400),
            (0, 1, 4.0, 951_782_400),
            (0, 2, 2.0, 951_782_401),
            (1, 0, 4.0, 0),
            (1, 1, 3.0, 0),
            (1, 2, 5.0, 951_868_800),
            (1, 3, 1.0, 951_868_801),
            (2, 0, 5.0, 951_955_200),
        ]),
        ..Dataset::default()
    }
}

fn facts() -> DataFacts {
    data_facts(&small(), None, Likes::Automatic)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

#[test]
fn sizes_and_likes_are_as_counted_by_hand() {
    let facts = facts();
    assert_eq!((facts.events, facts.users, facts.items, facts.likes), (8, 3, 5, 5));
    assert_eq!(facts.like_threshold, Some(4.0));
    assert!(close(facts.density, 8.0 / 15.0));
    let ratings = facts.ratings.unwrap();
    let stars = |value: f64, count: usize| Bin { from: value, to: value, count };
    assert_eq!(ratings.bins, [stars(1.0, 1), stars(2.0, 1), stars(3.0, 1), stars(4.0, 2), stars(5.0, 3)]);
    assert_eq!((ratings.kind, ratings.mean, ratings.median), (RatingKind::Stars, 29.0 / 8.0, 4.0));
    // 121 is the sum of squares.
    assert!(close(ratings.deviation.powi(2), 121.0 / 8.0 - (29.0f64 / 8.0).powi(2)));
}

#[test]
fn activity_and_the_long_tail_are_as_counted_by_hand() {
    let facts = facts();
    let activity = facts.user_activity.unwrap();
    assert_eq!((activity.least, activity.median, activity.p90, activity.most), (1, 3, 4, 4));
    // Items a, b, c, d have 3, 2, 2, 1 events; e has none and takes no part.
    let popularity = facts.item_popularity.unwrap();
    assert_eq!((popularity.least, popularity.median), (1, 2));
    let most_liked: Vec<(&str, &str, u32)> =
        facts.most_liked.iter().map(|item| (&*item.id, &*item.title, item.likes)).collect();
    assert_eq!(most_liked, [("a", "A (1990)", 3), ("b", "B (1991)", 1), ("c", "B (1991)", 1)]);
    // Likes are 3, 1, 1: ascending 1 1 3 with weights -2, 0, 2.
    let likes = facts.likes_on_items.unwrap();
    assert_eq!((likes.items, likes.half_on), (3, 1));
    assert!(close(likes.gini, 4.0 / 10.0) && close(likes.curve[33], 0.6));
}

#[test]
fn genres_and_years_are_as_counted_by_hand() {
    let facts = facts();
    let genres = facts.genres.unwrap();
    let found: Vec<(&str, usize, usize, usize)> =
        genres.all.iter().map(|genre| (&*genre.name, genre.items, genre.events, genre.likes)).collect();
    assert_eq!(found, [("Drama", 3, 7, 5), ("War", 2, 3, 3), ("Comedy", 1, 2, 1)]);
    assert_eq!(genres.all[1].mean_rating, Some(14.0 / 3.0));
    assert_eq!((genres.items_without, genres.mean_per_item), (1, 1.5));
    assert_eq!(genres.together, [[1.0, 1.0 / 3.0, 1.0 / 3.0], [0.5, 1.0, 0.0], [1.0, 0.0, 1.0]]);
    let years = facts.years.unwrap();
    assert_eq!((years.first, years.last, years.width, years.bins.len()), (1990, 1999, 1, 10));
    assert_eq!((years.median, years.median_of_likes), (1991, Some(1990)));
    assert_eq!(years.bins[1], YearBin { from: 1991, items: 2, likes: 2 });
}

#[test]
fn what_is_feasible_is_as_counted_by_hand() {
    let feasibility = facts().feasibility;
    let few: Vec<(u32, usize, usize)> =
        feasibility.fewer_than.iter().map(|row| (row.events, row.users, row.items)).collect();
    assert_eq!(few, [(1, 0, 1), (3, 1, 4), (5, 3, 5), (10, 3, 5), (20, 3, 5)]);
    // u and v like two items each, w likes one.
    assert_eq!(feasibility.liking.iter().map(|row| row.users).collect::<Vec<_>>(), [3, 0, 0, 0, 0]);
    assert_eq!(feasibility.liked_items, 3);
    assert_eq!(feasibility.known_of_liked_items, KnownContent { title: 1.0, genres: 1.0, year: 1.0, tags: 0.0 });
}

#[test]
fn what_is_known_of_likes_counts_items_as_often_as_they_are_liked() {
    let mut dataset = small();
    dataset.catalogue[0].genres.clear();
    let feasibility = data_facts(&dataset, None, Likes::Automatic).feasibility;
    assert!(close(feasibility.known_of_liked_items.genres, 2.0 / 3.0));
    assert!(close(feasibility.known_of_likes.genres, 2.0 / 5.0));
}

#[test]
fn oddities_are_as_counted_by_hand() {
    let odd = facts().oddities;
    assert_eq!((odd.items_without_title, odd.items_without_genre, odd.items_without_year), (1, 1, 1));
    assert_eq!(odd.items_without_events, 1);
    assert_eq!(odd.repeated_titles, RepeatedTitles { count: 1, examples: vec!["B (1991)".to_owned()] });
    // The two events of v at time 0 are no burst.
    assert_eq!(odd.bursts, Some(Bursts { users: 0, most: 2, share_in_same_second: 2.0 / 6.0 }));
    assert_eq!((odd.most_active_user, odd.most_active_percent, odd.bad_lines), (0.5, 0.5, None));
}

#[test]
fn users_who_rate_all_alike_and_all_at_once_are_counted() {
    let alike = |user: u32, n_items: u32| (0..n_items).map(move |item| (user, item, 3.0, 1000));
    let one_by_one = (0..11).map(|item| (1, item, if item == 0 { 2.0 } else { 3.0 }, 1000 + i64::from(item)));
    let rows: Vec<_> = alike(0, 12).chain(one_by_one).chain(alike(2, 4)).collect();
    let odd = data_facts(&dataset_of(&rows), None, Likes::Automatic).oddities;
    // The third user rates all alike too, but has only four events.
    assert_eq!(odd.users_with_one_rating, Some(1));
    assert_eq!(odd.bursts, Some(Bursts { users: 1, most: 12, share_in_same_second: 16.0 / 27.0 }));
}

#[test]
fn what_was_noticed_while_reading_is_on_the_page() {
    let mut report = ReadReport::default();
    (report.bad_lines, report.duplicate_events) = (3, 1234);
    let facts = data_facts(&small(), Some(&report), Likes::Automatic);
    assert_eq!((facts.oddities.bad_lines, facts.oddities.duplicate_events), (Some(3), Some(1234)));
    let page = render(&facts);
    for text in
        ["read as tables with named columns", "<td>3</td>", "<td>1,234</td>", "While reading: Left out 3 bad lines"]
    {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_page_is_well_formed_and_loads_no_other_files() {
    let page = render(&facts());
    assert_well_formed(&page);
    for word in ["http", "<script", "src=", "url(", "@import"] {
        assert!(!page.contains(word), "{word}");
    }
    let page = page.replace('\u{a0}', " ");
    for text in [
        "53 %",
        "Ratings of 4 or more (solid bars) are likes: the model learns from these 62 % of the events.",
        "The median user has 3 events, nine users in ten have at most 4, and the most active user has 4.",
        "Too few items are liked",
        "Drama is the most common (3 items) and the most liked (5 likes).",
        "Events range from 2000-02-29 to 2000-03-02",
        "2 events (25 %) have the time 0",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(render(&facts()), render(&facts()));
}

#[test]
fn hostile_names_stay_text() {
    let mut dataset = small();
    let hostile = "<script>alert(1)</script>\" onload='x' &amp; ]]>";
    dataset.name = hostile.to_owned();
    dataset.catalogue[1].title = hostile.to_owned();
    dataset.catalogue[2].title = hostile.to_owned();
    dataset.catalogue[0].genres[0] = hostile.to_owned();
    let page = render(&data_facts(&dataset, None, Likes::Automatic));
    assert_well_formed(&page);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("&amp;amp;") && !page.contains("\" onload"));
}

#[test]
fn data_without_times_genres_years_or_events_still_gives_a_page() {
    let mut dataset = small();
    dataset.events.times.clear();
    dataset.catalogue.iter_mut().for_each(|record| *record = ItemRecord::default());
    let bare = data_facts(&dataset, None, Likes::Automatic);
    assert!(bare.timeline.is_none() && bare.genres.is_none() && bare.years.is_none());
    assert_eq!(bare.oddities.bursts, None);
    let page = render(&bare);
    assert_well_formed(&page);
    assert!(page.contains("The events have no times") && !page.contains("NaN"));
    let dislikes = data_facts(&dataset, None, Likes::From(6.0));
    assert!(dislikes.likes_on_items.is_none() && dislikes.events_on_items.is_some());
    assert!(render(&dislikes).contains("No item is liked."));
    let empty = data_facts(&Dataset::default(), None, Likes::Automatic);
    let page = render(&empty);
    assert_well_formed(&page);
    assert!(page.contains("There are no events.") && !page.contains("NaN") && !page.contains("inf"), "{page}");
}
