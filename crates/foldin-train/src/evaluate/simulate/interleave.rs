//! Team-draft interleaving (Radlinski, Kurup and Joachims, "How Does Clickthrough Data Reflect Retrieval Quality?",
//! CIKM 2008): two lists become one, and whoever picked the item that is then chosen has won.
//!
//! As captains pick players: in each round a coin says which list picks first, and each picks its best item that is not
//! taken. It ends at `k` items, or where a list has no other item left. Two equal lists win equally often, wherever the
//! liked item stands, so that only a difference between them shows. Cost: `O(k^2)`.

use foldin_data::ItemNo;
use rand::Rng;
use serde::Serialize;

/// One of two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Team {
    /// The first.
    A,
    /// The second.
    B,
}

/// One list of at most `k` items from two, each item with the team that picked it.
pub fn team_draft(a: &[ItemNo], b: &[ItemNo], k: usize, random: &mut impl Rng) -> Vec<(ItemNo, Team)> {
    let mut picked: Vec<(ItemNo, Team)> = Vec::with_capacity(k);
    let (mut n_a, mut n_b) = (0, 0);
    while picked.len() < k {
        let best = |list: &[ItemNo]| list.iter().copied().find(|item| picked.iter().all(|(taken, _)| taken != item));
        let (Some(of_a), Some(of_b)) = (best(a), best(b)) else { break };
        if n_a < n_b || (n_a == n_b && random.random()) {
            picked.push((of_a, Team::A));
            n_a += 1;
        } else {
            picked.push((of_b, Team::B));
            n_b += 1;
        }
    }
    picked
}

#[cfg(test)]
mod tests {
    use foldin_fixtures::items;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Drafts of many seeds, by the numbers of the items.
    fn drafts(a: &[u32], b: &[u32], k: usize) -> Vec<Vec<(u32, Team)>> {
        let draft = |seed| team_draft(&items(a), &items(b), k, &mut ChaCha8Rng::seed_from_u64(seed));
        (0..400).map(|seed| draft(seed).into_iter().map(|(item, team)| (item.0, team)).collect()).collect()
    }

    #[test]
    fn a_coin_decides_each_round_and_each_team_picks_its_best_that_is_left() {
        use Team::{A, B};
        // By hand: round one 1 and 2 in either order; then A has 3 left and B has 4.
        let possible = [
            [(1, A), (2, B), (3, A), (4, B)],
            [(1, A), (2, B), (4, B), (3, A)],
            [(2, B), (1, A), (3, A), (4, B)],
            [(2, B), (1, A), (4, B), (3, A)],
        ];
        let drafts = drafts(&[1, 2, 3, 5, 6], &[2, 1, 4, 7, 8], 4);
        for possible in possible {
            let n = drafts.iter().filter(|draft| **draft == possible).count();
            assert!((60..140).contains(&n), "{possible:?} came {n} times of 400");
        }
        assert!(drafts.iter().all(|draft| possible.iter().any(|one| draft == one)));
    }

    #[test]
    fn equal_lists_win_equally_often() {
        let drafts = drafts(&[1, 2, 3], &[1, 2, 3], 3);
        for item in [1, 2, 3] {
            let is_first = |draft: &&Vec<(u32, Team)>| draft.contains(&(item, Team::A));
            let n = drafts.iter().filter(is_first).count();
            assert!((150..250).contains(&n), "{item}: {n} of 400");
        }
        assert!(drafts.iter().all(|draft| draft.iter().map(|(item, _)| *item).collect::<Vec<_>>() == [1, 2, 3]));
    }

    #[test]
    fn an_item_of_one_list_alone_is_always_its_own_and_lists_end_together() {
        for draft in drafts(&[1, 2], &[1, 3], 2) {
            assert_eq!(draft.len(), 2);
            assert!(!draft.contains(&(2, Team::B)) && !draft.contains(&(3, Team::A)));
        }
        assert!(drafts(&[], &[1, 2], 5).iter().all(Vec::is_empty));
        assert!(drafts(&[1], &[1, 2], 5).iter().all(|draft| draft.len() == 1));
    }
}
