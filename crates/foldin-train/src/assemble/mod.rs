//! From likes to a model: every learner that the settings ask for, put together. Everything but the ranker, which
//! [`rank`](crate::rank) learns from models that are assembled here.

mod earlier;
mod given;
mod items;

use std::cell::LazyCell;

use foldin_core::linalg::{MAX_VALUE, QuantisedRows};
use foldin_core::model::{About, Descriptions, Factors, Model, Popularity};
use foldin_core::{ItemIdx, Source};
use foldin_data::interactions::{Interactions, is_like, liked, newest_likes, renumbered};
use foldin_data::{Dataset, Events, has_stars};

use self::earlier::EarlierModel;
use self::given::InCatalogue;
pub(crate) use self::given::is_given;
use self::items::{catalogue, descriptions, places, records};
pub use self::items::{catalogue_by_ratings, known_users, rated_matrix};
use crate::cancel::Cancelled;
use crate::config::{Config, LEARNABLE};
use crate::learn::OutOfBounds;
use crate::learn::als::{AlsFactors, AlsSettings, Iteration, als_from};
use crate::learn::content::content;
use crate::learn::ease::{EaseError, EaseTooLarge, ease};
use crate::learn::neighbours::neighbours;
use crate::learn::popularity::{Ratings, popularity};
use crate::learn::ratings::ratings;
use crate::learn::sequence::{Histories, has_order, sequence};
use crate::learn::transformer::{N_REPORTS, TransformerError, transformer_from};

/// What to learn from.
#[derive(Debug, Clone, Copy)]
pub struct TrainingData<'a> {
    /// Users, items and catalogue.
    pub dataset: &'a Dataset,
    /// Some or all of its events.
    pub events: &'a Events,
    /// Ratings at or above it are likes; `None`: every event is.
    pub threshold: Option<f32>,
}

/// A step of a training that has just ended.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Its number among [`n_steps`], from 1.
    pub number: usize,
    /// The iteration of iALS that it was, if it was one.
    pub iteration: Option<Iteration<'a>>,
}

impl Step<'_> {
    fn other(number: usize) -> Self {
        Step { number, iteration: None }
    }
}

/// A model that was learned, not yet encoded.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// All that ranking needs, without a ranker.
    pub model: Model,
    /// Titles and tags.
    pub descriptions: Descriptions,
}

/// Why nothing was learned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AssembleError {
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
    /// Lists hold values that a model cannot hold.
    #[error("the settings of [{section}] lead to values beyond 1e6, which a model cannot hold; {advice}")]
    OutOfBounds {
        /// The section of the settings.
        section: &'static str,
        /// What to change.
        advice: &'static str,
    },
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// How many steps a training with these settings has, as its progress counts them.
pub fn n_steps(config: &Config) -> usize {
    let of_sources = config.train.sources.iter().map(|source| n_steps_of(*source, config)).sum::<usize>();
    of_sources + usize::from(config.train.stars)
}

fn n_steps_of(source: Source, config: &Config) -> usize {
    match source {
        Source::Factors => config.als.iterations,
        Source::Transformer => N_REPORTS,
        _ => 1,
    }
}

/// Learns all parts of a model but the ranker. `progress` is called after each of [`n_steps`], and may cancel.
///
/// What people did is only in the parts that at least [`min_support`](crate::config::PrivacySection) of them share. An
/// item that fewer like is one without likes: it keeps its content, and nothing else. Likes of the others are counted
/// down to a multiple.
///
/// What the data set was [given](Dataset::given) is used as it is, and not learned.
///
/// # Errors
/// [`AssembleError`].
pub fn assemble(
    data: TrainingData<'_>,
    config: &Config,
    progress: impl FnMut(Step) -> Result<(), Cancelled>,
) -> Result<Assembled, AssembleError> {
    assemble_from(data, None, config, progress)
}

/// As [`assemble`]: factors and the transformer start from those of an earlier model. All that is counted is counted again.
///
/// # Errors
/// [`AssembleError`].
pub fn assemble_from(
    data: TrainingData<'_>,
    earlier: Option<&Model>,
    config: &Config,
    mut progress: impl FnMut(Step) -> Result<(), Cancelled>,
) -> Result<Assembled, AssembleError> {
    let TrainingData { dataset, events, threshold } = data;
    let pairs = liked(events, threshold, config.als.confidence, dataset.users.len(), dataset.items.len());
    let min_support = config.privacy.min_support;
    let given = dataset.given.as_deref();
    let likes = given.and_then(|given| given.likes.clone()).unwrap_or_else(|| n_likes(&pairs));
    let counted_down: Vec<u32> = likes.iter().map(|likes| likes - likes % min_support as u32).collect();
    let catalogue = catalogue(dataset, &counted_down);
    // From here on items go by their place in the catalogue: those without a like come last, and have no factors.
    // Users without a like take no part in the learning.
    let places = places(dataset, &catalogue);
    let n_liked = counted_down.iter().filter(|&&likes| likes > 0).count();
    let to: Vec<u32> = places.iter().map(|place| place.0).collect();
    let pairs = renumbered(pairs, &to, n_liked);
    let (n_all_users, n_all_items) = (dataset.users.len(), dataset.items.len());
    // What pairs of likes are counted in, once a source asks for it: a search learns one source at a time.
    let newest = LazyCell::new(|| {
        newest_likes(events, threshold, config.train.most_likes, n_all_users).map(|events| {
            renumbered(liked(&events, threshold, config.als.confidence, n_all_users, n_all_items), &to, n_liked)
        })
    });
    let counted = || newest.as_ref().unwrap_or(&pairs);
    let (n_users, n_likes) = given.map_or((0, 0), |given| (given.n_users, given.n_likes));
    let given = given.map(|given| InCatalogue { given, places: &places, likes: &likes, n_liked });
    let about = About {
        data: dataset.name.clone(),
        simulated: dataset.simulated,
        n_users: n_users + pairs.rows() as u64,
        n_likes: n_likes + pairs.nnz() as u64,
        like_threshold: threshold,
        program: crate::PROGRAM.to_owned(),
    };
    let descriptions = descriptions(dataset, &catalogue);
    let earlier = earlier.map(|model| EarlierModel::new(model, &catalogue, n_liked));
    let mut model = Model::new(about, catalogue);
    let mut done = 0;
    for source in LEARNABLE.iter().copied().filter(|source| config.train.sources.contains(source)) {
        match source {
            Source::Factors => {
                model.factors = match given.and_then(|given| given.factors()) {
                    Some(given) => given?,
                    None if n_liked > 0 => Some(factors(&pairs, earlier.as_ref(), &config.als, |iteration| {
                        progress(Step { number: done + iteration.number, iteration: Some(iteration) })
                    })?),
                    None => None,
                };
            }
            Source::Neighbours if n_liked > 0 => {
                let learned = given.and_then(|given| given.neighbours(config));
                let learned = learned.unwrap_or_else(|| neighbours(counted(), &config.neighbours, min_support));
                model.neighbours = Some(learned.map_err(|OutOfBounds| AssembleError::OutOfBounds {
                    section: "neighbours",
                    advice: "raise shrinkage, or lower the exponents",
                })?);
            }
            Source::Ease if n_liked > 0 => {
                model.ease = Some(ease(counted(), &config.ease, min_support).map_err(|error| match error {
                    EaseError::TooLarge(error) => error.into(),
                    EaseError::OutOfBounds(_) => AssembleError::OutOfBounds { section: "ease", advice: "raise reg" },
                })?);
            }
            Source::Sequence if n_liked > 0 => {
                let learned = given.and_then(|given| given.sequence(config)).or_else(|| {
                    let (histories, _) = ordered(events, threshold, &places, n_liked)?;
                    Some(sequence(&histories, &config.sequence, min_support))
                });
                if let Some(learned) = learned {
                    model.sequence = Some(learned.map_err(|OutOfBounds| AssembleError::OutOfBounds {
                        section: "sequence",
                        advice: "raise shrinkage, or lower normalisation",
                    })?);
                }
            }
            Source::Transformer if n_liked > 0 => {
                let settings = &config.transformer;
                let likes = ordered(events, threshold, &places, n_liked);
                if let Some((histories, _)) = likes.filter(|(_, n_likes)| *n_likes >= settings.min_likes) {
                    let start = earlier.as_ref().and_then(EarlierModel::transformer);
                    let report = |epoch, _| progress(Step::other(done + epoch));
                    let learned = transformer_from(&histories, n_liked, start, settings, report);
                    model.transformer = Some(learned.map_err(|error| match error {
                        TransformerError::OutOfBounds => {
                            AssembleError::OutOfBounds { section: "transformer", advice: "lower learning-rate" }
                        }
                        TransformerError::Cancelled(cancelled) => cancelled.into(),
                    })?);
                }
            }
            Source::Content => {
                let content = content(&records(dataset, &model.catalogue), &config.content);
                model.content = (content.rows().n_entries() > 0).then_some(content);
            }
            Source::Recent | Source::TopRated => {
                let ratings = if has_stars(dataset) { Ratings::Stars } else { Ratings::Counts };
                let n_items = model.catalogue.len();
                let settings = &config.popularity;
                let learned = popularity(events, threshold, ratings, &places, n_items, settings, min_support);
                let popularity = model.popularity.get_or_insert_default();
                if source == Source::Recent {
                    popularity.recent = learned.recent;
                } else {
                    popularity.mean_ratings = learned.mean_ratings;
                }
            }
            _ => {}
        }
        done += n_steps_of(source, config);
        progress(Step::other(done))?;
    }
    model.popularity = model.popularity.filter(|popularity| *popularity != Popularity::default());
    if config.train.stars && has_stars(dataset) && !events.is_empty() {
        let observed = rated_matrix(dataset, events, &model.catalogue, min_support);
        if observed.nnz() > 0 {
            let learned = ratings(&observed, &config.ratings, |_| progress(Step::other(done)))?;
            model.rating_model = Some(learned.to_rating_model());
        }
        progress(Step::other(done + 1))?;
    }
    Ok(Assembled { model, descriptions })
}

/// How many people like each item.
fn n_likes(likes: &Interactions) -> Vec<u32> {
    let mut n_likes = vec![0; likes.cols()];
    likes.indices().iter().for_each(|&item| n_likes[item as usize] += 1);
    n_likes
}

/// The likes of every user in their order, and how many there are; `None` where they have none. Judged on likes: where
/// metrics are measured, there are no other events.
fn ordered(events: &Events, threshold: Option<f32>, places: &[ItemIdx], n_liked: usize) -> Option<(Histories, usize)> {
    let is_learned = |row: usize| places[events.items[row].at()].at() < n_liked;
    let likes = events.rows(|row| is_like(events, row, threshold) && is_learned(row));
    has_order(&likes).then(|| (Histories::of_likes(&likes, None, places), likes.len()))
}

fn factors(
    likes: &Interactions,
    earlier: Option<&EarlierModel<'_>>,
    settings: &AlsSettings,
    progress: impl FnMut(Iteration) -> Result<(), Cancelled>,
) -> Result<Factors, AssembleError> {
    let start = earlier.map(|earlier| earlier.factors(settings.factors)).unwrap_or_default();
    let AlsFactors { mut items, weights, .. } = als_from(likes, &start, settings, progress)?;
    // Of an item that nobody likes together with another, its likes tell no taste; what iALS gives it is noise.
    for (mut row, _) in items.rows_mut().into_iter().zip(is_shared(likes)).filter(|(_, is_shared)| !is_shared) {
        row.fill(0.0);
    }
    // NaN is not within bounds either.
    if !items.iter().all(|value| value.abs() <= MAX_VALUE) {
        return Err(AssembleError::Diverged { alpha0: weights.alpha0, reg: weights.reg });
    }
    let values = items.as_slice().expect("rows are contiguous");
    Ok(Factors::of_loss(QuantisedRows::quantise(values, settings.factors), weights))
}

/// Of each item, whether one of those who like it likes another item too.
fn is_shared(likes: &Interactions) -> Vec<bool> {
    let mut is_shared = vec![false; likes.cols()];
    for row in likes.outer_iterator().filter(|row| row.nnz() > 1) {
        row.indices().iter().for_each(|&item| is_shared[item as usize] = true);
    }
    is_shared
}

#[cfg(test)]
mod tests {
    use foldin_core::{Profile, Recommender, Request};
    use foldin_data::ItemRecord;
    use foldin_fixtures::events;

    use super::*;

    #[test]
    fn an_item_without_likes_is_known_but_comes_last() {
        let record = |title: &str| ItemRecord { title: title.to_owned(), ..Default::default() };
        let rows = [(0, 0, 5.0, 0), (0, 1, 5.0, 0), (1, 0, 4.0, 0), (1, 1, 4.0, 0), (2, 2, 2.0, 0)];
        let dataset = Dataset {
            users: ["u", "v", "w"].map(Box::from).into_iter().collect(),
            items: ["a", "b", "c"].map(Box::from).into_iter().collect(),
            catalogue: vec![record("A"), record(""), record("C")],
            events: Events { times: Vec::new(), ..events(&rows) },
            ..Default::default()
        };
        let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold: Some(4.0) };
        let mut config = Config::default();
        config.privacy.min_support = 1;
        let Assembled { model, descriptions } = assemble(data, &config, |_| Ok(())).unwrap();
        assert_eq!(model.about.like_threshold, Some(4.0));
        assert_eq!((model.about.n_users, model.about.n_likes), (2, 4));
        assert_eq!(model.factors.as_ref().unwrap().rows.n_rows(), 2);
        assert_eq!(descriptions.titles().iter().collect::<Vec<_>>(), ["A", "b", "C"]);
        let recommender = Recommender::new(model);
        let answer = recommender.recommend(&Profile::liking(["a"]), &Request::default()).unwrap();
        assert_eq!(answer.iter().map(|one| recommender.id(one.item)).collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn a_lone_like_gives_no_taste_but_content() {
        // Two tastes of five people each, and four people who like item 6 and nothing else.
        let mut rows: Vec<(u32, u32, f32, i64)> = Vec::new();
        for user in 0..10 {
            rows.extend((0..3).map(|item| (user, item + 3 * (user % 2), 5.0, 0)));
        }
        rows.extend((10..14).map(|user| (user, 6, 5.0, 0)));
        let mut dataset = foldin_fixtures::dataset_of(&rows);
        let with_genre = |genre: &str| ItemRecord { genres: vec![genre.to_owned()], ..Default::default() };
        dataset.catalogue = [1, 1, 1, 2, 2, 2, 2].map(|genre: u32| with_genre(&genre.to_string())).to_vec();
        let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold: Some(4.0) };
        let model = assemble(data, &Config::default(), |_| Ok(())).unwrap().model;
        let recommender = Recommender::new(model);
        let by = |source| {
            let request = Request { strategy: foldin_core::Strategy::Only(source), k: 3, ..Request::default() };
            recommender.recommend(&Profile::liking(["i6"]), &request).unwrap()
        };
        assert!(by(Source::Factors).iter().all(|one| one.sources != [Source::Factors]));
        let all = recommender.recommend(&Profile::liking(["i6"]), &Request { k: 3, ..Request::default() }).unwrap();
        let mut ids: Vec<&str> = all.iter().map(|one| recommender.id(one.item)).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["i3", "i4", "i5"]);
        assert!(all.iter().all(|one| one.sources[0] == Source::Content), "{all:?}");
    }

    #[test]
    fn counts_below_the_floor_are_not_told_apart_and_others_are_counted_down() {
        // Item n is liked by n people, of seven; nobody likes item 0.
        let rows: Vec<(u32, u32, f32, i64)> =
            (0..8_u32).flat_map(|item| (0..item).map(move |user| (user, item, 5.0, i64::from(item) + 1))).collect();
        let dataset = foldin_fixtures::dataset_of(&rows);
        let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold: Some(4.0) };
        for (min_support, expected) in
            [(1, [0, 1, 2, 3, 4, 5, 6, 7]), (2, [0, 0, 2, 2, 4, 4, 6, 6]), (3, [0, 0, 0, 3, 3, 3, 6, 6]), (8, [0; 8])]
        {
            let mut config = Config::default();
            config.privacy.min_support = min_support;
            let model = assemble(data, &config, |_| Ok(())).unwrap().model;
            let catalogue = &model.catalogue;
            let likes = |n: u32| catalogue.likes(catalogue.find(&format!("i{n}")).unwrap());
            assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(likes), expected, "{min_support}");
            let n_liked = expected.iter().filter(|&&likes| likes > 0).count();
            let n_rows = |rows: usize| assert!(rows <= n_liked, "{min_support}: {rows} of {n_liked}");
            n_rows(model.factors.as_ref().map_or(0, |factors| factors.rows.n_rows()));
            for lists in [&model.neighbours, &model.ease, &model.sequence].into_iter().flatten() {
                n_rows(lists.rows.n_rows());
                n_rows(lists.rows.n_columns());
            }
            n_rows(model.rating_model.as_ref().map_or(0, |ratings| ratings.rows.n_rows()));
        }
    }

    #[test]
    fn a_caller_can_cancel_at_every_step() {
        let dataset = foldin_fixtures::dataset_of(&[(0, 0, 5.0, 1), (0, 1, 4.0, 2), (1, 0, 5.0, 3), (1, 1, 1.0, 4)]);
        let data = TrainingData { dataset: &dataset, events: &dataset.events, threshold: Some(4.0) };
        let mut config = Config::default();
        config.als.iterations = 2;
        config.privacy.min_support = 1;
        (config.transformer.min_likes, config.transformer.steps) = (0, N_REPORTS);
        let mut n_calls = 0;
        assemble(data, &config, |_| {
            n_calls += 1;
            Ok(())
        })
        .unwrap();
        assert!(n_calls >= n_steps(&config));
        for stop_at in 1..=n_calls {
            let mut n = 0;
            let cancelled = assemble(data, &config, |_| {
                n += 1;
                if n == stop_at { Err(Cancelled) } else { Ok(()) }
            });
            assert_eq!((cancelled.err(), n), (Some(AssembleError::Cancelled(Cancelled)), stop_at));
        }
    }
}
