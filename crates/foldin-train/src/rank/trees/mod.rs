//! The trees of a ranker: LambdaMART (Burges 2010), gradient boosting whose gradients are those of NDCG.
//!
//! Boosting starts from the scores of a blend. Each round takes the [gradients] of all scores and [grows](grow) one tree
//! on [binned](bins) features, as histogram-based libraries do (XGBoost's `rank:ndcg` with `tree_method=hist`, growing
//! leaf-wise). The same examples and settings give the same trees at any number of threads.

mod bins;
#[cfg(test)]
mod golden;
mod gradients;
mod grow;

use foldin_core::model::ranker::{Blend, Node, Trees};

use self::bins::Bins;
use self::gradients::gradients;
use self::grow::grow;
use super::Examples;
use crate::config::RankerSettings;

/// Grows trees on top of a blend.
pub(super) fn trees(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Trees {
    Trees::new(&grown(examples, blend, settings))
}

fn grown(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Vec<Node> {
    let bins = Bins::new(&examples.rows);
    let mut scores: Vec<f32> = examples.rows.iter().map(|row| blend.score(row)).collect();
    let mut next_tree = |_| {
        let gradients = gradients(examples, &scores, settings.top);
        grow(&bins, &gradients, settings, &mut scores)
    };
    (0..settings.trees).map(&mut next_tree).collect()
}

#[cfg(test)]
mod tests {
    use foldin_core::model::Ranker;
    use foldin_core::model::ranker::N_FEATURES;

    use super::*;
    use crate::parallel::on_threads;
    use crate::rank::tests::of_two_kinds;

    fn nothing() -> Blend {
        Blend { weights: Default::default() }
    }

    fn settings() -> RankerSettings {
        RankerSettings { trees: 30, min_leaf: 0.1, ridge: 0.1, learning_rate: 0.3, ..RankerSettings::default() }
    }

    #[test]
    fn trees_learn_what_no_blend_of_one_length_can() {
        let (examples, others) = (of_two_kinds(300), of_two_kinds(401));
        let trees = trees(&examples, &nothing(), &settings());
        let ndcg = others.ndcg(&Ranker { blend: nothing(), trees: Some(trees) }.scores(&others.rows), 10);
        assert!(ndcg > 0.9, "{ndcg}");
    }

    #[test]
    fn more_trees_order_what_they_have_learned_from_better() {
        let examples = of_two_kinds(200);
        let ndcg_with = |n_trees| {
            let trees = trees(&examples, &nothing(), &RankerSettings { trees: n_trees, ..settings() });
            examples.ndcg(&Ranker { blend: nothing(), trees: Some(trees) }.scores(&examples.rows), 10)
        };
        let ndcg = [0, 2, 5, 10, 30].map(ndcg_with);
        assert!(ndcg.is_sorted_by(|a, b| a < b), "{ndcg:?}");
    }

    #[test]
    fn trees_say_in_the_core_what_they_say_here() {
        let examples = of_two_kinds(100);
        let nodes = grown(&examples, &nothing(), &settings());
        let mut scores = vec![0.0; examples.rows.len()];
        Trees::new(&nodes).add_to(&mut scores, &examples.rows);
        for (row, score) in examples.rows.iter().zip(&scores) {
            let expected: f32 = nodes.iter().map(|tree| walked(tree, row)).sum();
            // Leaves are rounded to 65,535 steps.
            assert!((score - expected).abs() < 1e-2, "{score} {expected}");
        }
    }

    #[test]
    fn without_examples_trees_say_nothing() {
        let examples = Examples::default();
        let settings = RankerSettings { trees: 2, ridge: 0.0, ..settings() };
        assert_eq!(grown(&examples, &nothing(), &settings), [Node::Leaf(0.0), Node::Leaf(0.0)]);
    }

    /// The leaf that a row falls to.
    pub(super) fn walked(node: &Node, row: &[f32; N_FEATURES]) -> f32 {
        match node {
            Node::Leaf(value) => *value,
            Node::Split { feature, threshold, left, right } => {
                walked(if row[*feature] <= *threshold { left } else { right }, row)
            }
        }
    }

    #[test]
    fn the_same_examples_give_the_same_trees_on_any_number_of_threads() {
        // More rows than are summed up at a time.
        let examples = of_two_kinds(4000);
        let on = |n| on_threads(n, || trees(&examples, &nothing(), &RankerSettings { trees: 5, ..settings() }));
        assert_eq!(on(1), on(3));
    }
}
