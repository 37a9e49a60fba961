//! Trees of another implementation, on examples that are small enough to be kept with the code.

use foldin_core::model::ranker::{Blend, N_FEATURES};

use crate::config::RankerSettings;
use crate::rank::Examples;
use crate::rank::tests::of_two_kinds;

/// Name, examples to learn from, further ones, blend and settings.
pub(super) fn cases() -> Vec<(&'static str, Examples, Examples, Blend, RankerSettings)> {
    let settings = |trees, min_leaf, ridge, learning_rate| RankerSettings {
        trees,
        min_leaf,
        ridge,
        learning_rate,
        ..RankerSettings::default()
    };
    let nothing = Blend { weights: Default::default() };
    let mut weights = vec![0.0; N_FEATURES];
    (weights[1], weights[4], weights[21]) = (1.0, 0.5, 0.25);
    let blend = Blend { weights: [(); 4].map(|()| weights.clone()) };
    vec![
        ("two-kinds", of_two_kinds(40), of_two_kinds(101), nothing, settings(6, 0.1, 0.1, 0.3)),
        ("sources", sources(1, 24), sources(2, 60), blend.clone(), settings(6, 0.5, 1.0, 0.2)),
        (
            "first-five",
            sources(3, 24),
            sources(4, 60),
            blend,
            RankerSettings { top: 5, leaves: 6, ..settings(6, 0.5, 1.0, 0.2) },
        ),
    ]
}

/// Groups of 12 to 20 candidates with a few likes each, shaped as a model's: scores of several sources, of which some
/// do not know a candidate and say 0; steps; values that are the same for a whole group or for all. No feature has more
/// than 64 values, so that each has a bin of its own in any implementation.
fn sources(seed: u32, n_groups: usize) -> Examples {
    let mut state = seed;
    // Numerical Recipes' linear congruential generator; its high bits.
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let mut examples = Examples::default();
    for _ in 0..n_groups {
        let (size, likes) = (12 + next(9) as usize, 1 + next(60) as usize);
        let mut n_liked = 0;
        for _ in 0..size {
            let mut row = [0.0; N_FEATURES];
            let mut worth = 0.0;
            for n in [0, 1, 2, 3, 4, 8, 9, 11, 15, 18, 21, 23] {
                let is_known = n % 3 == 0 || next(4) > 0;
                row[n] = if is_known { (1 + next(62)) as f32 / 64.0 } else { 0.0 };
            }
            worth += row[1] + row[4] * if likes > 20 { 2.0 } else { 0.0 } + 0.5 * row[8] * row[9];
            (row[22], row[27]) = (next(5) as f32, (likes as f32).log2());
            let is_liked = worth + next(100) as f32 / 80.0 > 2.1;
            n_liked += usize::from(is_liked);
            examples.rows.push(row);
            examples.liked.push(is_liked);
        }
        examples.sizes.push(size);
        examples.n_relevant.push(n_liked.max(1));
    }
    examples
}
