//! Who likes two items: sums and numbers of people, one row of the items-by-items matrix at a time.

use sprs::CsMatViewI;

/// What the people who like one item add up to at another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Both {
    /// The other item.
    pub(crate) item: u32,
    /// The sum of their weights.
    pub(crate) weight: f32,
    /// How many like both.
    pub(crate) people: u32,
}

/// Counts of one row: dense ones to add up in, which are all zeros between rows, and where they are not.
pub(crate) struct Together {
    sums: Vec<(f32, u32)>,
    touched: Vec<u32>,
}

impl Together {
    pub(crate) fn new(n_items: usize) -> Self {
        Together { sums: vec![(0.0, 0); n_items], touched: Vec::new() }
    }

    /// Adds up, over the users who like an item, what each of them weighs at every item that they like, that item
    /// included; ascending. Sums run in the order of the users.
    pub(crate) fn count(
        &mut self,
        by_user: CsMatViewI<f32, u32, usize>,
        users: &[u32],
        weight_of: impl Fn(u32) -> f32,
    ) -> Vec<Both> {
        for &user in users {
            let weight = weight_of(user);
            for &item in by_user.outer_view(user as usize).iter().flat_map(|items| items.indices()) {
                let sum = &mut self.sums[item as usize];
                if sum.1 == 0 {
                    self.touched.push(item);
                }
                *sum = (sum.0 + weight, sum.1 + 1);
            }
        }
        self.touched.sort_unstable();
        let Together { sums, touched } = self;
        let both = |item: u32| {
            let (weight, people) = std::mem::take(&mut sums[item as usize]);
            Both { item, weight, people }
        };
        touched.drain(..).map(both).collect()
    }
}

#[cfg(test)]
mod tests {
    use foldin_fixtures::interactions;

    use super::*;

    #[test]
    fn people_are_counted_and_their_weights_added_up() {
        let likes = interactions(vec![(0, 0), (0, 2), (1, 0), (1, 1), (1, 2), (2, 1)], 3, 3);
        let mut together = Together::new(3);
        let weight_of = |user: u32| [0.5, 0.25, 1.0][user as usize];
        let both = |item, weight, people| Both { item, weight, people };
        for _ in 0..2 {
            let counted = together.count(likes.view(), &[0, 1], weight_of);
            assert_eq!(counted, [both(0, 0.75, 2), both(1, 0.25, 1), both(2, 0.75, 2)]);
        }
    }
}
