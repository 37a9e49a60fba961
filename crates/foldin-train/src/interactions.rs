//! Who liked what: pairs of a user and an item, and the sparse matrix of them.

use sprs::CsMatI;

use crate::dataset::Events;

/// Users by items; a value is the weight of an observed like.
pub type Interactions = CsMatI<f32, u32, usize>;

/// Whether an event is a like: a rating of at least `threshold`, or any without one.
pub fn is_like(events: &Events, row: usize, threshold: Option<f32>) -> bool {
    threshold.is_none_or(|threshold| events.ratings[row] >= threshold)
}

/// The users and items of events that are likes, in ascending order; a pair that comes twice is there once.
pub fn liked_pairs(events: &Events, threshold: Option<f32>) -> Vec<(u32, u32)> {
    let rows = (0..events.len()).filter(|&row| is_like(events, row, threshold));
    sorted_once(rows.map(|row| (events.users[row], events.items[row])).collect())
}

/// The matrix with a 1 at every pair of a row and a column.
///
/// # Panics
/// If a pair lies outside `n_users` by `n_items`.
pub fn interactions(pairs: Vec<(u32, u32)>, n_users: usize, n_items: usize) -> Interactions {
    let pairs = sorted_once(pairs);
    let mut starts = vec![0; n_users + 1];
    pairs.iter().for_each(|&(user, _)| starts[user as usize + 1] += 1);
    for user in 0..n_users {
        starts[user + 1] += starts[user];
    }
    let items: Vec<u32> = pairs.into_iter().map(|(_, item)| item).collect();
    let weights = vec![1.0; items.len()];
    CsMatI::new((n_users, n_items), starts, items, weights)
}

/// The matrix with a rating at every pair of a row and a column; of a pair that comes twice the first counts.
///
/// # Panics
/// If a pair lies outside `n_users` by `n_items`.
pub fn rated(mut triples: Vec<(u32, u32, f32)>, n_users: usize, n_items: usize) -> Interactions {
    triples.sort_by_key(|&(user, item, _)| (user, item));
    triples.dedup_by_key(|&mut (user, item, _)| (user, item));
    let matrix = interactions(triples.iter().map(|&(user, item, _)| (user, item)).collect(), n_users, n_items);
    let (starts, items, _) = matrix.into_raw_storage();
    CsMatI::new((n_users, n_items), starts, items, triples.into_iter().map(|(.., rating)| rating).collect())
}

fn sorted_once(mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likes_are_ratings_from_the_threshold_on_each_pair_once() {
        let events = Events {
            users: vec![2, 0, 2, 1],
            items: vec![1, 3, 1, 0],
            ratings: vec![4.0, 5.0, 4.5, 3.0],
            times: vec![],
        };
        assert_eq!(liked_pairs(&events, Some(4.0)), [(0, 3), (2, 1)]);
        assert_eq!(liked_pairs(&events, None), [(0, 3), (1, 0), (2, 1)]);
    }

    #[test]
    fn the_matrix_has_a_one_at_every_pair_and_empty_rows_elsewhere() {
        let matrix = interactions(vec![(2, 1), (0, 3), (2, 0)], 4, 5);
        assert_eq!((matrix.rows(), matrix.cols(), matrix.nnz()), (4, 5, 3));
        assert_eq!(matrix.get(2, 0), Some(&1.0));
        assert_eq!(matrix.get(0, 3), Some(&1.0));
        assert!(matrix.get(3, 3).is_none() && matrix.get(1, 0).is_none());
    }
}
