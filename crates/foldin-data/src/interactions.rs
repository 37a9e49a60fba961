//! Who liked what: pairs of a user and an item, and the sparse matrix of them.

use sprs::CsMatI;

use crate::confidence::Confidence;
use crate::dataset::Events;

/// Users by items; a value is the weight of an observed like.
pub type Interactions = CsMatI<f32, u32, usize>;

/// Whether an event is a like: a rating of at least `threshold`, or any without one.
pub fn is_like(events: &Events, row: usize, threshold: Option<f32>) -> bool {
    threshold.is_none_or(|threshold| events.ratings[row] >= threshold)
}

/// The likes among events, in the numbers of the data set, each weighed by its rating. Of the events of one user with
/// one item the latest counts, as where data sets are read: that with the largest time, then that furthest down.
///
/// 8 bytes a like, and 4 an event while it is made.
///
/// # Panics
/// If an event lies outside `n_users` by `n_items`.
pub fn liked(
    events: &Events,
    threshold: Option<f32>,
    confidence: Confidence,
    n_users: usize,
    n_items: usize,
) -> Interactions {
    let is_like = |&row: &usize| is_like(events, row, threshold);
    let mut next = vec![0_usize; n_users + 1];
    (0..events.len()).filter(is_like).for_each(|row| next[events.users[row].at() + 1] += 1);
    for user in 0..n_users {
        next[user + 1] += next[user];
    }
    let mut order = vec![0_u32; next[n_users]];
    for row in (0..events.len()).filter(is_like) {
        let slot = &mut next[events.users[row].at()];
        order[*slot] = u32::try_from(row).expect("events are counted in 32 bits");
        *slot += 1;
    }
    // Now every entry is where its user's likes end.
    let item_of = |row: u32| events.items[row as usize].0;
    let time_of = |row: u32| events.times.get(row as usize).copied().unwrap_or_default();
    let (mut starts, mut items, mut weights) = (Vec::with_capacity(n_users + 1), Vec::new(), Vec::new());
    items.reserve_exact(order.len());
    weights.reserve_exact(order.len());
    starts.push(0);
    let mut start = 0;
    for &end in &next[..n_users] {
        let of_user = &mut order[start..end];
        of_user.sort_unstable_by_key(|&row| (item_of(row), time_of(row), row));
        for of_item in of_user.chunk_by(|&a, &b| item_of(a) == item_of(b)) {
            let latest = of_item[of_item.len() - 1];
            items.push(item_of(latest));
            weights.push(confidence.weight(events.ratings[latest as usize]));
        }
        starts.push(items.len());
        start = end;
    }
    CsMatI::new((n_users, n_items), starts, items, weights)
}

/// How many users have more likes than `most`.
pub fn users_beyond(events: &Events, threshold: Option<f32>, most: usize, n_users: usize) -> usize {
    likes_of_each(events, threshold, n_users).into_iter().filter(|&likes| likes > most).count()
}

/// The likes, of each user only the newest `most`: by time, and where times are equal or absent those furthest down. `None`
/// if nobody has more.
pub fn newest_likes(events: &Events, threshold: Option<f32>, most: usize, n_users: usize) -> Option<Events> {
    let mut left = likes_of_each(events, threshold, n_users);
    if left.iter().all(|&likes| likes <= most) {
        return None;
    }
    let mut is_kept = vec![false; events.len()];
    for row in events.in_time_order().into_iter().filter(|&row| is_like(events, row, threshold)) {
        let left = &mut left[events.users[row].at()];
        is_kept[row] = *left <= most;
        *left -= 1;
    }
    Some(events.rows(|row| is_kept[row]))
}

fn likes_of_each(events: &Events, threshold: Option<f32>, n_users: usize) -> Vec<usize> {
    let mut likes = vec![0; n_users];
    for row in (0..events.len()).filter(|&row| is_like(events, row, threshold)) {
        likes[events.users[row].at()] += 1;
    }
    likes
}

/// The same likes with item `i` at `places[i]`, without the items whose place is not among the first `n_items`, and
/// without the users that have no like then.
pub fn renumbered(likes: Interactions, places: &[u32], n_items: usize) -> Interactions {
    let (mut starts, mut items, mut weights) = likes.into_raw_storage();
    let mut of_user: Vec<(u32, f32)> = Vec::new();
    let (mut start, mut n_kept) = (0, 0);
    for end in &mut starts[1..] {
        let placed =
            items[start..*end].iter().map(|&item| places[item as usize]).zip(weights[start..*end].iter().copied());
        of_user.clear();
        of_user.extend(placed.filter(|&(place, _)| (place as usize) < n_items));
        of_user.sort_unstable_by_key(|&(place, _)| place);
        start = *end;
        for &(place, weight) in &of_user {
            (items[n_kept], weights[n_kept]) = (place, weight);
            n_kept += 1;
        }
        *end = n_kept;
    }
    items.truncate(n_kept);
    weights.truncate(n_kept);
    starts.dedup();
    CsMatI::new((starts.len() - 1, n_items), starts, items, weights)
}

/// The matrix with a rating at every pair of a row and a column; of a pair that comes twice the first counts.
///
/// # Panics
/// If a pair lies outside `n_users` by `n_items`.
pub fn rated(mut triples: Vec<(u32, u32, f32)>, n_users: usize, n_items: usize) -> Interactions {
    triples.sort_by_key(|&(user, item, _)| (user, item));
    triples.dedup_by_key(|&mut (user, item, _)| (user, item));
    let mut starts = vec![0; n_users + 1];
    triples.iter().for_each(|&(user, ..)| starts[user as usize + 1] += 1);
    (0..n_users).for_each(|user| starts[user + 1] += starts[user]);
    let (items, ratings) = triples.into_iter().map(|(_, item, rating)| (item, rating)).unzip();
    CsMatI::new((n_users, n_items), starts, items, ratings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::plain_numbers;

    fn events() -> Events {
        let rows = [(2, 1, 4.0, 0), (0, 3, 5.0, 0), (2, 1, 4.5, 0), (1, 0, 3.0, 0), (2, 0, 4.0, 0)];
        Events { times: Vec::new(), ..plain_numbers::events(&rows) }
    }

    fn entries(likes: &Interactions) -> Vec<(f32, (u32, u32))> {
        likes.iter().map(|(&weight, (user, item))| (weight, (user, item))).collect()
    }

    #[test]
    fn likes_are_ratings_from_the_threshold_on_each_pair_once() {
        let likes = liked(&events(), Some(4.0), Confidence::None, 4, 5);
        assert_eq!((likes.rows(), likes.cols()), (4, 5));
        assert_eq!(entries(&likes), [(1.0, (0, 3)), (1.0, (2, 0)), (1.0, (2, 1))]);
        let all = liked(&events(), None, Confidence::None, 4, 5);
        assert_eq!(entries(&all), [(1.0, (0, 3)), (1.0, (1, 0)), (1.0, (2, 0)), (1.0, (2, 1))]);
    }

    #[test]
    fn of_those_with_many_likes_the_newest_count() {
        let rows = [(0, 0, 5.0, 9), (1, 0, 5.0, 1), (0, 1, 1.0, 10), (0, 2, 4.0, 7), (0, 3, 5.0, 7), (0, 4, 4.0, 8)];
        let timed = plain_numbers::events(&rows);
        assert_eq!(users_beyond(&timed, Some(4.0), 3, 2), 1);
        assert_eq!(newest_likes(&timed, Some(4.0), 4, 2), None);
        let items = |events: Events| events.items.iter().map(|item| item.0).collect::<Vec<u32>>();
        let kept = |most| items(newest_likes(&timed, Some(4.0), most, 2).unwrap());
        assert_eq!((kept(3), kept(2)), (vec![0, 0, 3, 4], vec![0, 0, 4]));
        let untimed = Events { times: Vec::new(), ..timed };
        assert_eq!(items(newest_likes(&untimed, None, 2, 2).unwrap()), [0, 3, 4]);
    }

    #[test]
    fn of_a_pair_that_comes_twice_the_latest_rating_is_weighed() {
        let linear = Confidence::Linear { alpha: 2.0 };
        assert_eq!(liked(&events(), None, linear, 3, 4).get(2, 1), Some(&10.0), "the last without times");
        let timed = Events { times: vec![9, 0, 8, 0, 0], ..events() };
        assert_eq!(liked(&timed, None, linear, 3, 4).get(2, 1), Some(&9.0), "that with the largest time");
    }

    #[test]
    fn weights_go_with_their_items_to_new_places_and_users_without_likes_go() {
        let likes = liked(&events(), Some(4.0), Confidence::Linear { alpha: 1.0 }, 4, 5);
        let moved = renumbered(likes, &[2, 0, 3, 1, 4], 3);
        assert_eq!((moved.rows(), moved.cols()), (2, 3));
        assert_eq!(entries(&moved), [(6.0, (0, 1)), (5.5, (1, 0)), (5.0, (1, 2))]);
        assert_eq!(entries(&renumbered(moved.clone(), &[0, 1, 2], 2)), [(6.0, (0, 1)), (5.5, (1, 0))]);
        assert_eq!(entries(&renumbered(moved, &[0, 1, 2], 1)), [(5.5, (0, 0))]);
    }
}
