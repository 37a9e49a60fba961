//! Folds of ratings, for the protocol `folds`: every rating is the test once, and trains in all other folds.
//!
//! Folds are drawn by chance from a seed, or given as files, as MovieLens 100K does (`u1.base`, `u1.test` and so on):
//! figures on given folds can be compared with published ones.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::dataset::{Dataset, Events, ItemRecord};
use crate::files::Files;
use crate::read::{DatasetError, ReadOptions, read_movielens_fold};

/// Ratings to learn from and ratings to predict.
#[derive(Debug, Clone, PartialEq)]
pub struct Fold {
    /// What the fold is called.
    pub name: String,
    /// What is learned from.
    pub train: Events,
    /// What is predicted.
    pub test: Events,
}

/// How large a share of a training part is its validation part: one in this many.
const VALIDATION: usize = 10;

/// `k` folds of equal size, give or take a rating, drawn by chance; within each the events keep their order.
///
/// # Panics
/// If `k` is below 2.
pub fn random_folds(events: &Events, k: usize, seed: u64) -> Vec<Fold> {
    let fold_of = drawn(events.len(), k, seed);
    (0..k).map(|fold| nth(events, &fold_of, fold)).collect()
}

/// The first of the [`random_folds`], without the room that the others take.
///
/// # Panics
/// If `k` is below 2.
pub fn random_fold(events: &Events, k: usize, seed: u64) -> Fold {
    nth(events, &drawn(events.len(), k, seed), 0)
}

/// Which fold tests which event.
fn drawn(n_events: usize, k: usize, seed: u64) -> Vec<usize> {
    assert!(k >= 2, "one fold leaves nothing to learn from");
    let mut rows: Vec<usize> = (0..n_events).collect();
    rows.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let mut fold_of = vec![0; n_events];
    rows.iter().enumerate().for_each(|(place, &row)| fold_of[row] = place % k);
    fold_of
}

fn nth(events: &Events, fold_of: &[usize], fold: usize) -> Fold {
    let (test, train): (Vec<usize>, Vec<usize>) = (0..events.len()).partition(|&row| fold_of[row] == fold);
    Fold { name: format!("{}", fold + 1), train: events.at(&train), test: events.at(&test) }
}

/// The folds `u1.base` and `u1.test` up to `u5` among some files, by the indices of the data set, to which users
/// and items are added that it lacks; none where there is no `u1.base`.
///
/// # Errors
/// Where a `.test` is missing or a file cannot be read.
pub fn given_folds(files: &dyn Files, dataset: &mut Dataset) -> Result<Vec<Fold>, DatasetError> {
    let mut folds = Vec::new();
    for name in (1..=5).map(|n| format!("u{n}")) {
        if !files.has(&format!("{name}.base")) {
            break;
        }
        let mut read = |ending: &str| {
            let file = format!("{name}.{ending}");
            read_movielens_fold(files, &file, &ReadOptions::default(), &mut dataset.users, &mut dataset.items)
        };
        let (train, test) = (read("base")?.0, read("test")?.0);
        folds.push(Fold { name, train, test });
    }
    dataset.catalogue.resize_with(dataset.items.len(), ItemRecord::default);
    Ok(folds)
}

impl Fold {
    /// The fold to make choices on: a tenth of the training part, by chance, is predicted from the rest; the test part
    /// is left out.
    pub fn validation(&self, seed: u64) -> Fold {
        let first = random_fold(&self.train, VALIDATION, seed);
        Fold { name: self.name.clone(), ..first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ItemNo, UserNo, plain_numbers};
    use crate::files::Folder;

    fn events(n: u32) -> Events {
        let rows: Vec<_> = (0..n).map(|row| (row, row % 7, row as f32, 0)).collect();
        Events { times: Vec::new(), ..plain_numbers::events(&rows) }
    }

    #[test]
    fn every_rating_is_the_test_once_and_trains_otherwise() {
        let events = events(23);
        let folds = random_folds(&events, 5, 7);
        let mut tested: Vec<UserNo> = folds.iter().flat_map(|fold| fold.test.users.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, events.users);
        for fold in &folds {
            assert!((4..=5).contains(&fold.test.len()) && fold.train.len() + fold.test.len() == 23);
            assert!(fold.train.users.iter().all(|user| !fold.test.users.contains(user)));
            assert!(fold.test.users.iter().zip(&fold.test.ratings).all(|(user, &rating)| user.0 as f32 == rating));
        }
    }

    #[test]
    fn a_seed_gives_its_own_folds_again() {
        let events = events(50);
        assert_eq!(random_folds(&events, 5, 7), random_folds(&events, 5, 7));
        assert_ne!(random_folds(&events, 5, 7), random_folds(&events, 5, 8));
        assert_eq!(random_fold(&events, 5, 7), random_folds(&events, 5, 7)[0]);
    }

    #[test]
    fn validation_is_a_tenth_of_the_training_part_and_nothing_of_the_test() {
        let fold = random_folds(&events(100), 5, 7).swap_remove(2);
        let validation = fold.validation(7);
        assert_eq!((validation.train.len(), validation.test.len()), (72, 8));
        let seen = validation.train.users.iter().chain(&validation.test.users);
        assert!(seen.clone().all(|user| fold.train.users.contains(user)));
    }

    #[test]
    fn given_folds_share_the_indices_of_the_data_set() {
        let folder = tempfile::tempdir().unwrap();
        for n in 1..=5 {
            std::fs::write(folder.path().join(format!("u{n}.base")), "9\t5\t3\t10\n8\t6\t4\t11\n").unwrap();
            std::fs::write(folder.path().join(format!("u{n}.test")), "8\t7\t2\t12\n").unwrap();
        }
        let mut dataset = Dataset::default();
        dataset.users.insert("8".into());
        dataset.items.extend(["7".into(), "6".into()]);
        let folds = given_folds(&Folder::new(folder.path()), &mut dataset).unwrap();
        assert_eq!(folds.len(), 5);
        assert_eq!(
            (&folds[4].train.users[..], &folds[4].train.items[..]),
            (&[UserNo(1), UserNo(0)][..], &[ItemNo(2), ItemNo(1)][..])
        );
        assert_eq!(
            (&folds[4].test.users[..], &folds[4].test.items[..], &folds[4].test.ratings[..]),
            (&[UserNo(0)][..], &[ItemNo(0)][..], &[2.0][..])
        );
        assert_eq!(dataset.catalogue.len(), 3);
        std::fs::remove_file(folder.path().join("u3.test")).unwrap();
        assert!(given_folds(&Folder::new(folder.path()), &mut dataset).is_err());
        assert!(given_folds(&Folder::new(&folder.path().join("elsewhere")), &mut dataset).unwrap().is_empty());
    }
}
