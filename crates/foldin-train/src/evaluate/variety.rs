//! Variety: what all lists together are made of, whether or not anybody liked it.
//!
//! Over the first k items of every list, "slots" being the places that were filled:
//!
//! | metric | formula | range |
//! |---|---|---|
//! | coverage | distinct items in slots / items of the catalogue | 0 to 1 |
//! | long tail | slots with items outside the most popular fifth / slots | 0 to 1 |
//! | gini | `sum (2 i - n - 1) c_i / ((n - 1) sum c_i)`, `c_i` the slots of the `n` items of the catalogue, ascending | 0 (all items as often) to 1 (one item only) |
//! | novelty | mean over slots of `-log2(likes / users)` | 0 upwards, bits |
//! | ild | mean over users of the mean of `1 - cosine(a, b)` over pairs of a list | 0 to 1 |
//!
//! Each is 0 where there are no slots, and ild is 0 for a list without pairs. The catalogue is all items of the data set:
//! those without training events can be recommended by content. Coverage and gini are those of Castells, Hurley, Vargas:
//! "Novelty and Diversity in Recommender Systems", Recommender Systems Handbook (2015).

use std::cmp::Ordering;

use foldin_data::ItemNo;

use super::facts::{ItemFacts, Terms};
use crate::parallel::map;

/// Coverage, long tail, gini and novelty of the first `k` items of each list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Variety {
    pub coverage: f64,
    pub long_tail: f64,
    pub gini: f64,
    pub novelty: f64,
}

/// Measures the first `k` items of all lists.
pub(super) fn variety(lists: &[Vec<ItemNo>], facts: &ItemFacts, k: usize) -> Variety {
    let mut slots_of = vec![0u64; facts.likes.len()];
    for item in lists.iter().flat_map(|list| list.iter().take(k)) {
        slots_of[item.at()] += 1;
    }
    let n_slots: u64 = slots_of.iter().sum();
    let n_recommended = slots_of.iter().filter(|&&slots| slots > 0).count();
    let in_tail = facts.long_tail();
    let n_tail_slots: u64 = slots_of.iter().zip(in_tail).filter(|&(_, in_tail)| in_tail).map(|(slots, _)| slots).sum();
    Variety {
        coverage: ratio(n_recommended as f64, facts.likes.len() as f64),
        long_tail: ratio(n_tail_slots as f64, n_slots as f64),
        gini: gini(slots_of.clone()),
        novelty: novelty(&slots_of, facts),
    }
}

/// Diversity within lists, at each of the cutoffs (ascending): `O(k^2)` a list for the last one.
pub(super) fn intra_list_distances<const N: usize>(
    lists: &[Vec<ItemNo>],
    about: &[Terms],
    cutoffs: [usize; N],
) -> [f64; N] {
    let of_users = map(lists, |list| distances_within(list, about, cutoffs));
    std::array::from_fn(|n| ratio(of_users.iter().map(|of_user| of_user[n]).sum(), of_users.len() as f64))
}

fn distances_within<const N: usize>(list: &[ItemNo], about: &[Terms], cutoffs: [usize; N]) -> [f64; N] {
    let mut sum = 0.0;
    let mut n_seen = 0;
    cutoffs.map(|k| {
        let k = k.min(list.len());
        for second in n_seen..k {
            let terms = &about[list[second].at()];
            sum += list[..second].iter().map(|first| 1.0 - cosine(&about[first.at()], terms)).sum::<f64>();
        }
        n_seen = k;
        ratio(2.0 * sum, (k * k.saturating_sub(1)) as f64)
    })
}

/// Cosine of two vectors of length 1; 0 where one is empty.
fn cosine(a: &Terms, b: &Terms) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut product = 0.0;
    while let (Some(&&(term, weight)), Some(&&(other, other_weight))) = (a.peek(), b.peek()) {
        match term.cmp(&other) {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => {
                product += weight * other_weight;
                a.next();
                b.next();
            }
        }
    }
    product.min(1.0)
}

fn gini(mut counts: Vec<u64>) -> f64 {
    counts.sort_unstable();
    let n = counts.len() as f64;
    let total: f64 = counts.iter().map(|&count| count as f64).sum();
    let weighted: f64 =
        counts.iter().enumerate().map(|(above, &count)| (2.0 * (above + 1) as f64 - n - 1.0) * count as f64).sum();
    ratio(weighted, (n - 1.0) * total)
}

fn novelty(slots_of: &[u64], facts: &ItemFacts) -> f64 {
    let (mut bits, mut n_slots) = (0.0, 0.0);
    for (&slots, &likes) in slots_of.iter().zip(&facts.likes) {
        // Outside the catalogue novelty would be infinite. One user may like an item twice, but a share is 1 at most.
        if slots > 0 && likes > 0 {
            let share = (f64::from(likes) / facts.n_users as f64).min(1.0);
            bits += slots as f64 * -share.log2();
            n_slots += slots as f64;
        }
    }
    ratio(bits, n_slots)
}

/// A quotient that is 0 where there is nothing to divide by.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use foldin_fixtures::items;

    use super::*;

    /// Ten items with 10, 9, .. 1 likes and one without; 16 users.
    fn facts() -> ItemFacts {
        let mut likes: Vec<u32> = (1..=10).rev().collect();
        likes.push(0);
        ItemFacts { likes, most_popular: (0..10).map(ItemNo).collect(), n_users: 16, about: vec![Vec::new(); 11] }
    }

    #[test]
    fn items_without_likes_are_of_the_catalogue_and_coverage_is_at_most_one() {
        let everything = [items(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])];
        let all = variety(&everything, &facts(), 11);
        assert_eq!((all.coverage, all.long_tail, all.gini), (1.0, 9.0 / 11.0, 0.0));
        // Where the model was learned from two items of five, lists may still hold all of them.
        let few =
            ItemFacts { likes: vec![1, 1, 0, 0, 0], most_popular: items(&[0, 1]), n_users: 1, ..ItemFacts::default() };
        assert_eq!(variety(&[items(&[0, 1, 2, 3, 4])], &few, 5).coverage, 1.0);
    }

    #[test]
    fn coverage_counts_distinct_items_and_long_tail_counts_slots() {
        // Items 0 and 1 are the most popular fifth. At 2: slots 0 1 0 5.
        let lists = [&[0, 1, 2][..], &[0, 5], &[]].map(items);
        let at_2 = variety(&lists, &facts(), 2);
        assert_eq!((at_2.coverage, at_2.long_tail), (3.0 / 11.0, 1.0 / 4.0));
        let at_5 = variety(&lists, &facts(), 5);
        assert_eq!((at_5.coverage, at_5.long_tail), (4.0 / 11.0, 2.0 / 5.0));
    }

    #[test]
    fn gini_is_none_for_even_counts_and_one_for_a_single_item() {
        assert_eq!(gini(vec![3, 3, 3]), 0.0);
        assert_eq!(gini(vec![0, 7, 0, 0]), 1.0);
        // Ascending 0 1 3: (-2 * 0 + 0 * 1 + 2 * 3) / (2 * 4).
        assert_eq!(gini(vec![3, 0, 1]), 0.75);
        assert_eq!((gini(vec![]), gini(vec![5]), gini(vec![0, 0])), (0.0, 0.0, 0.0));
    }

    #[test]
    fn novelty_is_the_mean_information_of_the_slots() {
        // Items with 8 and 4 likes of 16 users carry 1 and 2 bits: (1 + 2 + 2) / 3.
        assert_eq!(variety(&[items(&[2, 6]), items(&[6])], &facts(), 5).novelty, 5.0 / 3.0);
    }

    #[test]
    fn no_slots_at_all_count_nothing() {
        let nothing = Variety { coverage: 0.0, long_tail: 0.0, gini: 0.0, novelty: 0.0 };
        assert_eq!(variety(&[vec![], vec![]], &facts(), 10), nothing);
        assert_eq!(variety(&[], &ItemFacts::default(), 10), nothing);
        assert_eq!(intra_list_distances(&[], &[], [5, 10]), [0.0, 0.0]);
    }

    #[test]
    fn distances_within_lists_are_those_of_what_items_are_about() {
        // Cosines: (.6 .8) and (0 1) .8; with nothing 0.
        let about = [vec![(0, 0.6), (4, 0.8)], vec![(4, 1.0)], vec![]];
        let [at_2, at_5] = intra_list_distances(&[items(&[0, 1, 2]), items(&[2])], &about, [2, 5]);
        assert!((at_2 - 0.2 / 2.0).abs() < 1e-12);
        assert!((at_5 - (0.2 + 1.0 + 1.0) / 3.0 / 2.0).abs() < 1e-12);
    }
}
