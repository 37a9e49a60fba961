//! Errors of predicted ratings: protocol `folds`.
//!
//! ```text
//! RMSE = sqrt(mean of (prediction - rating)^2)     MAE = mean of |prediction - rating|
//! ```
//!
//! Each fold's model is encoded and decoded before it is asked, and each test user is folded in from their training
//! ratings by the [`Recommender`], as in a browser. Beside it stand the mean of all ratings and damped biases.

mod baseline;

use foldin_core::file::{self, FileError};
use foldin_core::model::{About, Model};
use foldin_core::{Profile, Recommender, RequestError, Signal};
use foldin_data::split::folds::Fold;
use foldin_data::{Dataset, Events, ItemNo, UserNo};
use indexmap::IndexMap;

use self::baseline::DampedBiases;
use crate::artefacts::RatingErrors;
use crate::assemble::{catalogue_by_ratings, rated_matrix};
use crate::cancel::Cancelled;
use crate::learn::ratings::{Learned, RatingsSettings, ratings};
use crate::parallel::try_map;

impl RatingErrors {
    /// Compares predictions with ratings, pair by pair; NaN where there are none.
    ///
    /// # Panics
    /// If they differ in number.
    pub fn of(predicted: &[f32], ratings: &[f32]) -> Self {
        assert_eq!(predicted.len(), ratings.len(), "one prediction a rating");
        let errors = || predicted.iter().zip(ratings).map(|(p, r)| f64::from(*p) - f64::from(*r));
        let n = ratings.len() as f64;
        RatingErrors {
            rmse: (errors().map(|error| error * error).sum::<f64>() / n).sqrt(),
            mae: errors().map(f64::abs).sum::<f64>() / n,
        }
    }

    /// The mean over folds.
    pub fn mean(folds: impl ExactSizeIterator<Item = RatingErrors>) -> Self {
        let n = folds.len() as f64;
        let sum = folds.fold((0.0, 0.0), |sum, one| (sum.0 + one.rmse, sum.1 + one.mae));
        RatingErrors { rmse: sum.0 / n, mae: sum.1 / n }
    }
}

/// What was measured on a fold.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredFold {
    /// The fold's name.
    pub name: String,
    /// Ratings that were learned from.
    pub n_train: usize,
    /// Ratings that were predicted.
    pub n_test: usize,
    /// Rounds of the learner.
    pub iterations: usize,
    /// Bytes of the model's stars.
    pub bytes: usize,
    /// Our predictions.
    pub foldin: RatingErrors,
    /// Damped biases.
    pub biases: RatingErrors,
    /// The mean of all ratings.
    pub mean: RatingErrors,
}

/// Why a fold could not be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FoldError {
    /// A part of the fold has no rating.
    #[error("fold {name} has {n_train} ratings to learn from and {n_test} to predict; both must be above 0")]
    Empty {
        /// The fold's name.
        name: String,
        /// Ratings to learn from.
        n_train: usize,
        /// Ratings to predict.
        n_test: usize,
    },
    /// The model cannot be read back.
    #[error(transparent)]
    File(#[from] FileError),
    /// The recommender refused a profile.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The caller cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A rating model that was learned from the training part of a fold, not yet measured.
#[derive(Debug)]
pub struct FittedFold<'a> {
    dataset: &'a Dataset,
    fold: &'a Fold,
    model: Model,
    iterations: usize,
}

/// Learns from the training part of a fold. Items that fewer than `min_support` people rated there are left out.
///
/// # Errors
/// [`FoldError::Empty`] for a fold without ratings.
pub fn fit_fold<'a>(
    dataset: &'a Dataset,
    fold: &'a Fold,
    settings: &RatingsSettings,
    min_support: usize,
) -> Result<FittedFold<'a>, FoldError> {
    let Fold { name, train, test } = fold;
    if train.is_empty() || test.is_empty() {
        return Err(FoldError::Empty { name: name.clone(), n_train: train.len(), n_test: test.len() });
    }
    let catalogue = catalogue_by_ratings(dataset, train);
    let observed = rated_matrix(dataset, train, &catalogue, min_support);
    let learned: Learned = ratings(&observed, settings, |_| Ok(()))?;
    let (iterations, rating_model) = (learned.iterations, Some(learned.to_rating_model()));
    Ok(FittedFold {
        dataset,
        fold,
        model: Model { rating_model, ..Model::new(About::default(), catalogue) },
        iterations,
    })
}

impl FittedFold<'_> {
    /// Predicts the test part.
    ///
    /// # Errors
    /// [`FoldError`], for ratings that a model cannot hold, such as ones below 0.
    pub fn measure(&self) -> Result<MeasuredFold, FoldError> {
        let FittedFold { dataset, fold: Fold { name, train, test }, model, iterations } = self;
        let bytes = file::write_score(model);
        let (_, sections) = file::list_sections(&bytes.clone().into())?;
        let recommender = Recommender::new(file::read_score(&bytes.into())?);
        let by_biases = DampedBiases::learn(train, dataset.users.len(), dataset.items.len());
        let biases: Vec<f32> = test.users.iter().zip(&test.items).map(|(&u, &i)| by_biases.predict(u, i)).collect();
        let errors = |predicted: &[f32]| RatingErrors::of(predicted, &test.ratings);
        Ok(MeasuredFold {
            name: name.clone(),
            n_train: train.len(),
            n_test: test.len(),
            iterations: *iterations,
            bytes: sections.iter().filter(|section| section.name == "stars").map(|section| section.bytes).sum(),
            foldin: errors(&predictions(dataset, &recommender, train, test)?),
            biases: errors(&biases),
            mean: errors(&vec![by_biases.mean; test.len()]),
        })
    }
}

/// Predicts the ratings of `test`, with every user folded in from `train`.
fn predictions(
    dataset: &Dataset,
    recommender: &Recommender,
    train: &Events,
    test: &Events,
) -> Result<Vec<f32>, RequestError> {
    let id = |item: ItemNo| &*dataset.items[item.at()];
    let mut profiles = vec![Profile::new(); dataset.users.len()];
    for row in train.in_time_order() {
        profiles[train.users[row].at()].push(id(train.items[row]), Signal::Stars(train.ratings[row]));
    }
    let mut rows_of: IndexMap<UserNo, Vec<usize>> = IndexMap::new();
    test.users.iter().enumerate().for_each(|(row, &user)| rows_of.entry(user).or_default().push(row));
    let by_user: Vec<(UserNo, Vec<usize>)> = rows_of.into_iter().collect();
    let of_user = |(user, rows): &(UserNo, Vec<usize>)| -> Result<Vec<(usize, f32)>, RequestError> {
        let ratings = recommender.ratings_of(&profiles[user.at()])?;
        let catalogue = &recommender.model().catalogue;
        let item = |row: usize| catalogue.find(id(test.items[row])).expect("the catalogue is the data set's");
        Ok(rows.iter().map(|&row| (row, ratings.predict(item(row)))).collect())
    };
    let by_user = try_map(&by_user, of_user)?;
    let mut predicted = vec![0.0; test.len()];
    by_user.into_iter().flatten().for_each(|(row, rating)| predicted[row] = rating);
    Ok(predicted)
}

#[cfg(test)]
mod tests {
    use foldin_data::split::folds::{given_folds, random_folds};
    use foldin_data::{Folder, ReadOptions, read};
    use foldin_fixtures::{dataset_of, real_data};

    use super::*;

    fn measure(dataset: &Dataset, fold: &Fold) -> Result<MeasuredFold, FoldError> {
        fit_fold(dataset, fold, &RatingsSettings::default(), 1)?.measure()
    }

    #[test]
    fn errors_by_hand() {
        let errors = RatingErrors::of(&[3.0, 4.5, 1.0], &[4.0, 4.5, 3.0]);
        assert!((errors.rmse - (5.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((errors.mae - 1.0).abs() < 1e-12);
        let mean = RatingErrors::mean([errors, RatingErrors { rmse: 0.0, mae: 0.0 }].into_iter());
        assert!((mean.mae - 0.5).abs() < 1e-12);
    }

    #[test]
    fn on_movielens_100k_the_given_folds_are_predicted_within_0_920_stars() {
        let Some(folder) = real_data("ml-100k") else { return };
        let (mut dataset, _) = read(&folder, &ReadOptions::default()).unwrap();
        let given = given_folds(&Folder::new(&folder), &mut dataset).unwrap();
        let measured: Vec<MeasuredFold> = given.iter().map(|fold| measure(&dataset, fold).unwrap()).collect();
        assert_eq!(measured.iter().map(|fold| fold.n_test).collect::<Vec<_>>(), [20_000; 5]);
        let rmse = RatingErrors::mean(measured.iter().map(|fold| fold.foldin)).rmse;
        let biases = RatingErrors::mean(measured.iter().map(|fold| fold.biases)).rmse;
        assert!(rmse <= 0.920, "{rmse}");
        // Surprise's BaselineOnly has .9457 on them.
        assert!((biases - 0.9457).abs() < 0.001, "{biases}");
    }

    #[test]
    fn an_empty_fold_is_refused_by_name() {
        let fold = Fold { name: "u7".to_owned(), train: Events::default(), test: Events::default() };
        let error = measure(&Dataset::default(), &fold).unwrap_err();
        assert!(error.to_string().starts_with("fold u7 has 0 ratings to learn from"));
    }

    #[test]
    fn taste_is_predicted_better_than_by_biases() {
        // Two kinds of people, two kinds of items: everybody gives 5 stars to their kind, 1 to the other.
        let pairs = (0..40).flat_map(|user| (0..30).map(move |item| (user, item)));
        let rows: Vec<_> =
            pairs.map(|(user, item)| (user, item, if user % 2 == item % 2 { 5.0 } else { 1.0 }, 0)).collect();
        let dataset = dataset_of(&rows);
        for fold in random_folds(&dataset.events, 4, 1) {
            let fold = measure(&dataset, &fold).unwrap();
            assert!(fold.foldin.rmse < 0.5 && fold.biases.rmse > 1.5, "{fold:?}");
        }
    }
}
