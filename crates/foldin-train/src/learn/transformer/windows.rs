//! Histories cut into windows.

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// A part of one history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window<'a> {
    /// What was liked before, which is never asked for.
    pub(super) before: &'a [u32],
    /// At least two items: all but the last are shown, and after each of them the next one is asked for.
    pub(super) items: &'a [u32],
}

impl Window<'_> {
    /// How many items are shown.
    pub(super) fn n_shown(&self) -> usize {
        self.items.len() - 1
    }

    /// What is shown.
    pub(super) fn shown(&self) -> &[u32] {
        &self.items[..self.n_shown()]
    }
}

/// Every like but the first of each history is asked for in one of the windows, which show `length` items at most. They are
/// cut at random places, and come in random order.
pub(super) fn windows<'a>(histories: &'a [Vec<u32>], length: usize, random: &mut ChaCha8Rng) -> Vec<Window<'a>> {
    let mut windows = Vec::new();
    for history in histories {
        // From the end on; only the newest window is shorter by chance.
        let mut n_shown = if history.len() > length { random.random_range(1..=length) } else { length };
        let mut end = history.len();
        while end > 1 {
            let start = end.saturating_sub(n_shown + 1);
            windows.push(Window { before: &history[..start], items: &history[start..end] });
            end = start + 1;
            n_shown = length;
        }
    }
    windows.shuffle(random);
    windows
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn every_like_but_the_first_is_asked_for_once() {
        let histories = vec![(0..137).collect::<Vec<u32>>(), vec![200, 201], (300..350).collect()];
        for seed in 0..20 {
            let all = windows(&histories, 25, &mut ChaCha8Rng::seed_from_u64(seed));
            let mut asked: Vec<u32> = all.iter().flat_map(|window| window.items[1..].iter().copied()).collect();
            asked.sort_unstable();
            assert_eq!(asked, (1..137).chain([201]).chain(301..350).collect::<Vec<u32>>());
            assert!(all.iter().all(|window| (1..=25).contains(&window.n_shown())));
            let before =
                |window: &&Window<'_>| window.items[0] < 200 && window.before.len() != window.items[0] as usize;
            assert_eq!(all.iter().find(before), None);
        }
    }
}
