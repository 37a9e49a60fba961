//! From events to a model: what counts as a like, what is learned from it, and how it is put together.

use foldin_core::{
    About, Catalogue, CatalogueItem, Descriptions, Factors, ItemIdx, MAX_VALUE, Model, QuantisedRows, Recommender,
    Route, Source, Users, file,
};

use crate::dataset::{Dataset, Events};
use crate::interactions::{Interactions, is_like, liked, rated, renumbered};
use crate::learn::als::{AlsFactors, AlsSettings, als};

/// The sources that can be learned; popularity is in every model.
pub const LEARNABLE: &[Source] = &[Source::Taste];

/// Settings of a training.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainSettings {
    /// Which events are likes.
    pub likes: Likes,
    /// The sources to learn. One for which there is nothing to learn from, such as an order of events, is left out.
    pub sources: Vec<Source>,
    /// Which source serves whom.
    pub routes: Vec<Route>,
    /// Settings of the factors.
    pub als: AlsSettings,
}

impl Default for TrainSettings {
    fn default() -> Self {
        TrainSettings {
            likes: Likes::default(),
            sources: LEARNABLE.to_vec(),
            routes: Vec::new(),
            als: AlsSettings::default(),
        }
    }
}

/// Which events are likes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Likes {
    /// Four fifths of the highest rating and more (4 of 5 stars, 8 of 10); every event where ratings are counts, are
    /// all equal, or reach beyond [`HIGHEST_SCALE`] and so are hardly stars.
    #[default]
    Automatic,
    /// Every event.
    All,
    /// Ratings from here on.
    From(f32),
}

impl Likes {
    /// The rating from which on events of a data set are likes; `None`: every event is.
    pub fn threshold(self, dataset: &Dataset) -> Option<f32> {
        match self {
            Likes::Automatic => like_threshold(dataset),
            Likes::All => None,
            Likes::From(threshold) => Some(threshold),
        }
    }
}

/// A trained model, not yet encoded.
#[derive(Debug, Clone)]
pub struct Trained {
    /// All that ranking needs.
    pub model: Model,
    /// Titles and tags.
    pub descriptions: Descriptions,
}

impl Trained {
    /// A recommender over the model as it will be shipped: encoded, and decoded again. Every figure is measured on one.
    pub fn as_shipped(&self) -> Recommender {
        let model = file::read_score(file::write_score(&self.model).into());
        Recommender::new(model.expect("what was just written can be read"))
    }
}

/// Why nothing was learned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// Factors grew beyond what a model can hold.
    #[error("the factors grew beyond all bounds with alpha0 {alpha0} and reg {reg}; raise --reg or --alpha0")]
    Diverged {
        /// Weight of the pull of every score towards 0.
        alpha0: f32,
        /// Strength of the regularisation.
        reg: f32,
    },
}

/// The highest rating of any usual scale of stars.
pub const HIGHEST_SCALE: f32 = 10.0;

fn like_threshold(dataset: &Dataset) -> Option<f32> {
    let ratings = &dataset.events.ratings;
    let (low, high) = ratings.iter().fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)));
    let are_stars = !dataset.ratings_are_counts && low < high && high <= HIGHEST_SCALE;
    // Rounded to what people write: 0.8 times 9 is otherwise a little more than 7.2.
    are_stars.then(|| ((f64::from(high) * 0.8 * 1e4).round() / 1e4) as f32)
}

/// Learns a model from some of a data set's events; `progress` is called after each iteration with its number.
///
/// # Errors
/// [`TrainError::Diverged`] where the settings let factors grow beyond all bounds.
pub fn train(
    dataset: &Dataset,
    events: &Events,
    settings: &TrainSettings,
    progress: impl FnMut(usize),
) -> Result<Trained, TrainError> {
    let threshold = settings.likes.threshold(dataset);
    let pairs = liked(events, threshold, settings.als.confidence, dataset.users.len(), dataset.items.len());
    let mut likes = vec![0; dataset.items.len()];
    pairs.indices().iter().for_each(|&item| likes[item as usize] += 1);
    let catalogue = catalogue(dataset, &likes);
    // From here on items go by their place in the catalogue: those without a like come last, and have no factors.
    // Users without a like take no part in the learning.
    let places: Vec<u32> = places(dataset, &catalogue).into_iter().map(|place| place.0).collect();
    let n_liked = likes.iter().filter(|&&likes| likes > 0).count();
    let pairs = renumbered(pairs, &places, n_liked);
    let n_users = pairs.rows();
    let learns = |source| n_liked > 0 && settings.sources.contains(&source);
    let factors = learns(Source::Taste).then(|| factors(&pairs, &settings.als, progress)).transpose()?;
    let about = About {
        data: dataset.name.clone(),
        simulated: dataset.simulated,
        n_users: n_users as u64,
        n_likes: likes.iter().map(|&likes| u64::from(likes)).sum(),
        like_threshold: threshold,
        program: concat!("foldin ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let descriptions = descriptions(dataset, &catalogue);
    let routes = settings.routes.clone();
    Ok(Trained { descriptions, model: Model { factors, routes, ..Model::new(about, catalogue) } })
}

fn factors(likes: &Interactions, settings: &AlsSettings, progress: impl FnMut(usize)) -> Result<Factors, TrainError> {
    let AlsFactors { items, weights, .. } = als(likes, settings, progress);
    // Not a number is not within bounds either.
    if !items.iter().all(|value| value.abs() <= MAX_VALUE) {
        return Err(TrainError::Diverged { alpha0: weights.alpha0, reg: weights.reg });
    }
    Ok(Factors {
        rows: QuantisedRows::quantise(items.as_slice().expect("rows lie in order"), settings.factors),
        weights,
    })
}

/// What every user of a data set liked, oldest first, for a model that is to hold users.
pub fn known_users(dataset: &Dataset, model: &Model) -> Users {
    let places = places(dataset, &model.catalogue);
    let events = &dataset.events;
    let mut histories: Vec<Vec<ItemIdx>> = vec![Vec::new(); dataset.users.len()];
    let is_like = |row: &usize| is_like(events, *row, model.about.like_threshold);
    for row in events.in_time_order().into_iter().filter(is_like) {
        histories[events.users[row] as usize].push(places[events.items[row] as usize]);
    }
    let known = dataset.users.iter().map(|id| &**id).zip(histories).filter(|(_, likes)| !likes.is_empty());
    Users::new(&model.catalogue, known.collect())
}

/// The catalogue of a data set in the order of the number of ratings among some events: what a model that only
/// predicts stars has.
pub fn catalogue_by_ratings(dataset: &Dataset, events: &Events) -> Catalogue {
    let mut n_ratings = vec![0; dataset.items.len()];
    events.items.iter().for_each(|&item| n_ratings[item as usize] += 1);
    catalogue(dataset, &n_ratings)
}

/// The ratings among some events: users as in the data set, by items as in the catalogue up to the last that has one.
pub fn rated_matrix(dataset: &Dataset, events: &Events, catalogue: &Catalogue) -> Interactions {
    let places = places(dataset, catalogue);
    let rating = |row: usize| (events.users[row], places[events.items[row] as usize].0, events.ratings[row]);
    let triples: Vec<(u32, u32, f32)> = (0..events.len()).map(rating).collect();
    let n_items = triples.iter().map(|&(_, item, _)| item as usize + 1).max().unwrap_or(0);
    rated(triples, dataset.users.len(), n_items)
}

/// Where each item of the data set stands in the catalogue.
fn places(dataset: &Dataset, catalogue: &Catalogue) -> Vec<ItemIdx> {
    let place = |id: &str| catalogue.find(id).expect("the catalogue is the data set's");
    dataset.items.iter().map(|id| place(id)).collect()
}

fn catalogue(dataset: &Dataset, likes: &[u32]) -> Catalogue {
    let items = dataset.items.iter().zip(&dataset.catalogue).zip(likes);
    let items = items.map(|((id, record), &likes)| CatalogueItem {
        id: id.to_string(),
        likes,
        year: record.year,
        genres: record.genres.clone(),
    });
    Catalogue::new(items.collect())
}

fn descriptions(dataset: &Dataset, catalogue: &Catalogue) -> Descriptions {
    let (mut titles, mut tags) = (Vec::new(), Vec::new());
    for item in catalogue.items() {
        let id = catalogue.id(item);
        let record = &dataset.catalogue[dataset.items.get_index_of(id).expect("the catalogue is the data set's")];
        titles.push(if record.title.is_empty() { id } else { &record.title });
        tags.push(record.tags.clone());
    }
    Descriptions::new(catalogue, &titles, &tags)
}

#[cfg(test)]
mod tests {
    use foldin_core::{Profile, Recommender, Request};

    use super::*;
    use crate::dataset::ItemRecord;

    fn threshold(ratings: &[f32], ratings_are_counts: bool) -> Option<f32> {
        let zeros = || vec![0; ratings.len()];
        let events = Events { users: zeros(), items: zeros(), ratings: ratings.to_vec(), times: Vec::new() };
        Likes::Automatic.threshold(&Dataset { events, ratings_are_counts, ..Dataset::default() })
    }

    #[test]
    fn likes_begin_at_four_fifths_of_a_scale_of_stars() {
        assert_eq!(threshold(&[0.5, 5.0, 3.0], false), Some(4.0));
        assert_eq!(threshold(&[0.0, 10.0], false), Some(8.0));
        for (highest, expected) in [(9.0, 7.2), (4.5, 3.6), (0.9, 0.72)] {
            assert_eq!(threshold(&[0.1, highest], false), Some(expected));
        }
    }

    #[test]
    fn counts_and_events_without_ratings_are_all_likes() {
        assert_eq!(threshold(&[1.0, 9.0], true), None);
        assert_eq!(threshold(&[1.0, 13883.0], false), None);
        assert_eq!(threshold(&[1.0, 1.0], false), None);
        assert_eq!(threshold(&[], false), None);
    }

    #[test]
    fn an_item_without_likes_is_known_but_comes_last() {
        let record = |title: &str| ItemRecord { title: title.to_owned(), ..Default::default() };
        let events = Events {
            users: vec![0, 0, 1, 1, 2],
            items: vec![0, 1, 0, 1, 2],
            ratings: vec![5.0, 5.0, 4.0, 4.0, 2.0],
            times: Vec::new(),
        };
        let dataset = Dataset {
            users: ["u", "v", "w"].map(Box::from).into_iter().collect(),
            items: ["a", "b", "c"].map(Box::from).into_iter().collect(),
            catalogue: vec![record("A"), record(""), record("C")],
            events,
            ..Default::default()
        };
        let trained = train(&dataset, &dataset.events, &TrainSettings::default(), |_| {}).unwrap();
        assert_eq!(trained.model.about.like_threshold, Some(4.0));
        assert_eq!((trained.model.about.n_users, trained.model.about.n_likes), (2, 4));
        assert_eq!(trained.model.factors.as_ref().unwrap().rows.n_rows(), 2);
        assert_eq!(trained.descriptions.titles().iter().collect::<Vec<_>>(), ["A", "b", "C"]);
        let answer = Recommender::new(trained.model).recommend(&Profile::liking(["a"]), &Request::default()).unwrap();
        assert_eq!(answer.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    }
}
