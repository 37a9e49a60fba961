//! From events to a model: what counts as a like, what is learned from it, and how it is put together.

mod items;
mod likes;

use foldin_core::Source;
use foldin_core::linalg::{MAX_VALUE, QuantisedRows};
use foldin_core::model::{About, Descriptions, Factors, Model, Popularity};

use self::items::{catalogue, descriptions, places, records};
pub use self::items::{catalogue_by_ratings, known_users, rated_matrix};
pub use self::likes::{HIGHEST_SCALE, Likes, has_stars};
use crate::dataset::{Dataset, Events};
use crate::interactions::{Interactions, is_like, liked, renumbered};
use crate::learn::als::{AlsFactors, AlsSettings, Iteration, als};
use crate::learn::content::{ContentSettings, content};
use crate::learn::ease::{EaseSettings, EaseTooLarge, ease};
use crate::learn::neighbours::{NeighbourSettings, neighbours};
use crate::learn::popularity::{PopularitySettings, Ratings, popularity};
use crate::learn::ratings::{RatingsSettings, ratings};
use crate::learn::sequence::{Histories, SequenceSettings, has_order, sequence};
use crate::rank::RankerSettings;

/// The sources that can be learned; how often items are liked is in every model.
pub const LEARNABLE: &[Source] = &[
    Source::Factors,
    Source::Neighbours,
    Source::Ease,
    Source::Sequence,
    Source::Content,
    Source::Recent,
    Source::TopRated,
];

/// Settings of a training.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainSettings {
    /// Which events are likes.
    pub likes: Likes,
    /// What is learned, of [`LEARNABLE`]. A source for which there is nothing to learn from, such as an order of events
    /// or stars, is left out.
    pub sources: Vec<Source>,
    /// Whether the prediction of stars is learned, where there are any.
    pub stars: bool,
    /// The factors behind taste.
    pub als: AlsSettings,
    /// What is liked together.
    pub neighbours: NeighbourSettings,
    /// What predicts likes.
    pub ease: EaseSettings,
    /// What is liked next.
    pub sequence: SequenceSettings,
    /// What items are about.
    pub content: ContentSettings,
    /// What is popular lately, and what is rated well.
    pub popularity: PopularitySettings,
    /// The prediction of stars.
    pub ratings: RatingsSettings,
    /// What puts the candidates of all sources in order.
    pub ranker: RankerSettings,
}

impl Default for TrainSettings {
    fn default() -> Self {
        TrainSettings {
            likes: Likes::default(),
            sources: LEARNABLE.to_vec(),
            stars: true,
            als: AlsSettings::default(),
            neighbours: NeighbourSettings::default(),
            ease: EaseSettings::default(),
            sequence: SequenceSettings::default(),
            content: ContentSettings::default(),
            popularity: PopularitySettings::default(),
            ratings: RatingsSettings::default(),
            ranker: RankerSettings::default(),
        }
    }
}

impl TrainSettings {
    /// How many steps a training with these settings has, as its progress counts them.
    pub fn n_steps(&self) -> usize {
        let others = self.sources.iter().filter(|source| **source != Source::Factors).count();
        let factors = if self.sources.contains(&Source::Factors) { self.als.iterations } else { 0 };
        factors + others + usize::from(self.stars)
    }
}

/// A step of a training that has just ended.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Its number among [`n_steps`](TrainSettings::n_steps), from 1.
    pub number: usize,
    /// The iteration of iALS that it was, if it was one.
    pub iteration: Option<Iteration<'a>>,
}

impl Step<'_> {
    fn other(number: usize) -> Self {
        Step { number, iteration: None }
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
    /// The catalogue is too large for EASE.
    #[error(transparent)]
    EaseTooLarge(#[from] EaseTooLarge),
}

/// Learns a model from some of a data set's events; `progress` is called after each of
/// [`n_steps`](TrainSettings::n_steps).
///
/// # Errors
/// [`TrainError::Diverged`] where the settings let factors grow beyond all bounds, and [`TrainError::EaseTooLarge`].
pub fn train(
    dataset: &Dataset,
    events: &Events,
    settings: &TrainSettings,
    mut progress: impl FnMut(Step),
) -> Result<Trained, TrainError> {
    let threshold = settings.likes.threshold(dataset);
    let pairs = liked(events, threshold, settings.als.confidence, dataset.users.len(), dataset.items.len());
    let mut likes = vec![0; dataset.items.len()];
    pairs.indices().iter().for_each(|&item| likes[item as usize] += 1);
    let catalogue = catalogue(dataset, &likes);
    // From here on items go by their place in the catalogue: those without a like come last, and have no factors.
    // Users without a like take no part in the learning.
    let places = places(dataset, &catalogue);
    let n_liked = likes.iter().filter(|&&likes| likes > 0).count();
    let pairs = renumbered(pairs, &places.iter().map(|place| place.0).collect::<Vec<_>>(), n_liked);
    let about = About {
        data: dataset.name.clone(),
        simulated: dataset.simulated,
        n_users: pairs.rows() as u64,
        n_likes: likes.iter().map(|&likes| u64::from(likes)).sum(),
        like_threshold: threshold,
        program: concat!("foldin ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let descriptions = descriptions(dataset, &catalogue);
    let mut model = Model::new(about, catalogue);
    let mut done = 0;
    for source in LEARNABLE.iter().copied().filter(|source| settings.sources.contains(source)) {
        match source {
            Source::Factors if n_liked > 0 => {
                model.factors = Some(factors(&pairs, &settings.als, |iteration| {
                    progress(Step { number: done + iteration.number, iteration: Some(iteration) });
                })?);
            }
            Source::Neighbours if n_liked > 0 => model.neighbours = Some(neighbours(&pairs, &settings.neighbours)),
            Source::Ease if n_liked > 0 => model.ease = Some(ease(&pairs, &settings.ease)?),
            // Judged on likes: where figures are measured, there are no other events.
            Source::Sequence if n_liked > 0 && has_order(&events.rows(|row| is_like(events, row, threshold))) => {
                let histories = Histories::of_likes(events, threshold, &places);
                model.sequence = Some(sequence(&histories, &settings.sequence));
            }
            Source::Content => {
                let content = content(&records(dataset, &model.catalogue), &settings.content);
                model.content = (content.rows().n_entries() > 0).then_some(content);
            }
            Source::Recent | Source::TopRated => {
                let ratings = if has_stars(dataset) { Ratings::Stars } else { Ratings::Counts };
                let n_items = model.catalogue.len();
                let learned = popularity(events, threshold, ratings, &places, n_items, &settings.popularity);
                let popularity = model.popularity.get_or_insert_default();
                match source {
                    Source::Recent => popularity.recent = learned.recent,
                    _ => popularity.stars = learned.stars,
                }
            }
            _ => {}
        }
        done += if source == Source::Factors { settings.als.iterations } else { 1 };
        progress(Step::other(done));
    }
    model.popularity = model.popularity.filter(|popularity| *popularity != Popularity::default());
    if settings.stars && has_stars(dataset) && !events.is_empty() {
        let observed = rated_matrix(dataset, events, &model.catalogue);
        model.stars = Some(ratings(&observed, &settings.ratings, |_| {}).to_stars());
        progress(Step::other(done + 1));
    }
    Ok(Trained { descriptions, model })
}

fn factors(
    likes: &Interactions,
    settings: &AlsSettings,
    progress: impl FnMut(Iteration),
) -> Result<Factors, TrainError> {
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

#[cfg(test)]
mod tests {
    use foldin_core::{Profile, Recommender, Request};

    use super::*;
    use crate::dataset::ItemRecord;

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
