//! The trees of a ranker: LambdaMART (Burges 2010), gradient boosting whose gradients are those of NDCG.
//!
//! The library `hessboost` grows the trees, from where a blend leaves off; what it gives is walked through once and put
//! into [`Trees`]. The same examples and settings give the same trees at any number of threads.

use foldin_core::model::ranker::{Blend, MAX_CUTS, MAX_LEAVES, N_FEATURES, Node, Trees};
use hessboost::config::GrowPolicy;
use hessboost::objective::LambdaRank;
use hessboost::prelude::Result;
use hessboost::prelude::{DMatrix, Objective, TrainingParams, TreeMethod, train};

use super::Examples;
use crate::config::RankerSettings;

/// Grows trees on top of a blend.
///
/// # Panics
/// If there is no example.
pub(super) fn trees(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Trees {
    let model =
        grown(examples, blend, settings).expect("rows, labels and groups fit each other, and settings are in range");
    Trees::new(&model)
}

fn grown(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Result<Vec<Node>> {
    let labels: Vec<f32> = examples.liked.iter().map(|&liked| f32::from(u8::from(liked))).collect();
    let margins: Vec<f32> = examples.rows.iter().map(|row| blend.score(row)).collect();
    let data = DMatrix::from_dense(examples.rows.as_flattened(), examples.rows.len(), N_FEATURES)?
        .with_labels(&labels)?
        .with_group_sizes(&examples.sizes)?
        .with_base_margin(&margins)?;
    let params = TrainingParams::builder()
        .objective(Objective::RankNdcg(LambdaRank::new(settings.top)?))
        .tree_method(TreeMethod::Hist)
        .grow_policy(GrowPolicy::LossGuide)
        .unlimited_depth()
        .max_leaves(settings.leaves.min(MAX_LEAVES))
        .max_bin(MAX_CUTS.min(128))
        .min_child_weight(settings.min_leaf)
        .lambda(settings.ridge)
        .eta(settings.learning_rate)
        .seed(settings.seed)
        .nthread(crate::parallel::n_threads())
        .build()?;
    let model = train(&params, &data, settings.trees)?;
    Ok(model.trees().iter().map(|tree| node(tree.nodes(), 0)).collect())
}

fn node(nodes: &[hessboost::tree::Node], place: usize) -> Node {
    let one = &nodes[place];
    if one.is_leaf() {
        return Node::Leaf(one.leaf_value);
    }
    let child = |place: i32| Box::new(node(nodes, place as usize));
    // Smaller values go left there; values up to the threshold go left here.
    let threshold = one.split_cond.next_down();
    Node::Split { feature: one.split_feature as usize, threshold, left: child(one.left), right: child(one.right) }
}

#[cfg(test)]
mod golden;

#[cfg(test)]
mod tests {
    use foldin_core::model::Ranker;

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
    fn dump() {
        use std::fmt::Write;
        fn show(node: &Node, out: &mut String) {
            match node {
                Node::Leaf(value) => write!(out, " ={value}").unwrap(),
                Node::Split { feature, threshold, left, right } => {
                    write!(out, " {feature}<{}", threshold.next_up()).unwrap();
                    show(left, out);
                    show(right, out);
                }
            }
        }
        let mut out = String::new();
        for (name, examples, others, blend, settings) in golden::cases() {
            let nodes = grown(&examples, &blend, &settings).unwrap();
            let ranker = Ranker { blend, trees: Some(Trees::new(&nodes)) };
            let ndcg = |of: &Examples| of.ndcg(&ranker.scores(&of.rows), 10);
            writeln!(out, "{name} {:.6} {:.6}", ndcg(&examples), ndcg(&others)).unwrap();
            for tree in &nodes {
                let mut line = String::new();
                show(tree, &mut line);
                writeln!(out, "{}", line.trim()).unwrap();
            }
        }
        std::fs::write("/tmp/golden-trees.txt", out).unwrap();
    }

    #[test]
    fn trees_learn_what_no_blend_of_one_length_can() {
        let (examples, others) = (of_two_kinds(300), of_two_kinds(401));
        let trees = trees(&examples, &nothing(), &settings());
        let ndcg = others.ndcg(&Ranker { blend: nothing(), trees: Some(trees) }.scores(&others.rows), 10);
        assert!(ndcg > 0.9, "{ndcg}");
    }

    #[test]
    fn trees_say_in_the_core_what_they_say_in_the_library() {
        let examples = of_two_kinds(100);
        let nodes = grown(&examples, &nothing(), &settings()).unwrap();
        let mut scores = vec![0.0; examples.rows.len()];
        Trees::new(&nodes).add_to(&mut scores, &examples.rows);
        for (row, score) in examples.rows.iter().zip(&scores) {
            let expected: f32 = nodes.iter().map(|tree| walked(tree, row)).sum();
            // Leaves are rounded to 65,535 steps.
            assert!((score - expected).abs() < 1e-2, "{score} {expected}");
        }
    }

    /// As the library walks: smaller values go left of its thresholds.
    fn walked(node: &Node, row: &[f32; N_FEATURES]) -> f32 {
        match node {
            Node::Leaf(value) => *value,
            Node::Split { feature, threshold, left, right } => {
                walked(if row[*feature] < threshold.next_up() { left } else { right }, row)
            }
        }
    }

    #[test]
    fn the_same_examples_give_the_same_trees_on_any_number_of_threads() {
        let examples = of_two_kinds(200);
        let on = |n| on_threads(n, || trees(&examples, &nothing(), &settings()));
        assert_eq!(on(1), on(3));
    }
}
