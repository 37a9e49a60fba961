use foldin_core::model::{About, Catalogue, CatalogueItem, Model};
use foldin_core::{ItemIdx, Profile, Recommender, Request, Similarity, Source, Strategy};
use foldin_data::split::{Protocol, SplitOptions, split};
use foldin_data::{Dataset, ReadOptions, read};
use foldin_fixtures::real_data;

use super::*;
use crate::assemble::{TrainingData, assemble};
use crate::config::Config;
use crate::evaluate::{ShippedModel, items_of, mean_ndcg};

fn record(title: &str, genres: &[&str], tags: &[&str], year: Option<i32>) -> ItemRecord {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ItemRecord { title: title.to_owned(), year, genres: owned(genres), tags: owned(tags), ..ItemRecord::default() }
}

/// Every term counts 1, the year nothing.
fn plain() -> ContentSettings {
    ContentSettings { title_weight: 1.0, year_weight: 0.0, min_df: 1, max_df: 1.0, ..ContentSettings::default() }
}

fn of(records: &[ItemRecord], settings: &ContentSettings) -> Content {
    content(&records.iter().collect::<Vec<_>>(), settings)
}

/// `expected` is of unit length, rows have a largest value of 1: what counts is their direction.
fn assert_row(content: &Content, item: usize, expected: &[(u32, f32)]) {
    let mut row: Vec<(u32, f32)> = content.rows().row(item).iter().collect();
    assert!(
        row.iter().all(|(_, value)| *value <= 1.0) && (row.is_empty() || row.iter().any(|(_, value)| *value == 1.0))
    );
    let length = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
    row.iter_mut().for_each(|(_, value)| *value /= length);
    assert_eq!(row.len(), expected.len(), "{row:?}");
    for (found, expected) in row.iter().zip(expected) {
        assert!(found.0 == expected.0 && (found.1 - expected.1).abs() < 0.005, "{row:?} is not {expected:?}");
    }
}

#[test]
fn values_are_those_of_the_formula_computed_by_hand() {
    let records = [
        record("red red sea", &[], &[], None),
        record("red sky", &[], &[], None),
        record("deep red sea", &[], &[], None),
    ];
    // Terms by spelling: deep, red, sea, sky. idf of what 1, 2, 3 of 3 items bear: ln(4/2)+1, ln(4/3)+1, ln(4/4)+1.
    let (once, twice, thrice) = (1.693_147, 1.287_682, 1.0);
    assert_row(&of(&records, &plain()), 0, &[(1, 2.0 * thrice / 2.378_754), (2, twice / 2.378_754)]);
    assert_row(&of(&records, &plain()), 1, &[(1, thrice / 1.966_382), (3, once / 1.966_382)]);
    assert_row(&of(&records, &plain()), 2, &[(0, once / 2.350_423), (1, thrice / 2.350_423), (2, twice / 2.350_423)]);
}

#[test]
fn a_group_weighs_what_the_settings_say_and_its_terms_are_its_own() {
    let records = [record("War", &["War"], &["war"], None)];
    let settings = ContentSettings { genre_weight: 2.0, tag_weight: 1.0, title_weight: 2.0, ..plain() };
    assert_row(&of(&records, &settings), 0, &[(0, 2.0 / 3.0), (1, 1.0 / 3.0), (2, 2.0 / 3.0)]);
    let without_tags = ContentSettings { tag_weight: 0.0, ..settings };
    assert_row(&of(&records, &without_tags), 0, &[(0, 0.5_f32.sqrt()), (1, 0.5_f32.sqrt())]);
}

#[test]
fn the_year_is_the_last_column_and_counts_from_the_first_to_the_last() {
    let with_year = |year| record("", &["Drama"], &[], year);
    let records = [1950, 1990, 2000].map(|year| with_year(Some(year))).into_iter().chain([with_year(None)]);
    let content = of(&records.collect::<Vec<_>>(), &ContentSettings { year_weight: 1.0, ..plain() });
    assert_row(&content, 0, &[(0, 1.0)]);
    assert_row(&content, 1, &[(0, 1.0 / 1.64_f32.sqrt()), (1, 0.8 / 1.64_f32.sqrt())]);
    assert_row(&content, 2, &[(0, 0.5_f32.sqrt()), (1, 0.5_f32.sqrt())]);
    assert_row(&content, 3, &[(0, 1.0)]);
}

#[test]
fn one_year_for_all_tells_nothing() {
    let records = [record("", &["Drama"], &[], Some(1999)), record("", &[], &[], Some(1999))];
    let content = of(&records, &ContentSettings { year_weight: 1.0, ..plain() });
    assert_row(&content, 0, &[(0, 1.0)]);
    assert_row(&content, 1, &[]);
}

#[test]
fn rare_and_common_words_are_left_out_and_genres_stay() {
    let records = ["the cat", "the dog", "the cat 2", "x the, lark"].map(|title| record(title, &["Drama"], &[], None));
    let content = of(&records, &ContentSettings { min_df: 2, max_df: 0.5, ..plain() });
    // The genre and `cat`: `the` is in all, `dog` and `lark` in one, `2` and `x` too short.
    assert_eq!(
        (0..4).map(|item| content.rows().row(item).columns.to_vec()).collect::<Vec<_>>(),
        [vec![0, 1], vec![0], vec![0, 1], vec![0]]
    );
}

#[test]
fn the_most_borne_terms_stay_where_there_are_too_many() {
    let records = ["aa bb cc", "bb cc", "cc"].map(|title| record(title, &[], &[], None));
    let content = of(&records, &ContentSettings { max_terms: 3, ..plain() });
    assert_eq!(content.rows().row(0).columns, [0, 1]);
    assert_eq!(content.rows().row(2).columns, [1]);
}

#[test]
fn words_of_the_text_and_of_the_title_are_told_apart() {
    let item = ItemRecord { text: "Ape, ape!".into(), ..record("Ape", &[], &[], None) };
    let settings = ContentSettings { text_weight: 1.0, ..plain() };
    assert_row(&of(&[item], &settings), 0, &[(0, 1.0 / 5.0_f32.sqrt()), (1, 2.0 / 5.0_f32.sqrt())]);
}

#[test]
fn an_item_without_a_term_has_an_empty_row_of_its_own() {
    let records = [record("", &[], &[], None), record("", &["Drama"], &[], None), record("", &[], &[], None)];
    let content = of(&records, &ContentSettings::default());
    assert_eq!((0..3).map(|item| content.rows().row(item).columns.len()).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!(of(&[], &ContentSettings::default()).rows().n_rows(), 0);
}

#[test]
fn settings_are_read_by_their_names_and_unknown_ones_are_refused() {
    let settings: ContentSettings = toml::from_str("year-weight = 0.5").unwrap();
    assert_eq!(settings, ContentSettings { year_weight: 0.5, ..ContentSettings::default() });
    assert!(toml::from_str::<ContentSettings>("years = 1").is_err());
}

#[test]
fn a_catalogue_without_a_single_event_is_enough_to_recommend_by() {
    let records = [
        record("Alien", &["Horror", "Sci-Fi"], &[], Some(1979)),
        record("Aliens", &["Action", "Sci-Fi"], &[], Some(1986)),
        record("Emma", &["Romance"], &[], Some(1996)),
    ];
    let items = ["a", "b", "c"].map(|id| CatalogueItem { id: id.to_owned(), ..CatalogueItem::default() });
    let model = Model {
        content: Some(of(&records, &ContentSettings::default())),
        ..Model::new(About::default(), Catalogue::new(items.to_vec()))
    };
    let recommender = Recommender::new(model);
    let answer = recommender.recommend(&Profile::liking(["a"]), &Request::default()).unwrap();
    assert_eq!((recommender.id(answer[0].item), answer[0].sources[0]), ("b", Source::Content));
    assert_eq!(recommender.id(recommender.similar("a", Similarity::Content, 1).unwrap()[0].item), "b");
}

#[test]
fn training_on_a_catalogue_alone_gives_a_model_without_factors() {
    let dataset = Dataset {
        items: ["a", "b"].map(Box::from).into_iter().collect(),
        catalogue: vec![record("Alien", &["Horror"], &[], None), record("Aliens", &["Horror"], &[], None)],
        ..Dataset::default()
    };
    let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold: None };
    let model = assemble(data, &Config::default(), |_| Ok(())).unwrap().model;
    assert!(model.factors.is_none());
    assert_eq!((model.catalogue.len(), model.about.n_users), (2, 0));
}

/// NDCG@10 of content and of the order of ids alone on the validation part of `loo`; `None` where the data set is
/// absent.
fn ndcg_of(name: &str, threshold: Option<f32>, settings: &ContentSettings) -> Option<[f64; 2]> {
    let (dataset, _) = read(&real_data(name)?, &ReadOptions::default()).unwrap();
    let split = split(&dataset, Protocol::Loo, &SplitOptions { threshold, seed: 7 }).unwrap();
    let items = dataset.items.iter().map(|id| CatalogueItem { id: id.to_string(), ..CatalogueItem::default() });
    let catalogue = Catalogue::new(items.collect());
    let record = |item: ItemIdx| &dataset.catalogue[dataset.items.get_index_of(catalogue.id(item)).unwrap()];
    let content = content(&catalogue.items().map(record).collect::<Vec<_>>(), settings);
    let model = Model { content: Some(content), ..Model::new(About::default(), catalogue) };
    let shipped = ShippedModel::new(&model, &dataset).unwrap();
    let ndcg = |source| {
        let lists = shipped.recommend_all(&split.validation, Strategy::Only(source), 10).unwrap();
        mean_ndcg(&items_of(&lists), &split.validation, 10)
    };
    Some([Source::Content, Source::Popular].map(ndcg))
}

#[test]
fn content_alone_finds_more_of_what_comes_next_than_the_order_of_ids_does() {
    for (name, threshold) in [("ml-latest-small", Some(4.0)), ("ml-1m-timed", None)] {
        let Some([content, none]) = ndcg_of(name, threshold, &ContentSettings::default()) else { continue };
        assert!(content > none, "{name}: {content} {none}");
    }
}
