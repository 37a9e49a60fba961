//! Who liked what, as a sparse matrix.

use sprs::{CsMatI, TriMatI};

use crate::dataset::Events;

/// Users by items; a value is the weight of an observed like. Row and column numbers are the data set's.
pub type Interactions = CsMatI<f32, u32, usize>;

/// The likes among events: ratings of at least `threshold`, each with weight 1, a pair that comes twice once.
pub fn likes(events: &Events, n_users: usize, n_items: usize, threshold: f32) -> Interactions {
    let mut pairs: Vec<(u32, u32)> = (0..events.users.len())
        .filter(|&n| events.ratings[n] >= threshold)
        .map(|n| (events.users[n], events.items[n]))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let (users, items): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
    let weights = vec![1.0; users.len()];
    TriMatI::from_triplets((n_users, n_items), users, items, weights).to_csr()
}

/// How many likes each item has.
pub fn likes_per_item(interactions: &Interactions) -> Vec<u32> {
    let mut likes = vec![0; interactions.cols()];
    interactions.indices().iter().for_each(|&item| likes[item as usize] += 1);
    likes
}
