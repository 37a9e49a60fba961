//! The items of a data set as a model has them: in order of popularity.

use foldin_core::model::{Catalogue, CatalogueItem, Descriptions, Details, Model, Users};
use foldin_core::{ItemIdx, Signal};
use foldin_data::interactions::{Interactions, rated};
use foldin_data::{Dataset, Events, ItemRecord};

/// The users of a data set with what they did, oldest first, for a model that is to hold users.
pub fn known_users(dataset: &Dataset, model: &Model) -> Users {
    let places = places(dataset, &model.catalogue);
    let events = &dataset.events;
    let mut histories: Vec<Vec<(ItemIdx, Signal)>> = vec![Vec::new(); dataset.users.len()];
    for row in events.in_time_order() {
        let item = places[events.items[row].at()];
        histories[events.users[row].at()].push((item, model.signal_of(events.ratings[row])));
    }
    let known = dataset.users.iter().map(|id| &**id).zip(histories).filter(|(_, history)| !history.is_empty());
    Users::new(&model.catalogue, known.collect())
}

/// The catalogue of a data set in the order of the number of ratings among some events: that of a model that only
/// predicts ratings.
pub fn catalogue_by_ratings(dataset: &Dataset, events: &Events) -> Catalogue {
    let mut n_ratings = vec![0; dataset.items.len()];
    events.items.iter().for_each(|item| n_ratings[item.at()] += 1);
    catalogue(dataset, &n_ratings)
}

/// The ratings among some events: users as in the data set, by items as in the catalogue up to the last with a rating.
/// Those of items that fewer than `min_support` people rated are left out.
pub fn rated_matrix(dataset: &Dataset, events: &Events, catalogue: &Catalogue, min_support: usize) -> Interactions {
    let places = places(dataset, catalogue);
    let rating = |row: usize| (events.users[row].0, places[events.items[row].at()].0, events.ratings[row]);
    let mut triples: Vec<(u32, u32, f32)> = (0..events.len()).map(rating).collect();
    triples.sort_by_key(|&(user, item, _)| (user, item));
    triples.dedup_by_key(|&mut (user, item, _)| (user, item));
    let mut people = vec![0; catalogue.len()];
    triples.iter().for_each(|&(_, item, _)| people[item as usize] += 1);
    triples.retain(|&(_, item, _)| people[item as usize] >= min_support);
    let n_items = triples.iter().map(|&(_, item, _)| item as usize + 1).max().unwrap_or(0);
    rated(triples, dataset.users.len(), n_items)
}

/// The index of each item of the data set in the catalogue.
pub(super) fn places(dataset: &Dataset, catalogue: &Catalogue) -> Vec<ItemIdx> {
    let place = |id: &str| catalogue.find(id).expect("the catalogue is the data set's");
    dataset.items.iter().map(|id| place(id)).collect()
}

pub(super) fn catalogue(dataset: &Dataset, likes: &[u32]) -> Catalogue {
    let items = dataset.items.iter().zip(&dataset.catalogue).zip(likes);
    let items = items.map(|((id, record), &likes)| CatalogueItem {
        id: id.to_string(),
        likes,
        year: record.year,
        genres: record.genres.clone(),
    });
    Catalogue::new(items.collect())
}

/// What is known of each item, in the order of the catalogue.
pub(super) fn records<'a>(dataset: &'a Dataset, catalogue: &Catalogue) -> Vec<&'a ItemRecord> {
    let record = |item| dataset.items.get_index_of(catalogue.id(item)).map(|place| &dataset.catalogue[place]);
    catalogue.items().map(|item| record(item).expect("the catalogue is the data set's")).collect()
}

pub(super) fn descriptions(dataset: &Dataset, catalogue: &Catalogue) -> Descriptions {
    let records = records(dataset, catalogue);
    let title = |(item, record): (ItemIdx, &&'_ ItemRecord)| {
        if record.title.is_empty() { catalogue.id(item).to_owned() } else { record.title.clone() }
    };
    let titles: Vec<String> = catalogue.items().zip(&records).map(title).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let tags: Vec<Vec<String>> = records.iter().map(|record| record.tags.clone()).collect();
    Descriptions::new(catalogue, &titles, &tags).with_details(details(dataset, &records))
}

/// The most bytes of one-line descriptions in a model; items behind those that fill them have none.
const MOST_ABOUT: usize = 200_000;

/// Addresses and one-line descriptions, the most liked items first: visitors fetch them with the titles.
fn details(dataset: &Dataset, records: &[&ItemRecord]) -> Option<Details> {
    let mut n_bytes = 0;
    let about = |record: &&'_ ItemRecord| {
        n_bytes += record.about.len();
        if n_bytes <= MOST_ABOUT { record.about.clone() } else { String::new() }
    };
    let abouts: Vec<String> = records.iter().map(about).collect();
    let abouts: Vec<&str> = abouts.iter().map(String::as_str).collect();
    let urls: Vec<&str> = records.iter().map(|record| &*record.url).collect();
    let of_each = Details::new(&urls, &abouts);
    if of_each.is_none() && !dataset.url_pattern.is_empty() {
        return Some(Details::by_pattern(&dataset.url_pattern));
    }
    of_each
}
