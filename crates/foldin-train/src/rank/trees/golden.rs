//! Trees of another implementation, on examples that are small enough to be kept with the code.

use foldin_core::model::Ranker;
use foldin_core::model::ranker::{Blend, N_FEATURES, Node, Trees};

use super::grown;
use crate::config::RankerSettings;
use crate::rank::Examples;
use crate::rank::tests::of_two_kinds;

/// Name, examples to learn from, further ones, blend and settings.
fn cases() -> Vec<(&'static str, Examples, Examples, Blend, RankerSettings)> {
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

/// The trees of a case, one a line in the order in which a tree is walked: `feature<threshold` is a split, whose smaller
/// values go left, and `=value` a leaf. The line before them has its name and NDCG@10 on both sets of examples.
///
/// Grown by hessboost 0.4.6 with `rank:ndcg`, `tree_method=hist`, `grow_policy=lossguide` and 128 bins.
const GOLDEN: &str = include_str!("golden.txt");

fn read<'a>(tokens: &mut impl Iterator<Item = &'a str>) -> Node {
    let token = tokens.next().expect("a tree is complete");
    if let Some(value) = token.strip_prefix('=') {
        return Node::Leaf(value.parse().expect("a leaf holds a number"));
    }
    let (feature, threshold) = token.split_once('<').expect("a split has a threshold");
    let threshold: f32 = threshold.parse().expect("a threshold is a number");
    let feature = feature.parse().expect("a feature is a number");
    let [left, right] = [(); 2].map(|()| Box::new(read(tokens)));
    // Values up to the threshold go left here.
    Node::Split { feature, threshold: threshold.next_down(), left, right }
}

/// Splits are the same, and leaves differ in the last digits at most: the other implementation adds up in another order.
fn assert_same(ours: &Node, theirs: &Node) {
    match (ours, theirs) {
        (Node::Leaf(ours), Node::Leaf(theirs)) => assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}"),
        (Node::Split { left, right, .. }, Node::Split { left: their_left, right: their_right, .. }) => {
            assert_eq!(split_of(ours), split_of(theirs));
            assert_same(left, their_left);
            assert_same(right, their_right);
        }
        _ => panic!("a leaf is split in one tree alone: {ours:?} {theirs:?}"),
    }
}

fn split_of(node: &Node) -> Option<(usize, f32)> {
    match node {
        Node::Split { feature, threshold, .. } => Some((*feature, *threshold)),
        Node::Leaf(_) => None,
    }
}

#[test]
fn trees_are_those_of_another_implementation() {
    let mut lines = GOLDEN.lines();
    for (name, examples, others, blend, settings) in cases() {
        let nodes = grown(&examples, &blend, &settings);
        let ranker = Ranker { blend, trees: Some(Trees::new(&nodes)) };
        let head: Vec<&str> = lines.next().unwrap().split(' ').collect();
        assert_eq!(head[0], name);
        for (of, expected) in [&examples, &others].into_iter().zip(&head[1..]) {
            let ndcg = of.ndcg(&ranker.scores(&of.rows), 10);
            assert!((ndcg - expected.parse::<f64>().unwrap()).abs() < 1e-5, "{name}: {ndcg} {expected}");
        }
        for ours in &nodes {
            assert_same(ours, &read(&mut lines.next().unwrap().split(' ')));
        }
    }
    assert_eq!(lines.next(), None);
}
